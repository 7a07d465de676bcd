/* The groups as an answer: columns, rows, and lines of totals. */
#include "report/job.h"
#include "schema/label.h"

enum { COMPARED = 3 }; /* previous, change, change_pct */

static bool has_range(const struct job *j)
{
	return j->timing.range.has_from || j->timing.range.has_to;
}

static bool shows(const struct job *j, size_t measure)
{
	const struct measure *m = &j->report->measures[measure];
	return !m->hidden && option_allows(j, m->when);
}

/* The currency stands behind the last amount. */
static bool last_money(const struct job *j, size_t measure)
{
	const struct report *r = j->report;
	for (size_t i = measure + 1; i < r->nmeasures; i++)
		if (shows(j, i) && r->measures[i].unit == UNIT_MONEY)
			return false;
	return shows(j, measure) && r->measures[measure].unit == UNIT_MONEY;
}

/* -- columns -- */

static struct str part_label(const struct schema *s, struct str part, enum language l,
			     struct arena *a)
{
	const struct entity *e = schema_entity(s, part);
	return e ? entity_label(e, l, a) : part;
}

struct answer_column *job_columns(struct job *j, struct answer_column *c)
{
	enum language l = report_language(j);
	const struct report *r = j->report;
	if (r->part)
		*c++ = (struct answer_column){ .name = str_of(r->name),
					       .label = str_of(label(l, r->title, r->title_vi)),
					       .word = part_label };
	if (j->steps != NO_AXIS)
		*c++ = (struct answer_column){ .name = j->axes[j->steps].name,
					       .label = str_of(label(l, "Step", "Bước")),
					       .word = r->journey->label };
	for (size_t i = j->first; i < j->first + j->ndims; i++)
		*c++ = (struct answer_column){ .name = j->axes[i].name,
					       .label = axis_heading(&j->axes[i], l, &j->arena),
					       .field = j->axes[i].path.field };
	if (j->timing.by_period)
		*c++ = (struct answer_column){ .name = STR("period"),
					       .label = str_of(label(l, "Period", "Kỳ")),
					       .role = ROLE_PERIOD };
	return c;
}

struct answer_column currency_column(const struct job *j)
{
	return (struct answer_column){ .name = STR("currency"),
				       .label =
					   str_of(label(report_language(j), "Currency", "Tiền tệ")),
				       .role = ROLE_CURRENCY,
				       .field = j->axes[j->currency].path.field };
}

static struct answer_column *figure_columns(struct job *j, struct answer_column *c, enum language l)
{
	const struct report *r = j->report;
	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		if (shows(j, i))
			*c++ = (struct answer_column){ .name = str_of(m->name),
						       .label =
							   str_of(label(l, m->label, m->label_vi)),
						       .role = ROLE_FIGURE,
						       .unit = m->unit };
		if (last_money(j, i))
			*c++ = currency_column(j);
	}
	return c;
}

static struct answer_column *compared_columns(struct job *j, struct answer_column *c,
					      enum language l)
{
	bool year = j->timing.against == AGAINST_YEAR;
	const char *const words[COMPARED][3] = {
		{ "previous", year ? "Year before" : "Previous", year ? "Năm trước" : "Kỳ trước" },
		{ "change", "Change", "Thay đổi" },
		{ "change_pct", "Change %", "Thay đổi %" },
	};
	enum unit unit = measure_named(j->report, j->report->main)->unit;
	for (size_t i = 0; i < COMPARED; i++)
		*c++ = (struct answer_column){ .name = str_of(words[i][0]),
					       .label = str_of(label(l, words[i][1], words[i][2])),
					       .role = ROLE_FIGURE,
					       .unit = i + 1 < COMPARED ? unit : UNIT_PERCENT };
	return c;
}

static void begin(struct job *j, struct answer *out)
{
	enum language l = report_language(j);
	struct answer_column *all = arena_new(&j->arena, struct answer_column,
					      4 + j->naxes + j->report->nmeasures + COMPARED);
	struct answer_column *c = job_columns(j, all);
	c = figure_columns(j, c, l);
	if (j->timing.against)
		c = compared_columns(j, c, l);
	answer_begin(out, all, (size_t)(c - all));
}

/* -- values of a row -- */

struct row_maker {
	struct job *job;
	struct answer *out;
	struct value *values;
	size_t n, rows;
	bool missing[MEASURES_MAX];	  /* no source that is read has it */
	bool shares;			  /* some measure is a share of the whole */
	struct tally whole;		  /* by currency and period */
	struct tally total, total_before; /* by currency */
	struct arena row;
};

static void put(struct row_maker *w, struct value v)
{
	w->values[w->n++] = v;
}

