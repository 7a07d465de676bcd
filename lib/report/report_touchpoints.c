/* touchpoints: through what customers come and are won, and what of the revenue is whose. */
#include <stdlib.h>

#include "core/money.h"
#include "report/journey.h"
#include "schema/check.h"

enum model { FIRST, LAST, LINEAR, U };

/* One touchpoint in one currency. */
struct place {
	struct str point; /* empty: nothing is known */
	const char *currency;
	int64_t interactions, leads, won, lost;
	int64_t credit; /* wins, in ten thousandths */
	int64_t revenue;
	size_t seen; /* number of the deal that it was counted for last, from 1 */
};

struct places {
	struct study *study;
	const char *house; /* currency of what has none */
	enum model model;
	struct map known; /* currency and touchpoint → number + 1 */
	struct place *list;
	size_t n, room;
	size_t recent[TOUCH_RECENT]; /* numbers + 1; 0: none */
	struct buf key;
	struct arena arena;
};

/* Good until the next call. */
static struct place *place_of(struct places *p, struct str point, const char *currency)
{
	size_t *recent = &p->recent[touch_place(point)];
	const struct place *was = *recent ? &p->list[*recent - 1] : NULL;
	if (was && was->currency == currency && str_eq(was->point, point))
		return &p->list[*recent - 1];
	p->key.n = 0;
	buf_puts(&p->key, currency);
	buf_put(&p->key, point);
	int64_t *number = map_at(&p->known, buf_str(&p->key));
	if (!*number) {
		p->list = xgrow(p->list, p->n, &p->room, sizeof *p->list);
		p->list[p->n] =
		    (struct place){ .point = arena_str(&p->arena, point), .currency = currency };
		*number = (int64_t)++p->n;
	}
	*recent = (size_t)*number;
	return &p->list[*number - 1];
}

/* -- what was won, and through what -- */

enum { WIN = 10000 };

/* Of `of` parts in all, those that the first n of so many steps have. */
static wide parts_until(enum model m, int64_t n, int64_t steps, wide *of)
{
	bool u = m == U && steps > 2; /* two fifths each to both ends, the rest to those between */
	wide end = u ? 2 * (steps - 2) : 1;
	*of = m == FIRST || m == LAST ? 1 : u ? 5 * (steps - 2) : steps;
	if (m == FIRST || m == LAST)
		return m == FIRST ? n > 0 : n == steps;
	return n == steps ? *of : n && u ? end + n - 1 : n;
}

static int64_t share_of(const struct places *p, int64_t amount, int64_t i, int64_t steps)
{
	wide of, before = parts_until(p->model, i, steps, &of);
	wide after = parts_until(p->model, i + 1, steps, &of);
	return (int64_t)(amount * after / of - amount * before / of);
}

/* Touch i begins a step: the touchpoint is not that of the touch before. */
static bool begins(const struct touch *touches, size_t i)
{
	return !i || touches[i].point != touches[i - 1].point;
}

static void count_once(struct place *at, const struct closed_deal *deal, size_t number)
{
	if (at->seen == number)
		return;
	at->seen = number;
	at->won += deal->won;
	at->lost += !deal->won;
}

/* The touchpoint of the next step behind touch *i, which then is its; false: there is none. */
static bool next_step(const struct journeys *j, const struct closed_deal *deal, size_t *i,
		      struct str *point)
{
	const struct touch *touches = j->touches + deal->first;
	while (*i < deal->n && !begins(touches, *i))
		++*i;
	if (*i >= deal->n)
		return false;
	*point = j->points[touches[(*i)++].point];
	return true;
}

static int64_t steps_of(const struct journeys *j, const struct closed_deal *deal)
{
	struct str point;
	int64_t n = 0;
	for (size_t i = 0; next_step(j, deal, &i, &point);)
		n++;
	return n;
}

/* An amount that the deal brought. */
static void add_revenue(struct places *p, const struct journeys *j, const struct closed_deal *deal,
			int64_t minor, const char *code)
{
	struct str point = STR("");
	int64_t steps = steps_of(j, deal), n = steps ? steps : 1;
	size_t at = 0;
	for (int64_t i = 0; i < n; i++) {
		if (steps)
			next_step(j, deal, &at, &point);
		int64_t *sum = &place_of(p, point, code)->revenue;
		if (__builtin_add_overflow(*sum, share_of(p, minor, i, n), sum))
			die(STATUS_REFUSED, "the sum of the amounts is beyond what can be counted");
	}
}

static void add_deal(struct places *p, const struct journeys *j, const struct closed_deal *deal)
{
	struct str point = STR("");
	int64_t steps = steps_of(j, deal), n = steps ? steps : 1;
	size_t at = 0;
	for (int64_t i = 0; i < n; i++) {
		if (steps)
			next_step(j, deal, &at, &point);
		struct place *place = place_of(p, point, deal->currency);
		count_once(place, deal, (size_t)(deal - j->deals) + 1);
		place->credit += deal->won ? share_of(p, WIN, i, n) : 0;
	}
}

/* -- what the deals brought: their orders, else their amounts -- */

