/* Reading the records, and counting them into their groups. */
#include "report/job.h"
#include "report/take.h"

static bool is_dimension(const struct job *j, size_t axis)
{
	return axis != j->steps;
}

/* When it was: for its period, and for the rate of its day. */
static bool needs_times(const struct job *j)
{
	return j->timing.by_period || j->conversion.into.n;
}

static void add_columns(struct job *j, struct joins *joins, struct sql *q)
{
	size_t n = 0;
	for (size_t i = 0; i < j->naxes; i++) {
		if (!is_dimension(j, i))
			continue;
		if (n)
			sql_add(q, ", ");
		j->axes[i].column = n++;
		axis_column(&j->axes[i], j->store, j->context, joins, q);
	}
	for (size_t i = 0; needs_times(j) && i < j->ntimes; i++) {
		sql_add_literal(q, n++ ? ", " : "");
		sql_at(q, 0, j->times[i]);
	}
	for (size_t i = 0; i < j->ninputs; i++) {
		sql_add_literal(q, n++ ? ", " : "");
		sql_at(q, joins_alias(joins, &j->inputs[i]), j->inputs[i].field);
	}
	if (!n)
		sql_add(q, "1");
}

void job_sql(struct job *j, const struct node *where, struct sql *q)
{
	struct sql columns = { .arena = q->arena }, condition = { .arena = q->arena };
	struct joins joins = { .arena = q->arena, .schema = j->context->schema };
	add_columns(j, &joins, &columns);
	if (where)
		node_sql(where, j->context, &joins, &condition);
	sql_add(q, "select ");
	sql_append(q, &columns);
	sql_add(q, " from ");
	sql_table(q, j->context->entity);
	sql_add(q, " t0");
	joins_sql(&joins, q);
	if (where) {
		sql_add(q, " where ");
		sql_append(q, &condition);
	}
	sql_free(&columns);
	sql_free(&condition);
}

struct scan {
	struct job *job;
	struct tally *tally;
	struct stmt *rows, *more;
	uint32_t numbers[AXES_MAX]; /* of this record on the axes */
	int64_t period;
	struct value inputs[INPUTS_MAX];
	const struct value *of_measure[INPUTS_MAX][3];
	const struct value *of_journey[JOURNEY_INPUTS];
};

static const struct value *input_named(struct scan *s, const char *path)
{
	for (size_t i = 0; path && i < s->job->ninputs; i++)
		if (str_is(s->job->inputs[i].text, path))
			return &s->inputs[i];
	return NULL;
}

static void bind_inputs(struct scan *s)
{
	const struct report *r = s->job->report;
	for (size_t m = 0; m < r->nmeasures; m++)
		for (size_t i = 0; i < countof(r->measures[m].in); i++)
			s->of_measure[m][i] = input_named(s, r->measures[m].in[i]);
	for (size_t i = 0; r->journey && i < JOURNEY_INPUTS; i++)
		s->of_journey[i] = input_named(s, r->journey->in[i]);
}

/* The day of an instant or a date; of a record without any, that of the report. */
static struct str rate_day(const struct job *j, const struct value *when, struct arena *a)
{
	int64_t at = j->taking.now;
	if (when->kind == V_TEXT && !value_instant(when, &at))
		return when->s;
	return day_print(zone_day(at), a);
}

/* The amounts of a record in the report's currency, which *currency then is. */
static void convert(struct scan *s, struct value *currency, const struct value *when)
{
	struct job *j = s->job;
	struct arena a = { 0 };
	struct rate rate;
	if (!j->conversion.into.n || str_eq(currency->s, j->conversion.into))
		return;
	if (job_rate(j, currency->s, rate_day(j, when, &a), &rate)) {
		for (size_t i = 0; i < j->ninputs; i++) {
			struct value *v = &s->inputs[i];
			if (j->inputs[i].field->type == &type_money && v->kind == V_INT &&
			    !rate_apply(&rate, v->i, &v->i))
				die(STATUS_REFUSED, "an amount is too large in %.*s",
				    (int)j->conversion.into.n, j->conversion.into.p);
		}
		currency->s = j->conversion.into;
	}
	arena_free(&a);
}

