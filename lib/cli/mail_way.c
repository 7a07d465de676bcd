/* Ways out: an mbox, a Maildir, a command, or rows for a gateway. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/heading.h"
#include "cli/mail.h"
#include "core/shell.h"
#include "core/sms.h"

enum { MAILDIR_LOT = 100 };
enum { EX_TEMPFAIL = 75 }; /* as sendmail and its kin say "later" */

static void make_folder(const char *path)
{
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		die(STATUS_ENV, "cannot make %s:", path);
}

static void open_maildir(struct way *w, struct crm *crm)
{
	static const char *const parts[] = { "tmp", "new", "cur" };
	make_folder(w->maildir);
	for (size_t i = 0; i < countof(parts); i++)
		make_folder(arena_printf(&crm->arena, "%s/%s", w->maildir, parts[i]).p);
}

void way_open(struct way *w, struct crm *crm, enum letter_kind kind)
{
	const char *output = option(crm, "output"), *command = option(crm, "command");
	bool mbox = output && !strcmp(output, "mbox");
	bool mail = kind == LETTER_EMAIL || kind == LETTER_KINDS;
	*w = (struct way){ .maildir = option(crm, "maildir"),
			   .arena = &crm->arena,
			   .chunk = SIZE_MAX };
	if (mbox + (w->maildir != NULL) + (command != NULL) > 1)
		usage(crm, "one of -o mbox, --maildir and --command");
	if (!mail && (mbox || w->maildir || command))
		usage(crm, "messages by %s leave as rows, with -o csv or the like",
		      letter_kinds[kind]);
	if (!mail) {
		w->how = WAY_ROWS;
	} else if (mbox) {
		w->how = WAY_MBOX;
	} else if (w->maildir) {
		w->how = WAY_MAILDIR;
		w->chunk = MAILDIR_LOT;
		w->arriving = arena_new(&crm->arena, struct arrival, w->chunk);
		if (!option_on(crm, "dry-run"))
			open_maildir(w, crm);
	} else if (command) {
		w->how = WAY_COMMAND;
		w->chunk = 1;
		w->command = shell_words(command, &crm->arena);
		if (!w->command)
			usage(crm, "--command: %s is no command",
			      quoted(str_of(command), &crm->arena));
	} else if (kind == LETTER_EMAIL && !option_on(crm, "dry-run")) {
		usage(crm, "how are they to leave? -o mbox, --maildir DIR or --command "
			   "'sendmail -t -i'");
	}
}

/* -- mbox, in the form mboxrd -- */

static void put_line(struct str line)
{
	size_t quotes = 0;
	while (quotes < line.n && line.p[quotes] == '>')
		quotes++;
	if (str_starts(str_sub(line, quotes, line.n), "From "))
		putchar('>');
	fwrite(line.p, 1, line.n, stdout);
	putchar('\n');
}

static void put_mbox(struct str message, struct arena *a)
{
	struct str rest = message, line;
	time_t now = (time_t)clock_now();
	struct tm tm;
	char *at = arena_alloc(a, 64);
	gmtime_r(&now, &tm);
	strftime(at, 64, "%a %b %e %H:%M:%S %Y", &tm);
	printf("From MAILER-DAEMON %s\n", at);
	while (str_cut(&rest, '\n', &line))
		if (line.n || rest.p) /* behind the last line there is none */
			put_line(line);
	putchar('\n');
}

/* -- Maildir -- */

/* Named after its Message-ID, so that the same message twice is one file. */
static const char *maildir_name(const struct mail_item *item, struct arena *a)
{
	struct str rest = item->out.message_id, local;
	str_cut(&rest, '@', &local);
	return arena_printf(a, "%lld.%.*s", (long long)clock_now(), (int)local.n, local.p).p;
}

static bool write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}

