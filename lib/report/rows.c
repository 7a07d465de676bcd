/* The groups as an answer: columns, rows, and lines of totals. */
#include "report/compare.h"
#include "schema/label.h"

static bool has_range(const struct job *j)
{
	return j->timing.range.has_from || j->timing.range.has_to;
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
	bool last = j->steps != NO_AXIS && !j->report->journey->state &&
		    j->members[series * j->naxes + j->steps] + 1 == j->nsteps;
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
		if (job_shows(w->job, i))
			put(w, figure(w, m, now, whole, series));
		if (job_last_money(w->job, i))
			put(w, *series_label(w->job, series, w->job->currency));
	}
}

static void put_compared(struct row_maker *w, size_t series, const struct sum *now,
			 const struct sum *before)
{
	const struct measure *m = measure_named(w->job->report, w->job->report->main);
	struct value is = figure(w, m, now, NULL, series), was = figure(w, m, before, NULL, series);
	compare_values(&is, &was, w->values + w->n);
	w->n += COMPARED;
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
static void give_totals(struct row_maker *w, const size_t *order, size_t n)
{
	const struct job *j = w->job;
	size_t named = j->ndims + j->timing.by_period;
	if (!w->out->totals || w->rows < 2 || !named || j->steps != NO_AXIS)
		return;
	for (size_t i = 0, shown = 0; i < n && shown < w->total.n; i++) {
		size_t currency = currency_number(j, order[i]);
		const struct sum *sums = tally_find(&w->total, currency, 0);
		if (!sums || !first_of_currency(j, order, i))
			continue;
		shown++;
		put_nothing(w, job_names_records(j));
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

/* The record that the first dimension shows. */
static struct value record_of(struct row_maker *w, size_t series)
{
	const struct job *j = w->job;
	const struct axis_record *r =
	    &j->axes[j->first].records[j->members[series * j->naxes + j->first]];
	return r->of ? value_text(ref_print(r->of, r->id, &w->row)) : value_null();
}

static void give_group(struct row_maker *w, size_t series, int64_t period)
{
	struct job *j = w->job;
	/* without a range, what went before is among what was read */
	bool same = !has_range(j);
	const struct sum *now = tally_find(&j->now, series, period);
	int64_t earlier = j->timing.against ? period_before(&j->timing, period) : PERIOD_NEVER;
	const struct sum *before = earlier == PERIOD_NEVER
				       ? NULL
				       : tally_find(same ? &j->now : &j->before, series, earlier);
	const struct sum *whole =
	    w->shares ? tally_find(&w->whole, currency_number(j, series), period) : NULL;
	if (j->report->part)
		put(w, value_text(str_of(j->report->part)));
	if (j->steps != NO_AXIS)
		put(w, *series_label(j, series, j->steps));
	if (job_names_records(j))
		put(w, record_of(w, series));
	for (size_t i = j->first; i < j->first + j->ndims; i++)
		put(w, *series_label(j, series, i));
	if (j->timing.by_period)
		put(w,
		    period == PERIOD_NONE ? value_null() : value_text(day_print(period, &w->row)));
	put_figures(w, series, now, whole);
	if (earlier != PERIOD_NEVER)
		put_compared(w, series, now, before);
	else if (j->timing.against)
		put_nothing(w, COMPARED);
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
	if (m->of && m->how != HOW_LESS && is_missing(j, measure_named(r, m->of)))
		return true; /* without what is not there it is as much */
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
	size_t n, *order = job_first(j, out, &n, &j->arena);
	job_order(j, order, n);
	job_begin(j, out);
	w.values = arena_new(&j->arena, struct value, out->n);
	add_wholes(&w);
	for (size_t i = 0; i < n; i++)
		give_series(&w, order[i], &periods);
	give_totals(&w, order, n);
	tally_free(&w.whole);
	tally_free(&w.total);
	tally_free(&w.total_before);
	arena_free(&w.row);
}
