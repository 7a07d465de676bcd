/*
 * The questions of a dashboard answered by several processes: the panels are independent, and
 * a database that is worth it is read by as many as there are processors.
 *
 * A helper is a fork of this process, which has no connection then; each opens its own.  It
 * inherits the questions as they are asked, takes the next that nobody has taken, and gives its
 * answers through a pipe once there are none.  What it could not answer, whatever the reason, this
 * process answers itself, and so is what says why and ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/dashboard_impl.h"

enum { HELPERS_MAX = 3 };

struct helper {
	pid_t pid;
	int from; /* what it says */
};

struct beside {
	struct store *store;
	const char *path; /* of its file */
	struct arena *arena;
	struct diag *diag;
	const struct answered *failed; /* why: in diag */
	struct answered **all;
	size_t n;
	atomic_size_t *taken; /* shared: how many of them, from the last on */
	int gate[2];	      /* a pipe: helpers wait for its end before they begin to read */
	struct helper helpers[HELPERS_MAX];
	size_t nhelpers;
};

/* -- how many -- */

static size_t helpers_wanted(struct store *s)
{
	if (s->past) /* what the database said then is known to this connection alone */
		return 0;
	size_t readers = db_readers(s->db);
	return readers - 1 > HELPERS_MAX ? HELPERS_MAX : readers - 1;
}

/* -- a question -- */

static bool answer(struct answered *x, struct store *s, struct diag *d)
{
	const struct question *q = x->question;
	struct codec codec = store_codec(s, &x->kept.arena);
	const char *sort = q->sort ? q->sort : q->report->sort;
	kept_expect(&x->kept, sort, q->limit);
	if (!parts_run(x->parts, &x->kept.answer, d))
		return false;
	if (sort && !kept_sort(&x->kept, str_of(sort), &codec, d))
		return false;
	if (q->limit >= 0)
		kept_limit(&x->kept, (size_t)q->limit);
	x->facts = report_facts(x->parts->jobs[0], s->settings.language, &x->kept.arena);
	return true;
}

/* What it took to answer goes at once: only one question at a time needs that much memory. */
static bool work_out(struct answered *x, struct store *s, struct buf *out, struct diag *d)
{
	if (!answer(x, s, d))
		return false;
	answered_put(out, x);
	parts_close(x->parts);
	kept_free(&x->kept);
	x->kept = kept_new(true);
	return true;
}

static bool answer_here(struct beside *b, struct answered *x)
{
	struct buf out = { 0 };
	bool good = work_out(x, b->store, &out, b->diag);
	struct str rest = buf_copy(&out, b->arena);
	buf_free(&out);
	if (good)
		answered_get(&rest, x, b->arena);
	else
		b->failed = x;
	return good;
}

/* -- a helper -- */

/* The last panels ask most. */
static struct answered *take_next(struct beside *b)
{
	size_t i = atomic_fetch_add(b->taken, 1);
	return i < b->n ? b->all[b->n - 1 - i] : NULL;
}

static void end_at_once(void)
{
	_exit(STATUS_ENV);
}

/*
 * What is registered for the end of the program, such as files to remove, is not its own; nor are
 * warnings: see said_much.
 */
static void be_quiet(void)
{
	static const int deadly[] = { SIGINT, SIGTERM, SIGHUP };
	FILE *talk = tmpfile();
	for (size_t i = 0; i < countof(deadly); i++)
		signal(deadly[i], SIG_DFL);
	if (!talk || dup2(fileno(talk), STDOUT_FILENO) < 0 ||
	    dup2(fileno(talk), STDERR_FILENO) < 0 || atexit(end_at_once) != 0)
		_exit(STATUS_ENV);
}

/* Whoever asks the same again says it for all to hear. */
static bool said_much(void)
{
	return lseek(STDERR_FILENO, 0, SEEK_CUR) != 0;
}

static void say(int to, const char *p, size_t n)
{
	while (n) {
		ssize_t wrote = write(to, p, n);
		if (wrote < 0 && errno != EINTR)
			_exit(STATUS_ENV);
		p += wrote < 0 ? 0 : wrote;
		n -= wrote < 0 ? 0 : (size_t)wrote;
	}
}

static bool connect(struct beside *b)
{
	bool there = store_again(b->store, b->path);
	if (there)
		db_map(b->store->db);
	return there;
}

