/* Waiting for the lock of other processes, and letting them have it. */
#include "store/db_wait.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "store/db.h"

enum {
	POLL = 5,    /* milliseconds between two looks at the lock */
	QUIET = 10,  /* milliseconds in which whoever waited has looked twice */
	YIELD = 100, /* milliseconds that others get at most */
	SILENCE = 3, /* seconds after which a person is told what goes on */
};

bool patience_lasts(struct patience *p, int tries, double now, struct timespec moved)
{
	bool moves = p->moved.tv_sec != moved.tv_sec || p->moved.tv_nsec != moved.tv_nsec;
	if (!tries || (p->seconds < 0 && moves))
		p->since = now;
	p->moved = moved;
	return now - p->since < (p->seconds < 0 ? PATIENCE : p->seconds);
}

bool patience_wait(struct patience *p, int tries)
{
	struct stat st = { 0 };
	if (p->moves && stat(p->moves, &st) != 0)
		st.st_mtim = (struct timespec){ 0 };
	if (!patience_lasts(p, tries, clock_seconds(), st.st_mtim))
		return false;
	if (tries == SILENCE * 1000 / POLL && isatty(STDERR_FILENO))
		warn("another process is writing to the database; waiting for it");
	wait_moment(POLL);
	return true;
}

void wait_moment(long ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* Who came in and went shows in the version; then another may wait still. */
void db_yield(struct db *db)
{
	int64_t seen = db_version(db), was;
	long waited = 0;
	do {
		was = seen;
		wait_moment(QUIET);
		waited += QUIET;
		seen = db_version(db);
	} while (seen != was && waited < YIELD);
}