/* The record's place on the axes and in time, and the fields that are measured. */
static void read_record(struct scan *s)
{
	struct job *j = s->job;
	size_t n = 0;
	struct value when = value_null(), currency = value_null();
	for (size_t i = 0; i < j->naxes; i++) {
		if (!is_dimension(j, i))
			continue;
		struct value v = stmt_value(s->rows, n++);
		if (i == j->currency)
			currency = v;
		else
			s->numbers[i] = (uint32_t)axis_number(&j->axes[i], &v, &j->arena);
	}
	for (size_t i = 0; needs_times(j) && i < j->ntimes; i++, n++)
		if (when.kind == V_NULL)
			when = stmt_value(s->rows, n);
	s->period = period_of(&j->timing, &when);
	for (size_t i = 0; i < j->ninputs; i++)
		s->inputs[i] = stmt_value(s->rows, n + i);
	if (j->currency == NO_AXIS)
		return;
	if (currency.kind == V_NULL)
		currency = value_text(str_of(j->context->settings->currency));
	convert(s, &currency, &when);
	s->numbers[j->currency] =
	    (uint32_t)axis_number(&j->axes[j->currency], &currency, &j->arena);
}

static void count_record(struct scan *s)
{
	const struct report *r = s->job->report;
	struct sum *sums = tally_at(s->tally, job_series(s->job, s->numbers), s->period);
	for (size_t i = 0; i < r->nmeasures; i++) {
		wide figure = 1;
		const struct measure *m = &r->measures[i];
		if (!m->take || m->take(&s->job->taking, s->of_measure[i], &figure))
			sum_add(&sums[i], m, figure);
	}
}

/* The first later step that was reached, not before this one. */
static const struct step *next_step(const struct step *steps, size_t at, size_t n)
{
	for (size_t i = at + 1; i < n; i++)
		if (steps[i].reached &&
		    (!steps[i].timed || !steps[at].timed || steps[i].at >= steps[at].at))
			return &steps[i];
	return NULL;
}

/* Measures of a journey: entered, advanced, rate, time between. */
static void count_journey(struct scan *s)
{
	struct job *j = s->job;
	const struct report *r = j->report;
	struct step steps[STEPS_MAX] = { 0 };
	r->journey->walk(&j->taking, s->of_journey, s->more, j->step_names, j->nsteps, steps);
	for (size_t i = 0; i < j->nsteps; i++) {
		if (!steps[i].reached)
			continue;
		const struct step *next = next_step(steps, i, j->nsteps);
		s->numbers[j->steps] = (uint32_t)i;
		struct sum *sums = tally_at(s->tally, job_series(j, s->numbers), s->period);
		sum_add(&sums[0], &r->measures[0], 1);
		if (next) {
			sum_add(&sums[1], &r->measures[1], 1);
			sum_add(&sums[2], &r->measures[2], 1);
		}
		if (next && next->timed && steps[i].timed)
			sum_add(&sums[3], &r->measures[3], next->at - steps[i].at);
	}
}

void job_scan(struct job *j, const struct node *where, struct tally *t)
{
	struct sql q = { .arena = &j->arena }, more = { .arena = &j->arena };
	struct scan s = { .job = j, .tally = t };
	const struct journey *journey = j->report->journey;
	job_sql(j, where, &q);
	s.rows = db_query(j->store->db, &q);
	if (journey && journey->more) {
		journey->more(&more);
		s.more = db_prepare(j->store->db, &more);
	}
	bind_inputs(&s);
	while (stmt_step(s.rows)) {
		read_record(&s);
		if (journey)
			count_journey(&s);
		else
			count_record(&s);
	}
	stmt_close(s.rows);
	stmt_close(s.more);
	sql_free(&q);
	sql_free(&more);
}
