/* Further numbers and addresses that came with a record, as its identities. */
#ifndef CRM_DOMAIN_FURTHER_H
#define CRM_DOMAIN_FURTHER_H

#include "store/store.h"

/*
 * Makes identities of the lines of struct row's `further` for the record, which is stored
 * and whole: one that is there already, or is a field of the record and says nothing more,
 * is not made again.  *made counts them.  False with diag where one is refused.
 */
bool further_put(struct store *s, const struct record *whose, struct str further, long *made,
		 struct arena *a, struct diag *d);

/*
 * Likewise of the record's cells that hold several telephone numbers, "0912… / 0987…", and
 * that differ from those of `old` (NULL: it is new): each number but the first.
 */
bool further_put_cells(struct store *s, const struct record *whose, const struct record *old,
		       struct arena *a, struct diag *d);

/* Whether a cell may hold two numbers; most do not, which is cheap to see. */
bool further_may_hold(const struct record *r);

#endif
