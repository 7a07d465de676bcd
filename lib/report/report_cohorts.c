/* cohorts: who came in one month, and how many of them bought in the months after. */
#include <stdlib.h>

#include "report/purchases.h"

static const struct study_column columns[] = {
	{ "cohort", "Cohort", "Nhóm khách", .role = ROLE_DIMENSION, .starts = true },
	{ "since", "Since", "Sau", .role = ROLE_DIMENSION, .number = true },
	{ "size", "Size", "Số khách", STUDY_FIGURE = UNIT_COUNT },
	{ "active", "Active", "Có mua", STUDY_FIGURE = UNIT_COUNT },
	{ "retention", "Retention", "Tỷ lệ giữ chân", STUDY_FIGURE = UNIT_SHARE },
	{ "revenue", "Revenue", "Doanh thu", STUDY_FIGURE = UNIT_MONEY },
	{ "currency", "Currency", "Tiền tệ", .role = ROLE_CURRENCY },
	{ "mature", "Mature", "Đủ thời gian", STUDY_FIGURE = UNIT_FLAG },
};

/* What the number in `since` counts. */
static const struct {
	const char *en, *vi;
} since_labels[] = {
	[PERIOD_DAY] = { "Days since", "Số ngày sau" },
	[PERIOD_WEEK] = { "Weeks since", "Số tuần sau" },
	[PERIOD_MONTH] = { "Months since", "Số tháng sau" },
	[PERIOD_QUARTER] = { "Quarters since", "Số quý sau" },
	[PERIOD_YEAR] = { "Years since", "Số năm sau" },
};

static void begin(struct study *s, enum period period)
{
	struct study_column all[countof(columns)];
	memcpy(all, columns, sizeof all);
	all[0].period = period;
	all[1].label = since_labels[period].en;
	all[1].label_vi = since_labels[period].vi;
	study_begin(s, all, countof(all));
}

struct cohorts {
	const struct purchases *purchases;
	enum period period;
	int64_t first, last; /* numbers of the first cohort, and of the period of today */
	size_t n;	     /* last - first + 1: cohorts, and periods since */
	size_t over;	     /* of these, from the first: all but the one that goes on */
	int64_t *sizes;
	struct cohort_cell {
		int64_t active, revenue;
	} * cells; /* of each cohort, period by period */
};

/* Periods are numbered, so that those between two can be counted. */
static int64_t period_number(int64_t day, enum period p)
{
	if (p == PERIOD_DAY)
		return day;
	if (p == PERIOD_WEEK) /* day 0 was a Thursday */
		return floor_div(day + 3, 7);
	struct civil c = civil_of(day);
	int64_t months = (int64_t)c.year * 12 + c.month - 1;
	return p == PERIOD_MONTH ? months : p == PERIOD_QUARTER ? months / 3 : c.year;
}

static void add_customer(struct cohorts *c, const struct customer *who)
{
	const struct purchase *list = &c->purchases->list[who->first];
	int64_t cohort = period_number(list->day, c->period) - c->first, before = -1;
	struct cohort_cell *row = c->cells + cohort * (int64_t)c->n;
	c->sizes[cohort]++;
	for (size_t i = 0; i < who->n; i++) {
		int64_t since = period_number(list[i].day, c->period) - c->first - cohort;
		row[since].active += since != before;
		row[since].revenue += list[i].revenue;
		before = since;
	}
}

/* Those who first bought on that day or later. */
static bool count(struct cohorts *c, int64_t from, const struct study *s)
{
	enum { PERIODS_MAX = 2000 };
	const struct purchases *p = c->purchases;
	int64_t today = study_today(s), first = today + 1;
	for (size_t i = 0; i < p->ncustomers; i++) {
		int64_t day = purchase_first(p, &p->customers[i])->day;
		first = day >= from && day < first ? day : first;
	}
	c->n = 0;
	if (first > today)
		return true;
	c->first = period_number(first, c->period);
	c->last = period_number(today, c->period);
	c->n = (size_t)(c->last - c->first + 1);
	c->over = (size_t)(period_number(study_running(s), c->period) - c->first);
	if (c->n > PERIODS_MAX)
		return diag_set(s->diag, NULL,
				"more than %d cohorts; name a later --from or a longer --period",
				PERIODS_MAX);
	c->sizes = xcalloc(c->n, sizeof *c->sizes);
	c->cells = xcalloc(c->n * c->n, sizeof *c->cells);
	for (size_t i = 0; i < p->ncustomers; i++)
		if (purchase_first(p, &p->customers[i])->day >= from)
			add_customer(c, &p->customers[i]);
	return true;
}

/* Of a period that goes on nobody knows yet, but for the one that they came in. */
static struct value retention(const struct cohorts *c, size_t cohort, size_t since)
{
	bool known = since == 0 || cohort + since < c->over;
	return known ? study_ratio(c->cells[cohort * c->n + since].active, c->sizes[cohort])
		     : value_null();
}

