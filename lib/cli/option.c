/* Options: one row each; parsing them. */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "core/buf.h"
#include "core/delay.h"

#define END       \
	{         \
		0 \
	}

/* clang-format off */
static const struct option_def common[] = {
	{ "output", 'o', OPTION_TEXT, "FORMAT", "table, csv, tsv, json, jsonl, refs or vcf",
	  "table csv tsv json jsonl refs vcf" },
	{ "db", 'd', OPTION_TEXT, "FILE", "database to work on (else $CRM_DB)", NULL },
	{ "excel", 0, OPTION_FLAG, NULL, "CSV for spreadsheets: BOM, CRLF, formulas guarded", NULL },
	{ "out", 0, OPTION_TEXT, "FILE", "print there: the whole file, or the old one stays", NULL },
	{ "quiet", 'q', OPTION_FLAG, NULL, "print no records", NULL },
	{ "errors", 0, OPTION_TEXT, "FORMAT", "print errors as text or jsonl", "text jsonl" },
	{ "help", 'h', OPTION_FLAG, NULL, "print this help", NULL },
	{ "version", 'V', OPTION_FLAG, NULL, "print the version", NULL },
	END,
};

static const struct option_def input[] = {
	{ "input", 'i', OPTION_TEXT, "FORMAT", "format of the input (else found out)",
	  "csv tsv json jsonl refs vcf" },
	{ "delimiter", 0, OPTION_TEXT, "CHAR", "what separates CSV fields (else found out)", NULL },
	{ "encoding", 0, OPTION_TEXT, "NAME", "encoding of the input (else UTF-8 or UTF-16); auto guesses", NULL },
	{ "ignore-unknown", 0, OPTION_FLAG, NULL, "pass over columns that are no fields", NULL },
	END,
};

static const struct option_def where[] = {
	{ "where", 'w', OPTION_TEXT, "EXPR", "only records for which it is true, see crm-where(7)",
	  NULL },
	END,
};

static const struct option_def reading[] = {
	{ "as-of", 0, OPTION_TEXT, "INSTANT", "what the database said then", NULL },
	END,
};

static const struct option_def columns[] = {
	{ "fields", 'f', OPTION_TEXT, "LIST", "fields to print; +LIST adds to the default", NULL },
	END,
};

static const struct option_def list[] = {
	{ "sort", 's', OPTION_TEXT, "LIST", "order, such as -score,name", NULL },
	{ "limit", 'l', OPTION_INT, "N", "at most N records", NULL },
	{ "offset", 0, OPTION_INT, "N", "pass over the first N", NULL },
	{ "vcard", 0, OPTION_TEXT, "VERSION", "cards of 3.0, which all phones read, or 4.0",
	  "3.0 4.0" },
	END,
};

static const struct option_def writing[] = {
	{ "dry-run", 'n', OPTION_FLAG, NULL, "show what would be written, write nothing", NULL },
	{ "reason", 0, OPTION_TEXT, "TEXT", "why, for the history", NULL },
	{ "once", 0, OPTION_TEXT, "KEY", "do it only if it was not done under this key", NULL },
	{ "wait", 0, OPTION_INT, "SECONDS", "how long to wait for other writers (else while they get on)", NULL },
	{ "max", 0, OPTION_INT, "N", "refuse if more than N records would change", NULL },
	{ "if-rev", 0, OPTION_INT, "N", "refuse if the record's rev is not N", NULL },
	END,
};
/* clang-format on */

/* A verb whose formats are its own has its own row for -o, the first of `common`. */
static bool has_formats(const struct verb *v)
{
	for (const struct option_def *o = v ? v->options : NULL; o && o->name; o++)
		if (!strcmp(o->name, common[0].name))
			return true;
	return false;
}

size_t option_tables(const struct verb *v, const struct option_def *tables[8])
{
	size_t n = 0;
	if (v && v->options)
		tables[n++] = v->options;
	if (v && v->need & TAKES_WHERE)
		tables[n++] = where;
	if (v && v->need & (TAKES_COLUMNS | TAKES_LIST))
		tables[n++] = columns;
	if (v && v->need & TAKES_LIST)
		tables[n++] = list;
	if (v && v->need & TAKES_INPUT)
		tables[n++] = input;
	if (v && v->need & NEED_READ)
		tables[n++] = reading;
	if (v && v->need & NEED_WRITE)
		tables[n++] = writing;
	tables[n++] = common + has_formats(v);
	return n;
}

const struct option_def *option_find(const struct verb *v, struct str name, char letter)
{
	const struct option_def *tables[8];
	size_t n = option_tables(v, tables);
	for (size_t i = 0; i < n; i++)
		for (const struct option_def *o = tables[i]; o->name; o++)
			if (letter ? o->letter == letter : str_is(name, o->name))
				return o;
	return NULL;
}

void usage(const struct crm *crm, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	bool verb = crm->verb && crm->verb->name[0];
	die(STATUS_USAGE, "%.*s (see %s%s%s --help)", (int)b.n, b.p, program_name, verb ? " " : "",
	    verb ? crm->verb->name : "");
}