enum { O_DEAL, O_STATUS, O_DAY, O_LINE };

static void orders_sql(struct sql *q)
{
	sql_add(q, "select o.deal, o.status, o.ordered_on, l.amount, l.returned, l.quantity,"
		   " l.currency from \"order\" o left join order_line l on l.\"order\" = o.id"
		   " where o.deal is not null");
}

static struct str key_of(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof *id };
}

static void add_order_line(struct places *p, const struct journeys *j,
			   const struct closed_deal *deal, struct stmt *row)
{
	static const char *const sold[] = { "confirmed", "delivered", "returned", NULL };
	const struct value line[] = { stmt_value(row, O_LINE), stmt_value(row, O_LINE + 1),
				      stmt_value(row, O_LINE + 2), stmt_value(row, O_LINE + 3) };
	struct value ordered = stmt_value(row, O_DAY);
	const char *code;
	int64_t day, minor;
	if (is_one_of(stmt_value(row, O_STATUS).s, sold) && day_scan(ordered.s, &day) &&
	    study_sale(p->study, line, day, &minor, &code))
		add_revenue(p, j, deal, minor, code);
	arena_reset(&p->study->row);
}

/* Marks the deals that have orders. */
static void add_orders(struct places *p, struct journeys *j)
{
	struct sql q = { .arena = report_arena(p->study->job) };
	struct map won = { 0 };
	for (size_t i = 0; i < j->ndeals; i++)
		if (j->deals[i].chosen && j->deals[i].won)
			*map_at(&won, key_of(&j->deals[i].id)) = (int64_t)i;
	orders_sql(&q);
	struct stmt *rows = db_query(report_store(p->study->job)->db, &q);
	while (stmt_step(rows)) {
		int64_t id = stmt_value(rows, O_DEAL).i;
		const int64_t *number = map_find(&won, key_of(&id));
		if (!number)
			continue;
		j->deals[*number].amount = 0; /* the orders say */
		add_order_line(p, j, &j->deals[*number], rows);
	}
	stmt_close(rows);
	sql_free(&q);
	map_free(&won);
}

/* Touches of whom they may be. */
static void add_interactions(void *places, struct str point, int64_t n)
{
	struct places *p = places;
	place_of(p, point, p->house)->interactions += n;
}

/* whole: the touches that the journeys are made of are all that there are. */
static void add_deals(struct places *p, bool whole)
{
	struct journeys j = { .touched = whole ? add_interactions : NULL, .by = p };
	journeys_read(p->study, &j);
	add_orders(p, &j);
	for (size_t i = 0; i < j.ndeals; i++) {
		const struct closed_deal *deal = &j.deals[i];
		if (!deal->chosen)
			continue;
		add_deal(p, &j, deal);
		if (deal->won)
			add_revenue(p, &j, deal, deal->amount, deal->currency);
	}
	journeys_free(&j);
}

static bool besides(const struct job *j, struct sql *q, size_t i)
{
	bool deals = feed_reads(&j->feeds[0]); /* the first source */
	if (!i && deals)
		orders_sql(q);
	return deals && (!i || journeys_besides(j, q, i - 1));
}

/* -- what was touched -- */

static const char *const activity_paths[] = { "kind", "channel", NULL };
static const char *const event_paths[] = { "kind", NULL };
static const char *const lead_paths[] = { "channel", "source", NULL };

static void add_activity(void *places, const struct records *r, const struct value *v)
{
	struct str point = v[1].kind == V_TEXT ? v[1].s : v[0].s;
	(void)r;
	if (touch_of_activity(point))
		add_interactions(places, point, 1);
}

static void add_event(void *places, const struct records *r, const struct value *v)
{
	(void)r;
	if (touch_of_event(v[0].s))
		add_interactions(places, v[0].s, 1);
}

static void add_lead(void *places, const struct records *r, const struct value *v)
{
	struct places *p = places;
	const struct value *point = v[0].kind == V_TEXT ? &v[0] : &v[1];
	(void)r;
	place_of(p, point->kind == V_TEXT ? point->s : STR(""), p->house)->leads++;
}

/* -- the answer -- */

static const struct study_column columns[] = {
	{ "touchpoint", "Touchpoint", "Điểm chạm", .role = ROLE_DIMENSION, .word = touch_words },
	{ "interactions", "Interactions", "Số lần chạm", STUDY_FIGURE = UNIT_COUNT },
	{ "leads", "Leads", "Đầu mối", STUDY_FIGURE = UNIT_COUNT },
	{ "won", "Won", "Thắng", STUDY_FIGURE = UNIT_COUNT },
	{ "lost", "Lost", "Thua", STUDY_FIGURE = UNIT_COUNT },
	{ "win_rate", "Win rate", "Tỷ lệ thắng", STUDY_FIGURE = UNIT_SHARE },
	{ "credit", "Wins credited", "Số thắng được tính", STUDY_FIGURE = UNIT_CREDIT },
	{ "revenue", "Revenue", "Doanh thu", STUDY_FIGURE = UNIT_MONEY },
	{ "currency", "Currency", "Tiền tệ", .role = ROLE_CURRENCY },
};

