/*
 * Errands: what has to leave the house, sent once and not lost.
 *
 *   pending → claimed (printed by crm-follow run) → sending → done | failed
 *
 * Whoever sends starts an errand and commits before anything leaves, and ends it when it has
 * left.  One that is `sending` is never handed out again by itself: nobody knows whether it
 * has left (crm-follow stuck shows it).  All of these write within the caller's transaction.
 */
#ifndef CRM_DOMAIN_ERRAND_H
#define CRM_DOMAIN_ERRAND_H

#include "store/store.h"

/* Whether it is still, or by crm-follow retry again, to be sent, and nobody has begun. */
bool errand_open(struct store *s, int64_t errand, struct arena *a);

/*
 * Marks the errand `sending`; commit before anything leaves.  False with diag: there is no such
 * errand, it was done, failed or cancelled before, or another program is at it.
 */
bool errand_start(struct store *s, int64_t errand, struct arena *a, struct diag *d);

enum errand_end { ERRAND_DONE, ERRAND_FAILED, ERRAND_CANCELLED };

/*
 * Ends it.  `activity` (0: none) is what it became; `error` (empty: none) says why it failed or
 * was cancelled.  To end one in the same way again is no error and writes nothing.  False with
 * diag: there is no such errand, or it ended otherwise.  One that failed may still turn out
 * to be done.
 */
bool errand_finish(struct store *s, int64_t errand, enum errand_end how, int64_t activity,
		   struct str error, struct arena *a, struct diag *d);

/* Back to `pending`, not before that instant: it may not leave yet.  False with diag. */
bool errand_put_off(struct store *s, int64_t errand, int64_t until, struct arena *a,
		    struct diag *d);

/* Back to `pending`, due now: one that failed, was cancelled or is stuck.  False with diag. */
bool errand_retry(struct store *s, int64_t errand, struct arena *a, struct diag *d);

#endif
