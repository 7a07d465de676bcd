/*
 * What forecasts said at the time, against what came.  The deals as they are now are taken back
 * in time, change by change, the newest first; at the start of each period they are summed.
 */
#include "report/forecast.h"

#include <stdlib.h>

#include "report/job.h"
#include "schema/label.h"
#include "store/log.h"

enum { PERIODS_MAX = 1200, CURRENCIES_MAX = 200 }; /* ISO 4217 has fewer */

struct past_deal {
	bool there;
	const struct pipeline *pipeline;
	const struct stage *stage; /* NULL: one that is known no more */
	int64_t amount, probability;
	int64_t close; /* the day, or PERIOD_NONE */
	size_t currency;
	bool omitted;
};

struct back {
	struct job *job;
	struct map at; /* id → place among the deals + 1 */
	struct past_deal *deals;
	size_t n, room;
	struct str currencies[CURRENCIES_MAX];
	size_t ncurrencies;
	enum period period;
	int64_t first, last; /* starts of periods; first > last: there are none */
	size_t nperiods;
	struct told {
		wide forecast, actual; /* forecast: amount × percent */
	} * told;		       /* period by period, of each currency */
};

static size_t currency_place(struct back *b, const struct value *v)
{
	struct str code = v->kind == V_TEXT ? v->s : str_of(b->job->context->settings->currency);
	size_t i = 0;
	while (i < b->ncurrencies && !str_eq(b->currencies[i], code))
		i++;
	if (i == CURRENCIES_MAX)
		die(STATUS_REFUSED, "more than %d currencies", CURRENCIES_MAX);
	if (i == b->ncurrencies)
		b->currencies[b->ncurrencies++] = arena_str(&b->job->arena, code);
	return i;
}

static int64_t number_of(const struct value *v)
{
	return v->kind == V_INT ? v->i : 0;
}

static int64_t local_day(const struct value *v)
{
	int64_t at;
	if (v->kind == V_TEXT && instant_scan(v->s, &at))
		return zone_day(at);
	return v->kind == V_TEXT && day_scan(v->s, &at) ? at : PERIOD_NONE;
}

/* The fields that a forecast looks at; V_NONE: as it is. */
enum { PIPELINE, STAGE, AMOUNT, PROBABILITY, CLOSE, CURRENCY, CATEGORY, LOOKED_AT };
static const char *const looked_at[LOOKED_AT] = { "pipeline",	 "stage",	   "amount",
						  "probability", "expected_close", "currency",
						  "forecast" };

static void set_deal(struct back *b, struct past_deal *d, const struct value *const v[])
{
	const struct schema *s = b->job->context->schema;
	struct str stage = str_of(d->stage ? d->stage->key : "");
	if (v[PIPELINE]->kind == V_TEXT)
		d->pipeline = schema_pipeline(s, v[PIPELINE]->s);
	if (v[STAGE]->kind == V_TEXT)
		stage = v[STAGE]->s;
	d->stage = d->pipeline ? pipeline_stage(d->pipeline, stage) : NULL;
	if (v[AMOUNT]->kind != V_NONE)
		d->amount = number_of(v[AMOUNT]);
	if (v[PROBABILITY]->kind != V_NONE)
		d->probability = number_of(v[PROBABILITY]);
	if (v[CLOSE]->kind != V_NONE)
		d->close = local_day(v[CLOSE]);
	if (v[CURRENCY]->kind != V_NONE)
		d->currency = currency_place(b, v[CURRENCY]);
	if (v[CATEGORY]->kind != V_NONE)
		d->omitted = v[CATEGORY]->kind == V_TEXT && str_is(v[CATEGORY]->s, "omitted");
}

static struct str id_key(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof *id };
}

/* -- the deals as they are, and what came of them -- */

struct won {
	int64_t amount, day;
	size_t currency;
};

static struct past_deal *add_deal(struct back *b, int64_t id)
{
	b->deals = xgrow(b->deals, b->n, &b->room, sizeof *b->deals);
	b->deals[b->n] = (struct past_deal){ .there = true, .close = PERIOD_NONE };
	*map_at(&b->at, id_key(&id)) = (int64_t)b->n + 1;
	return &b->deals[b->n++];
}

