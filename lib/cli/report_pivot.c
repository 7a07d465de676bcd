/* crm-report pivot: any fields of a record type against each other. */
#include "cli/report_pivot.h"

#include <stdio.h>

#include "cli/report_print.h"
#include "report/pivot.h"

const struct option_def report_pivot_options[] = {
	REPORT_OUTPUT,
	{ "rows", 0, OPTION_TEXT, "LIST", "fields or paths whose values are rows", NULL },
	{ "columns", 0, OPTION_TEXT, "FIELD", "field or path whose values are columns", NULL },
	{ "measure", 0, OPTION_TEXT, "LIST",
	  "count, sum(FIELD), avg, min, max, median, p90, distinct (count)", NULL },
	{ "time", 0, OPTION_TEXT, "FIELD", "date or instant that says when (created_at)", NULL },
	REPORT_PERIOD,
	REPORT_FROM,
	REPORT_TO,
	REPORT_CURRENCY,
	{ "sort", 's', OPTION_TEXT, "LIST", "order by columns, such as -count", NULL },
	REPORT_LIMIT,
	{ "explain", 0, OPTION_FLAG, NULL, "print the SQL and its plan, not the figures", NULL },
	{ 0 },
};

struct run {
	struct pivot pivot;
	struct job *job;
};

static bool give(void *ctx, struct answer *out, struct diag *d)
{
	const struct run *run = ctx;
	return pivot_run(&run->pivot, run->job, out, d);
}

static struct report_facts facts(void *ctx, enum language l, struct arena *a)
{
	const struct run *run = ctx;
	return report_facts(run->job, l, a);
}

static struct pivot_asked asked(struct crm *crm, const struct entity *e)
{
	return (struct pivot_asked){
		.entity = e,
		.rows = option(crm, "rows"),
		.across = option(crm, "columns"),
		.measures = option(crm, "measure"),
		.time = option(crm, "time"),
		.options = { .period = option(crm, "period"),
			     .from = option(crm, "from"),
			     .to = option(crm, "to"),
			     .where = option(crm, "where"),
			     .currency = option(crm, "currency"),
			     .now = store_instant(crm->store) },
	};
}

static const struct entity *entity_named(struct crm *crm, int argc, char **argv)
{
	const struct schema *s = &crm->store->schema;
	const char **names = arena_new(&crm->arena, const char *, s->nentities);
	if (argc != 1)
		usage(crm, "of what? Name a record type, such as deal");
	const struct entity *e = schema_entity(s, str_of(argv[0]));
	for (size_t i = 0; i < s->nentities; i++)
		names[i] = s->entities[i]->name;
	const char *near = e ? NULL : nearest(str_of(argv[0]), names, s->nentities);
	if (!e)
		usage(crm, "no record type %s%s%s%s", quoted(str_of(argv[0]), &crm->arena),
		      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	return e;
}

int report_pivot(struct crm *crm, int argc, char **argv)
{
	struct run *run = arena_new(&crm->arena, struct run, 1);
	struct query_context q = query_context(crm, NULL);
	struct pivot_asked what = asked(crm, entity_named(crm, argc, argv));
	struct report_print print = { .report = &run->pivot.report,
				      .give = give,
				      .facts = facts,
				      .ctx = run,
				      .refused = STATUS_USAGE };
	struct buf text = { 0 };
	db_begin_read_beside(crm->store->db);
	if (pivot_make(&run->pivot, &what, &q, &crm->arena, &crm->diag))
		run->job = report_open(crm->store, &run->pivot.report, &run->pivot.options, &q,
				       &crm->diag);
	if (!run->job)
		refuse(crm, STATUS_USAGE);
	if (option_on(crm, "explain")) {
		report_explain(run->job, &text);
		fwrite(text.p, 1, text.n, stdout);
		buf_free(&text);
	} else {
		report_print(crm, &print);
	}
	db_commit(crm->store->db);
	report_close(run->job);
	return STATUS_OK;
}