/* Times are counted in seconds, and shown as what they are. */
static struct value as_time(struct value v, enum unit unit, struct arena *a)
{
	if (v.kind == V_INT && unit == UNIT_INSTANT)
		return value_text(instant_print(v.i, a));
	if (v.kind == V_INT && unit == UNIT_DAY)
		return value_text(day_print(zone_day(v.i), a));
	return v;
}

struct value job_figure(const struct job *j, const struct measure *m, const struct sum *sums,
			const struct sum *whole, size_t series, struct arena *a)
{
	struct value v = measure_value(j->report, m, sums, whole);
	bool last =
	    j->steps != NO_AXIS && j->members[series * j->naxes + j->steps] + 1 == j->nsteps;
	if (last && m != j->report->measures) /* there is nothing to advance to */
		return value_null();
	if (m->unit == UNIT_MONEY)
		v.scale = (uint8_t)currency_digits(series_label(j, series, j->currency)->s);
	return as_time(v, m->unit, a);
}

static struct value figure(struct row_maker *w, const struct measure *m, const struct sum *sums,
			   const struct sum *whole, size_t series)
{
	if (w->missing[m - w->job->report->measures])
		return value_null();
	return job_figure(w->job, m, sums, whole, series, &w->row);
}

static void put_figures(struct row_maker *w, size_t series, const struct sum *now,
			const struct sum *whole)
{
	const struct report *r = w->job->report;
	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		if (shows(w->job, i))
			put(w, figure(w, m, now, whole, series));
		if (last_money(w->job, i))
			put(w, *series_label(w->job, series, w->job->currency));
	}
}

static void put_compared(struct row_maker *w, size_t series, const struct sum *now,
			 const struct sum *before)
{
	const struct measure *m = measure_named(w->job->report, w->job->report->main);
	struct value is = figure(w, m, now, NULL, series), was = figure(w, m, before, NULL, series);
	struct value change = is;
	put(w, was);
	if (was.kind != V_INT || __builtin_sub_overflow(is.i, was.i, &change.i))
		change = value_null();
	put(w, change);
	put(w, change_share(&is, &was));
}

static void put_nothing(struct row_maker *w, size_t n)
{
	while (n--)
		put(w, value_null());
}

static void give_row(struct row_maker *w, bool total)
{
	if (total)
		answer_total(w->out, w->values);
	else
		answer_row(w->out, w->values);
	w->n = 0;
	w->rows += !total;
	arena_reset(&w->row);
}

/* -- totals: of each currency -- */

static void add_total(struct row_maker *w, struct tally *t, size_t series, const struct sum *sums)
{
	struct sum *total = tally_at(t, currency_number(w->job, series), 0);
	if (sums)
		sums_merge(total, sums, w->job->report);
}

/* The first series, in their order, of each currency that has a total. */
static bool first_of_currency(const struct job *j, const size_t *order, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (currency_number(j, order[k]) == currency_number(j, order[i]))
			return false;
	return true;
}

/* The word stands in the first column, unless that is a figure already. */
static void give_totals(struct row_maker *w, const size_t *order)
{
	const struct job *j = w->job;
	size_t named = j->ndims + j->timing.by_period;
	if (!w->out->totals || w->rows < 2 || !named || j->steps != NO_AXIS)
		return;
	for (size_t i = 0, shown = 0; i < j->nseries && shown < w->total.n; i++) {
		size_t currency = currency_number(j, order[i]);
		const struct sum *sums = tally_find(&w->total, currency, 0);
		if (!sums || !first_of_currency(j, order, i))
			continue;
		shown++;
		put(w, value_text(str_of(label(report_language(j), "total", "tổng cộng"))));
		put_nothing(w, named - 1);
		put_figures(w, order[i], sums, sums);
		if (j->timing.against && has_range(j))
			put_compared(w, order[i], sums, tally_find(&w->total_before, currency, 0));
		else if (j->timing.against) /* all that was read has no earlier time */
			put_nothing(w, COMPARED);
		give_row(w, true);
	}
}

/* -- rows -- */

