/*
 * storm: many writers and readers at once, and somebody who kills them.
 *
 *   storm SECONDS EVERY SEED
 *
 * Eight writers and two readers run crm programs on $CRM_DB until SECONDS are over;
 * every EVERY milliseconds one running program gets SIGKILL (one in four: SIGTERM).
 * A writer works on records that it made itself, save for lead-1, which all tag.  What
 * a killed program worked on is not touched again, so that one can see at the end
 * whether it was done wholly or not at all.
 *
 * log.N gets a line, synced, for each program that has ended, with tabs between:
 *
 *   KIND TOKEN STATUS WANTED TAKEN PRINTED
 *
 * TOKEN is the text that the program was to write, STATUS its exit status or "killed",
 * with "cut" before it where the program that fed it was killed.  WANTED counts the
 * records to make; TAKEN and PRINTED are references with blanks between: those that it
 * was to work on, and those that it printed.  err.N gets what it said.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/buf.h"

enum { WRITERS = 8, READERS = 2, LANES = WRITERS + READERS, WORDS = 40 };

/* What runs, shared with the killer: no pid in it was waited for. */
struct lane {
	pthread_mutex_t lock;
	pid_t running[2]; /* the program, and the one that feeds it */
	bool killed[2];
};

enum type { LEAD, ACCOUNT, CONTACT, DEAL, TICKET, CAMPAIGN, OTHER, TYPES };

static const char *const types[] = { "lead-", "account-", "contact-",
				     "deal-", "ticket-",  "campaign-" };

struct list {
	char **refs;
	size_t n, room;
};

struct words {
	char *word[WORDS];
	size_t n;
};

struct writer {
	struct lane *lane;
	int number, log;
	time_t end;
	uint64_t random;
	unsigned jobs;
	struct list mine[TYPES]; /* records that no job has in its hands */
};

struct job {
	const char *kind;
	char *token;
	struct words command, feeder; /* feeder: what stands before the pipe, if anything */
	bool file;		      /* stdin is the writer's own file */
	struct list taken, printed;
	size_t wanted;
	bool used_up; /* what it took serves no other job */
};

static struct arena arena;
static struct lane *lanes;

/* splitmix64 */
static unsigned below(uint64_t *state, size_t n)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (unsigned)((z ^ (z >> 31)) % n);
}

static printf_like(1, 2) char *text(const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	size_t n = (size_t)vsnprintf(NULL, 0, fmt, ap) + 1;
	va_end(ap);
	char *p = arena_alloc(&arena, n);
	vsnprintf(p, n, fmt, again);
	va_end(again);
	return p;
}

static void list_put(struct list *l, char *ref)
{
	char **old = l->refs;
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 8;
		l->refs = arena_new(&arena, char *, l->room);
		for (size_t i = 0; i < l->n; i++)
			l->refs[i] = old[i];
	}
	l->refs[l->n++] = ref;
}

static void word(struct words *w, char *s)
{
	if (w->n + 1 >= WORDS)
		die(STATUS_USAGE, "a command of too many words");
	w->word[w->n++] = s;
}

/* The words of `line`, which has blanks between and none within them. */
static void command(struct words *w, const char *line)
{
	char *save, *copy = text("%s", line);
	for (char *s = strtok_r(copy, " ", &save); s; s = strtok_r(NULL, " ", &save))
		word(w, s);
}

static void give(struct writer *w, char *ref)
{
	size_t t = 0;
	while (t < OTHER && strncmp(ref, types[t], strlen(types[t])) != 0)
		t++;
	list_put(&w->mine[t], ref);
}

/* A record of the type, at random; no other job has it until it is given back. */
static char *take(struct writer *w, struct job *job, enum type type)
{
	struct list *l = &w->mine[type];
	size_t i = below(&w->random, l->n);
	char *ref = l->refs[i];
	l->refs[i] = l->refs[--l->n];
	list_put(&job->taken, ref);
	return ref;
}

