/*
 * A report in C by dimensions and periods: for each it answers as -w, and --from and --to, would
 * have asked it.
 */
#include "report/study.h"

enum { GROUPS_MAX = 500 }; /* for each the records are read once */

struct each {
	struct answer answer; /* what the report gives to; the first */
	struct job *job;
	struct answer *out;
	size_t series; /* that is answered for */
	int64_t period;
	struct value *values;
	struct job_kept kept;
};

/* -- what values there are -- */

/* The record's, so that job_periods knows it. */
static void meet_period(struct job *j, const struct feed *f, struct stmt *row)
{
	struct value when = value_null();
	for (size_t i = 0; i < f->ntimes && when.kind == V_NULL; i++)
		when = stmt_value(row, j->naxes + i);
	tally_at(&j->now, 0, period_of(&j->timing, &when));
}

struct finding {
	struct job *job;
	struct feed *feed;
	bool periods;
};

static void meet_values(void *finding, struct stmt *row)
{
	const struct finding *at = finding;
	struct job *j = at->job;
	uint32_t numbers[AXES_MAX] = { 0 };
	for (size_t i = 0; i < j->naxes; i++) {
		struct value v = stmt_value(row, i);
		numbers[i] = (uint32_t)axis_number(&j->axes[i], &at->feed->axes[i], &j->taking, &v,
						   &j->arena);
	}
	job_series(j, numbers);
	if (at->periods)
		meet_period(j, at->feed, row);
}

static void find_values(struct job *j, struct feed *f)
{
	struct sql q = { .arena = &j->arena };
	struct finding at = { j, f, job_in_periods(j) && f->ntimes };
	f->ninputs = 0;
	feed_sql(j, f, feed_read_where(j, f), READ_AXES | (at.periods ? READ_TIMES : 0), &q);
	db_each(j->store->db, &q, meet_values, &at);
	sql_free(&q);
}

/* -- one of them -- */

/* -w, and the values of the series. */
static const char *condition(struct job *j, size_t series)
{
	struct buf text = { 0 };
	if (j->options->where)
		buf_printf(&text, "(%s)", j->options->where);
	for (size_t i = j->first; i < j->first + j->ndims; i++) {
		const struct axis *x = &j->axes[i];
		const struct value *v = series_label(j, series, i);
		buf_printf(&text, "%s%.*s %s", text.n ? " and " : "", (int)x->name.n, x->name.p,
			   v->kind == V_NULL ? "is null" : "= ");
		if (v->kind == V_TEXT)
			where_quote(&text, v->s);
	}
	const char *where = text.n ? buf_copy(&text, &j->arena).p : NULL;
	buf_free(&text);
	return where;
}

/* The part of the range that is in the period. */
static void set_range(struct each *e, struct report_options *o)
{
	struct job *j = e->job;
	const struct timing *t = &j->timing;
	int64_t next = period_next(e->period, t->period);
	if (!t->range.has_from || t->range.from < zone_instant(e->period, 0))
		o->from = day_print(e->period, &j->arena).p;
	if (!t->range.has_to || t->range.to > zone_instant(next, 0))
		o->to = day_print(next, &j->arena).p;
	o->period = NULL;
}

static bool answer_for(struct each *e, size_t series, struct diag *d)
{
	struct job *j = e->job;
	struct report_options one = *j->options;
	one.by = NULL;
	one.where = condition(j, series);
	if (job_in_periods(j))
		set_range(e, &one);
	e->series = series;
	struct job *of = report_open(j->store, j->report, &one, j->context, d);
	if (of && j->nseries > 1)
		of->kept = &e->kept;
	bool ok = of && report_run(of, &e->answer, d);
	report_close(of);
	return ok;
}

/* -- what is given on: the values, and the report's own columns -- */

static void begin(struct answer *a)
{
	struct each *e = (struct each *)a;
	struct job *j = e->job;
	struct answer_column *all = arena_new(&j->arena, struct answer_column, j->ndims + 1 + a->n);
	struct answer_column *c = job_columns(j, all);
	for (size_t i = 0; i < a->n; i++) {
		c[i] = a->columns[i];
		c[i].name = arena_str(&j->arena, c[i].name);
		c[i].label = arena_str(&j->arena, c[i].label);
	}
	size_t n = (size_t)(c - all) + a->n;
	e->values = arena_new(&j->arena, struct value, n);
	answer_begin(e->out, all, n);
}

static void give(struct answer *a, const struct value *values, bool total)
{
	struct each *e = (struct each *)a;
	const struct job *j = e->job;
	struct value *v = e->values;
	(void)total;
	for (size_t i = 0; i < j->ndims; i++)
		*v++ = *series_label(j, e->series, j->first + i);
	if (job_in_periods(j))
		*v++ = value_text(day_print(e->period, &e->job->arena));
	memcpy(v, values, a->n * sizeof *values);
	answer_row(e->out, e->values);
}

static bool answer_periods(struct each *e, size_t series, const struct periods *p, struct diag *d)
{
	bool ok = true;
	for (e->period = p->first; ok && e->period <= p->last;
	     e->period = period_next(e->period, e->job->timing.period))
		ok = answer_for(e, series, d);
	return ok;
}

/* Those of its records, or of the range until now; of nothing the running one, for its columns. */
static bool find_periods(struct job *j, struct periods *p, struct diag *d)
{
	int64_t now = period_start(zone_day(j->taking.now), j->timing.period);
	for (const struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++) {
		if (!f->source->stock)
			continue;
		if (!j->timing.range.has_from)
			return diag_set(d, NULL,
					"--period: it needs --from, as nothing says when a %s was",
					f->source->entity);
		tally_at(&j->now, 0, now);
	}
	*p = job_periods(j);
	if (p->first > p->last)
		*p = (struct periods){ now, now };
	return true;
}

static size_t count_periods(const struct job *j, const struct periods *p)
{
	size_t n = 0;
	for (int64_t at = p->first; at <= p->last; at = period_next(at, j->timing.period))
		n++;
	return n;
}

bool each_answer(struct job *j, struct answer *out, struct diag *d)
{
	struct each e = { .answer = { .begin = begin, .row = give }, .job = j, .out = out };
	uint32_t none[AXES_MAX];
	struct periods periods = { 0, 0 };
	bool ok = true;
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++)
		if (feed_reads(f))
			find_values(j, f);
	if (job_in_periods(j) && !find_periods(j, &periods, d))
		return false;
	if (j->nseries * (job_in_periods(j) ? count_periods(j, &periods) : 1) > GROUPS_MAX)
		return diag_set(d, NULL, "more than %d groups; name fewer with -w", GROUPS_MAX);
	for (size_t i = 0; i < j->naxes && !j->nseries; i++) {
		struct value v = value_null();
		none[i] = (uint32_t)axis_label(&j->axes[i], &v, &j->arena);
	}
	if (!j->nseries) /* of nothing, so that there are columns */
		job_series(j, none);
	size_t n = j->nseries, *order = job_all(j);
	job_order(j, order, n);
	for (size_t i = 0; ok && i < n; i++)
		ok = job_in_periods(j) ? answer_periods(&e, order[i], &periods, d)
				       : answer_for(&e, order[i], d);
	if (e.kept.what)
		e.kept.forget(e.kept.what);
	return ok;
}