struct periods job_periods(const struct job *j)
{
	enum { PERIODS_MAX = 100000 };
	static const int days[] = { 1, 7, 28, 90, 365 };
	const struct timing *t = &j->timing;
	const struct range *r = &t->range;
	struct periods p = { INT64_MAX, INT64_MIN };
	for (size_t i = 0; i < j->now.n; i++) {
		int64_t at = j->now.groups[i].period;
		if (at != PERIOD_NONE && at < p.first)
			p.first = at;
		if (at != PERIOD_NONE && at > p.last)
			p.last = at;
	}
	int64_t from = r->has_from ? period_start(zone_day(r->from), t->period) : p.first;
	int64_t to = r->has_to ? period_start(zone_day(r->to - 1), t->period) : p.last;
	if (r->has_from && !r->has_to && to < from)
		to = from;
	if (r->has_to && !r->has_from && from > to)
		from = to;
	if (r->has_from && r->has_to && r->from == r->to)
		to = from - 1;
	if (to > from && (to - from) / days[t->period] > PERIODS_MAX)
		die(STATUS_USAGE, "more than %d periods; name a shorter time or a longer --period",
		    PERIODS_MAX);
	return (struct periods){ from, to };
}

static void give_group(struct row_maker *w, size_t series, int64_t period)
{
	struct job *j = w->job;
	/* without a range, what went before is among what was read */
	bool same = !has_range(j);
	const struct sum *now = tally_find(&j->now, series, period);
	const struct sum *before = !j->timing.against
				       ? NULL
				       : tally_find(same ? &j->now : &j->before, series,
						    period_before(&j->timing, period));
	const struct sum *whole =
	    w->shares ? tally_find(&w->whole, currency_number(j, series), period) : NULL;
	if (j->report->part)
		put(w, value_text(str_of(j->report->part)));
	if (j->steps != NO_AXIS)
		put(w, *series_label(j, series, j->steps));
	for (size_t i = j->first; i < j->first + j->ndims; i++)
		put(w, *series_label(j, series, i));
	if (j->timing.by_period)
		put(w,
		    period == PERIOD_NONE ? value_null() : value_text(day_print(period, &w->row)));
	put_figures(w, series, now, whole);
	if (j->timing.against)
		put_compared(w, series, now, before);
	give_row(w, false);
	if (!w->out->totals)
		return;
	add_total(w, &w->total, series, now);
	if (!same)
		add_total(w, &w->total_before, series, before);
}

static void give_series(struct row_maker *w, size_t series, const struct periods *p)
{
	const struct job *j = w->job;
	if (!j->timing.by_period) {
		give_group(w, series, 0);
		return;
	}
	for (int64_t at = p->first; at <= p->last; at = period_next(at, j->timing.period))
		give_group(w, series, at);
	if (tally_find(&j->now, series, PERIOD_NONE))
		give_group(w, series, PERIOD_NONE);
}

void job_count(struct job *j)
{
	bool before = j->timing.against && has_range(j);
	struct range earlier = before ? range_before(&j->timing) : j->timing.range;
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++) {
		if (!feed_reads(f))
			continue;
		feed_scan(j, f, &j->timing.range, &j->now);
		if (before)
			feed_scan(j, f, &earlier, &j->before);
	}
	job_fill(j);
}

/* -- what cannot be said, and what is a share of all -- */

/* Whether all its sources are out, or what it divides or is divided by is missing. */
static bool is_missing(const struct job *j, const struct measure *m)
{
	const struct report *r = j->report;
	bool some = m->sum != NULL;
	if (m->sum && is_missing(j, measure_named(r, m->sum)))
		return true;
	if (m->of && is_missing(j, measure_named(r, m->of)))
		return true;
	for (size_t i = 0; i < j->nfeeds && !some && !r->journey; i++)
		for (size_t k = 0; k < j->feeds[i].ndraws; k++)
			some = some || j->feeds[i].draws[k].measure == m;
	return !some && !r->journey;
}

static void add_wholes(struct row_maker *w)
{
	const struct job *j = w->job;
	const struct report *r = j->report;
	for (size_t i = 0; i < r->nmeasures; i++) {
		w->missing[i] = is_missing(j, &r->measures[i]);
		w->shares = w->shares || r->measures[i].how == HOW_SHARE;
	}
	for (size_t i = 0; w->shares && i < j->now.n; i++) {
		const struct group *g = &j->now.groups[i];
		struct sum *whole = tally_at(&w->whole, currency_number(j, g->series), g->period);
		sums_merge(whole, g->sums, r);
	}
}

void job_answer(struct job *j, struct answer *out)
{
	struct row_maker w = { .job = j, .out = out };
	w.whole.report = w.total.report = w.total_before.report = j->report;
	job_count(j);
	struct periods periods = job_periods(j);
	size_t *order = job_order(j, &j->arena);
	begin(j, out);
	w.values = arena_new(&j->arena, struct value, out->n);
	add_wholes(&w);
	for (size_t i = 0; i < j->nseries; i++)
		give_series(&w, order[i], &periods);
	give_totals(&w, order);
	tally_free(&w.whole);
	tally_free(&w.total);
	tally_free(&w.total_before);
	arena_free(&w.row);
}
