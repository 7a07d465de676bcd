/*
 * trend: figures of the last whole period that are far from what they usually are: from the
 * median of the `history` periods before, by more than `deviations` times their robust standard
 * deviation (1.4826 x the median of the distances from the median; Hampel 1974), and by `change`
 * percent of it or more.  A median of 0 tells nothing: half of the periods had nothing.
 *
 * Of customers it is what they bought (purchases.h); of owners, teams and products what was sold
 * as crm-report sales has it; of owners and teams leads that came in and calls that were made.
 */
#include <math.h>
#include <stdlib.h>

#include "report/alert_impl.h"
#include "report/sold.h"

/* clang-format off */
const struct alert_figure alert_trend_figures[] = {
	{ "measure", "Measure", "Chỉ số", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "team", "Team", "Nhóm", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "from_day", "From", "Từ ngày", ROLE_FIGURE, UNIT_DAY, NULL },
	{ "actual", "Actual", "Thực hiện", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ "usual", "Usual", "Thường lệ", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ "change", "Change", "Thay đổi", ROLE_FIGURE, UNIT_SHARE, NULL },
	{ "deviations", "Deviations", "Số độ lệch", ROLE_FIGURE, UNIT_NUMBER, NULL },
	{ 0 },
};
/* clang-format on */

enum { MEASURE, TEAM, FROM_DAY, ACTUAL, USUAL, CHANGE, DEVIATIONS };

enum { HISTORY_MAX = 100 };

struct trends {
	struct alerting *x;
	enum period period;
	size_t n;			/* periods: the history, and the last whole one */
	int64_t start[HISTORY_MAX + 2]; /* their first days, and the one behind them */
	double deviations, change;
};

/* What is compared: the figures of one subject, in minor units or counts. */
struct series {
	const char *measure;
	struct str currency;   /* empty: counts */
	const double *figures; /* n of them */
};

static void plan(struct trends *t)
{
	struct alerting *x = t->x;
	const char *period = alert_words(x->config, ALERT_TREND, "period");
	t->n = (size_t)alert_least(x, ALERT_TREND, "history") + 1;
	t->deviations = alert_least(x, ALERT_TREND, "deviations");
	t->change = alert_least(x, ALERT_TREND, "change");
	period_parse(str_of(period), &t->period);
	t->start[t->n] = period_start(x->today, t->period);
	for (size_t i = t->n; i-- > 0;)
		t->start[i] = period_start(t->start[i + 1] - 1, t->period);
}

static bool of(const struct trends *t, const char *whose)
{
	return alert_has_word(t->x->config, ALERT_TREND, "of", whose);
}

static bool measured(const struct trends *t, const char *measure)
{
	return alert_has_word(t->x->config, ALERT_TREND, "measures", measure);
}

/* -- far from usual -- */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *list, size_t n)
{
	qsort(list, n, sizeof *list, by_size);
	return (list[(n - 1) / 2] + list[n / 2]) / 2;
}

struct departure {
	double usual, change, deviations; /* NAN: all the same before */
};

static bool departs(const struct trends *t, const double *figures, struct departure *d)
{
	double list[HISTORY_MAX], now = figures[t->n - 1];
	size_t n = t->n - 1;
	memcpy(list, figures, n * sizeof *list);
	d->usual = median(list, n);
	if (d->usual <= 0)
		return false;
	for (size_t i = 0; i < n; i++)
		list[i] = fabs(figures[i] - d->usual);
	double sigma = 1.4826 * median(list, n);
	d->change = (now - d->usual) / d->usual;
	d->deviations = sigma > 0 ? (now - d->usual) / sigma : NAN;
	return fabs(now - d->usual) > t->deviations * sigma && d->change != 0 &&
	       100 * fabs(d->change) >= t->change;
}

static struct value figure(const struct series *s, double n)
{
	struct value v = study_decimal(n, 0);
	v.scale = s->currency.n ? (uint8_t)currency_digits(s->currency) : 0;
	return v;
}

static const char *amount(struct alerting *x, const struct series *s, double n)
{
	return s->currency.n ? alert_money(x, llround(n), s->currency) : alert_decimal(x, n, 0);
}

static const char *measure_word(const struct alerting *x, const char *measure)
{
	const struct picklist *all = schema_picklist(&x->store->schema, "target_figure.measure");
	return key_label(all, str_of(measure), x->language).p;
}

