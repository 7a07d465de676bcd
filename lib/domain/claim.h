/* Leads that nobody looks after, and taking one. */
#ifndef CRM_DOMAIN_CLAIM_H
#define CRM_DOMAIN_CLAIM_H

#include "query/select.h"

/*
 * The free lead to take next, or 0: open, without owner, nobody's protected customer, for which
 * `where` is true (NULL: any); the highest score first, then the oldest.  Within the transaction
 * that takes it, so that of many who ask at once each gets another.
 */
int64_t claim_next(struct store *s, const struct query_context *leads, struct node *where,
		   struct diag *d);

/*
 * Whether this lead can be taken; false with diag: it is closed, or whose it is (and until when,
 * if that is protected).  *lapsed: it is somebody's, whose protection has run out.
 */
bool claim_free(struct store *s, const struct record *lead, bool *lapsed, struct arena *a,
		struct diag *d);

#endif