static struct won *read_deals(struct back *b, size_t *nwon)
{
	const char *paths[LOOKED_AT + 4] = { 0 };
	memcpy(paths, looked_at, sizeof looked_at);
	paths[LOOKED_AT] = "id";
	paths[LOOKED_AT + 1] = "closed_at";
	paths[LOOKED_AT + 2] = "created_at";
	struct records *r = records_open(b->job, "deal", paths);
	struct won *won = NULL;
	const struct value *v;
	struct value when;
	size_t n = 0, room = 0;
	while ((v = records_next(r, &when))) {
		struct past_deal *d = add_deal(b, v[LOOKED_AT].i);
		const struct value *fields[LOOKED_AT];
		for (size_t i = 0; i < LOOKED_AT; i++)
			fields[i] = &v[i];
		set_deal(b, d, fields);
		int64_t closed = local_day(&v[LOOKED_AT + 1]), made = local_day(&v[LOOKED_AT + 2]);
		b->first = made < b->first ? made : b->first;
		if (!d->stage || d->stage->kind != STAGE_WON || closed == PERIOD_NONE)
			continue;
		won = xgrow(won, n, &room, sizeof *won);
		won[n++] = (struct won){ d->amount, closed, d->currency };
	}
	records_close(r);
	*nwon = n;
	return won;
}

/* -- the periods -- */

static bool find_periods(struct back *b, struct diag *d)
{
	const struct job *j = b->job;
	const struct range *r = &j->timing.range;
	int64_t until = r->has_to && r->to < j->taking.now ? r->to : j->taking.now;
	b->period = j->timing.period;
	if (r->has_from)
		b->first = zone_day(r->from);
	b->last = INT64_MIN;
	if (b->first == INT64_MAX)
		return true;
	b->first = period_start(b->first, b->period);
	for (int64_t at = b->first; zone_instant(period_next(at, b->period), 0) <= until;
	     at = period_next(at, b->period)) {
		if (++b->nperiods > PERIODS_MAX)
			return diag_set(d, NULL,
					"more than %d periods; name a shorter time or a"
					" longer --period",
					PERIODS_MAX);
		b->last = at;
	}
	b->told = arena_new(&b->job->arena, struct told, b->nperiods * CURRENCIES_MAX);
	return true;
}

static struct told *told_at(struct back *b, size_t period, size_t currency)
{
	return &b->told[period * CURRENCIES_MAX + currency];
}

static void add_actual(struct back *b, const struct won *won, size_t n)
{
	if (!b->nperiods)
		return;
	int64_t *starts = arena_new(&b->job->arena, int64_t, b->nperiods + 1), at = b->first;
	for (size_t i = 0; i <= b->nperiods; i++, at = period_next(at, b->period))
		starts[i] = at;
	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = b->nperiods; /* starts[low] ≤ day < starts[high] */
		if (won[i].day < starts[0] || won[i].day >= starts[b->nperiods])
			continue;
		while (high - low > 1) {
			size_t middle = (low + high) / 2;
			if (starts[middle] <= won[i].day)
				low = middle;
			else
				high = middle;
		}
		told_at(b, low, won[i].currency)->actual += won[i].amount;
	}
}

/* -- back in time -- */

static void undo(struct back *b, const struct log_change *c)
{
	static const struct value same = { .kind = V_NONE }, empty = { .kind = V_NULL };
	const struct value *fields[LOOKED_AT];
	const int64_t *place = map_find(&b->at, id_key(&c->record));
	if (!place)
		return;
	struct past_deal *d = &b->deals[*place - 1];
	d->there = c->op != 'i';
	for (size_t i = 0; c->op != 'i' && i < LOOKED_AT; i++) {
		const struct field *f = entity_field(c->entity, str_of(looked_at[i]));
		const struct value *was = f ? &c->before.values[field_index(c->entity, f)] : &same;
		bool gone = c->op == 'd' && was->kind == V_NONE; /* of it all was kept that was */
		fields[i] = gone ? &empty : was;
	}
	if (d->there)
		set_deal(b, d, fields);
}

static void sum_up(struct back *b, size_t period, int64_t start)
{
	int64_t end = period_next(start, b->period);
	for (size_t i = 0; i < b->n; i++) {
		const struct past_deal *d = &b->deals[i];
		if (d->there && !d->omitted && d->stage && d->stage->kind == STAGE_OPEN &&
		    d->close >= start && d->close < end)
			told_at(b, period, d->currency)->forecast +=
			    (wide)d->amount * d->probability;
	}
}

/* What happened after the start of a period is undone before it is summed. */
static void walk_back(struct back *b)
{
	struct store *s = b->job->store;
	struct log_filter filter = { .entity = schema_entity(&s->schema, STR("deal")) };
	struct log *changes = log_changes(s, &filter);
	struct log_change c;
	struct arena row = { 0 };
	int64_t at, start = b->last;
	bool more = log_next_change(changes, &c, &row);
	for (size_t i = b->nperiods; i-- > 0;) {
		for (; more && (!instant_scan(c.at, &at) || at > zone_instant(start, 0));
		     more = log_next_change(changes, &c, &row)) {
			if (at <= b->job->taking.now)
				undo(b, &c);
			arena_reset(&row);
		}
		sum_up(b, i, start);
		start = period_start(start - 1, b->period);
	}
	log_close(changes);
	arena_free(&row);
}

