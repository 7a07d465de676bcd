/* Reading the records of a source, and counting them into their groups. */
#include "report/job.h"
#include "report/take.h"

unsigned feed_what(const struct job *j)
{
	/* when it was: for its period, and for the rate of its day */
	bool times = j->timing.by_period || j->conversion.into.n;
	return READ_AXES | (times ? READ_TIMES : 0);
}

/*
 * Its own currency is read beside the axes; the steps of a journey are none of the record's, and
 * what is known of a record is looked up.
 */
static bool is_column(const struct job *j, const struct feed *f, size_t axis)
{
	return axis != j->steps && (axis != j->currency || f->has_currency) &&
	       j->axes[axis].follows == NO_AXIS;
}

static void add_condition(const struct feed *f, const struct node *where, struct joins *joins,
			  struct sql *q)
{
	sql_add(q, "case when ");
	node_sql(where, &f->context, joins, q);
	sql_add(q, " then 1 end");
}

/* A reference that no record has is not followed: looking for nothing takes its time, too. */
static void add_input(struct job *j, const struct feed *f, const struct path *p,
		      struct joins *joins, struct sql *q)
{
	const struct field *by = p->nsteps ? p->steps[0] : NULL;
	if (by && by->flags & F_INDEX && !store_filled(j->store, f->context.entity, by))
		sql_add(q, "null");
	else
		sql_at(q, joins_alias(joins, p), p->field);
}

/* The axes, the times, the inputs, the conditions of measures. */
static void add_columns(struct job *j, struct feed *f, unsigned what, struct joins *joins,
			struct sql *q)
{
	size_t n = 0;
	for (size_t i = 0; what & READ_AXES && i < j->naxes; i++) {
		if (!is_column(j, f, i))
			continue;
		sql_add_literal(q, n++ ? ", " : "");
		if (i == j->currency)
			path_sql(&f->currency, joins, q);
		else
			axis_column(j, f, i, joins, q);
	}
	for (size_t i = 0; what & READ_TIMES && i < f->ntimes; i++) {
		sql_add_literal(q, n++ ? ", " : "");
		path_sql(&f->times[i], joins, q);
	}
	for (size_t i = 0; i < f->ninputs; i++) {
		sql_add_literal(q, n++ ? ", " : "");
		add_input(j, f, &f->inputs[i], joins, q);
	}
	for (size_t i = 0; i < f->ndraws; i++)
		if (f->draws[i].where) {
			sql_add_literal(q, n++ ? ", " : "");
			add_condition(f, f->draws[i].where, joins, q);
		}
	if (!n)
		sql_add(q, "1");
}

static bool in_order(const struct job *j)
{
	const struct journey *way = j->report->journey;
	return way && way->by_id && !j->timing.range.has_from;
}

void feed_sql(struct job *j, struct feed *f, const struct node *where, unsigned what, struct sql *q)
{
	struct sql columns = { .arena = q->arena }, condition = { .arena = q->arena };
	struct joins joins = { .arena = q->arena, .schema = j->context->schema };
	add_columns(j, f, what, &joins, &columns);
	if (where)
		node_sql(where, &f->context, &joins, &condition);
	sql_add(q, "select ");
	sql_append(q, &columns);
	sql_add(q, " from ");
	sql_table(q, f->context.entity);
	sql_add(q, " t0");
	joins_sql(&joins, q);
	if (where) {
		sql_add(q, " where ");
		sql_append(q, &condition);
	}
	if (in_order(j))
		sql_add(q, " order by t0.id");
	else
		sql_in_pieces(q, f->context.entity, "t0", where != NULL);
	sql_free(&columns);
	sql_free(&condition);
}

struct scan {
	struct job *job;
	struct feed *feed;
	struct tally *tally;
	struct stmt *row, *more;
	unsigned what;
	uint32_t numbers[AXES_MAX]; /* of this record on the axes */
	int64_t period;
	struct value inputs[INPUTS_MAX + 1];	   /* the last: none */
	const struct value *in[DRAWS_MAX][IN_MAX]; /* what each draw takes of them */
	bool met[DRAWS_MAX];			   /* the condition of that draw */
	const struct value *of_journey[JOURNEY_INPUTS];
	const struct range *range;
	size_t first, last; /* inputs: the days of what lasts many */
};

/* The amounts of a record in the report's currency, which *currency then is. */
void feed_convert(struct job *j, const struct feed *f, struct value *inputs, struct value *currency,
		  const struct value *when)
{
	struct arena a = { 0 };
	struct rate rate;
	int64_t at = j->taking.now;
	if (!j->conversion.into.n || str_eq(currency->s, j->conversion.into))
		return;
	bool is_day = when->kind == V_TEXT && !value_instant(when, &at);
	struct str day = is_day ? when->s : day_print(zone_day(at), &a);
	if (job_rate(j, currency->s, day, &rate)) {
		for (size_t i = 0; i < f->ninputs; i++)
			if (f->inputs[i].field->type == &type_money && inputs[i].kind == V_INT &&
			    !rate_apply(&rate, inputs[i].i, &inputs[i].i))
				die(STATUS_REFUSED, "an amount is too large in %.*s",
				    (int)j->conversion.into.n, j->conversion.into.p);
		currency->s = j->conversion.into;
	}
	arena_free(&a);
}

/* What has no currency stands with the one that the house, or the question, counts in. */
static struct value house_currency(const struct job *j)
{
	return value_text(j->conversion.into.n ? j->conversion.into
					       : str_of(j->context->settings->currency));
}