/* Jobs: which records they need of each type, and what they do. */

static void add_lead(struct writer *w, struct job *job)
{
	command(&job->command, "crm-lead add source=zalo");
	word(&job->command, text("name=%s", job->token));
	word(&job->command, text("phone=09%08u", below(&w->random, 100000000)));
}

static void add_account(struct writer *w, struct job *job)
{
	command(&job->command, "crm-account add kind=org");
	word(&job->command, text("name=%s", job->token));
	(void)w;
}

static void add_contact(struct writer *w, struct job *job)
{
	command(&job->command, "crm-contact add phone=0912345678");
	word(&job->command, text("name=%s", job->token));
	word(&job->command, text("account=%s", take(w, job, ACCOUNT)));
}

static void add_deal(struct writer *w, struct job *job)
{
	command(&job->command, "crm-deal add amount=5tr");
	word(&job->command, text("name=%s", job->token));
	word(&job->command, text("account=%s", take(w, job, ACCOUNT)));
}

static void add_call(struct writer *w, struct job *job)
{
	command(&job->command, "crm-activity add kind=call outcome=connected");
	word(&job->command, text("subject=%s", job->token));
	word(&job->command, text("lead=%s", take(w, job, LEAD)));
	job->used_up = true; /* such a lead can no longer be removed */
}

static void add_ticket(struct writer *w, struct job *job)
{
	command(&job->command, "crm-ticket add priority=high");
	word(&job->command, text("subject=%s", job->token));
	word(&job->command, text("account=%s", take(w, job, ACCOUNT)));
}

static void reply(struct writer *w, struct job *job)
{
	command(&job->command, "crm-ticket reply");
	word(&job->command, take(w, job, TICKET));
	word(&job->command, job->token);
	job->wanted = 0; /* prints the ticket */
}

static void add_campaign(struct writer *w, struct job *job)
{
	command(&job->command, "crm-campaign add channel=other");
	word(&job->command, text("name=%s", job->token));
	(void)w;
}

static void add_members(struct writer *w, struct job *job)
{
	command(&job->command, "crm-campaign add");
	word(&job->command, take(w, job, CAMPAIGN));
	for (job->wanted = 0; job->wanted < 5; job->wanted++)
		word(&job->command, take(w, job, LEAD));
	job->used_up = true;
}

/* Rows of a file of its own. */
static void rows(struct writer *w, struct job *job, size_t n, const char *head, const char *tail)
{
	FILE *f = fopen(text("in.%d", w->number), "w");
	if (!f)
		die(STATUS_ENV, "in.%d:", w->number);
	fprintf(f, "%s\n", head);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s,%s%zu%s\n", job->token, job->token, i, tail);
	if (fclose(f) != 0)
		die(STATUS_ENV, "in.%d:", w->number);
	job->file = true;
	job->wanted = n;
}

static void import_leads(struct writer *w, struct job *job)
{
	command(&job->command, "crm-import lead");
	rows(w, job, 1 + below(&w->random, 300), "name,external_id,source", ",zalo");
}

static void import_accounts(struct writer *w, struct job *job)
{
	command(&job->command, "crm-import account");
	rows(w, job, 1 + below(&w->random, 30), "name,external_id,kind", ",org");
}

static void add_events(struct writer *w, struct job *job)
{
	command(&job->command, "crm-event add");
	rows(w, job, 1 + below(&w->random, 50), "source,external_id,kind", ",form");
}

static void set_lead(struct writer *w, struct job *job)
{
	command(&job->command, "crm-lead set");
	word(&job->command, take(w, job, LEAD));
	word(&job->command, text("notes=%s", job->token));
	job->wanted = 0;
}

static void set_piped(struct writer *w, struct job *job)
{
	command(&job->feeder, "crm-lead show -o jsonl");
	for (size_t i = 0; i < 20; i++)
		word(&job->feeder, take(w, job, LEAD));
	command(&job->command, "crm-lead set");
	word(&job->command, text("notes=%s", job->token));
	job->wanted = 0;
}

