/* Who is to be rung next, and that nobody else rings them meanwhile. */
#ifndef CRM_DOMAIN_CALL_NEXT_H
#define CRM_DOMAIN_CALL_NEXT_H

#include "domain/call.h"
#include "query/select.h"

/* From whom people are taken. */
struct call_queue {
	struct caller caller;
	const struct query_context *base; /* campaign_member, lead, contact, account or deal */
	struct node *where;		  /* on base; NULL: all */
	int64_t campaign;		  /* of which base are the members; 0: of none */
	bool own;	 /* nothing was chosen: what the caller planned, whoever it is
			  * with, then new leads that are the caller's or nobody's */
	int64_t lease_s; /* 0: as configured */
	bool skip;	 /* not the one at hand, but another */
};

/*
 * The caller's claim, an existing one or a new one, that says whom to ring; it is written
 * (within a writing transaction, so that of many who ask at once each gets another).
 * In this order: whoever the caller was given and has not noted a call with yet; who is due
 * by a planned call (the caller's own, anybody's once it is late), the most urgent first;
 * others with whom no call is planned and who were not rung in the campaign, or without
 * campaign not in the last days, by score, fewest attempts, age.  Never: do_not_call, without
 * a number, rung often enough today, claimed by another, a lead that is closed.
 * False with diag: nobody is to be rung now.
 */
bool call_next(const struct call_queue *q, struct record *claim, struct arena *a, struct diag *d);

/* The caller's open claim, and whom it is about; false: there is none. */
bool call_claim_own(const struct caller *c, struct record *claim, struct person *p,
		    struct arena *a);

/* Whether another was given that person since. */
bool call_claim_lost(const struct caller *c, const struct record *claim, const struct person *p,
		     struct arena *a);

/* The claim becomes done or skipped.  False with diag. */
bool call_claim_end(const struct caller *c, int64_t claim, const char *status, struct arena *a,
		    struct diag *d);

#endif
