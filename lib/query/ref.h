/* What a person types for a record: lead-42, 42, a login, an e-mail, a phone number, an exact name.
 */
#ifndef CRM_QUERY_REF_H
#define CRM_QUERY_REF_H

#include "core/map.h"
#include "store/store.h"

/* Names that are remembered, 64 bytes each and their texts, and of how many bytes. */
enum { RESOLVER_MAX = 1 << 17, RESOLVER_LONGEST = 256 };

/* Remembers what was found; one for a run. */
struct resolver {
	struct store *store;
	struct map known; /* "account\nname" → id; all are forgotten when they are too many */
};

/*
 * The record of type e that `text` means.  False with diag (field NULL): there is
 * none (`missing`, if given, is set), or there are several (their references are
 * listed).
 */
bool ref_resolve(struct resolver *r, const struct entity *e, struct str text, int64_t *id,
		 bool *missing, struct diag *d);

/* The same of a field's value that is text still: a bare number is a name, or it were an id. */
bool ref_resolve_text(struct resolver *r, const struct entity *e, struct str text, int64_t *id,
		      bool *missing, struct diag *d);

/* The same in the form that struct query_context wants; ctx is a struct resolver. */
bool ref_resolve_for_query(void *ctx, const struct entity *e, struct str text, int64_t *id,
			   struct diag *d);

/* Resolves every reference of the record that is still text.  False with diag. */
bool ref_resolve_record(struct resolver *r, struct record *record, struct diag *d);

/* To be called when a record was made, so that its name is found at once. */
void ref_learn(struct resolver *r, const struct record *record);

void resolver_free(struct resolver *r);

#endif