static void put(const struct places *p, const struct place *at)
{
	bool all = study_reads(p->study, "activity") && study_reads(p->study, "event"),
	     deals = study_reads(p->study, "deal");
	struct str code = str_of(at->currency);
	struct value credit = value_int(at->credit);
	credit.scale = 4;
	const struct value row[] = {
		at->point.n ? value_text(at->point) : value_null(),
		all || at->interactions ? value_int(at->interactions) : value_null(),
		study_reads(p->study, "lead") ? value_int(at->leads) : value_null(),
		deals ? value_int(at->won) : value_null(),
		deals ? value_int(at->lost) : value_null(),
		study_ratio(at->won, at->won + at->lost),
		deals ? credit : value_null(),
		deals ? study_money(at->revenue, code) : value_null(),
		value_text(code),
	};
	study_put(p->study, row);
}

static int by_name(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int names = str_cmp(x->point, y->point);
	return names ? names : strcmp(x->currency, y->currency);
}

static enum model model_named(const char *name)
{
	static const char *const names[] = { "first", "last", "linear", "u" };
	size_t i = 0;
	while (strcmp(names[i], name) != 0)
		i++;
	return (enum model)i;
}

static void answer(struct places *p)
{
	bool whole = journeys_whole(p->study->job);
	if (study_reads(p->study, "deal"))
		add_deals(p, whole);
	if (!whole && study_reads(p->study, "activity"))
		records_each(p->study->job, "activity", activity_paths, add_activity, p);
	if (!whole && study_reads(p->study, "event"))
		records_each(p->study->job, "event", event_paths, add_event, p);
	if (study_reads(p->study, "lead"))
		records_each(p->study->job, "lead", lead_paths, add_lead, p);
	if (p->n)
		qsort(p->list, p->n, sizeof *p->list, by_name);
	study_begin(p->study, columns, countof(columns));
	for (size_t i = 0; i < p->n; i++)
		put(p, &p->list[i]);
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct str into = j->conversion.into;
	struct places p = {
		.study = &s,
		.house = into.n ? into.p : j->context->settings->currency,
		.model = model_named(report_option(j, "model")),
	};
	bool ok = study_plain(&s, false, false, true);
	if (ok)
		answer(&p);
	free(p.list);
	map_free(&p.known);
	buf_free(&p.key);
	arena_free(&p.arena);
	study_close(&s);
	return ok;
}

static const struct source sources[] = {
	{ "deal", "deal", DEALS_CLOSED, .time = { "closed_at" }, .reads = journey_paths },
	/* said so that no index of the status leads: nearly all are done */
	{ "activity", "activity", .where = "status not in (planned, missed, cancelled)",
	  .time = { "done_at" }, .apart = true, .reads = activity_paths },
	{ "event", "event", .time = { "at" }, .apart = true, .reads = event_paths },
	{ "lead", "lead", .where = "disqualify_reason != duplicate", .time = { "created_at" },
	  .apart = true, .reads = lead_paths },
};

static const struct report_option options[] = {
	{ "model", "WHAT", "whose a win is: first, last, linear (all alike) or u (40/20/40)",
	  "first last linear u", .def = "linear" },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "owner", { "owner", "owner", NULL, "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team", "owner.team", NULL, "owner.team" }, .vi = "Nhóm" },
	{ 0 },
};

const struct report report_touchpoints = {
	.name = "touchpoints",
	.title = "Touchpoints",
	.title_vi = "Điểm chạm",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.compute = compute,
	.each = true,
	.besides = besides,
	.asks = journeys_ask,
	.options = options,
	.main = "revenue",
	.sort = "-revenue",
	.chart = { CHART_BAR, .category = "touchpoint", .values = "revenue" },
	.definition =
	    "Touchpoints are the channels of done activities, else their kinds (not notes and\n"
	    "tasks), and the kinds of events (not email_sent, bounce, order, payment).\n"
	    "interactions: these, by done_at and `at`.  leads: by channel, else source, by\n"
	    "created_at, without duplicates.  won and lost: the deals closed in the time\n"
	    "(closed_at) with a touch of theirs before, each once a touchpoint; touches belong to\n"
	    "deals as in crm-report journey.  win_rate: won / (won + lost).  revenue: what the\n"
	    "won deals brought, as in crm-report sales (what their orders come to, or their\n"
	    "amount where no order is linked), whenever it was ordered; shared among the\n"
	    "touchpoints on their way, where the same one again and again is one step.  --model\n"
	    "first: all to the first step; last: to the last; linear: to all steps alike; u:\n"
	    "40 % each to the first and the last, 20 % to those between alike (of two, half\n"
	    "each).  Parts are cut to whole minor units so that they add up to the amount.\n"
	    "credit: one win, shared in the same way.  No touchpoint: nothing is known.  What has\n"
	    "no currency stands with the house's.  --by owner, team: of the activities, deals and\n"
	    "leads that each has now; events are nobody's: where there is no activity,\n"
	    "interactions are not known.",
};