/* team: whose figures they are, where they are put to somebody who leads it. */
static void tell(struct trends *t, const struct entity *e, const struct alert_subject *about,
		 const struct alert_subject *team, const struct series *s)
{
	struct alerting *x = t->x;
	struct departure d;
	struct value *f;
	double now = s->figures[t->n - 1];
	if (!departs(t, s->figures, &d))
		return;
	struct alert *a = alert_add(x, ALERT_TREND, e, about, &f);
	struct str from = day_print(t->start[t->n - 1], x->arena);
	bool up = d.change > 0;
	a->topic =
	    arena_printf(x->arena, "%s %s%s%s%s%s", s->measure, from.p, s->currency.n ? " " : "",
			 s->currency.p, team ? " " : "", team ? team->name.p : "");
	f[MEASURE] = value_text(str_of(s->measure));
	f[TEAM] = team ? value_text(team->name) : value_null();
	f[FROM_DAY] = value_text(from);
	f[ACTUAL] = figure(s, now);
	f[USUAL] = figure(s, d.usual);
	f[CHANGE] = study_decimal(d.change, 4);
	f[DEVIATIONS] = study_decimal(d.deviations, 1);
	alert_score(a, 100 * fabs(d.change));
	alert_value(a, fabs(now - d.usual), s->currency);
	a->evidence = SAY(x, "%s%s%s since %s: %s, %s%% %s than usual (%s)",
			  "%s%s%s từ %s: %s, %s%% %s thường lệ (%s)", team ? team->name.p : "",
			  team ? ", " : "", measure_word(x, s->measure), from.p, amount(x, s, now),
			  alert_decimal(x, 100 * fabs(d.change), 0),
			  WORDS(x, up ? "more" : "less", up ? "cao hơn" : "thấp hơn").p,
			  amount(x, s, d.usual));
	a->suggestion = up ? WORDS(x, "find out what went well, and do more of it",
				   "tìm hiểu điều gì đang tốt và làm thêm")
			   : WORDS(x, "find out what has changed", "tìm hiểu điều gì đã thay đổi");
}

/* -- customers -- */

static void look_at_customer(struct trends *t, const struct purchases *p,
			     const struct customer *who, double *figures)
{
	const struct alert_subject *about;
	for (size_t i = 0; i < t->n; i++)
		figures[i] = (double)alert_revenue(p, who, t->start[i], t->start[i + 1] - 1);
	if (purchase_last(p, who)->day >= t->start[0] &&
	    (about = alert_subject(t->x, who->entity, who->id)))
		tell(t, who->entity, about, NULL,
		     &(struct series){ "revenue", p->currency, figures });
}

static bool look_at_customers(struct trends *t)
{
	struct alerting *x = t->x;
	double figures[HISTORY_MAX + 1];
	if (!alert_log(x))
		return false;
	for (size_t i = 0; i < x->log.n; i++)
		for (size_t k = 0; k < x->log.of[i].ncustomers; k++)
			look_at_customer(t, &x->log.of[i], &x->log.of[i].customers[k], figures);
	return true;
}

/* -- owners, teams, products: what a report counts -- */

static const struct source sold_sources[] = {
	{ "order", "order_line", .where = SOLD_LINES, .time = { "order.ordered_on" } },
	{ "deal", "deal", DEALS_WON, .time = { "closed_at" }, .unless = SOLD_ELSEWHERE },
};
static const struct dimension sold_dimensions[] = {
	{ "owner", { "order.owner.id", "won_by.id" }, .vi = NULL },
	{ "team", { "order.owner.team.id", "won_by.team.id" }, .vi = NULL },
	{ "product", { "product.id", "" }, .vi = NULL },
	{ 0 },
};
static const struct measure sold_measures[] = {
	{ "figure", .unit = UNIT_MONEY, .how = HOW_SUM,
	  .from = { { "order", SOLD_AMOUNT },
		    { "deal", .in = { "amount" }, .take = take_number } } },
};

static const struct source lead_sources[] = {
	{ "lead", "lead", .where = "disqualify_reason != duplicate", .time = { "created_at" } },
};
static const struct source call_sources[] = {
	{ "call", "activity", .where = "kind = call and status = done", .time = { "done_at" } },
};
static const struct dimension owner_dimensions[] = {
	{ "owner", { "owner.id" }, .vi = NULL },
	{ "team", { "owner.team.id" }, .vi = NULL },
	{ 0 },
};
static const struct measure count_measures[] = { { "figure", .unit = UNIT_COUNT } };

#define COUNTS(of_, dimensions_, measures_)                                                        \
	{                                                                                          \
		.name = "trend", .sources = of_, .nsources = countof(of_),                         \
		.dimensions = dimensions_, .measures = measures_, .nmeasures = countof(measures_), \
		.main = "figure"                                                                   \
	}
static const struct report revenue = COUNTS(sold_sources, sold_dimensions, sold_measures);
static const struct report leads = COUNTS(lead_sources, owner_dimensions, count_measures);
static const struct report calls = COUNTS(call_sources, owner_dimensions, count_measures);

