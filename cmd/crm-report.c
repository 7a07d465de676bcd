/* crm-report: every number. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/report_list.h"
#include "cli/report_own.h"
#include "cli/report_pivot.h"
#include "cli/report_print.h"
#include "cli/report_trend.h"
#include "cli/report_verbs.h"
#include "cli/writes.h"
#include "core/buf.h"

/* One report, or its parts. */
struct run {
	struct crm *crm;
	struct report_options options;
	struct query_context context;
	struct job *jobs[SOURCES_MAX];
	size_t n;
};

/*
 * The parts of the report that the question fits: a dimension or a filter that only
 * one of its record types knows leaves that part alone.
 */
static void open_parts(struct run *run, const struct report *first, const char *part)
{
	struct crm *crm = run->crm;
	struct diag refused = { 0 };
	bool rows = first->part != NULL;
	run->options.source = rows ? NULL : part;
	for (size_t i = 0; i < nreports && run->n < SOURCES_MAX; i++) {
		const struct report *r = reports[i];
		if (strcmp(r->name, first->name) || (rows && part && strcmp(r->part, part)))
			continue;
		run->jobs[run->n] = report_open(crm->store, r, &run->options, &run->context,
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

static bool give(void *ctx, struct answer *out, struct diag *d)
{
	const struct run *run = ctx;
	for (size_t i = 0; i < run->n; i++)
		if (!report_run(run->jobs[i], out, d))
			return false;
	return true;
}

static void put_heading(void *ctx, enum language l, struct buf *out)
{
	const struct run *run = ctx;
	report_heading(run->jobs[0], l, out);
}

static void print_behind(struct run *run)
{
	struct crm *crm = run->crm;
	const struct entity *type;
	int64_t *ids;
	size_t n;
	if (run->n > 1)
		usage(crm, "--rows: name one part of the report, such as lead");
	if (!report_behind(run->jobs[0], &type, &ids, &n, &crm->arena, &crm->diag))
		refuse(crm, STATUS_USAGE);
	struct target *targets = arena_new(&crm->arena, struct target, n);
	for (size_t i = 0; i < n; i++)
		targets[i] = (struct target){ type, ids[i] };
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
	const struct report *r = report_named(crm->verb->name);
	struct run run = { .crm = crm,
			   .options = report_asked(crm, r),
			   .context = query_context(crm, NULL) };
	bool in_time = run.options.period || r->period; /* periods stay in their order */
	struct report_print print = { in_time ? NULL : r->sort, give, put_heading, &run,
				      STATUS_REFUSED };
	if (argc > 1)
		usage(crm, "one part at a time");
	db_begin_read(crm->store->db);
	open_parts(&run, r, argc ? argv[0] : NULL);
	if (option_on(crm, "explain"))
		explain(&run);
	else if (option_on(crm, "rows"))
		print_behind(&run);
	else
		report_print(crm, &print);
	db_commit(crm->store->db);
	for (size_t i = 0; i < run.n; i++)
		report_close(run.jobs[i]);
	return STATUS_OK;
}

static const struct verb others[] = {
	{ "list", "", "name the reports, what they count and by what", TAKES_COLUMNS, NULL,
	  report_list },
	{ "pivot", "TYPE", "count any fields of a record type against each other",
	  NEED_READ | TAKES_WHERE, report_pivot_options, report_pivot },
	{ "trend", "[REPORT [PART]]",
	  "a figure of a report (sales) over time, against its own past", NEED_READ | TAKES_WHERE,
	  report_trend_options, report_trend },
	{ "run", "FILE [NAME=VALUE…]", "answer a report of your own, a YAML file with its SQL",
	  NEED_READ | NEED_SQL, report_own_options, report_own },
	{ 0 },
};

int main(int argc, char **argv)
{
	return crm_main(
	    &(struct command){ "report", "every number", report_verbs(others, run), NULL }, argc,
	    argv);
}
