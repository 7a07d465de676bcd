/* crm-mail ingest: messages of a mail system, a Maildir or an mbox, written down once each. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/mail.h"
#include "cli/writes.h"
#include "config/document.h"
#include "config/sections.h"

enum { LOT = 100 };
enum { EX_DATAERR = 65 }; /* as mail systems expect it of what is no message */

const struct option_def mail_ingest_options[] = {
	{ "maildir", 0, OPTION_TEXT, "DIR", "take the messages in its folder new, which go to cur",
	  NULL },
	{ "mbox", 0, OPTION_TEXT, "FILE", "take the messages of an mbox (-: stdin)", NULL },
	{ "unknown", 0, OPTION_TEXT, "WHAT",
	  "what becomes of strangers' mail: fail (default), ignore, lead or ticket",
	  "fail ignore lead ticket" },
	{ "tickets", 0, OPTION_FLAG, NULL, "a letter that answers nothing is a ticket", NULL },
	{ 0 },
};

struct ingest {
	struct crm *crm;
	struct mail_rules rules;
	struct writes out; /* what is printed */
	bool dry, locked;
	long unreadable;
	size_t lot, n; /* messages between two commits, and those since the last */
	size_t nmoves;
	struct move {
		const char *from, *to;
	} moves[LOT];	    /* within a Maildir, once they are committed */
	struct arena arena; /* of the message at hand */
	struct diag diag;
};

static void lock(struct ingest *g)
{
	if (g->locked)
		return;
	g->locked = true;
	struct change_info info = { program_name, g->crm->line, option(g->crm, "reason"), NULL };
	store_begin(g->crm->store, &info, lock_wait(g->crm));
}

static void keep(struct ingest *g, const struct mime_mail *m, const struct mail_taken *taken)
{
	for (size_t i = 0; i < taken->n; i++)
		writes_add(&g->out, taken->made[i].entity, taken->made[i].id);
	if (taken->others.n)
		warn("%s: also known are%s", m->from.address.p, taken->others.p);
}

static void commit(struct ingest *g)
{
	if (!g->locked || g->dry)
		return;
	store_commit(g->crm->store);
	g->locked = false;
	g->n = 0;
	for (size_t i = 0; i < g->nmoves; i++)
		if (rename(g->moves[i].from, g->moves[i].to) != 0 && errno != ENOENT)
			die(STATUS_ENV, "cannot move %s:", g->moves[i].from);
	g->nmoves = 0;
}

/* One message; whether it is taken, or was. */
static bool take(struct ingest *g, struct str raw, const char *source)
{
	struct store *s = g->crm->store;
	struct mime_mail mail;
	struct mail_taken taken;
	g->diag.source = str_of(source);
	if (!mime_read(raw, &mail, &g->arena, &g->diag)) {
		g->unreadable++;
		complain(g->crm, &g->diag);
		return false;
	}
	lock(g);
	store_mark(s);
	bool ok = mail_take(s, &mail, &g->rules, &taken, &g->arena, &g->diag);
	if (ok)
		store_keep(s);
	else
		store_undo(s);
	if (ok)
		keep(g, &mail, &taken);
	else
		complain(g->crm, &g->diag);
	arena_reset(&g->arena);
	g->n++;
	return ok;
}

/* Nobody else waits for longer than a lot takes, and never for our input. */
static void end_lot(struct ingest *g)
{
	if (g->n >= g->lot || g->nmoves == LOT)
		commit(g);
}

/* -- a file, or stdin -- */

/* As much as a message may have, and one byte more where there is more. */
static struct str read_all(int fd, const char *source, struct arena *a)
{
	struct buf b = { 0 };
	ssize_t n = 1;
	while (n > 0 && b.n <= MIME_SIZE) {
		n = read(fd, buf_room(&b, 1 << 16), 1 << 16);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			die(STATUS_ENV, "cannot read %s:", source);
		else
			b.n += (size_t)n;
	}
	struct str all = buf_copy(&b, a);
	buf_free(&b);
	return all;
}

/* Without the line before the message that procmail and its kin hand over. */
static struct str without_envelope(struct str raw)
{
	struct str rest = raw, line;
	if (!str_starts(raw, "From "))
		return raw;
	str_cut(&rest, '\n', &line);
	return rest;
}

static bool take_fd(struct ingest *g, int fd, const char *source)
{
	struct str raw = read_all(fd, source, &g->arena);
	return take(g, without_envelope(raw), source);
}

static bool take_file(struct ingest *g, const char *path)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (fd < 0)
		die(STATUS_ENV, "cannot read %s:", path);
	bool ok = take_fd(g, fd, fd == STDIN_FILENO ? "<stdin>" : path);
	end_lot(g);
	if (fd != STDIN_FILENO)
		close(fd);
	return ok;
}

/* -- a Maildir -- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_message(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

/* A file that cannot be read keeps none of the others from being taken. */
static int open_message(struct ingest *g, const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) /* another one has it */
		return fd;
	bool ok = fd >= 0 && fstat(fd, &st) == 0;
	if (ok && S_ISREG(st.st_mode))
		return fd;
	g->diag.source = str_of(path);
	diag_set(&g->diag, NULL, "it cannot be read: %s", ok ? "it is no file" : strerror(errno));
	complain(g->crm, &g->diag);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* What was taken goes from new to cur, seen; the rest stays for the next time. */
