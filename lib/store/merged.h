/*
 * Records that were merged into others.
 *
 * The change that takes such a record away (of a lead that somebody known turned out to
 * be: that converts it) says in the history into which record it went, as one more
 * member "merged_into" of what was there before.  So an undo, and an undo of that, needs
 * nothing else to be right.
 */
#ifndef CRM_STORE_MERGED_H
#define CRM_STORE_MERGED_H

#include "store/store.h"

/* The next change of record `id` of type e is its merge into the record `into` of that type. */
void store_note_merge(struct store *s, const struct entity *e, int64_t id,
		      const struct entity *into_type, int64_t into);

/* One record that was merged away. */
struct merged {
	const struct entity *entity, *into_type;
	int64_t id, into;
	int64_t set;	/* the change set that did it */
	int64_t change; /* the change's number */
};

/* Whether and how the record, which is there no more (or converted), was merged last. */
bool store_merged(struct store *s, const struct entity *e, int64_t id, struct merged *out);

/* All that a change set merged, in its order; in `a`. */
struct merged *store_merges(struct store *s, int64_t set, size_t *n, struct arena *a);

/*
 * Says that the record is not there: "there is no contact-7", or what became of it:
 * "contact-7 was merged into contact-3".  Returns false.
 */
bool store_missing(struct store *s, const struct entity *e, int64_t id, struct diag *d);

#endif