static _Noreturn void help(struct beside *b, int to)
{
	struct buf out = { 0 };
	struct diag d = { 0 };
	char nothing;
	be_quiet();
	close(b->gate[1]);
	while (read(b->gate[0], &nothing, 1) < 0 && errno == EINTR)
		;
	if (!connect(b))
		_exit(STATUS_ENV);
	db_begin_read(b->store->db);
	db_version(b->store->db); /* from here on it sees one state */
	say(to, "", 1);
	for (struct answered *x; (x = take_next(b));) {
		size_t head[2] = { x->place, 0 }, start = out.n;
		buf_put(&out, (struct str){ (const char *)head, sizeof head });
		if (!work_out(x, b->store, &out, &d) || said_much()) {
			out.n = start;
			break;
		}
		head[1] = out.n - start - sizeof head;
		memcpy(out.p + start, head, sizeof head);
	}
	say(to, out.p, out.n);
	_exit(STATUS_OK);
}

/* -- this process -- */

static void start_helper(struct beside *b)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	pid_t pid = fork();
	if (pid == 0)
		help(b, ends[1]);
	close(ends[1]);
	if (pid < 0)
		close(ends[0]);
	else
		b->helpers[b->nhelpers++] = (struct helper){ pid, ends[0] };
}

/* How much was read: n unless it ends before. */
static size_t hear(int from, char *p, size_t n)
{
	size_t got = 0;
	while (got < n) {
		ssize_t more = read(from, p + got, n - got);
		if (more == 0 || (more < 0 && errno != EINTR))
			break;
		got += more < 0 ? 0 : (size_t)more;
	}
	return got;
}

static void end_helper(struct helper *h)
{
	close(h->from);
	while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* What a helper that ended half-way was about to say is left out. */
static void hear_answers(struct beside *b, int from)
{
	size_t head[2];
	while (hear(from, (char *)head, sizeof head) == sizeof head) {
		char *p = arena_alloc(b->arena, head[1] + 1);
		struct str rest = { p, hear(from, p, head[1]) };
		if (rest.n < head[1])
			break;
		answered_get(&rest, b->all[head[0]], b->arena);
	}
}

static void stop_helpers(struct beside *b)
{
	for (size_t i = 0; i < b->nhelpers; i++) {
		kill(b->helpers[i].pid, SIGKILL);
		end_helper(&b->helpers[i]);
	}
	b->nhelpers = 0;
}

static void fork_helpers(struct beside *b, size_t n)
{
	b->gate[1] = -1;
	if (pipe2(b->gate, O_CLOEXEC) != 0)
		return;
	while (n--)
		start_helper(b);
	close(b->gate[0]);
}

/*
 * All are to see one state.  They begin to read between two looks of this process at the
 * database: where it is the same in both, so it is to them.
 */
static bool start_helpers(struct beside *b, size_t n)
{
	struct store *s = b->store;
	char begun;
	db_commit(s->db);
	store_leave(s);
	atomic_store(b->taken, 0);
	fork_helpers(b, n);
	if (!connect(b))
		die(STATUS_ENV, "the database is no longer to be had at %s", b->path);
	int64_t version = db_version(s->db);
	close(b->gate[1]);
	for (size_t i = 0; i < b->nhelpers; i++)
		hear(b->helpers[i].from, &begun, 1); /* of nothing it ended, and says no more */
	db_begin_read(s->db);
	if (db_version(s->db) == version)
		return true;
	stop_helpers(b);
	return false;
}

/* False: this process came upon a question that cannot be answered. */
static bool with_helpers(struct beside *b, size_t n)
{
	enum { TRIES = 3 };
	bool good = true;
	b->taken =
	    mmap(NULL, sizeof *b->taken, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (b->taken == MAP_FAILED)
		return true;
	for (int i = 0; i < TRIES && !start_helpers(b, n); i++)
		;
	for (struct answered *x; good && b->nhelpers && (x = take_next(b));)
		good = answer_here(b, x);
	for (size_t i = 0; good && i < b->nhelpers; i++) {
		hear_answers(b, b->helpers[i].from);
		end_helper(&b->helpers[i]);
	}
	if (!good)
		stop_helpers(b);
	munmap(b->taken, sizeof *b->taken);
	return good;
}

const struct answered *dashboard_answer(struct dashboard *d, struct store *s, struct diag *diag)
{
	struct beside b = { .store = s, .arena = d->arena, .diag = diag };
	for (struct answered *x = d->answers; x; x = x->next)
		b.n++;
	b.all = arena_new(d->arena, struct answered *, b.n);
	b.n = 0;
	for (struct answered *x = d->answers; x; x = x->next)
		if (!x->why.n) {
			x->place = b.n;
			b.all[b.n++] = x;
		}
	size_t helpers = b.n < 2 ? 0 : helpers_wanted(s);
	b.path = db_file(s->db, d->arena).p;
	bool good = !helpers || with_helpers(&b, helpers);
	for (size_t i = 0; good && i < b.n; i++)
		good = b.all[i]->done || answer_here(&b, b.all[i]);
	return b.failed;
}
