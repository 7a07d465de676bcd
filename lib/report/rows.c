/* The answer: columns and rows. */
#include "core/money.h"
#include "report/job.h"
#include "schema/label.h"

enum { COMPARED = 3 }; /* previous, change, change_pct */

static bool has_range(const struct job *j)
{
	return j->timing.range.has_from || j->timing.range.has_to;
}

static bool last_money(const struct report *r, size_t measure)
{
	for (size_t i = measure + 1; i < r->nmeasures; i++)
		if (r->measures[i].unit == UNIT_MONEY)
			return false;
	return r->measures[measure].unit == UNIT_MONEY;
}

static struct column text_column(struct str name, const char *label)
{
	return (struct column){ name, str_of(label), false };
}

static enum language language_of(const struct job *j)
{
	return j->store->settings.language;
}

struct column *report_columns(const struct job *j, size_t *n, struct arena *a)
{
	static const char *const compared[COMPARED][3] = { { "previous", "Previous", "Kỳ trước" },
							   { "change", "Change", "Thay đổi" },
							   { "change_pct", "Change %",
							     "Thay đổi %" } };
	enum language l = language_of(j);
	const struct report *r = j->report;
	struct column *c = arena_new(a, struct column, 4 + j->naxes + r->nmeasures + COMPARED);
	size_t k = 0;
	if (r->part)
		c[k++] = text_column(str_of(r->name), label(l, r->title, r->title_vi));
	if (j->steps != NO_AXIS)
		c[k++] = text_column(j->axes[j->steps].name, label(l, "Step", "Bước"));
	for (size_t i = j->first; i < j->first + j->ndims; i++) {
		c[k] = text_column(j->axes[i].name, axis_heading(&j->axes[i], l, a).p);
		c[k++].right = j->axes[i].path.field->type->right;
	}
	if (j->timing.by_period)
		c[k++] = text_column(STR("period"), label(l, "Period", "Kỳ"));
	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		c[k++] = (struct column){ str_of(m->name), str_of(label(l, m->label, m->label_vi)),
					  m->unit != UNIT_FLAG };
		if (last_money(r, i))
			c[k++] = text_column(STR("currency"), label(l, "Currency", "Tiền tệ"));
	}
	for (size_t i = 0; j->timing.against && i < COMPARED; i++)
		c[k++] = (struct column){ str_of(compared[i][0]),
					  str_of(label(l, compared[i][1], compared[i][2])), true };
	*n = k;
	return c;
}

/* -- cells -- */

struct row_writer {
	struct job *job;
	struct writer *out;
	struct codec codec;
	struct cell *cells;
	size_t n, rows;
	struct tally total, total_before; /* by currency */
	struct arena arena;		  /* of one row */
};

static struct cell people_number(const struct row_writer *w, const struct value *v,
				 const char *mark)
{
	const struct settings *s = w->codec.settings;
	char group = s->group ? s->group : ',', point = s->point ? s->point : '.';
	struct str text = decimal_group(v->i, v->scale, group, point, w->codec.arena);
	return (struct cell){ CELL_TEXT,
			      arena_printf(w->codec.arena, "%.*s%s", (int)text.n, text.p, mark) };
}

/* 0.1250 → 12.5 % with one decimal: whole per milles, rounded half away from zero. */
static struct value as_percent(const struct value *share)
{
	struct value v = value_int((share->i + (share->i < 0 ? -5 : 5)) / 10);
	v.scale = 1;
	return v;
}

static struct cell number_cell(const struct row_writer *w, struct value v, enum unit unit)
{
	struct arena *a = w->codec.arena;
	if (v.kind != V_INT)
		return (struct cell){ .kind = CELL_NULL };
	if (unit == UNIT_FLAG && w->codec.human)
		return (struct cell){ CELL_TEXT, str_of(truth_label(v.i, language_of(w->job))) };
	if (unit == UNIT_FLAG)
		return (struct cell){ CELL_BOOL, v.i ? STR("true") : STR("false") };
	if (!w->codec.human)
		return (struct cell){ CELL_NUMBER, decimal_print(v.i, v.scale, a) };
	if (unit == UNIT_SHARE)
		v = as_percent(&v);
	return people_number(w, &v, unit == UNIT_SHARE || unit == UNIT_PERCENT ? "%" : "");
}