/* Of the users, teams or products that a column names: for each, and currency, all periods. */
struct gathered {
	const char *whose;
	struct map at; /* id and currency → number of the series + 1 */
	struct gathered_series {
		int64_t id;
		struct str currency;
		double *figures;
	} * list;
	size_t n, room;
};

/* Takes the rows of such a report, whose first columns say whose they are. */
enum { WHOSE_MAX = 3 };
struct gathering {
	struct answer answer; /* the first */
	struct trends *t;
	struct gathered of[WHOSE_MAX];
	size_t n;
	size_t period, figure, currency; /* columns; all there are: there is none */
};

static double *figures_at(const struct trends *t, struct gathered *g, int64_t id,
			  struct str currency)
{
	struct arena *a = t->x->arena;
	struct str key = arena_printf(a, "%lld %.*s", (long long)id, (int)currency.n, currency.p);
	int64_t *number = map_at(&g->at, key);
	if (!*number) {
		g->list = xgrow(g->list, g->n, &g->room, sizeof *g->list);
		g->list[g->n] = (struct gathered_series){ id, arena_str(a, currency),
							  arena_new(a, double, t->n) };
		*number = (int64_t)++g->n;
	}
	return g->list[*number - 1].figures;
}

static void begin_gathering(struct answer *a)
{
	struct gathering *g = (struct gathering *)a;
	g->period = answer_column(a, STR("period"));
	g->figure = answer_column(a, STR("figure"));
	g->currency = answer_column(a, STR("currency"));
}

static void gather(struct answer *a, const struct value *v, bool total)
{
	struct gathering *g = (struct gathering *)a;
	const struct trends *t = g->t;
	struct str currency = g->currency < a->n ? v[g->currency].s : STR("");
	int64_t day;
	size_t i = 0;
	if (total || v[g->period].kind != V_TEXT || v[g->figure].kind != V_INT ||
	    !day_scan(v[g->period].s, &day))
		return;
	while (i < t->n && t->start[i] != day)
		i++;
	for (size_t k = 0; i < t->n && k < g->n; k++)
		if (v[k].kind == V_INT)
			figures_at(t, &g->of[k], v[k].i, currency)[i] += (double)v[g->figure].i;
}

static void tell_gathered(struct trends *t, const struct gathered *g, const char *measure)
{
	struct alerting *x = t->x;
	bool teams = !strcmp(g->whose, "team"), users = !strcmp(g->whose, "owner");
	const struct entity *e =
	    schema_entity(&x->store->schema, users ? STR("user") : str_of(g->whose));
	for (size_t i = 0; i < g->n; i++) {
		const struct gathered_series *one = &g->list[i];
		const struct alert_subject *about = alert_subject(x, e, one->id), *to = about;
		const struct entity *whom = e;
		if (about && teams)
			to = alert_leader(x, about, &whom);
		if (about)
			tell(t, whom, to, teams ? about : NULL,
			     &(struct series){ measure, one->currency, one->figures });
	}
}

/* whose: those of `of` that are asked for, up to WHOSE_MAX, are counted in one pass. */
static bool look_at(struct trends *t, const struct report *r, const char *measure,
		    const char *const whose[])
{
	struct alerting *x = t->x;
	struct gathering g = { .answer = { .begin = begin_gathering, .row = gather }, .t = t };
	struct report_options o = {
		.by = "",
		.period = alert_words(x->config, ALERT_TREND, "period"),
		.from = day_print(t->start[0], x->arena).p,
		.to = day_print(t->start[t->n], x->arena).p,
		.now = x->asked->now,
	};
	for (; *whose; whose++)
		if (of(t, *whose)) {
			o.by = arena_printf(x->arena, "%s%s%s", o.by, g.n ? "," : "", *whose).p;
			g.of[g.n++].whose = *whose;
		}
	if (!g.n)
		return true;
	struct job *job = report_open(x->store, r, &o, x->asked->context, x->diag);
	bool ok = job && report_run(job, &g.answer, x->diag);
	for (size_t k = 0; k < g.n; k++) {
		if (ok)
			tell_gathered(t, &g.of[k], measure);
		map_free(&g.of[k].at);
		free(g.of[k].list);
	}
	report_close(job);
	return ok;
}

bool alerts_of_trend(struct alerting *x)
{
	static const char *const all[] = { "owner", "team", "product", NULL };
	static const char *const people[] = { "owner", "team", NULL }, *const *goods = all + 2;
	struct trends t = { .x = x };
	if (!alert_on(x, ALERT_TREND))
		return true;
	plan(&t);
	return (!of(&t, "customer") || look_at_customers(&t)) &&
	       look_at(&t, &revenue, "revenue", measured(&t, "revenue") ? all : goods) &&
	       (!measured(&t, "leads") || look_at(&t, &leads, "leads", people)) &&
	       (!measured(&t, "calls") || look_at(&t, &calls, "calls", people));
}
