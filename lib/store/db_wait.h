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
	const char *file;  /* the same of one who is alone, see db_alone */
	bool announces; /* it is the writers' lock: whoever has it sees it, see patience_wanted */
	/* its own */
	double since; /* when waiting began, or the file was last seen to move; seconds */
	struct timespec moved;
	int waits, watch; /* file descriptors from 1, 0: none */
};

/*
 * Whether somebody waits for the lock who is one of us: a shared flock(2) on the file into
 * which they would write says so.  The engine has its own locks elsewhere.
 */
bool patience_wanted(struct patience *p);
void patience_free(struct patience *p);

/* The lock is somebody else's, and `tries` times was so already: whether it is worth waiting. */
bool patience_lasts(struct patience *p, int tries, double now, struct timespec moved);

/*
 * The same, and waits a moment, always the same: who waits longer each time is passed by
 * those who have just come.
 */
bool patience_wait(struct patience *p, int tries);

#endif
