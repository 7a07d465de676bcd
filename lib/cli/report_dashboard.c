/* crm-report dashboard: the figures of a day on one page. */
#include "cli/report_dashboard.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/report_draw.h"
#include "report/dashboard.h"

const struct option_def report_dashboard_options[] = {
	{ "output", 'o', OPTION_TEXT, "FORMAT", "table, json or html", "table json html" },
	{ "owner", 0, OPTION_TEXT, "LOGIN", "what that user is responsible for", NULL },
	{ "team", 0, OPTION_TEXT, "NAME", "what that team is responsible for", NULL },
	REPORT_FROM,
	REPORT_TO,
	{ "period", 0, OPTION_TEXT, "PERIOD",
	  "the day, week, month, quarter or year so far (month)", "day week month quarter year" },
	{ "panels", 0, OPTION_FLAG, NULL,
	  "print the panels as crm-config has them, not the figures", NULL },
	{ 0 },
};

static void put_panels(struct crm *crm, struct buf *out)
{
	struct emit e = { 0 };
	size_t n;
	const struct panel *all = panels_stored(crm->store, &n, &crm->arena);
	if (n)
		panels_emit(&e, all, n);
	else
		panels_emit(&e, dashboard_panels, ndashboard_panels);
	buf_put(out, buf_str(&e.text));
	emit_free(&e);
}

static void put_dashboard(struct crm *crm, const char *format, struct buf *out)
{
	struct query_context q = query_context(crm, NULL);
	const struct dashboard_asked asked = { .owner = option(crm, "owner"),
					       .team = option(crm, "team"),
					       .from = option(crm, "from"),
					       .to = option(crm, "to"),
					       .period = option(crm, "period"),
					       .program = program_name,
					       .now = store_instant(crm->store) };
	struct dashboard d;
	if (!dashboard_make(&d, crm->store, &q, &asked, &crm->arena, &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (!strcmp(format, "html"))
		dashboard_page(&d, report_command(crm), out);
	else if (!strcmp(format, "json"))
		dashboard_json(&d, out);
	else
		dashboard_text(&d, report_width(), report_colour(), out);
	dashboard_free(&d);
}

int report_dashboard(struct crm *crm, int argc, char **argv)
{
	const char *format = option(crm, "output");
	struct buf out = { 0 };
	if (argc)
		usage(crm, "the dashboard takes no operand such as %s", argv[0]);
	if (option_on(crm, "panels"))
		put_panels(crm, &out);
	else
		put_dashboard(crm, format ? format : report_terminal() ? "table" : "json", &out);
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	return STATUS_OK;
}
