/* crm-report trend: a measure of any report over time. */
#include "cli/report_trend.h"

#include <stdio.h>

#include "cli/report_print.h"
#include "report/parts.h"
#include "report/trend.h"

const struct option_def report_trend_options[] = {
	REPORT_OUTPUT,
	{ "measure", 0, OPTION_TEXT, "NAME", "figure of the report (what it compares)", NULL },
	{ "window", 0, OPTION_INT, "N", "periods that averages go over (3)", NULL },
	REPORT_BY,
	REPORT_PERIOD,
	REPORT_FROM,
	{ "to", 0, OPTION_TEXT, "DATE", "up to that day, not including it (until today)", NULL },
	REPORT_CURRENCY,
	{ "sort", 's', OPTION_TEXT, "LIST", "order by columns, such as -change_pct", NULL },
	REPORT_LIMIT,
	REPORT_EXPLAIN,
	{ 0 },
};

struct run {
	struct trend trend;
	struct job *job;
};

static bool give(void *ctx, struct answer *out, struct diag *d)
{
	const struct run *run = ctx;
	return trend_give(run->job, &run->trend, out, d);
}

static struct report_facts facts(void *ctx, enum language l, struct arena *a)
{
	const struct run *run = ctx;
	return report_facts(run->job, l, a);
}

/* The report, or its part; its sources are parts, too. */
static const struct report *asked(struct crm *crm, int argc, char **argv, const char **source)
{
	const struct report *r = report_named(argc ? argv[0] : "sales");
	const char *part = argc > 1 ? argv[1] : NULL;
	const char **names = arena_new(&crm->arena, const char *, nreports);
	for (size_t i = 0; i < nreports; i++)
		names[i] = reports[i]->name;
	const char *near = r ? NULL : nearest(str_of(argv[0]), names, nreports);
	if (!r)
		usage(crm, "no report %s%s%s%s", quoted(str_of(argv[0]), &crm->arena),
		      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	if (argc > 2)
		usage(crm, "one part at a time");
	*source = r->part ? NULL : part;
	for (size_t i = 0; r->part && part && i < nreports; i++)
		if (!strcmp(reports[i]->name, r->name) && !strcmp(reports[i]->part, part))
			return reports[i];
	if (r->part && part)
		usage(crm, "there is no part %s of it", quoted(str_of(part), &crm->arena));
	return r;
}

static struct report_options options(struct crm *crm)
{
	int64_t now = store_instant(crm->store);
	const char *today = day_print(zone_day(now) + 1, &crm->arena).p;
	return (struct report_options){
		.by = option(crm, "by") ? option(crm, "by") : "",
		.period = option(crm, "period") ? option(crm, "period") : "month",
		.from = option(crm, "from"),
		.to = option(crm, "to") ? option(crm, "to") : today,
		.where = option(crm, "where"),
		.currency = option(crm, "currency"),
		.now = now,
	};
}

int report_trend(struct crm *crm, int argc, char **argv)
{
	struct report_options o = options(crm);
	struct query_context q = query_context(crm, NULL);
	struct run run = { .trend = { option(crm, "measure"),
				      option_int(crm, "window", TREND_WINDOW) } };
	struct report drawn = { .chart = { CHART_LINE, .values = "*" } };
	struct report_print print = { .report = &drawn,
				      .period = o.period,
				      .give = give,
				      .facts = facts,
				      .ctx = &run,
				      .refused = STATUS_USAGE };
	struct buf text = { 0 };
	const struct report *r = asked(crm, argc, argv, &o.source);
	if (run.trend.window < 1 || run.trend.window > TREND_WINDOW_MAX)
		usage(crm, "--window: not from 1 to %d", TREND_WINDOW_MAX);
	db_begin_read_beside(crm->store->db);
	run.job = report_open(crm->store, r, &o, &q, &crm->diag);
	if (!run.job)
		refuse(crm, STATUS_USAGE);
	if (option_on(crm, "explain")) {
		report_explain(run.job, &text);
		fwrite(text.p, 1, text.n, stdout);
		buf_free(&text);
	} else {
		report_print(crm, &print);
	}
	db_commit(crm->store->db);
	report_close(run.job);
	return STATUS_OK;
}
