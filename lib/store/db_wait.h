/* How long a writer waits for the others.  Private to lib/store. */
#ifndef CRM_STORE_DB_WAIT_H
#define CRM_STORE_DB_WAIT_H

#include <time.h>

#include "core/base.h"

/* Beyond that whoever holds the lock and writes nothing is held to be stuck. */
enum { PATIENCE = 10 /* seconds */ };

struct patience {
	int seconds;	   /* at most; negative: as long as the other one gets on */
	const char *moves; /* a file into which whoever holds the lock writes; NULL: none */
	/* its own */
	double since; /* when waiting began, or the file was last seen to move; seconds */
	struct timespec moved;
};

/* The lock is somebody else's, and `tries` times was so already: whether it is worth waiting. */
bool patience_lasts(struct patience *p, int tries, double now, struct timespec moved);

/*
 * The same, and waits a moment, always the same: who waits longer each time is passed by
 * those who have just come.
 */
bool patience_wait(struct patience *p, int tries);

/* Waits that long, in milliseconds. */
void wait_moment(long ms);

#endif