static void take_maildir(struct ingest *g, const char *dir)
{
	struct crm *crm = g->crm;
	struct dirent **all;
	const char *folder = arena_printf(&crm->arena, "%s/new", dir).p;
	g->lot = LOT;
	int n = scandir(folder, &all, is_message, by_name);
	if (n < 0)
		die(STATUS_ENV, "cannot read %s:", folder);
	for (int i = 0; i < n; i++) {
		const char *name = all[i]->d_name;
		const char *from = arena_printf(&crm->arena, "%s/%s", folder, name).p;
		const char *flags = strchr(name, ':') ? "" : ":2,S";
		const char *to = arena_printf(&crm->arena, "%s/cur/%s%s", dir, name, flags).p;
		int fd = open_message(g, from);
		if (fd >= 0) {
			bool ok = take_fd(g, fd, from);
			close(fd);
			if (ok && !g->dry)
				g->moves[g->nmoves++] = (struct move){ from, to };
			end_lot(g);
		}
		free(all[i]);
	}
	free(all);
}

/* -- an mbox -- */

/* >From is From, >>From is >From. */
static struct str unquoted(struct str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] == '>')
		n++;
	return n && str_starts(str_sub(line, n, line.n), "From ") ? str_sub(line, 1, line.n) : line;
}

static void end_message(struct ingest *g, struct buf *message, const char *file, long line)
{
	if (str_trim(buf_str(message)).n) {
		const char *source = arena_printf(&g->crm->arena, "%s:%ld", file, line).p;
		take(g, buf_str(message), source);
		end_lot(g);
	}
	message->n = 0;
}

static void read_mbox(struct ingest *g, FILE *f, const char *file)
{
	struct buf message = { 0 };
	char piece[1 << 14];
	bool starts = true, blank = true; /* of a line; the one before was empty */
	long line = 0, from = 1;
	while (fgets(piece, sizeof piece, f)) {
		struct str s = str_of(piece);
		bool ends = s.n && s.p[s.n - 1] == '\n';
		line += starts;
		if (starts && blank && str_starts(s, "From ")) {
			end_message(g, &message, file, from);
			from = line;
		} else if (message.n <= MIME_SIZE) { /* more is refused, whatever it is */
			buf_put(&message, starts ? unquoted(s) : s);
		}
		blank = starts && str_trim(s).n == 0;
		starts = ends;
	}
	if (ferror(f))
		die(STATUS_ENV, "cannot read %s:", file);
	end_message(g, &message, file, from);
	buf_free(&message);
}

static void take_mbox(struct ingest *g, const char *file)
{
	bool in = !strcmp(file, "-");
	FILE *f = in ? stdin : fopen(file, "re");
	struct stat st;
	if (!f)
		die(STATUS_ENV, "cannot read %s:", file);
	g->lot = fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) ? LOT : 1;
	read_mbox(g, f, in ? "<stdin>" : file);
	if (!in)
		fclose(f);
}

/* -- the verb -- */

static enum mail_stranger stranger_option(struct crm *crm)
{
	static const char *const words[] = { "fail", "ignore", "lead", "ticket" };
	const char *text = option(crm, "unknown");
	for (size_t i = 0; text && i < countof(words); i++)
		if (!strcmp(text, words[i]))
			return (enum mail_stranger)i;
	if (text)
		usage(crm, "--unknown: %s is none of fail, ignore, lead, ticket",
		      quoted(str_of(text), &crm->arena));
	return STRANGER_FAIL;
}

static void read_options(struct ingest *g)
{
	struct crm *crm = g->crm;
	struct mail_settings *m =
	    document_stored(&section_mail, crm->store, &crm->arena, &crm->diag);
	if (crm->diag.message.n)
		refuse(crm, STATUS_ENV);
	g->rules = (struct mail_rules){ m, stranger_option(crm), option_on(crm, "tickets") };
	g->dry = option_on(crm, "dry-run");
	g->out.crm = crm;
}

static int end(struct ingest *g)
{
	struct crm *crm = g->crm;
	commit(g);
	if (!option_on(crm, "quiet"))
		print_records(crm, stdout, g->out.items, g->out.n);
	if (g->dry)
		store_rollback(crm->store);
	free(g->out.items);
	arena_free(&g->arena);
	diag_free(&g->diag);
	return g->unreadable && g->unreadable == crm->refused ? EX_DATAERR : STATUS_OK;
}

int mail_ingest(struct crm *crm, int argc, char **argv)
{
	struct ingest g = { .crm = crm, .lot = 1 };
	const char *maildir = option(crm, "maildir"), *mbox = option(crm, "mbox");
	read_options(&g);
	if (!argc && !maildir && !mbox && isatty(STDIN_FILENO))
		usage(crm, "what? Name files, or pipe a message in");
	if (g.dry)
		lock(&g);
	if (maildir)
		take_maildir(&g, maildir);
	if (mbox)
		take_mbox(&g, mbox);
	g.lot = 1;
	commit(&g);
	for (int i = 0; i < argc; i++)
		take_file(&g, argv[i]);
	if (!argc && !maildir && !mbox)
		take_file(&g, "-");
	return end(&g);
}
