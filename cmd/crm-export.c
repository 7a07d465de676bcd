/* crm-export: every field of every record of a type, in any format; or everything. */
#include <stdio.h>

#include "cli/address_book.h"
#include "cli/all.h"
#include "cli/import.h"
#include "cli/operands.h"
#include "cli/rows.h"
#include "cli/writes.h"
#include "stream/calendar.h"

/* JSON Lines unless told otherwise, on a terminal too: it is for programs to read. */
static struct writer_options format(struct crm *crm)
{
	const char *name = option(crm, "output");
	if (name && !strcmp(name, "ics")) {
		if (strcmp(crm->entity->name, "activity"))
			usage(crm, "calendars are of activities: crm-export activity -o ics");
		return (struct writer_options){ .format = FORMAT_ICS, .ops = &ics_writer };
	}
	struct writer_options o = writer_options(crm, stdout);
	if (!name)
		o.format = o.excel ? FORMAT_CSV : FORMAT_JSONL;
	return o;
}

static void choose_fields(struct crm *crm, const struct query_context *q, enum format f,
			  struct select *what)
{
	const char *list = option(crm, "fields");
	struct path *all, *paths;
	size_t n;
	struct str every = f == FORMAT_REFS  ? STR("id")
			   : f == FORMAT_VCF ? card_fields(crm, q->entity)
			   : f == FORMAT_ICS ? STR(CALENDAR_FIELDS)
					     : STR("*");
	bool fixed = f == FORMAT_REFS || f == FORMAT_VCF || f == FORMAT_ICS;
	if (!fields_parse(every, q, NULL, 0, &all, &n, &crm->diag))
		refuse(crm, STATUS_USAGE);
	paths = all;
	what->npaths = n;
	if (list && !fixed &&
	    !fields_parse(str_of(list), q, all, n, &paths, &what->npaths, &crm->diag))
		refuse(crm, STATUS_USAGE);
	what->paths = paths;
}

static void write_records(struct crm *crm, const struct select *what,
			  const struct writer_options *wo)
{
	const struct cell *cells;
	int64_t id;
	struct rows rows;
	rows_open(&rows, crm, stdout, what, wo);
	struct cursor *c = cursor_open(crm->store, what);
	while (cursor_next(c, writer_human(rows.writer), &cells, &id))
		rows_put(&rows, cells, id);
	cursor_close(c);
	rows_close(&rows);
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	if (!argc)
		usage(crm, "export which record type? Such as: crm-export lead");
	if (!strcmp(argv[0], "all"))
		return export_all(crm, argc - 1, argv + 1);
	if (option(crm, "folder"))
		usage(crm, "--folder is for all; a single type goes to --out");
	crm->entity = entity_operand(crm, argv[0]);
	struct query_context q = query_context(crm, crm->entity);
	struct select what = { .context = &q };
	operands_parse(crm, crm->entity, argc - 1, argv + 1, OPERAND_SEARCH, &o);
	if (o.ntargets || o.stdin_named)
		usage(crm, "records are chosen by terms, such as status:new, or -w");
	selection_options(crm, &what);
	what.where = o.where;
	if (option(crm, "preset")) {
		address_book_write(crm, option(crm, "preset"), &what);
		return STATUS_OK;
	}
	struct writer_options wo = format(crm);
	choose_fields(crm, &q, wo.format, &what);
	write_records(crm, &what, &wo);
	return STATUS_OK;
}

static const struct option_def options[] = {
	{ "output", 'o', OPTION_TEXT, "FORMAT",
	  "table, csv, tsv, json, jsonl, refs, vcf, or ics for activities",
	  "table csv tsv json jsonl refs vcf ics" },
	{ "preset", 0, OPTION_TEXT, "NAME", "contacts, leads: as google or outlook imports them",
	  "google outlook" },
	{ "folder", 0, OPTION_TEXT, "DIR",
	  "all: a CSV file a record type, the whole folder at once", NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "", "TYPE|all [TERM…]", "write records out",
	  NEED_READ | NEED_EXPORT | TAKES_WHERE | TAKES_LIST, options, run },
	{ 0 },
};

static const struct command command = { "export", "writes records out, every field, in any format",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
