/* Waiting for the lock of other processes, and letting them have it. */
#include "store/db_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "store/db.h"

enum {
	POLL = 5,    /* milliseconds between two looks at the lock */
	SILENCE = 3, /* seconds after which a person is told what goes on */
};
static const double YIELD = 0.25; /* seconds that others get at most */

bool patience_lasts(struct patience *p, int tries, double now, struct timespec moved)
{
	bool moves = p->moved.tv_sec != moved.tv_sec || p->moved.tv_nsec != moved.tv_nsec;
	if (!tries || (p->seconds < 0 && moves))
		p->since = now;
	p->moved = moved;
	return now - p->since < (p->seconds < 0 ? PATIENCE : p->seconds);
}

static void wait_moment(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = POLL * 1000000 }, NULL);
}

static void shut(int *fd)
{
	if (*fd)
		close(*fd - 1);
	*fd = 0;
}

/* Not at once where somebody looks just now whether anybody waits: then with the next look. */
static void announce(struct patience *p)
{
	if (!p->announces || p->waits || !p->moves)
		return;
	p->waits = open(p->moves, O_RDONLY | O_CLOEXEC) + 1;
	if (p->waits && flock(p->waits - 1, LOCK_SH | LOCK_NB) != 0)
		shut(&p->waits);
}

/* When whoever holds the lock wrote last: beside the database, or into it if alone. */
static struct timespec moved(const struct patience *p)
{
	const char *const files[] = { p->moves, p->file };
	struct timespec last = { 0 };
	for (size_t i = 0; i < countof(files); i++) {
		struct stat st;
		if (!files[i] || stat(files[i], &st) != 0)
			continue;
		if (st.st_mtim.tv_sec > last.tv_sec ||
		    (st.st_mtim.tv_sec == last.tv_sec && st.st_mtim.tv_nsec > last.tv_nsec))
			last = st.st_mtim;
	}
	return last;
}

bool patience_wait(struct patience *p, int tries)
{
	if (!patience_lasts(p, tries, clock_seconds(), moved(p)))
		return false;
	if (tries == SILENCE * 1000 / POLL && isatty(STDERR_FILENO))
		warn("another process is writing to the database; waiting for it");
	announce(p);
	wait_moment();
	return true;
}

void patience_free(struct patience *p)
{
	shut(&p->waits);
	shut(&p->watch);
}

bool patience_wanted(struct patience *p)
{
	if (!p->watch)
		p->watch = open(p->moves, O_RDONLY | O_CLOEXEC) + 1;
	if (!p->watch)
		return false;
	if (flock(p->watch - 1, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK;
	flock(p->watch - 1, LOCK_UN);
	return false;
}

void db_begin_write(struct db *db, int wait)
{
	struct patience *p = &db_state(db)->patience;
	p->seconds = wait;
	p->announces = true;
	db_exec(db, db_state(db)->alone ? "begin exclusive" : "begin immediate");
	p->announces = false;
	shut(&p->waits);
}

bool db_wanted(struct db *db)
{
	return patience_wanted(&db_state(db)->patience);
}

void db_yield(struct db *db)
{
	double start = clock_seconds();
	while (db_wanted(db) && clock_seconds() - start < YIELD)
		wait_moment();
}
