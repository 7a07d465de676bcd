/* crm-report run: a user's own report. */
#include "cli/report_own.h"

#include <stdio.h>

#include "cli/report_print.h"
#include "report/own.h"

const struct option_def report_own_options[] = {
	REPORT_OUTPUT,
	{ "sort", 's', OPTION_TEXT, "LIST", "order by columns, such as -count", NULL },
	REPORT_LIMIT,
	{ "explain", 0, OPTION_FLAG, NULL, "print the SQL, not the figures", NULL },
	{ 0 },
};

struct run {
	struct crm *crm;
	struct own_report report;
};

static bool give(void *ctx, struct answer *out, struct diag *d)
{
	const struct run *run = ctx;
	return own_run(&run->report, run->crm->store, out, d);
}

static struct report_facts facts(void *ctx, enum language l, struct arena *a)
{
	const struct run *run = ctx;
	return own_facts(&run->report, l, store_instant(run->crm->store), a);
}

int report_own(struct crm *crm, int argc, char **argv)
{
	struct run run = { .crm = crm };
	struct report drawn = { 0 };
	struct report_print print = {
		.report = &drawn, .give = give, .facts = facts, .ctx = &run, .refused = STATUS_USAGE
	};
	if (!argc)
		usage(crm, "which report? Name its file");
	bool ok = own_read(&run.report, argv[0], &crm->arena, &crm->diag);
	for (int i = 1; i < argc && ok; i++)
		ok = own_set(&run.report, argv[i], &crm->diag);
	if (!ok || !own_bind(&run.report, &crm->store->settings.calendar, &crm->arena, &crm->diag))
		refuse(crm, STATUS_USAGE);
	drawn.chart = run.report.chart;
	db_begin_read(crm->store->db);
	if (option_on(crm, "explain"))
		printf("%.*s\n", (int)run.report.text.n, run.report.text.p);
	else
		report_print(crm, &print);
	db_commit(crm->store->db);
	return STATUS_OK;
}
