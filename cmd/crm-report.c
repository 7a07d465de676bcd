/* crm-report: every number. */
#include <stdio.h>

#include "cli/report_dashboard.h"
#include "cli/report_list.h"
#include "cli/report_own.h"
#include "cli/report_pivot.h"
#include "cli/report_print.h"
#include "cli/report_trend.h"
#include "cli/report_verbs.h"
#include "cli/report_watch.h"
#include "cli/writes.h"
#include "core/buf.h"
#include "report/parts.h"

/* One report, or its parts. */
struct run {
	struct crm *crm;
	struct parts parts;
};

static bool give(void *ctx, struct answer *out, struct diag *d)
{
	const struct run *run = ctx;
	return parts_run(&run->parts, out, d);
}

static struct report_facts facts(void *ctx, enum language l, struct arena *a)
{
	const struct run *run = ctx;
	return report_facts(run->parts.jobs[0], l, a);
}

static void print_behind(struct run *run)
{
	struct crm *crm = run->crm;
	const struct entity *type;
	int64_t *ids;
	size_t n, most = (size_t)option_int(crm, "limit", INT64_MAX);
	if (run->parts.n > 1)
		usage(crm, "--rows: name one part of the report, such as lead");
	if (option(crm, "sort"))
		usage(crm, "--sort puts figures in order, not the records behind them (--rows)");
	if (!report_behind(run->parts.jobs[0], &type, &ids, &n, &crm->arena, &crm->diag))
		refuse(crm, STATUS_USAGE);
	n = n < most ? n : most;
	struct target *targets = arena_new(&crm->arena, struct target, n);
	for (size_t i = 0; i < n; i++)
		targets[i] = (struct target){ type, ids[i] };
	print_records(crm, stdout, targets, n);
}

static void explain(struct run *run)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < run->parts.n; i++) {
		buf_puts(&text, i ? "\n" : "");
		report_explain(run->parts.jobs[i], &text);
	}
	fwrite(text.p, 1, text.n, stdout);
	buf_free(&text);
}

/* A list or a definition is no picture. */
static void check_output(struct crm *crm)
{
	const char *output = option(crm, "output");
	const struct format_def *format = output ? format_by_name(str_of(output)) : NULL;
	bool rows = option_on(crm, "rows");
	if (format && !format->write && (rows || option_on(crm, "explain")))
		usage(crm, "--%s is not printed as %s", rows ? "rows" : "explain", output);
}

/* What it answers for each value by itself stays together. */
static const char *sort_of(struct crm *crm, const struct report *r, const char *by)
{
	return r->each && by && r->sort ? arena_printf(&crm->arena, "%s,%s", by, r->sort).p
					: r->sort;
}

static int run(struct crm *crm, int argc, char **argv)
{
	const struct report *r = report_named(crm->verb->name);
	struct report_options options = report_asked(crm, r);
	struct query_context q = query_context(crm, NULL);
	struct run run = { .crm = crm };
	bool in_time = options.period || r->period; /* periods stay in their order */
	struct report_print print = { .sort = in_time ? NULL : sort_of(crm, r, options.by),
				      .report = r,
				      .period = options.period ? options.period : r->period,
				      .give = give,
				      .facts = facts,
				      .ctx = &run,
				      .refused = STATUS_REFUSED };
	if (argc > 1)
		usage(crm, "one part at a time");
	check_output(crm);
	db_begin_read_beside(crm->store->db);
	if (!parts_open(&run.parts, crm->store, r, argc ? argv[0] : NULL, &options, &q, &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (option_on(crm, "explain"))
		explain(&run);
	else if (option_on(crm, "rows"))
		print_behind(&run);
	else
		report_print(crm, &print);
	db_commit(crm->store->db);
	parts_close(&run.parts);
	return STATUS_OK;
}

static const struct option_def watch_options[] = {
	{ "every", 0, OPTION_INT, "SECONDS", "how often to look whether data changed (2)", NULL },
	{ "output", 'o', OPTION_TEXT, "FORMAT", "table or chart", "table chart" },
	{ 0 },
};

static struct verb others[] = {
	{ "list", "", "name the reports, what they count and by what", TAKES_COLUMNS, NULL,
	  report_list },
	{ "dashboard", "", "key figures, pictures and lists on one page", NEED_READ,
	  report_dashboard_options, report_dashboard },
	{ "pivot", "TYPE", "count any fields of a record type against each other",
	  NEED_READ | TAKES_WHERE, report_pivot_options, report_pivot },
	{ "trend", "[REPORT [PART]]",
	  "a figure of a report (sales) over time, against its own past", NEED_READ | TAKES_WHERE,
	  report_trend_options, report_trend },
	{ "run", "FILE [NAME=VALUE…]", "answer a report of your own, a YAML file with its SQL",
	  NEED_READ | NEED_SQL, report_own_options, report_own },
	{ "watch", "[REPORT]", "draw a report or the dashboard anew when data change",
	  NEED_READ | TAKES_WHERE, NULL, report_watch },
	{ 0 },
};

/* Whatever is watched has options of its own. */
static void let_watch_all(void)
{
	for (struct verb *v = others; v->name; v++)
		if (v->run == report_watch)
			v->options = report_all_options(watch_options, report_dashboard_options);
}

int main(int argc, char **argv)
{
	let_watch_all();
	return crm_main(
	    &(struct command){ "report", "every number", report_verbs(others, run), NULL, NULL },
	    argc, argv);
}