static void put(struct row_writer *w, struct cell c)
{
	w->cells[w->n++] = c;
}

static void put_axis(struct row_writer *w, size_t series, size_t axis)
{
	const struct axis *x = &w->job->axes[axis];
	const struct value *v = series_label(w->job, series, axis);
	if (!x->path.field && w->codec.human)
		put(w, (struct cell){ CELL_TEXT, w->job->report->journey->label(
						     w->codec.schema, v->s, language_of(w->job)) });
	else if (!x->path.field)
		put(w, (struct cell){ CELL_TEXT, v->s });
	else
		put(w, field_print(x->path.field, v, &w->codec));
}

static void put_period(struct row_writer *w, int64_t period)
{
	if (!w->job->timing.by_period)
		return;
	if (period == PERIOD_NONE)
		put(w, (struct cell){ .kind = CELL_NULL });
	else
		put(w, (struct cell){ CELL_TEXT, day_print(period, w->codec.arena) });
}

static struct value figure(const struct row_writer *w, const struct measure *m,
			   const struct sum *sums, size_t series)
{
	const struct job *j = w->job;
	struct value v = measure_value(j->report, m, sums);
	bool last =
	    j->steps != NO_AXIS && j->members[series * j->naxes + j->steps] + 1 == j->nsteps;
	if (last && m != j->report->measures) /* there is nothing to advance to */
		return value_null();
	if (m->unit == UNIT_MONEY)
		v.scale = (uint8_t)currency_digits(series_label(j, series, j->currency)->s);
	return v;
}

static void put_compared(struct row_writer *w, size_t series, const struct sum *now,
			 const struct sum *before)
{
	const struct report *r = w->job->report;
	const struct measure *m = r->measures;
	while (strcmp(m->name, r->main))
		m++;
	struct value is = figure(w, m, now, series), was = figure(w, m, before, series);
	struct value change = is;
	put(w, number_cell(w, was, m->unit));
	if (__builtin_sub_overflow(is.i, was.i, &change.i))
		change = value_null();
	put(w, number_cell(w, change, m->unit));
	put(w, number_cell(w, change_share(&is, &was), UNIT_PERCENT));
}

static void put_figures(struct row_writer *w, size_t series, const struct sum *now)
{
	const struct report *r = w->job->report;
	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		put(w, number_cell(w, figure(w, m, now, series), m->unit));
		if (last_money(r, i))
			put_axis(w, series, w->job->currency);
	}
}

static void flush_row(struct row_writer *w)
{
	writer_row(w->out, w->cells);
	w->n = 0;
	arena_reset(&w->arena);
}

/* -- totals: for people, of each currency -- */

static size_t currency_number(const struct job *j, size_t series)
{
	return j->currency == NO_AXIS ? 0 : j->members[series * j->naxes + j->currency];
}

static void add_total(struct row_writer *w, struct tally *t, size_t series, const struct sum *sums)
{
	const struct report *r = w->job->report;
	struct sum *total = tally_at(t, currency_number(w->job, series), 0);
	for (size_t i = 0; sums && i < r->nmeasures; i++)
		sum_merge(&total[i], &sums[i], &r->measures[i]);
}

