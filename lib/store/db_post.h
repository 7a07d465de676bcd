/* Statements that another thread runs.  Private to lib/store/db*.c. */
#ifndef CRM_STORE_DB_POST_H
#define CRM_STORE_DB_POST_H

#include "core/buf.h"

/* What a connection has of them; { 0 }: nothing is posted. */
struct post {
	struct worker *worker; /* NULL: statements are run at once */
	struct buf block;      /* not given to it yet */
	bool given, failed;
};

/* Whether this is the thread that runs them, or is doing so in its place. */
extern _Thread_local bool post_here;

/* Runs all of it, or waits until it is done; false: a statement failed, and none after it ran. */
bool post_finish(struct post *p);
static inline bool post_settle(struct post *p)
{
	return post_here || (!p->given && !p->block.n) || post_finish(p);
}

/* What was not run is passed over. */
void post_end(struct post *p);

#endif