/* -- the answer -- */

enum { PERIOD, FORECAST, ACTUAL, DIFFERENCE, IN, PERCENT, COLUMNS };

static void begin(struct job *j, struct answer *out)
{
	static const struct {
		const char *name, *en, *vi;
		enum column_role role;
		enum unit unit;
	} rows[COLUMNS] = {
		[PERIOD] = { "period", "Period", "Kỳ", ROLE_PERIOD, UNIT_DAY },
		[FORECAST] = { "forecast", "Forecast", "Dự báo", ROLE_FIGURE, UNIT_MONEY },
		[ACTUAL] = { "actual", "Actual", "Thực tế", ROLE_FIGURE, UNIT_MONEY },
		[DIFFERENCE] = { "error", "Error", "Sai lệch", ROLE_FIGURE, UNIT_MONEY },
		[IN] = { "currency", "Currency", "Tiền tệ", ROLE_CURRENCY, UNIT_COUNT },
		[PERCENT] = { "error_pct", "Error %", "Sai lệch %", ROLE_FIGURE, UNIT_PERCENT },
	};
	struct answer_column *columns = arena_new(&j->arena, struct answer_column, COLUMNS);
	enum language l = report_language(j);
	for (size_t i = 0; i < COLUMNS; i++)
		columns[i] =
		    (struct answer_column){ .name = str_of(rows[i].name),
					    .label = str_of(label(l, rows[i].en, rows[i].vi)),
					    .role = rows[i].role,
					    .unit = rows[i].unit,
					    .period = j->timing.period };
	answer_begin(out, columns, COLUMNS);
}

static struct value money(wide amount, struct str currency)
{
	if (amount > INT64_MAX || amount < INT64_MIN)
		die(STATUS_REFUSED, "the sum of the amounts is beyond what can be counted");
	struct value v = value_int((int64_t)amount);
	v.scale = (uint8_t)currency_digits(currency);
	return v;
}

static void give_currency(struct back *b, size_t currency, struct answer *out)
{
	struct arena row = { 0 };
	struct str code = b->currencies[currency];
	int64_t start = b->first;
	for (size_t i = 0; i < b->nperiods; i++, start = period_next(start, b->period)) {
		const struct told *t = told_at(b, i, currency);
		wide half = t->forecast < 0 ? -50 : 50;
		struct value said = money((t->forecast + half) / 100, code);
		struct value came = money(t->actual, code);
		answer_row(out, (const struct value[COLUMNS]){
				    [PERIOD] = value_text(day_print(start, &row)),
				    [FORECAST] = said,
				    [ACTUAL] = came,
				    [DIFFERENCE] = money((wide)came.i - said.i, code),
				    [IN] = value_text(code),
				    [PERCENT] = change_share(&came, &said),
				});
		arena_reset(&row);
	}
	arena_free(&row);
}

static int by_code(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void give_rows(struct back *b, struct answer *out)
{
	struct str sorted[CURRENCIES_MAX];
	memcpy(sorted, b->currencies, sizeof sorted);
	qsort(sorted, b->ncurrencies, sizeof *sorted, by_code);
	for (size_t i = 0; i < b->ncurrencies; i++) {
		struct value code = value_text(sorted[i]);
		give_currency(b, currency_place(b, &code), out);
	}
}

static bool is_asked_for(const struct job *j, struct diag *d)
{
	const struct report_options *o = j->options;
	const char *wrong = o->by ? "by" : o->compare ? "compare" : o->currency ? "currency" : NULL;
	if (wrong)
		d->source = STR("--backtest");
	return !wrong || diag_set(d, NULL, "not with --%s", wrong);
}

bool forecast_backtest(struct job *j, struct answer *out, struct diag *d)
{
	struct back b = { .job = j, .first = INT64_MAX };
	struct value house = value_text(str_of(j->context->settings->currency));
	size_t nwon;
	if (!is_asked_for(j, d))
		return false;
	begin(j, out);
	struct won *won = read_deals(&b, &nwon);
	if (!b.n)
		currency_place(&b, &house);
	bool done = find_periods(&b, d);
	if (done) {
		add_actual(&b, won, nwon);
		walk_back(&b);
		give_rows(&b, out);
	}
	free(won);
	free(b.deals);
	map_free(&b.at);
	return done;
}
