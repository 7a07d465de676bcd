/* The verbs of crm-report: one for every report, with the options that its row has. */
#include "cli/report_verbs.h"

#include "cli/report_print.h"

/* The second where there is a picture of it. */
static const struct option_def outputs[] = {
	{ "output", 'o', OPTION_TEXT, "FORMAT", "table, csv, tsv, json, jsonl, refs, vcf or html",
	  "table csv tsv json jsonl refs vcf html" },
	REPORT_OUTPUT,
};

static const struct option_def shared[] = {
	REPORT_BY,
	REPORT_PERIOD,
	{ "compare", 0, OPTION_TEXT, "WITH", "beside it the previous period, or that of last year",
	  "previous year" },
	REPORT_FROM,
	REPORT_TO,
	REPORT_CURRENCY,
	{ "sort", 's', OPTION_TEXT, "LIST", "order by columns, such as -revenue,owner", NULL },
	REPORT_LIMIT,
	REPORT_EXPLAIN,
	{ "rows", 0, OPTION_FLAG, NULL, "print the records behind the figures", NULL },
	{ 0 },
};

enum { VERBS_MAX = 96, ROWS_MAX = 1 + OPTIONS_MAX + countof(shared) };

static struct option_def row_of(const struct report_option *own)
{
	return (struct option_def){ .name = own->name,
				    .kind = own->flag ? OPTION_FLAG : OPTION_TEXT,
				    .operand = own->operand,
				    .help = own->help,
				    .values = own->values };
}

/* What it prints, then the report's own options, then those of all. */
static const struct option_def *options_of(const struct report *r, struct option_def rows[ROWS_MAX])
{
	struct option_def *o = rows;
	*o++ = outputs[!r->chart.none];
	for (const struct report_option *own = r->options; own && own->name; own++)
		*o++ = row_of(own);
	memcpy(o, shared, sizeof shared);
	return rows;
}

static void add_row(struct option_def *all, size_t *n, size_t most, struct option_def row)
{
	for (size_t i = 0; i < *n; i++)
		if (!strcmp(all[i].name, row.name))
			return;
	if (*n + 1 < most)
		all[(*n)++] = row;
}

const struct option_def *report_all_options(const struct option_def *own,
					    const struct option_def *dashboard)
{
	static struct option_def all[128];
	const struct option_def *tables[] = { own, dashboard, shared };
	size_t n = 0;
	for (size_t i = 0; i < countof(tables); i++)
		for (const struct option_def *o = tables[i]; o->name; o++)
			add_row(all, &n, countof(all), *o);
	for (size_t i = 0; i < nreports; i++)
		for (const struct report_option *o = reports[i]->options; o && o->name; o++)
			add_row(all, &n, countof(all), row_of(o));
	return all;
}

const struct verb *report_verbs(const struct verb *first, int (*run)(struct crm *, int, char **))
{
	static struct verb verbs[VERBS_MAX];
	static struct option_def options[VERBS_MAX][ROWS_MAX];
	size_t n = 0;
	while (first->name)
		verbs[n++] = *first++;
	for (size_t i = 0; i < nreports && n < VERBS_MAX - 1; i++) {
		const struct report *r = reports[i];
		bool parts = r->part || r->nsources > 1;
		if (i && !strcmp(r->name, reports[i - 1]->name))
			continue;
		verbs[n] = (struct verb){ .name = r->name,
					  .operands = parts ? "[PART]" : "",
					  .help = r->title,
					  .need = NEED_READ | TAKES_WHERE,
					  .options = options_of(r, options[n]),
					  .run = run };
		n++;
	}
	return verbs;
}

struct report_options report_asked(struct crm *crm, const struct report *r)
{
	struct report_options o = {
		.by = option(crm, "by"),
		.period = option(crm, "period"),
		.compare = option(crm, "compare"),
		.from = option(crm, "from"),
		.to = option(crm, "to"),
		.where = option(crm, "where"),
		.currency = option(crm, "currency"),
		.now = store_instant(crm->store),
	};
	for (size_t i = 0; r->options && r->options[i].name; i++)
		o.own[i] = option_on(crm, r->options[i].name) && r->options[i].flag
			       ? "on"
			       : option(crm, r->options[i].name);
	return o;
}
