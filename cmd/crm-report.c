/* crm-report: every number. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/heading.h"
#include "cli/report_list.h"
#include "cli/writes.h"
#include "core/buf.h"
#include "report/report.h"

static const struct option_def options[] = {
	{ "by", 0, OPTION_TEXT, "LIST",
	  "dimensions to group by: names, or paths such as account.city", NULL },
	{ "period", 0, OPTION_TEXT, "PERIOD", "a row for each day, week, month, quarter or year",
	  "day week month quarter year" },
	{ "compare", 0, OPTION_TEXT, "WITH", "beside it the previous period, or that of last year",
	  "previous year" },
	{ "from", 0, OPTION_TEXT, "DATE", "from that day on", NULL },
	{ "to", 0, OPTION_TEXT, "DATE", "up to that day, not including it", NULL },
	{ "currency", 0, OPTION_TEXT, "CODE", "amounts in it, by the rate of each day", NULL },
	{ "within", 0, OPTION_INT, "DAYS", "leads: days in which a conversion counts (90)", NULL },
	{ "explain", 0, OPTION_FLAG, NULL, "print the definition and the SQL, not the figures",
	  NULL },
	{ "rows", 0, OPTION_FLAG, NULL, "print the records behind the figures", NULL },
	{ 0 },
};

/* One report, or its parts. */
struct run {
	struct crm *crm;
	struct report_options options;
	struct query_context contexts[8];
	struct job *jobs[8];
	size_t n;
};

static void read_options(struct run *run)
{
	struct crm *crm = run->crm;
	struct report_options *o = &run->options;
	*o = (struct report_options){
		.by = option(crm, "by"),
		.period = option(crm, "period"),
		.compare = option(crm, "compare"),
		.from = option(crm, "from"),
		.to = option(crm, "to"),
		.where = option(crm, "where"),
		.currency = option(crm, "currency"),
		.within = option_int(crm, "within", 90),
	};
	if (o->within > 36500)
		usage(crm, "--within: more than 36500 days");
	o->now = store_instant(crm->store);
}

/*
 * The parts of the report that the question fits: a dimension or a filter that only
 * one of its record types knows leaves that part alone.
 */
static void open_parts(struct run *run, const char *name, const char *part)
{
	struct crm *crm = run->crm;
	struct diag refused = { 0 };
	for (size_t i = 0; i < nreports; i++) {
		const struct report *r = reports[i];
		if (strcmp(r->name, name) || (part && (!r->part || strcmp(r->part, part))))
			continue;
		struct query_context *q = &run->contexts[run->n];
		*q = query_context(crm, schema_entity(&crm->store->schema, str_of(r->entity)));
		run->jobs[run->n] = report_open(crm->store, r, &run->options, q,
						refused.message.n ? &crm->diag : &refused);
		if (run->jobs[run->n])
			run->n++;
	}
	if (refused.message.n && !run->n) {
		diag_report(&refused);
		exit(STATUS_USAGE);
	}
	if (!run->n)
		usage(crm, "there is no part %s of it", quoted(str_of(part), &crm->arena));
	diag_free(&refused);
}

static void print_figures(struct run *run)
{
	size_t n;
	struct buf heading = { 0 };
	struct column *columns = report_columns(run->jobs[0], &n, &run->crm->arena);
	struct writer *w = writer_for(run->crm, stdout, columns, n);
	if (writer_human(w)) {
		report_heading(run->jobs[0], crm_language(run->crm), &heading);
		fwrite(heading.p, 1, heading.n, stdout);
	}
	for (size_t i = 0; i < run->n; i++)
		report_rows(run->jobs[i], w);
	writer_close(w);
	buf_free(&heading);
}

static void print_behind(struct run *run)
{
	struct crm *crm = run->crm;
	const struct query_context *q = &run->contexts[0];
	struct select what = { .context = q, .where = report_where(run->jobs[0]), .limit = -1 };
	size_t n;
	if (run->n > 1)
		usage(crm, "--rows: name one part of the report, such as lead");
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	struct target *targets = arena_new(&crm->arena, struct target, n);
	for (size_t i = 0; i < n; i++)
		targets[i] = (struct target){ q->entity, ids[i] };
	print_records(crm, stdout, targets, n);
}

static void explain(struct run *run)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < run->n; i++) {
		buf_puts(&text, i ? "\n" : "");
		report_explain(run->jobs[i], &text);
	}
	fwrite(text.p, 1, text.n, stdout);
	buf_free(&text);
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct run r = { .crm = crm };
	if (argc > 1)
		usage(crm, "one part at a time");
	read_options(&r);
	db_begin_read(crm->store->db);
	open_parts(&r, crm->verb->name, argc ? argv[0] : NULL);
	if (option_on(crm, "explain"))
		explain(&r);
	else if (option_on(crm, "rows"))
		print_behind(&r);
	else
		print_figures(&r);
	db_commit(crm->store->db);
	for (size_t i = 0; i < r.n; i++)
		report_close(r.jobs[i]);
	return STATUS_OK;
}

/* A verb for every report, so that help and completion know them all. */
static const struct verb *all_verbs(void)
{
	static struct verb verbs[64] = {
		{ "list", "", "name the reports, what they count and by what", TAKES_COLUMNS, NULL,
		  report_list },
	};
	size_t n = 1;
	for (size_t i = 0; i < nreports && n < countof(verbs) - 1; i++) {
		const struct report *r = reports[i];
		if (strcmp(r->name, verbs[n - 1].name))
			verbs[n++] = (struct verb){ r->name,  r->part ? "[PART]" : "",
						    r->title, NEED_READ | TAKES_WHERE,
						    options,  run };
	}
	return verbs;
}

int main(int argc, char **argv)
{
	return crm_main(&(struct command){ "report", "every number", all_verbs(), NULL }, argc,
			argv);
}