/* The word stands in the first column, unless that is a figure already. */
static void put_totals(struct row_writer *w, const size_t *order)
{
	const struct job *j = w->job;
	size_t named = j->ndims + j->timing.by_period;
	if (!w->codec.human || w->rows < 2 || !named || j->steps != NO_AXIS)
		return;
	for (size_t i = 0, shown = 0; i < j->nseries && shown < w->total.n; i++) {
		size_t currency = currency_number(j, order[i]);
		const struct sum *sums = tally_find(&w->total, currency, 0);
		bool first = sums != NULL;
		for (size_t k = 0; first && k < i; k++)
			first = currency_number(j, order[k]) != currency;
		if (!first)
			continue;
		shown++;
		put(w, (struct cell){ CELL_TEXT,
				      str_of(label(language_of(j), "total", "tổng cộng")) });
		for (size_t k = 1; k < named; k++)
			put(w, (struct cell){ .kind = CELL_NULL });
		put_figures(w, order[i], sums);
		/* all that was read is no earlier time to compare itself with */
		for (size_t k = 0; j->timing.against && !has_range(j) && k < COMPARED; k++)
			put(w, (struct cell){ .kind = CELL_NULL });
		if (j->timing.against && has_range(j))
			put_compared(w, order[i], sums, tally_find(&w->total_before, currency, 0));
		flush_row(w);
	}
}

/* -- rows -- */

struct periods {
	int64_t first, last; /* first > last: there are none */
};

static struct periods shown_periods(const struct job *j)
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

static void put_part(struct row_writer *w)
{
	const struct job *j = w->job;
	struct str part = str_of(j->report->part);
	if (w->codec.human)
		part = entity_label(j->context->entity, language_of(j), w->codec.arena);
	put(w, (struct cell){ CELL_TEXT, part });
}

static void put_group(struct row_writer *w, size_t series, int64_t period)
{
	struct job *j = w->job;
	/* without a range, what went before is among what was read */
	bool same = !has_range(j);
	const struct sum *now = tally_find(&j->now, series, period);
	const struct sum *before = !j->timing.against
				       ? NULL
				       : tally_find(same ? &j->now : &j->before, series,
						    period_before(&j->timing, period));
	if (j->report->part)
		put_part(w);
	if (j->steps != NO_AXIS)
		put_axis(w, series, j->steps);
	for (size_t i = j->first; i < j->first + j->ndims; i++)
		put_axis(w, series, i);
	put_period(w, period);
	put_figures(w, series, now);
	if (j->timing.against)
		put_compared(w, series, now, before);
	flush_row(w);
	w->rows++;
	if (!w->codec.human)
		return;
	add_total(w, &w->total, series, now);
	if (!same)
		add_total(w, &w->total_before, series, before);
}

static void put_series(struct row_writer *w, size_t series, const struct periods *p)
{
	const struct job *j = w->job;
	if (!j->timing.by_period) {
		put_group(w, series, 0);
		return;
	}
	for (int64_t at = p->first; at <= p->last; at = period_next(at, j->timing.period))
		put_group(w, series, at);
	if (tally_find(&j->now, series, PERIOD_NONE))
		put_group(w, series, PERIOD_NONE);
}

static void count(struct job *j)
{
	struct diag d = { 0 };
	job_scan(j, j->where, &j->now);
	if (j->timing.against && has_range(j)) {
		struct range before = range_before(&j->timing);
		job_scan(j, job_where(j, &before, &d), &j->before);
	}
	job_fill(j);
	diag_free(&d);
}

void report_rows(struct job *j, struct writer *out)
{
	struct row_writer w = { .job = j, .out = out };
	size_t n;
	w.codec = store_codec(j->store, &w.arena);
	w.codec.human = writer_human(out);
	w.total.report = w.total_before.report = j->report;
	report_columns(j, &n, &j->arena);
	w.cells = arena_new(&j->arena, struct cell, n);
	count(j);
	struct periods periods = shown_periods(j);
	size_t *order = job_order(j, &j->arena);
	for (size_t i = 0; i < j->nseries; i++)
		put_series(&w, order[i], &periods);
	put_totals(&w, order);
	job_warn_rates(j);
	tally_free(&w.total);
	tally_free(&w.total_before);
	arena_free(&w.arena);
}