static void remove_leads(struct writer *w, struct job *job)
{
	command(&job->command, "crm-lead rm");
	for (size_t i = 0; i < 3; i++)
		word(&job->command, take(w, job, LEAD));
	job->wanted = 0;
	job->used_up = true;
}

static void convert(struct writer *w, struct job *job)
{
	command(&job->command, "crm-convert --account new");
	for (size_t i = 0; i < 3; i++)
		word(&job->command, take(w, job, LEAD));
	word(&job->command, text("--name=%s", job->token));
	job->wanted = 0;
	job->used_up = true;
}

static void move(struct writer *w, struct job *job)
{
	command(&job->command, "crm-pipeline move");
	word(&job->command, take(w, job, DEAL));
	word(&job->command, text("negotiation"));
	job->wanted = 0;
	job->used_up = true;
}

static void win(struct writer *w, struct job *job)
{
	command(&job->command, "crm-pipeline win");
	word(&job->command, take(w, job, DEAL));
	job->wanted = 0;
	job->used_up = true;
}

static void tag(struct writer *w, struct job *job)
{
	command(&job->command, "crm-lead set lead-1");
	word(&job->command, text("tags+=%s", job->token));
	job->wanted = 0;
	(void)w;
}

static const struct kind {
	const char *name;
	void (*make)(struct writer *, struct job *);
	size_t needs[OTHER]; /* LEAD, ACCOUNT, CONTACT, DEAL, TICKET, CAMPAIGN */
	bool stays;	     /* others change the same record, or it never changes: no undo */
} kinds[] = {
	/* clang-format off */
	{ "add-lead", add_lead, { 0 }, false },
	{ "add-account", add_account, { 0 }, false },
	{ "add-contact", add_contact, { 0, 1 }, false },
	{ "add-deal", add_deal, { 0, 1 }, false },
	{ "add-call", add_call, { 1 }, false },
	{ "add-ticket", add_ticket, { 0, 1 }, false },
	{ "reply", reply, { 0, 0, 0, 0, 1 }, false },
	{ "add-campaign", add_campaign, { 0 }, false },
	{ "add-members", add_members, { 5, 0, 0, 0, 0, 1 }, false },
	{ "import-leads", import_leads, { 0 }, false },
	{ "import-accounts", import_accounts, { 0 }, false },
	{ "add-events", add_events, { 0 }, true },
	{ "set", set_lead, { 1 }, false },
	{ "set-piped", set_piped, { 20 }, false },
	{ "rm", remove_leads, { 3 }, false },
	{ "convert", convert, { 3 }, false },
	{ "move", move, { 0, 0, 0, 1 }, false },
	{ "win", win, { 0, 0, 0, 1 }, false },
	{ "tag", tag, { 0 }, true },
	/* clang-format on */
};

/* Running them */

static int must(int fd, const char *what)
{
	if (fd < 0)
		die(STATUS_ENV, "%s:", what);
	return fd;
}

