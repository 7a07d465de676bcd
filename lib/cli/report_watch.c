/*
 * crm-report watch: a report or the dashboard, drawn anew when the data change.
 *
 * Each picture is a run of this very program, which reads in a transaction of its own and goes:
 * nothing is held while nobody writes.  Here one only asks, now and then, whether another
 * connection has committed.  The run writes to a terminal that is as wide as the screen and that
 * nobody sees, so that it fits its tables in as it does on any other.
 */
#include "cli/report_watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "cli/report_draw.h"

enum { EVERY = 2, MOST_WORDS = 128 };

static volatile sig_atomic_t stopped, resized;
static bool drawn_on; /* the other screen is shown */

static void on_signal(int n)
{
	if (n == SIGWINCH)
		resized = 1;
	else
		stopped = 1;
}

static void put(const char *text)
{
	fputs(text, stdout);
	fflush(stdout);
}

/* Also where the program dies. */
static void restore(void)
{
	if (drawn_on)
		put("\033[?25h\033[?1049l");
	drawn_on = false;
}

static void begin(void)
{
	drawn_on = true;
	atexit(restore);
	put("\033[?1049h\033[?25l");
}

struct watch {
	struct crm *crm;
	char *words[MOST_WORDS]; /* what is run */
	sigset_t usual;		 /* signals are let in while it waits */
	unsigned short rows, columns;
	struct buf text; /* of the last run that went well */
};

/* -- what is run -- */

static void add_word(struct watch *w, size_t *n, const char *word)
{
	if (*n + 1 >= MOST_WORDS)
		usage(w->crm, "more than %d words", MOST_WORDS);
	w->words[(*n)++] = xstrdup(word);
}

static void make_words(struct watch *w, int argc, char **argv)
{
	struct crm *crm = w->crm;
	size_t n = 0;
	add_word(w, &n, program_name);
	add_word(w, &n, argc ? argv[0] : "dashboard");
	add_word(w, &n, "--output=table"); /* unless -o follows */
	for (size_t i = 0; i < crm->nvalues; i++) {
		const struct option_value *v = &crm->values[i];
		if (!strcmp(v->def->name, "every"))
			continue;
		add_word(w, &n,
			 arena_printf(&crm->arena, "--%s%s%s", v->def->name, v->text ? "=" : "",
				      v->text ? v->text : "")
			     .p);
	}
	add_word(w, &n, "--");
	for (int i = 1; i < argc; i++)
		add_word(w, &n, argv[i]);
}

/* -- one run -- */

static pid_t start(struct watch *w, int out, bool first)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t usual;
	pid_t child;
	char own[] = "/proc/self/exe";
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	if (!first) /* what it has to say would be in the middle of the picture */
		posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", 1, 0);
	sigemptyset(&usual);
	posix_spawnattr_setsigmask(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	extern char **environ;
	int code = access(own, X_OK) == 0
		       ? posix_spawn(&child, own, &files, &attributes, w->words, environ)
		       : posix_spawnp(&child, w->words[0], &files, &attributes, w->words, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	errno = code;
	if (code)
		die(STATUS_ENV, "cannot run %s:", w->words[0]);
	return child;
}

static void read_all(int fd, struct buf *out)
{
	for (;;) {
		char *room = buf_room(out, 1 << 14);
		ssize_t n = read(fd, room, 1 << 14);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		out->n += (size_t)n;
	}
}

/* What is written to its end comes out of the other, unchanged; both are the caller's. */
static int open_terminal(const struct watch *w, int *end)
{
	struct winsize size = { .ws_row = w->rows, .ws_col = w->columns };
	struct termios plain;
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	const char *name = fd < 0 || grantpt(fd) || unlockpt(fd) ? NULL : ptsname(fd);
	*end = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	if (*end < 0 || tcgetattr(*end, &plain) || ioctl(*end, TIOCSWINSZ, &size))
		die(STATUS_ENV, "cannot make a terminal:");
	plain.c_oflag &= ~(tcflag_t)OPOST;
	tcsetattr(*end, TCSANOW, &plain);
	return fd;
}

/* Its status; the text is kept where it is good. */
static int run(struct watch *w, bool first)
{
	struct buf text = { 0 };
	int end, status, from = open_terminal(w, &end);
	pid_t child = start(w, end, first);
	close(end);
	read_all(from, &text);
	close(from);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (status) {
		buf_free(&text);
		return WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_ENV;
	}
	buf_free(&w->text);
	w->text = text;
	return STATUS_OK;
}

/* -- on the screen -- */

static void measure(struct watch *w)
{
	struct winsize size = { 0 };
	resized = 0;
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	w->rows = size.ws_row ? size.ws_row : 24;
	w->columns = size.ws_col ? size.ws_col : 80;
}

static void draw(struct watch *w)
{
	struct buf out = { 0 };
	struct arena a = { 0 };
	struct str rest = buf_str(&w->text), line;
	unsigned row = 0;
	buf_puts(&out, "\033[H");
	for (; rest.n && row + 1 < w->rows && str_cut(&rest, '\n', &line); row++) {
		struct str cut = table_cut(line, w->columns, &a);
		buf_printf(&out, "%.*s\033[K\n", (int)cut.n, cut.p);
	}
	buf_puts(&out, "\033[J");
	buf_puts(&out, rest.n ? "…" : "");
	fwrite(out.p, 1, out.n, stdout);
	fflush(stdout);
	buf_free(&out);
	arena_free(&a);
}

static void catch_signals(struct watch *w)
{
	static const int those[] = { SIGINT, SIGTERM, SIGHUP, SIGWINCH };
	struct sigaction act = { .sa_handler = on_signal };
	sigset_t held;
	sigemptyset(&held);
	for (size_t i = 0; i < countof(those); i++) {
		sigaction(those[i], &act, NULL);
		sigaddset(&held, those[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &w->usual);
}

/* Until somebody writes, the screen gets another size, or it is told to stop. */
static void wait_for_change(struct watch *w, int64_t every, int64_t *version)
{
	struct timespec pause = { .tv_sec = every };
	while (!stopped && !resized) {
		int64_t now = db_version(w->crm->store->db);
		if (now != *version) {
			*version = now;
			return;
		}
		ppoll(NULL, 0, &pause, &w->usual);
	}
}

int report_watch(struct crm *crm, int argc, char **argv)
{
	struct watch w = { .crm = crm };
	int64_t every = option_int(crm, "every", EVERY);
	if (!report_terminal())
		usage(crm, "it draws on a terminal; off it ask once: crm-report %s",
		      argc ? argv[0] : "dashboard");
	if (argc && !strcmp(argv[0], "watch"))
		usage(crm, "watch what?");
	if (every < 1)
		usage(crm, "--every: a second at least");
	setenv("NO_COLOR", "1", 1); /* lines are cut as they are */
	make_words(&w, argc, argv);
	catch_signals(&w);
	measure(&w);
	int64_t version = db_version(crm->store->db);
	int status = run(&w, true);
	if (status)
		return status;
	begin();
	for (;;) {
		draw(&w);
		wait_for_change(&w, every, &version);
		if (stopped)
			break;
		measure(&w);
		run(&w, false);
	}
	restore();
	buf_free(&w.text);
	for (char **word = w.words; *word; word++)
		free(*word);
	return STATUS_OK;
}