/* Written at once; it arrives, on the disk for sure, with its lot. */
static void put_maildir(struct way *w, const struct mail_item *item, struct str message,
			struct arena *run, struct arena *a)
{
	const char *name = maildir_name(item, a);
	struct arrival *x = &w->arriving[w->narriving++];
	x->tmp = arena_printf(run, "%s/tmp/%s", w->maildir, name).p;
	x->to = arena_printf(run, "%s/new/%s", w->maildir, name).p;
	int fd = open(x->tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write_all(fd, message);
	if (fd >= 0)
		ok &= close(fd) == 0;
	if (!ok)
		die(STATUS_ENV, "cannot write %s:", x->tmp);
}

void way_arrive(struct way *w)
{
	for (size_t i = 0; i < w->narriving; i++) {
		const struct arrival *x = &w->arriving[i];
		int fd = open(x->tmp, O_RDONLY | O_CLOEXEC);
		bool ok = fd >= 0 && fsync(fd) == 0;
		if (fd >= 0)
			close(fd);
		if (!ok || rename(x->tmp, x->to) != 0)
			die(STATUS_ENV, "cannot write %s:", x->to);
	}
	w->narriving = 0;
}

/* -- a command -- */

/* The message on its stdin; what it prints is talk.  False: it cannot be run. */
static bool start_command(char **argv, int *in, pid_t *pid)
{
	extern char **environ;
	int ends[2];
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t pipe_signal;
	if (pipe2(ends, O_CLOEXEC) != 0)
		die(STATUS_ENV, "cannot make a pipe:");
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
	posix_spawnattr_init(&attr);
	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE); /* which we ignore, and it may not */
	posix_spawnattr_setsigdefault(&attr, &pipe_signal);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	int failed = posix_spawnp(pid, argv[0], &files, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	close(ends[0]);
	*in = ends[1];
	if (failed)
		close(ends[1]);
	errno = failed;
	return !failed;
}

static enum mail_end run_command(struct way *w, struct str message, struct str *why,
				 struct arena *a)
{
	int in, status;
	pid_t pid;
	if (!start_command(w->command, &in, &pid)) {
		*why = arena_printf(a, "cannot run %s: %s", w->command[0], strerror(errno));
		w->broken = true;
		return MAIL_POSTPONED;
	}
	bool written = write_all(in, message);
	close(in);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			die(STATUS_ENV, "lost sight of %s:", w->command[0]);
	if (WIFSIGNALED(status)) {
		*why =
		    arena_printf(a, "%s was ended by signal %d", w->command[0], WTERMSIG(status));
		return MAIL_UNSURE;
	}
	int code = WEXITSTATUS(status);
	if (code)
		*why = arena_printf(a, "%s ended with status %d", w->command[0], code);
	else if (!written)
		*why = arena_printf(a, "%s did not read the message", w->command[0]);
	return !code && written ? MAIL_SENT : code == EX_TEMPFAIL ? MAIL_POSTPONED : MAIL_FAILED;
}

enum mail_end way_deliver(struct way *w, const struct mail_item *item, struct str message,
			  struct str *why, struct arena *a)
{
	*why = (struct str){ 0 };
	if (w->how == WAY_COMMAND)
		return run_command(w, message, why, a);
	if (w->how == WAY_MAILDIR)
		put_maildir(w, item, message, w->arena, a);
	if (w->how == WAY_MBOX)
		put_mbox(message, a);
	return MAIL_SENT; /* rows are printed all at once */
}

/* -- rows -- */

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "to", "To", "Đến", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "text", "Text", "Nội dung", false },
	{ "encoding", "Encoding", "Bảng mã", false },
	{ "characters", "Characters", "Số ký tự", true },
	{ "parts", "Parts", "Số tin", true },
	{ "template", "Template", "Mẫu", false },
	{ "message_id", "Message ID", "Mã tin nhắn", false },
	{ "activity", "Activity", "Hoạt động", false },
};

/* 84912345678: E.164 without its sign, which is how Zalo has numbers. */
static void put_row(struct mailing *m, const struct mail_item *item, struct writer *w,
		    struct arena *a)
{
	const struct schema *schema = &m->desk->crm->store->schema;
	struct str message, text;
	mail_item_read(m, item, &message, &text, a);
	struct sms_size size = sms_measure(message);
	const struct cell cells[countof(columns)] = {
		{ CELL_TEXT, ref_print(item->out.entity, item->out.id, a) },
		{ CELL_TEXT, item->to },
		{ CELL_TEXT, str_sub(item->to, 1, item->to.n) },
		{ CELL_TEXT, message },
		{ CELL_TEXT, size.unicode ? STR("ucs2") : STR("gsm7") },
		cell_int((int64_t)size.characters, a),
		cell_int((int64_t)size.parts, a),
		{ CELL_TEXT, str_of(item->letter->key) },
		{ CELL_TEXT, item->out.message_id },
		{ CELL_TEXT, ref_print(schema_entity(schema, STR("activity")), item->activity, a) },
	};
	writer_row(w, cells);
}

void way_rows(struct mailing *m)
{
	struct arena a = { 0 };
	struct writer *w = heading_writer(m->desk->crm, columns, countof(columns));
	for (size_t i = 0; i < m->n; i++) {
		if (m->items[i].state == MAIL_LEFT)
			put_row(m, &m->items[i], w, &a);
		arena_reset(&a);
	}
	writer_close(w);
	arena_free(&a);
}