static void set_errors(struct crm *crm, const char *style)
{
	if (strcmp(style, "text") && strcmp(style, "jsonl"))
		usage(crm, "--errors: %s is neither text nor jsonl",
		      quoted(str_of(style), &crm->arena));
	diag_style = strcmp(style, "jsonl") ? DIAG_TEXT : DIAG_JSONL;
}

static void take(struct crm *crm, const struct option_def *def, const char *text)
{
	struct option_value v = { def, text, 0 };
	if (def->kind == OPTION_INT && (!str_int(str_of(text), &v.number) || v.number < 0))
		usage(crm, "--%s: %s is not a whole number from 0 on", def->name,
		      quoted(str_of(text), &crm->arena));
	if (!strcmp(def->name, "errors")) /* at once: what follows may be wrong itself */
		set_errors(crm, text);
	crm->values[crm->nvalues++] = v;
}

static _Noreturn void unknown(const struct crm *crm, struct str name, struct arena *a)
{
	const struct option_def *tables[8];
	const char *names[64];
	size_t n = option_tables(crm->verb, tables), m = 0;
	for (size_t i = 0; i < n; i++)
		for (const struct option_def *o = tables[i]; o->name && m < countof(names); o++)
			names[m++] = o->name;
	const char *near = nearest(name, names, m);
	usage(crm, "no option --%.*s%s%s%s", (int)name.n, name.p, near ? "; did you mean --" : "",
	      near ? near : "", near ? "?" : "");
	(void)a;
}

/* --name, --name=value, --name value.  Returns how many words it took. */
static int long_option(struct crm *crm, char **argv, int left)
{
	struct str name = str_of(argv[0] + 2), text = { 0 };
	ptrdiff_t equals = str_find(name, '=');
	if (equals >= 0) {
		text = str_of(argv[0] + 2 + equals + 1);
		name = str_sub(name, 0, (size_t)equals);
	}
	const struct option_def *def = option_find(crm->verb, name, 0);
	if (!def)
		unknown(crm, name, &crm->arena);
	if (def->kind == OPTION_FLAG && equals >= 0)
		usage(crm, "--%s takes no value", def->name);
	if (def->kind == OPTION_FLAG || equals >= 0) {
		take(crm, def, text.p);
		return 1;
	}
	if (left < 2)
		usage(crm, "--%s needs a value (%s)", def->name, def->operand);
	take(crm, def, argv[1]);
	return 2;
}

/* -q, -nq, -ocsv, -o csv. */
static int short_options(struct crm *crm, char **argv, int left)
{
	for (const char *p = argv[0] + 1; *p; p++) {
		const struct option_def *def = option_find(crm->verb, (struct str){ 0 }, *p);
		if (!def)
			usage(crm, "no option -%c", *p);
		if (def->kind == OPTION_FLAG) {
			take(crm, def, NULL);
			continue;
		}
		if (p[1]) {
			take(crm, def, p + 1);
			return 1;
		}
		if (left < 2)
			usage(crm, "-%c needs a value (%s)", *p, def->operand);
		take(crm, def, argv[1]);
		return 2;
	}
	return 1;
}

int options_parse(struct crm *crm, int argc, char **argv)
{
	int n = 0;
	size_t room = 0;
	for (int i = 0; i < argc; i++)
		room += strlen(argv[i]) + 1;
	crm->values = arena_new(&crm->arena, struct option_value, room);
	for (int i = 0; i < argc;) {
		if (!strcmp(argv[i], "--")) {
			while (++i < argc)
				argv[n++] = argv[i];
		} else if (!strncmp(argv[i], "--", 2)) {
			i += long_option(crm, argv + i, argc - i);
		} else if (argv[i][0] == '-' && argv[i][1]) {
			i += short_options(crm, argv + i, argc - i);
		} else {
			argv[n++] = argv[i++];
		}
	}
	return n;
}

/* The last one given counts. */
static const struct option_value *value_of(const struct crm *crm, const char *name)
{
	for (size_t i = crm->nvalues; i-- > 0;)
		if (!strcmp(crm->values[i].def->name, name))
			return &crm->values[i];
	return NULL;
}

const char *option(const struct crm *crm, const char *name)
{
	const struct option_value *v = value_of(crm, name);
	return v ? v->text : NULL;
}

bool option_on(const struct crm *crm, const char *name)
{
	return value_of(crm, name) != NULL;
}

int64_t option_int(const struct crm *crm, const char *name, int64_t none)
{
	const struct option_value *v = value_of(crm, name);
	return v ? v->number : none;
}

int64_t option_delay(const struct crm *crm, const char *name, int64_t none)
{
	const char *text = option(crm, name);
	struct delay d;
	if (!text)
		return none;
	if (!delay_parse(str_of(text), &d))
		usage(crm, "--%s: %s is no time such as 30min, 2h or 1d", name, text);
	return delay_seconds(d);
}

int lock_wait(const struct crm *crm)
{
	int64_t wait = option_int(crm, "wait", 0);
	if (!option(crm, "wait"))
		return DB_PATIENT;
	return wait < 0 ? 0 : wait > INT_MAX ? INT_MAX : (int)wait;
}
