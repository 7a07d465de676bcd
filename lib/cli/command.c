/* The life of a program. */
#include "cli/command.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/mdoc.h"
#include "core/buf.h"
#include "domain/assign.h"
#include "domain/campaign.h"

const char program_version[] = VERSION;

void refuse(struct crm *crm, enum status status)
{
	diag_report(&crm->diag);
	exit((int)status_told(status));
}

static void report_one(long *count, struct diag *d)
{
	if ((*count)++ < COMPLAINTS)
		diag_report(d);
	diag_clear(d);
}

void complain(struct crm *crm, struct diag *d)
{
	report_one(&crm->refused, d);
}

void leave_out(struct crm *crm, struct diag *d)
{
	report_one(&crm->left_out, d);
}

/* A closed pipe ends quietly; anything else that could not be written is a failure. */
static void check_stdout(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return;
	if (errno != EPIPE)
		die(STATUS_ENV, "cannot write the output:");
}

static const struct verb *find_verb(const struct command *c, const char *name)
{
	for (const struct verb *v = c->verbs; v->name; v++)
		if (!strcmp(v->name, name))
			return v;
	return NULL;
}

static bool has_verbs(const struct command *c)
{
	return c->verbs->name && c->verbs->name[0];
}

/* What is done where no verb is named; NULL: one must be. */
static const struct verb *default_verb(const struct command *c)
{
	for (const struct verb *v = c->verbs; v->name; v++)
		if (v->need & DEFAULT_VERB)
			return v;
	return NULL;
}