static void put_cell(struct study *s, const struct cohorts *c, size_t cohort, size_t since,
		     int64_t start)
{
	const struct cohort_cell *cell = &c->cells[cohort * c->n + since];
	bool begun = cohort + since < c->n, over = cohort + since < c->over;
	struct str code = c->purchases->currency;
	const struct value row[] = {
		study_of_day(s, start),
		value_int((int64_t)since),
		value_int(c->sizes[cohort]),
		begun ? value_int(cell->active) : value_null(),
		retention(c, cohort, since),
		begun ? study_money(cell->revenue, code) : value_null(),
		value_text(code),
		value_int(over),
	};
	study_put(s, row);
}

static int64_t first_start(const struct cohorts *c, int64_t today)
{
	int64_t start = period_start(today, c->period);
	for (size_t i = 1; i < c->n; i++)
		start = period_start(start - 1, c->period);
	return start;
}

static void put_cohorts(struct study *s, const struct cohorts *c, int64_t today)
{
	int64_t start = first_start(c, today);
	for (size_t i = 0; i < c->n; i++, start = period_next(start, c->period))
		for (size_t since = 0; since < c->n; since++)
			put_cell(s, c, i, since, start);
}

/* -- as people read it: a line for each cohort, a column for each period since -- */

enum { BEFORE = 2 }; /* cohort, size */

static void begin_wide(struct study *s, const struct cohorts *c)
{
	struct arena *a = report_arena(s->job);
	struct study_column *all = arena_new(a, struct study_column, BEFORE + c->n);
	all[0] = columns[0];
	all[0].period = c->period;
	all[1] = (struct study_column){ "size", "Size", "Số khách", STUDY_FIGURE = UNIT_COUNT };
	for (size_t i = 0; i < c->n; i++) {
		const char *since = arena_printf(a, "%zu", i).p;
		all[BEFORE + i] =
		    (struct study_column){ since, since, since, STUDY_FIGURE = UNIT_SHARE };
	}
	study_begin(s, all, BEFORE + c->n);
}

static void put_wide(struct study *s, const struct cohorts *c, int64_t today)
{
	struct value *row = arena_new(report_arena(s->job), struct value, BEFORE + c->n);
	int64_t start = first_start(c, today);
	begin_wide(s, c);
	for (size_t i = 0; i < c->n; i++, start = period_next(start, c->period)) {
		row[0] = study_of_day(s, start);
		row[1] = value_int(c->sizes[i]);
		for (size_t since = 0; since < c->n; since++)
			row[BEFORE + since] = retention(c, i, since);
		study_put(s, row);
	}
}

/* -- the report -- */

static enum period period_of_cohorts(const struct study *s)
{
	return s->job->timing.by_period ? s->job->timing.period : PERIOD_MONTH;
}

static bool compute_currency(struct study *s, const struct purchases *p)
{
	const struct range *r = &s->job->timing.range;
	int64_t today = study_today(s), from = r->has_from ? zone_day(r->from) : INT64_MIN;
	struct cohorts c = { .purchases = p, .period = period_of_cohorts(s) };
	bool ok = count(&c, from, s);
	if (ok && study_on(s, "wide"))
		put_wide(s, &c, today);
	else if (ok)
		put_cohorts(s, &c, today);
	free(c.sizes);
	free(c.cells);
	return ok;
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct purchase_log log = { 0 };
	bool in_lines = study_on(&s, "wide");
	bool ok = study_plain(&s, true, false, true) && purchases_read(&s, false, &log);
	if (ok && in_lines && log.n)
		ok = purchases_of_one(&s, &log) != NULL;
	if (ok && !(in_lines && log.n))
		begin(&s, period_of_cohorts(&s));
	for (size_t i = 0; ok && i < log.n; i++)
		ok = compute_currency(&s, &log.of[i]);
	purchases_free(&log);
	study_close(&s);
	return ok;
}

static const struct source sources[] = { PURCHASE_SOURCES };

static const struct report_option options[] = {
	PURCHASE_OPTION,
	{ "wide", NULL, "retention alone, with a column for each period since", .flag = true,
	  .alone = true },
	{ 0 },
};

const struct report report_cohorts = {
	.name = "cohorts",
	.title = "Cohorts by first purchase",
	.title_vi = "Nhóm khách theo lần mua đầu",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = purchase_dimensions,
	.compute = compute,
	.each = true,
	.own_period = true,
	.options = options,
	.chart = { CHART_HEAT, .category = "since", .values = "retention", .series = "cohort" },
	.definition =
	    "Customers by the --period (month) in which they first bought, and what they bought\n"
	    "so many periods since; 0 is that period itself.  " PURCHASE_DEFINITION "\n"
	    "size: customers of the cohort; active: those who bought in that period; retention:\n"
	    "active / size; revenue: net, in each currency by itself (who buys in two is in a\n"
	    "cohort of each).  Periods that have not begun are empty, not 0, and so is the\n"
	    "retention of one that is not over (mature).  --wide: retention alone, with a\n"
	    "column for each period since.  --from: cohorts from that day on; --to: as if that\n"
	    "day had not come yet.  " PURCHASE_BY,
};