/* The program, with its stdin and stdout; whatever it says goes to err.N. */
static pid_t begin(const struct words *w, int number, int in, int out)
{
	pid_t pid = must(fork(), "fork");
	if (pid > 0)
		return pid;
	int err = open(text("err.%d", number), O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		die(STATUS_ENV, "cannot redirect:");
	for (int fd = 3; fd < 20; fd++)
		close(fd);
	execvp(w->word[0], w->word);
	die(STATUS_ENV, "%s:", w->word[0]);
}

/* Waits for running[i].  The killer cannot hit it any more once it is waited for. */
static int ended(struct lane *l, int i, bool *killed)
{
	int how;
	siginfo_t info;
	while (waitid(P_PID, (id_t)l->running[i], &info, WEXITED | WNOWAIT) < 0)
		if (errno != EINTR)
			die(STATUS_ENV, "cannot wait:");
	pthread_mutex_lock(&l->lock);
	if (waitpid(l->running[i], &how, 0) < 0)
		die(STATUS_ENV, "cannot wait:");
	l->running[i] = 0;
	*killed = l->killed[i] && WIFSIGNALED(how);
	l->killed[i] = false;
	pthread_mutex_unlock(&l->lock);
	return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

/* Runs it (behind its feeder) to its end, stdout in out.N; its status as in the log. */
static char *run(struct lane *l, int number, const struct words *w, const struct words *feeder,
		 bool file)
{
	bool cut = false, killed;
	int in = must(open(file ? text("in.%d", number) : "/dev/null", O_RDONLY), "input");
	int out = must(open(text("out.%d", number), O_WRONLY | O_CREAT | O_TRUNC, 0600), "output");
	int ends[2] = { in, -1 };
	if (feeder->n > 0)
		must(pipe(ends), "pipe");
	pthread_mutex_lock(&l->lock);
	if (feeder->n > 0)
		l->running[1] = begin(feeder, number, in, ends[1]);
	l->running[0] = begin(w, number, ends[0], out);
	pthread_mutex_unlock(&l->lock);
	close(in);
	close(out);
	if (feeder->n > 0) {
		close(ends[0]);
		close(ends[1]);
	}
	int status = ended(l, 0, &killed), fed = feeder->n > 0 ? ended(l, 1, &cut) : 0;
	if (fed != 0 && !cut)
		status = 128 + fed; /* a reader that fails: no status that is allowed */
	return killed ? text("killed") : text("%s%d", cut ? "cut" : "", status);
}

static void read_printed(struct writer *w, struct job *job)
{
	char line[256];
	FILE *f = fopen(text("out.%d", w->number), "r");
	while (f && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		list_put(&job->printed, text("%s", line));
	}
	if (f)
		fclose(f);
}

static void put_refs(struct buf *b, const struct list *l)
{
	buf_putc(b, '\t');
	for (size_t i = 0; i < l->n; i++)
		buf_printf(b, "%s%s", i ? " " : "", l->refs[i]);
}

static void note(struct writer *w, const struct job *job, const char *status)
{
	struct buf b = { 0 };
	buf_printf(&b, "%s\t%s\t%s\t%zu", job->kind, job->token, status, job->wanted);
	put_refs(&b, &job->taken);
	put_refs(&b, &job->printed);
	buf_putc(&b, '\n');
	struct str s = buf_str(&b);
	if (write(w->log, s.p, s.n) != (ssize_t)s.n || fsync(w->log) < 0)
		die(STATUS_ENV, "log.%d:", w->number);
	buf_free(&b);
}

/* Takes back what the writer did last; its status. */
static const char *undo(struct writer *w, const struct job *what)
{
	struct job job = { .kind = "undo", .token = what->token };
	command(&job.command, "crm-undo -o refs --wait 30");
	const char *status = run(w->lane, w->number, &job.command, &job.feeder, false);
	note(w, &job, status);
	return status;
}

/* One job: its records are free again unless nobody knows what became of them. */
static void work(struct writer *w)
{
	const struct kind *k = &kinds[below(&w->random, countof(kinds))];
	for (size_t t = 0; t < OTHER; t++)
		if (w->mine[t].n < k->needs[t])
			return;
	struct job job = { .kind = k->name, .wanted = 1 };
	job.token = text("w%dj%ux", w->number, w->jobs++);
	k->make(w, &job);
	command(&job.command, "-o refs --wait 30");
	const char *status = run(w->lane, w->number, &job.command, &job.feeder, job.file);
	bool done = !strcmp(status, "0"), back = false;
	if (done || !strcmp(status, "cut0")) /* it was given some of it, and did that */
		read_printed(w, &job);
	note(w, &job, status);
	if (done && !k->stays && below(&w->random, 6) == 0) {
		const char *undone = undo(w, &job);
		if (!strcmp(undone, "killed"))
			return;
		back = !strcmp(undone, "0");
	}
	if (back || !strcmp(status, "75") || (done && !job.used_up))
		for (size_t i = 0; i < job.taken.n; i++)
			give(w, job.taken.refs[i]);
	if (done && !back && job.wanted > 0)
		for (size_t i = 0; i < job.printed.n; i++)
			give(w, job.printed.refs[i]);
}

static const char *const readers[] = {
	"crm-report leads --by source -o json",
	"crm-lead list source:zalo -s -id -o csv",
	"crm-report pipeline -o json",
	"crm-export all",
	"crm-deal list stage:won account.kind:org -o json",
	"crm-doctor check --severity error",
	"crm-campaign list -o csv",
	"crm-log -l 50 -o csv",
};

/* Reads; its log says only what was read and how it ended. */
static void look(struct writer *w)
{
	struct job job = { .token = text("-") };
	unsigned n = w->jobs++ % (countof(readers) + 1);
	if (n < countof(readers))
		command(&job.command, readers[n]);
	else
		command(&job.command, text("crm-doctor backup backup.%d.%u", w->number, w->jobs));
	job.kind = job.command.word[n < countof(readers) ? 0 : 1];
	note(w, &job, run(w->lane, w->number, &job.command, &job.feeder, false));
}

static void child(int number, time_t end, uint64_t seed)
{
	struct writer w = { .lane = &lanes[number], .number = number, .end = end };
	w.random = seed * LANES + (uint64_t)number;
	w.log = must(open(text("log.%d", number), O_WRONLY | O_CREAT | O_TRUNC, 0600), "log");
	if (number < WRITERS)
		setenv("CRM_USER", text("w%d", number), 1);
	while (time(NULL) < end)
		if (number < WRITERS)
			work(&w);
		else
			look(&w);
}

/* Kills one of those that run, if any does. */
static void strike(uint64_t *random)
{
	int signal = below(random, 4) ? SIGKILL : SIGTERM;
	unsigned first = below(random, LANES * 2);
	for (unsigned i = 0; i < LANES * 2; i++) {
		struct lane *l = &lanes[(first + i) % LANES];
		unsigned which = (first + i) / LANES % 2;
		pthread_mutex_lock(&l->lock);
		bool there = l->running[which] > 0 && !l->killed[which] &&
			     kill(l->running[which], signal) == 0;
		l->killed[which] |= there;
		pthread_mutex_unlock(&l->lock);
		if (there)
			return;
	}
}

static void shared_lanes(void)
{
	pthread_mutexattr_t shared;
	lanes = mmap(NULL, sizeof *lanes * LANES, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (lanes == MAP_FAILED || pthread_mutexattr_init(&shared) != 0 ||
	    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) != 0)
		die(STATUS_ENV, "cannot share:");
	for (int i = 0; i < LANES; i++)
		pthread_mutex_init(&lanes[i].lock, &shared);
}

int main(int argc, char **argv)
{
	program_name = "storm";
	if (argc != 4)
		die(STATUS_USAGE, "storm SECONDS EVERY SEED");
	time_t end = time(NULL) + atol(argv[1]);
	long every = atol(argv[2]);
	uint64_t random = strtoull(argv[3], NULL, 10);
	const struct timespec pause = { every / 1000, every % 1000 * 1000000 };
	pid_t children[LANES];
	shared_lanes();
	for (int i = 0; i < LANES; i++)
		if ((children[i] = must(fork(), "fork")) == 0) {
			child(i, end, random);
			return STATUS_OK;
		}
	while (time(NULL) < end) {
		nanosleep(&pause, NULL);
		strike(&random);
	}
	int worst = STATUS_OK, how;
	for (int i = 0; i < LANES; i++)
		if (waitpid(children[i], &how, 0) < 0 || how != 0)
			worst = STATUS_ENV;
	return worst;
}