static _Noreturn void no_such_verb(const struct crm *crm, const char *word)
{
	const char *names[64];
	size_t n = 0;
	for (const struct verb *v = crm->command->verbs; v->name && n < countof(names); v++)
		names[n++] = v->name;
	const char *near = nearest(str_of(word), names, n);
	usage(crm, "no verb %s%s%s%s", quoted(str_of(word), &((struct crm *)(uintptr_t)crm)->arena),
	      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/*
 * Takes the verb out of argv: the first word that is no option.  Options may stand
 * before it; those with a value are the common ones, and those of the verb that is meant
 * where none is named.
 */
static int take_verb(struct crm *crm, int argc, char **argv)
{
	if (!has_verbs(crm->command)) { /* what has a name besides must be the first word */
		const struct verb *v = argc ? find_verb(crm->command, argv[0]) : NULL;
		bool named = v && v->name[0];
		crm->verb = named ? v : crm->command->verbs;
		memmove(argv, argv + named, (size_t)(argc - named) * sizeof *argv);
		return argc - named;
	}
	const struct verb *fallback = default_verb(crm->command);
	for (int i = 0; i < argc; i++) {
		if (argv[i][0] != '-' || !argv[i][1]) {
			crm->verb = find_verb(crm->command, argv[i]);
			if (!crm->verb)
				no_such_verb(crm, argv[i]);
			memmove(argv + i, argv + i + 1, (size_t)(argc - i) * sizeof *argv);
			return argc - 1;
		}
		const struct option_def *def =
		    argv[i][1] == '-' ? option_find(fallback, str_of(argv[i] + 2), 0)
				      : option_find(fallback, (struct str){ 0 }, argv[i][1]);
		if (def && def->kind != OPTION_FLAG && (argv[i][1] == '-' || !argv[i][2]))
			i++;
	}
	crm->verb = fallback;
	return argc;
}

static const char *default_path(struct arena *a)
{
	const char *db = getenv("CRM_DB"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	if (db && *db)
		return db;
	if (data && *data)
		return arena_printf(a, "%s/crm/crm.db", data).p;
	return arena_printf(a, "%s/.local/share/crm/crm.db", home ? home : "").p;
}

const char *database_path(struct crm *crm)
{
	const char *given = option(crm, "db");
	return given ? given : default_path(&crm->arena);
}

static void check_rights(struct crm *crm)
{
	static const struct {
		unsigned need;
		enum right right;
	} rights[] = { { NEED_EXPORT, RIGHT_EXPORT },
		       { NEED_SQL, RIGHT_SQL },
		       { NEED_ADMIN, RIGHT_ADMIN } };
	for (size_t i = 0; i < countof(rights); i++)
		if (crm->verb->need & rights[i].need &&
		    !access_require(crm->store, rights[i].right, &crm->diag))
			refuse(crm, STATUS_ENV);
}

struct store *store_quiet(struct crm *crm)
{
	struct diag d = { 0 };
	struct store *s = store_open(database_path(crm), DB_READ, &d);
	diag_free(&d);
	return s;
}

static void open_store(struct crm *crm)
{
	unsigned need = crm->verb->need;
	if (!(need & (NEED_READ | NEED_WRITE)))
		return;
	bool writes = need & NEED_WRITE && (!(need & WRITES_NEWS) || option_on(crm, "new"));
	db_set_wait(lock_wait(crm));
	crm->store = store_open(database_path(crm), writes ? DB_WRITE : DB_READ, &crm->diag);
	if (!crm->store)
		refuse(crm, STATUS_ENV);
	crm->resolver.store = crm->store;
	if (crm->entity) /* with its custom fields */
		crm->entity = store_entity(crm->store, crm->entity->name);
	check_rights(crm);
	crm->store->check_condition = segment_check_condition;
	crm->store->check_owner = assign_allows;
	const char *as_of = option(crm, "as-of");
	struct when w;
	if (!as_of)
		return;
	if (!when_parse(str_of(as_of), &crm->store->settings.calendar, &w, &crm->diag)) {
		crm->diag.source = STR("--as-of");
		refuse(crm, STATUS_USAGE);
	}
	store_as_of(crm->store, w.is_instant ? w.to - 1 : zone_instant(w.to, 0) - 1);
}

static char *command_line(int argc, char **argv)
{
	struct buf b = { 0 };
	buf_puts(&b, program_name);
	for (int i = 1; i < argc; i++)
		buf_printf(&b, " %s", argv[i]);
	buf_putc(&b, '\0');
	return b.p;
}

static void refuse_calendar(struct crm *crm, const struct format_def *format)
{
	if (format && format->format == FORMAT_ICS)
		usage(crm,
		      "calendars are written by: crm-export activity -o ics, and by crm-remind");
}

static void set_up(struct crm *crm)
{
	const char *output = option(crm, "output");
	const struct option_def *def = option_find(crm->verb, STR("output"), 0);
	const struct format_def *format = output ? format_by_name(str_of(output)) : NULL;
	if (!output || words_have(def->values, str_of(output)))
		return;
	refuse_calendar(crm, format);
	if (format) /* of something else */
		usage(crm, "-o: there is no %s of this; its formats: %s", output, def->values);
	usage(crm, "-o: no format %s", quoted(str_of(output), &crm->arena));
}

/* What is printed goes to a file beside its place, which it takes when all went well. */
static void redirect(struct crm *crm)
{
	const char *path = option(crm, "out");
	if (!path)
		return;
	outfile_open(&crm->out, path);
	if (dup2(fileno(crm->out.file), STDOUT_FILENO) < 0)
		die(STATUS_ENV, "cannot write %s:", path);
}

static void tear_down(struct crm *crm)
{
	resolver_free(&crm->resolver);
	store_close(crm->store);
	diag_free(&crm->diag);
	arena_free(&crm->arena);
	free(crm->stream);
	free(crm->line);
}

/* What only other programs ask, in place of a verb.  False: nothing of that sort. */
static bool answer(const struct command *command, int argc, char **argv, int *status)
{
	if (argc < 2)
		return false;
	if (!strcmp(argv[1], "--complete"))
		*status = complete(command, argc - 2, argv + 2);
	else if (!strcmp(argv[1], "--mdoc"))
		*status = mdoc(command, argc - 2, argv + 2);
	else if (!strcmp(argv[1], "--one-line-help")) /* crm help */
		*status = puts(command->help) < 0 ? STATUS_ENV : STATUS_OK;
	else
		return false;
	return true;
}

static void keep_operands(struct crm *crm, int argc, char **argv)
{
	crm->words = arena_new(&crm->arena, const char *, (size_t)argc + 1);
	for (int i = 0; i < argc; i++)
		crm->words[i] = argv[i];
	crm->words[argc] = NULL;
}

static int run_verb(struct crm *crm, int argc, char **argv)
{
	if (!crm->verb)
		usage(crm, "what is to be done?");
	set_up(crm);
	if (crm->verb->need & FAILS_FOR_NOW)
		fail_for_now();
	open_store(crm);
	redirect(crm);
	keep_operands(crm, argc, argv);
	int status = crm->verb->run(crm, argc, argv);
	check_stdout();
	diag_warnings_end();
	if (crm->refused > COMPLAINTS)
		warn("… and %ld more", crm->refused - COMPLAINTS);
	if (crm->left_out)
		warn("rows left out: %ld", crm->left_out);
	if (!status && (crm->refused || crm->left_out))
		status = STATUS_REFUSED;
	if (status)
		outfile_discard(&crm->out);
	else
		outfile_commit(&crm->out);
	return status;
}

int crm_main(const struct command *command, int argc, char **argv)
{
	struct crm crm = { .command = command };
	const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
	int status = STATUS_OK;
	program_name = slash ? slash + 1 : argc > 0 ? argv[0] : "crm";
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* the write fails instead, and that is told */
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "");
	if (answer(command, argc, argv, &status))
		return status;
	crm.entity = schema_entity(&shipped_schema,
				   str_of(command->entity ? command->entity : command->name));
	crm.line = command_line(argc, argv);
	int words = argc - 1;
	argc = take_verb(&crm, words, argv + 1);
	bool named = argc != words || !has_verbs(command);
	argc = options_parse(&crm, argc, argv + 1);
	outfile_spare(database_path(&crm));
	if (option_on(&crm, "help") && !named)
		crm.verb = NULL;
	if (option_on(&crm, "help"))
		help_print(&crm, stdout);
	else if (option_on(&crm, "version"))
		printf("%s %s\n", program_name, program_version);
	else
		status = run_verb(&crm, argc, argv + 1);
	check_stdout();
	tear_down(&crm);
	return status;
}

struct query_context query_context(struct crm *crm, const struct entity *e)
{
	return (struct query_context){
		.schema = &crm->store->schema,
		.settings = &crm->store->settings,
		.entity = e,
		.arena = &crm->arena,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = &crm->resolver,
	};
}

struct writer_options writer_options(struct crm *crm, FILE *out)
{
	const char *name = option(crm, "output"), *preferred = getenv("CRM_OUTPUT");
	const char *no_colour = getenv("NO_COLOR");
	bool terminal = isatty(fileno(out));
	struct writer_options o = { .excel = option_on(crm, "excel") };
	if (!name && terminal && preferred && *preferred)
		name = preferred;
	const struct format_def *format = name ? format_by_name(str_of(name)) : NULL;
	refuse_calendar(crm, format);
	if (name && (!format || !format->write))
		usage(crm, "$CRM_OUTPUT: no format %s", quoted(str_of(name), &crm->arena));
	o.format = format     ? format->format
		   : terminal ? FORMAT_TABLE
			      : (o.excel ? FORMAT_CSV : FORMAT_JSONL);
	const char *version = option(crm, "vcard");
	o.vcard4 = version && !strcmp(version, "4.0");
	if (version && !o.vcard4 && strcmp(version, "3.0"))
		usage(crm, "--vcard: %s is neither 3.0 nor 4.0",
		      quoted(str_of(version), &crm->arena));
	o.colour = terminal && !(no_colour && *no_colour);
	struct winsize size;
	if (terminal && ioctl(fileno(out), TIOCGWINSZ, &size) == 0)
		o.width = size.ws_col;
	return o;
}

struct writer *writer_for(struct crm *crm, FILE *out, const struct column *columns, size_t n)
{
	struct writer_options o = writer_options(crm, out);
	return writer_open(out, columns, n, &o);
}
