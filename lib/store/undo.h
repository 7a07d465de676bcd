/*
 * Taking whole change sets back.
 *
 * An undo is a change set itself, which says what it undoes; undoing it is a redo.
 * A change set stands until it is undone, and again when its undo is.
 */
#ifndef CRM_STORE_UNDO_H
#define CRM_STORE_UNDO_H

#include "store/store.h"

struct undo_job {
	struct store *store; /* within a writing transaction */
	int64_t set;	     /* the change set to take back, which undo_find or undo_newest gave */
	bool force;	     /* later values are overwritten */
	/*
	 * Called for everything that stands in the way, with d->source the record and
	 * d->field; it has to clear d.  The undo goes on to find the rest.
	 */
	void (*obstacle)(void *ctx, struct diag *d);
	void *ctx;
};

/* The acting user's newest change set that stands and is no undo; 0: there is none. */
int64_t undo_newest(struct store *s);

/* Whether this change set can be undone at all, by the acting user; false with diag. */
bool undo_find(struct store *s, int64_t set, struct diag *d);

/*
 * Undoes it, as a change set of its own, whose number is returned.  After any obstacle
 * the transaction must be rolled back.
 */
int64_t undo_run(const struct undo_job *job);

#endif