/* The record's place on the axes and in time, and the fields that are measured. */
static void read_record(struct scan *s)
{
	struct job *j = s->job;
	struct feed *f = s->feed;
	size_t n = 0;
	struct value when = value_null(), currency = value_null();
	for (size_t i = 0; i < j->naxes; i++) {
		if (!is_column(j, f, i))
			continue;
		struct value v;
		stmt_values(s->row, n++, 1, &v);
		if (i == j->currency)
			currency = v;
		else
			s->numbers[i] = (uint32_t)axis_number(&j->axes[i], &f->axes[i], &j->taking,
							      &v, &j->arena);
	}
	for (size_t i = 0; s->what & READ_TIMES && i < f->ntimes; i++, n++)
		if (when.kind == V_NULL)
			when = stmt_value(s->row, n);
	s->period = period_of(&j->timing, &when);
	stmt_values(s->row, n, f->ninputs, s->inputs);
	n += f->ninputs;
	for (size_t i = 0; i < f->ndraws; i++)
		s->met[i] = !f->draws[i].where || stmt_value(s->row, n++).kind == V_INT;
	if (j->currency == NO_AXIS)
		return;
	if (currency.kind == V_NULL)
		currency = house_currency(j);
	feed_convert(j, f, s->inputs, &currency, &when);
	s->numbers[j->currency] = (uint32_t)axis_label(&j->axes[j->currency], &currency, &j->arena);
}

/* A number that stands for the value, whichever source it comes from. */
static int64_t identity(struct job *j, const struct draw *d, const struct value *v)
{
	if (v->kind == V_INT)
		return d->type ? record_number(v->i, d->type) : v->i;
	int64_t *number = map_at(&j->identity, v->s);
	if (!*number)
		*number = (int64_t)j->identity.n;
	return *number;
}

static bool take_figure(struct scan *s, size_t draw, wide *figure)
{
	const struct draw *d = &s->feed->draws[draw];
	const struct value *const *in = s->in[draw];
	*figure = 1;
	if (d->from->take && !d->from->take(&s->job->taking, in, figure))
		return false;
	if (d->measure->how != HOW_DISTINCT)
		return true;
	if (in[0]->kind == V_INT || in[0]->kind == V_TEXT)
		*figure = identity(s->job, d, in[0]);
	return in[0]->kind != V_NULL;
}

/* piece: of what lasts many days; NULL: the record whole. */
static void count_piece(struct scan *s, const struct lasting *whole, const struct lasting *piece)
{
	const struct feed *f = s->feed;
	struct sum *sums = tally_at(s->tally, job_series(s->job, s->numbers), s->period);
	for (size_t i = 0; i < f->ndraws; i++) {
		const struct draw *d = &f->draws[i];
		wide figure;
		if (!s->met[i] || !take_figure(s, i, &figure))
			continue;
		if (piece)
			figure = lasting_part(s->job, whole, piece, figure);
		sum_add(&sums[d->measure - s->job->report->measures], d->measure, figure);
	}
}

/* Each period has its part. */
static void count_lasting(struct scan *s)
{
	struct job *j = s->job;
	struct lasting l, piece;
	struct range range = *s->range;
	int64_t tomorrow = zone_instant(zone_day(j->taking.now) + 1, 0);
	if (s->feed->source->so_far && (!range.has_to || range.to > tomorrow)) {
		range.has_to = true;
		range.to = tomorrow;
	}
	if (!lasting_read(j, &s->inputs[s->first], &s->inputs[s->last], &l))
		return;
	for (int64_t day = l.first; lasting_next(j, &l, &range, &day, &piece);) {
		s->period = j->timing.by_period ? period_start(piece.first, j->timing.period) : 0;
		count_piece(s, &l, &piece);
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

static void take_row(void *scan, struct stmt *row)
{
	struct scan *s = scan;
	s->row = row;
	read_record(s);
	if (s->feed->source->until)
		count_lasting(s);
	else
		count_piece(s, NULL, NULL);
}

static void take_journey(void *scan, struct stmt *row)
{
	struct scan *s = scan;
	s->row = row;
	read_record(s);
	count_journey(s);
}

static void scan_journeys(struct scan *s, const struct sql *q)
{
	struct sql more = { .arena = q->arena };
	const struct journey *journey = s->job->report->journey;
	for (size_t i = 0; i < JOURNEY_INPUTS; i++)
		s->of_journey[i] = &s->inputs[feed_input(s->job, s->feed, journey->in[i])];
	if (journey->more) {
		journey->more(&more);
		s->more = db_prepare(s->job->store->db, &more);
	}
	if (in_order(s->job)) {
		struct stmt *rows = db_query(s->job->store->db, q);
		while (stmt_step(rows))
			take_journey(s, rows);
		stmt_close(rows);
	} else {
		db_each(s->job->store->db, q, take_journey, s);
	}
	stmt_close(s->more);
	sql_free(&more);
}

void feed_scan(struct job *j, struct feed *f, const struct range *r, struct tally *t)
{
	struct sql q = { .arena = &j->arena };
	struct scan s = { .job = j, .feed = f, .tally = t, .what = feed_what(j), .range = r };
	s.inputs[INPUTS_MAX] = value_null();
	for (size_t i = 0; i < f->ndraws * IN_MAX; i++)
		s.in[i / IN_MAX][i % IN_MAX] = &s.inputs[f->draws[i / IN_MAX].in[i % IN_MAX]];
	s.first = feed_input(j, f, f->source->until ? f->source->time[0] : NULL);
	s.last = feed_input(j, f, f->source->until);
	feed_sql(j, f, feed_where(j, f, r), s.what, &q);
	if (j->report->journey)
		scan_journeys(&s, &q);
	else
		db_each(j->store->db, &q, take_row, &s);
	sql_free(&q);
}
