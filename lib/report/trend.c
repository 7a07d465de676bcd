/* A measure over time: its moving average, and how it stands to its own past. */
#include "report/trend.h"

#include "report/job.h"
#include "schema/label.h"

/* The columns behind the measure; the last two stand behind the currency. */
enum { AVERAGE, BASELINE, CHANGE, FIGURES };

struct course {
	struct job *job;
	const struct kept *rows;
	struct answer *out;
	int64_t window;
	size_t period, measure, currency; /* columns; currency n: the measure is no amount */
	struct value *values;
};

static bool find_measure(struct course *c, const char *name, struct diag *d)
{
	const struct answer *in = &c->rows->answer;
	const struct report *r = c->job->report;
	const char *names[MEASURES_MAX + 4];
	size_t n = 0;
	if (!name)
		name = r->main ? r->main : r->measures[0].name;
	c->measure = answer_column(in, str_of(name));
	if (c->measure < in->n && in->columns[c->measure].role == ROLE_FIGURE)
		return true;
	for (size_t i = 0; i < in->n && n < countof(names); i++)
		if (in->columns[i].role == ROLE_FIGURE)
			names[n++] = in->columns[i].name.p;
	const char *near = nearest(str_of(name), names, n);
	return diag_set(d, NULL, "--measure: report %s has no %s%s%s%s", r->name,
			quoted(str_of(name), &d->arena), near ? "; did you mean '" : "",
			near ? near : "", near ? "'?" : "");
}

/* Of what is counted there may be parts on average. */
static enum unit unit_of(const struct course *c)
{
	enum unit unit = c->rows->answer.columns[c->measure].unit;
	return unit == UNIT_COUNT ? UNIT_NUMBER : unit;
}

static void begin(struct course *c)
{
	static const char *const words[FIGURES][3] = {
		[AVERAGE] = { "moving_average", "Moving average", "Trung bình trượt" },
		[BASELINE] = { "baseline", "Baseline", "Mức nền" },
		[CHANGE] = { "change", "Change", "Thay đổi" },
	};
	const struct answer *in = &c->rows->answer;
	enum language l = report_language(c->job);
	struct answer_column *all =
	    arena_new(&c->job->arena, struct answer_column, in->n + FIGURES + 2);
	struct answer_column *at = all + c->period + 1;
	memcpy(all, in->columns, (c->period + 1) * sizeof *all);
	*at++ = in->columns[c->measure];
	for (size_t i = 0; i < FIGURES; i++)
		*at++ = (struct answer_column){ .name = str_of(words[i][0]),
						.label = str_of(label(l, words[i][1], words[i][2])),
						.role = ROLE_FIGURE,
						.unit = unit_of(c) };
	if (c->currency < in->n)
		*at++ = in->columns[c->currency];
	*at++ = (struct answer_column){ .name = STR("change_pct"),
					.label = str_of(label(l, "Change %", "Thay đổi %")),
					.role = ROLE_FIGURE,
					.unit = UNIT_PERCENT };
	*at++ = (struct answer_column){ .name = STR("complete"),
					.label = str_of(label(l, "Complete", "Đủ kỳ")),
					.role = ROLE_FIGURE,
					.unit = UNIT_FLAG };
	answer_begin(c->out, all, (size_t)(at - all));
	c->values = arena_new(&c->job->arena, struct value, c->out->n);
}

static const struct value *at(const struct course *c, size_t row, size_t column)
{
	return &c->rows->rows[row].values[column];
}

static bool is_in_time(const struct course *c, size_t row)
{
	return !c->rows->rows[row].total && at(c, row, c->period)->kind == V_TEXT;
}

/* One after the other in one series. */
static bool follows(const struct course *c, size_t row)
{
	if (!row || !is_in_time(c, row - 1))
		return false;
	for (size_t i = 0; i < c->period; i++)
		if (!value_eq(at(c, row - 1, i), at(c, row, i)))
			return false;
	return c->currency == c->rows->answer.n ||
	       value_eq(at(c, row - 1, c->currency), at(c, row, c->currency));
}

struct past {
	wide sum;
	uint8_t scale;
};

/* Over the window that ends with the row; false: some periods are not there, or have no figure. */
static bool sum_until(const struct course *c, size_t row, struct past *past)
{
	int64_t n = c->window;
	*past = (struct past){ 0 };
	for (;; row--) {
		const struct value *v = at(c, row, c->measure);
		if (v->kind != V_INT)
			return false;
		past->sum += v->i;
		past->scale = v->scale;
		if (!--n)
			return true;
		if (!follows(c, row))
			return false;
	}
}

/* number / the window, as the measure is shown. */
static struct value on_average(const struct course *c, wide number, uint8_t scale)
{
	bool count = c->rows->answer.columns[c->measure].unit == UNIT_COUNT;
	struct value v = divided(number, c->window, count ? UNIT_NUMBER : UNIT_MONEY);
	v.scale = count ? v.scale : scale;
	return v;
}

static bool is_complete(const struct course *c, const struct value *period)
{
	const struct timing *t = &c->job->timing;
	int64_t start;
	if (!day_scan(period->s, &start))
		return false;
	int64_t from = zone_instant(start, 0);
	int64_t end = zone_instant(period_next(start, t->period), 0);
	return end <= c->job->taking.now && (!t->range.has_from || t->range.from <= from) &&
	       (!t->range.has_to || t->range.to >= end);
}

static void give(struct course *c, size_t row)
{
	const struct answer *in = &c->rows->answer;
	const struct value *is = at(c, row, c->measure);
	struct value *v = c->values, percent = value_null();
	struct past past;
	memcpy(v, c->rows->rows[row].values, (c->period + 1) * sizeof *v);
	v += c->period + 1;
	*v++ = *is;
	for (size_t i = 0; i < FIGURES; i++)
		v[i] = value_null();
	if (sum_until(c, row, &past))
		v[AVERAGE] = on_average(c, past.sum, past.scale);
	if (follows(c, row) && sum_until(c, row - 1, &past)) {
		wide change = (wide)is->i * c->window - past.sum;
		v[BASELINE] = on_average(c, past.sum, past.scale);
		if (is->kind == V_INT)
			v[CHANGE] = on_average(c, change, past.scale);
		if (is->kind == V_INT && past.sum)
			percent = divided(change * 100, past.sum < 0 ? -past.sum : past.sum,
					  UNIT_PERCENT);
	}
	v += FIGURES;
	if (c->currency < in->n)
		*v++ = *at(c, row, c->currency);
	*v++ = percent;
	*v = value_int(is_complete(c, at(c, row, c->period)));
	answer_row(c->out, c->values);
}

bool trend_give(struct job *j, const struct trend *t, struct answer *out, struct diag *d)
{
	struct kept rows = kept_new(false);
	struct course c = { .job = j, .rows = &rows, .out = out, .window = t->window };
	if (job_computes(j) || j->report->finish || !j->timing.by_period)
		return diag_set(d, NULL, "report %s is not counted in time", j->report->name);
	job_learn(j);
	job_answer(j, &rows.answer);
	c.period = answer_column(&rows.answer, STR("period"));
	c.currency = rows.answer.n;
	bool known = find_measure(&c, t->measure, d);
	if (known && rows.answer.columns[c.measure].unit == UNIT_MONEY)
		c.currency = answer_column(&rows.answer, STR("currency"));
	if (known)
		begin(&c);
	for (size_t i = 0; known && i < rows.n; i++)
		if (is_in_time(&c, i))
			give(&c, i);
	job_warn_rates(j);
	kept_free(&rows);
	return known;
}
