/* crm-log: the history of anything. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/log_options.h"
#include "cli/log_rows.h"
#include "cli/operands.h"

enum { POLL_MS = 100 };

static const struct option_def options[] = {
	{ "set", 0, OPTION_INT, "N", "the changes of this change set", NULL },
	{ "changes", 0, OPTION_FLAG, NULL, "print the changes of records, field by field", NULL },
	{ "user", 0, OPTION_TEXT, "LOGIN", "only what this user did", NULL },
	{ "program", 0, OPTION_TEXT, "NAME", "only what this program did, such as import", NULL },
	{ "type", 0, OPTION_TEXT, "TYPE", "only what was done to this record type", NULL },
	{ "from", 0, OPTION_TEXT, "TIME", "from then on", NULL },
	{ "to", 0, OPTION_TEXT, "TIME", "before then", NULL },
	{ "after", 0, OPTION_INT, "N", "only change sets with a higher number", NULL },
	{ "limit", 'l', OPTION_INT, "N", "at most N change sets, or changes of records", NULL },
	{ "follow", 0, OPTION_FLAG, NULL, "go on with what is committed from now on", NULL },
	{ "explain", 0, OPTION_FLAG, NULL, "print the query plan instead", NULL },
	{ 0 },
};

/* Typed references alone: what they name may be gone, so nothing else can be looked up. */
static void read_targets(struct crm *crm, int argc, char **argv, struct operands *o)
{
	*o = (struct operands){ .targets = arena_new(&crm->arena, struct target, (size_t)argc) };
	for (int i = 0; i < argc; i++) {
		struct target t;
		if (!strcmp(argv[i], "-"))
			o->stdin_named = true;
		else if (ref_parse(&crm->store->schema, str_of(argv[i]), &t.entity, &t.id))
			o->targets[o->ntargets++] = t;
		else
			usage(crm, "%s is no reference such as lead-42",
			      quoted(str_of(argv[i]), &crm->arena));
	}
	if (o->stdin_named)
		targets_read(crm, crm->store->schema.entities[0], OPERAND_FOREIGN, o);
}

static void print_target(struct crm *crm, struct log_rows *rows, struct log_filter f,
			 const struct target *t)
{
	struct log_filter any = { .entity = t->entity, .record = t->id };
	f.entity = t->entity;
	f.record = t->id;
	if (log_rows_print(rows, &f) || !rows->left)
		return;
	struct log_change c;
	struct log *l = log_changes(crm->store, &any);
	if (!log_next_change(l, &c, &crm->arena)) {
		diag_set(&crm->diag, NULL, "there never was a %s-%lld", t->entity->name,
			 (long long)t->id);
		complain(crm, &crm->diag);
	}
	log_close(l);
}

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

/* Until it is told to stop, whoever reads has gone, or -l is reached. */
static void follow(struct log_rows *rows, struct log_filter f)
{
	struct store *s = rows->crm->store;
	struct sigaction on_stop = { .sa_handler = stop };
	struct pollfd reader = { .fd = STDOUT_FILENO };
	sigaction(SIGINT, &on_stop, NULL);
	sigaction(SIGTERM, &on_stop, NULL);
	f.oldest_first = true;
	if (!option(rows->crm, "after"))
		f.after = log_newest(s);
	while (!stopped && rows->left && !(reader.revents & (POLLERR | POLLHUP))) {
		f.until = log_newest(s);
		if (f.until > f.after) {
			log_rows_print(rows, &f);
			writer_flush(rows->writer);
			f.after = f.until;
		}
		if (rows->left && !stopped)
			poll(&reader, 1, POLL_MS);
	}
}

static enum format choose_format(struct crm *crm, bool following)
{
	enum format format = writer_options(crm, stdout).format;
	if (!following || format != FORMAT_TABLE)
		return format;
	if (option(crm, "output"))
		usage(crm, "--follow: a table is not complete before its last row");
	return FORMAT_JSONL;
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct log_filter f;
	struct log_rows rows;
	bool following = option_on(crm, "follow");
	log_options_read(crm, &f);
	read_targets(crm, argc, argv, &o);
	enum format format = choose_format(crm, following);
	bool changes = argc || f.set || option_on(crm, "changes") || format == FORMAT_REFS;
	if (following && (argc || f.set))
		usage(crm,
		      "--follow goes on with all records; choose by --type, --user, --program");
	if (option_on(crm, "explain")) {
		if (o.ntargets)
			f.entity = o.targets[0].entity, f.record = o.targets[0].id;
		printf("%s", log_plan(crm->store, &f, f.record || f.set, &crm->arena).p);
		return STATUS_OK;
	}
	log_rows_open(&rows, crm, stdout, format, changes, option_int(crm, "limit", -1));
	for (size_t i = 0; i < o.ntargets; i++)
		print_target(crm, &rows, f, &o.targets[i]);
	if (following)
		follow(&rows, f);
	else if (!argc && !log_rows_print(&rows, &f) && f.set && f.set > log_newest(crm->store)) {
		diag_set(&crm->diag, NULL, "there is no change set %lld", (long long)f.set);
		complain(crm, &crm->diag);
	}
	log_rows_close(&rows);
	return STATUS_OK;
}

static const struct verb verbs[] = {
	{ "", "[REF…] [-]", "print change sets, or what happened to records",
	  NEED_READ | TAKES_INPUT | TAKES_COLUMNS, options, run },
	{ 0 },
};

static const struct command command = { "log", "the history of anything", verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
