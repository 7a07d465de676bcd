/*
 * Taking whole change sets back.
 *
 * An undo is a change set itself, which says what it undoes; undoing it is a redo.
 * A change set stands until it is undone, and again when its undo is.
 */
#ifndef CRM_STORE_UNDO_H
#define CRM_STORE_UNDO_H

#include "store/store.h"

/* One change of the configuration: the texts of config_history_text (config/config.h). */
struct undo_config_change {
	int64_t set;
	struct str before; /* p NULL: it was not kept */
	struct str after;  /* p NULL: it is what there is now */
};

/* What the change set did to it, and those that changed it later and stand, in order. */
struct undo_config {
	struct undo_config_change own;
	const struct undo_config_change *later;
	size_t nlater;
};

struct undo_job {
	struct store *store; /* within a writing transaction */
	int64_t set;	     /* the change set to take back, which undo_find or undo_newest gave */
	bool force;	     /* later values are overwritten */
	/*
	 * Only these of its changes, by their numbers, as if the set were several; 0: all.
	 * The set then stands on: what was undone of it is known by its records alone.
	 */
	int64_t first, last;
	/*
	 * Called for everything that stands in the way, with d->source the record and
	 * d->field; it has to clear d.  The undo goes on to find the rest.
	 */
	void (*obstacle)(void *ctx, struct diag *d);
	/*
	 * Takes back what the set did to the configuration (config_take_back), if it did:
	 * called before the values of its records come back, and once more when they have.
	 * False: obstacles were reported.
	 */
	bool (*configure)(const struct undo_job *, const struct undo_config *, bool restored);
	/* A line that says what becomes of the configuration. */
	void (*difference)(void *ctx, struct str line);
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
