/* clv: what each customer was and will be worth; the models' parameters; how they hold out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/money.h"
#include "report/clv.h"

/* -- parameters -- */

static const struct study_column fit_columns[] = {
	{ "r", "r", "r", STUDY_FIGURE = UNIT_RATIO },
	{ "alpha", "alpha", "alpha", STUDY_FIGURE = UNIT_RATIO },
	{ "a", "a", "a", STUDY_FIGURE = UNIT_RATIO },
	{ "b", "b", "b", STUDY_FIGURE = UNIT_RATIO },
	{ "log_likelihood", "Log-likelihood", "Log hợp lý", STUDY_FIGURE = UNIT_RATIO },
	{ "p", "p", "p", STUDY_FIGURE = UNIT_RATIO },
	{ "q", "q", "q", STUDY_FIGURE = UNIT_RATIO },
	{ "v", "v", "v", STUDY_FIGURE = UNIT_RATIO },
	{ "gg_log_likelihood", "Log-likelihood of worth", "Log hợp lý giá trị",
	  STUDY_FIGURE = UNIT_RATIO },
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "repeat_customers", "Bought again", "Mua lại", STUDY_FIGURE = UNIT_COUNT },
};

static void put_fit(struct study *s, const struct clv *c)
{
	const struct bgnbd *m = &c->buying.model;
	const struct gamma_gamma *g = &c->worth.model;
	const struct value row[] = {
		study_decimal(m->r, 6),
		study_decimal(bgnbd_alpha_in(&c->buying, c->unit), 6),
		study_decimal(m->a, 6),
		study_decimal(m->b, 6),
		study_decimal(c->log_likelihood, 4),
		study_decimal(g->p, 6),
		study_decimal(g->q, 6),
		study_decimal(g->v, 6),
		study_decimal(c->worth.log_likelihood, 4),
		value_int((int64_t)c->buying.customers),
		value_int((int64_t)c->buying.repeat_customers),
	};
	s->out->single = true;
	study_begin(s, fit_columns, countof(fit_columns));
	study_put(s, row);
}

/* -- hold-out: those who bought x times again until then, and what came after -- */

static const struct study_column holdout_columns[] = {
	{ "repeat_purchases", "Bought again", "Mua lại", .role = ROLE_DIMENSION },
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "expected", "Expected", "Dự kiến", STUDY_FIGURE = UNIT_NUMBER },
	{ "actual", "Actual", "Thực tế", STUDY_FIGURE = UNIT_COUNT },
	{ "expected_each", "Expected each", "Dự kiến mỗi khách", STUDY_FIGURE = UNIT_RATIO },
	{ "actual_each", "Actual each", "Thực tế mỗi khách", STUDY_FIGURE = UNIT_RATIO },
};

enum { MANY = 7, HELD = MANY + 2 }; /* 0 … 6, 7 and more, all */

struct held_out {
	int64_t customers, actual;
	double expected;
};

/* The hold-out ends with the last purchase of all: what comes later nobody wrote down. */
static int64_t last_day(const struct clv *c)
{
	int64_t last = c->end;
	for (size_t i = 0; i < c->purchases->ncustomers; i++) {
		int64_t day = purchase_last(c->purchases, &c->purchases->customers[i])->day;
		last = day > last ? day : last;
	}
	return last;
}

static void hold_out(const struct clv *c, struct held_out held[HELD])
{
	const struct purchases *p = c->purchases;
	double days = (double)(last_day(c) - c->end);
	for (size_t i = 0; i < p->ncustomers; i++) {
		const struct customer *who = &p->customers[i];
		struct history h;
		if (!clv_history(c, who, c->end, &h))
			continue;
		size_t at[] = { h.x < MANY ? (size_t)h.x : MANY, MANY + 1 };
		for (size_t k = 0; k < countof(at); k++) {
			held[at[k]].customers++;
			held[at[k]].actual += (int64_t)who->n - h.x - 1;
			held[at[k]].expected += bgnbd_expected(&c->buying.model, &h, days);
		}
	}
}

static void put_held_out(struct study *s, const struct held_out *h, size_t x)
{
	char text[16];
	snprintf(text, sizeof text, x < MANY ? "%zu" : x == MANY ? "%zu+" : "all", x);
	const struct value row[] = {
		study_text(text),
		value_int(h->customers),
		study_decimal(h->expected, 1),
		value_int(h->actual),
		h->customers ? study_decimal(h->expected / (double)h->customers, 4) : value_null(),
		study_ratio(h->actual, h->customers),
	};
	study_put(s, row);
}

static bool put_holdout(struct study *s, const struct clv *c)
{
	struct held_out held[HELD] = { 0 };
	if (!c->calibrated)
		return diag_set(study_about(s->diag, "holdout"), NULL, "it needs --calibrate-to");
	if (last_day(c) == c->end)
		return diag_set(study_about(s->diag, "calibrate-to"), NULL,
				"nobody bought after that day");
	hold_out(c, held);
	study_begin(s, holdout_columns, countof(holdout_columns));
	for (size_t x = 0; x < HELD; x++)
		put_held_out(s, &held[x], x);
	return true;
}

/* -- customers -- */

static const struct study_column columns[] = {
	{ "id", "Customer", "Mã khách hàng", .role = ROLE_DIMENSION },
	{ "name", "Name", "Tên", .role = ROLE_DIMENSION },
	{ "purchases", "Purchases", "Số lần mua", STUDY_FIGURE = UNIT_COUNT },
	{ "first_on", "First", "Lần đầu", STUDY_FIGURE = UNIT_DAY },
	{ "last_on", "Last", "Lần cuối", STUDY_FIGURE = UNIT_DAY },
	{ "revenue", "Revenue", "Doanh thu", STUDY_FIGURE = UNIT_MONEY },
	{ "historic", "Margin so far", "Lợi nhuận đã có", STUDY_FIGURE = UNIT_MONEY },
	{ "p_alive", "Alive", "Còn mua", STUDY_FIGURE = UNIT_SHARE },
	{ "expected_purchases", "Expected purchases", "Số lần mua dự kiến",
	  STUDY_FIGURE = UNIT_RATIO },
	{ "expected_value", "Expected value", "Giá trị mỗi lần dự kiến",
	  STUDY_FIGURE = UNIT_MONEY },
	{ "future", "Future margin", "Lợi nhuận dự kiến", STUDY_FIGURE = UNIT_MONEY },
	{ "clv", "CLV", "Giá trị vòng đời", STUDY_FIGURE = UNIT_MONEY },
	{ "currency", "Currency", "Tiền tệ", .role = ROLE_CURRENCY },
	{ "margin_known", "Margin known", "Biết lợi nhuận", STUDY_FIGURE = UNIT_SHARE },
};

enum { MONTHS_MAX = 1200 };

struct outlook {
	double days[MONTHS_MAX + 1];  /* from today to the end of each month of the horizon */
	double worth[MONTHS_MAX + 1]; /* of money then, today */
	size_t n;
	double margin_rate; /* of what they will buy; NaN: not known */
	double assumed; /* of what they bought at an unknown cost; NaN: --margin was not given */
	double unit;	/* minor units in a major one */
};

/* "12mo" "26w" "12 months": the day so far ahead. */
static bool parse_horizon(const char *text, int64_t today, int64_t *until, struct diag *d)
{
	static const struct {
		const char *names;
		int days, months;
	} units[] = { { " d day days ", 1, 0 },
		      { " w week weeks ", 7, 0 },
		      { " mo month months ", 0, 1 },
		      { " q quarter quarters ", 0, 3 },
		      { " y year years ", 0, 12 } };
	struct str s = str_trim(str_of(text));
	size_t digits = strspn(s.p, "0123456789");
	int64_t n;
	struct str unit = str_trim(str_sub(s, digits, s.n));
	struct str word = arena_printf(&d->arena, " %.*s ", (int)unit.n, unit.p);
	for (size_t i = 0; unit.n && i < countof(units); i++) {
		if (!strstr(units[i].names, word.p) || !str_int(str_sub(s, 0, digits), &n) ||
		    n < 1 || n > 36500)
			continue;
		*until = units[i].days ? today + n * units[i].days
				       : day_add_months(today, n * units[i].months);
		return *until <= day_add_months(today, MONTHS_MAX) ||
		       diag_set(study_about(d, "horizon"), NULL, "more than 100 years");
	}
	return diag_set(study_about(d, "horizon"), NULL,
			"%s is no time such as 12mo, 26w, 90d or 1y",
			quoted(str_of(text), &d->arena));
}

/* Of all purchases whose cost is known, or assumed. */
static double margin_rate(const struct purchases *p, double assumed)
{
	double margin = 0, revenue = 0;
	for (size_t i = 0; i < p->n; i++) {
		double unknown = (double)(p->list[i].revenue - p->list[i].known);
		margin += (double)p->list[i].margin;
		revenue += (double)p->list[i].known;
		if (!isnan(assumed)) {
			margin += unknown * assumed;
			revenue += unknown;
		}
	}
	return revenue > 0 ? margin / revenue : NAN;
}

static bool look_out(const struct study *s, const struct clv *c, struct outlook *o)
{
	double rate = 0, margin = NAN;
	int64_t until = c->today;
	*o = (struct outlook){ .unit = pow(10, currency_digits(c->purchases->currency)) };
	if (!study_number(s, "discount", 0, 1000, &rate) ||
	    !study_number(s, "margin", -100, 100, &margin) ||
	    !parse_horizon(report_option(s->job, "horizon"), c->today, &until, s->diag))
		return false;
	for (int month = 1; o->n < MONTHS_MAX + 1; month++) {
		int64_t day = day_add_months(c->today, month);
		double days = (double)((day < until ? day : until) - c->today);
		o->days[o->n] = days;
		o->worth[o->n++] = pow(1 + rate / 100, -days / 365.25);
		if (day >= until)
			break;
	}
	o->assumed = margin / 100;
	o->margin_rate = margin_rate(c->purchases, o->assumed);
	if (isnan(o->margin_rate))
		warn("no purchase's cost is known: --margin PERCENT says what is earned");
	return true;
}

struct worth {
	const struct customer *who;
	double alive, purchases, value; /* value: of a purchase, in minor units */
	double historic, future;	/* minor units; NaN: not known */
	double unranked;		/* by what they rank whose margin is not known */
	int64_t revenue, known;
};

static struct worth worth_of(const struct clv *c, const struct outlook *o,
			     const struct customer *who)
{
	struct history h = { 0 };
	struct worth w = { .who = who };
	double before = 0, discounted = 0;
	for (size_t i = 0; i < who->n; i++) {
		const struct purchase *p = &c->purchases->list[who->first + i];
		int64_t unknown = p->revenue - p->known;
		w.revenue += p->revenue;
		w.known += p->known;
		w.historic += (double)p->margin + (unknown ? (double)unknown * o->assumed : 0);
	}
	clv_history(c, who, c->today, &h);
	w.alive = bgnbd_alive(&c->buying.model, &h);
	for (size_t i = 0; i < o->n; i++, before = w.purchases) {
		w.purchases = bgnbd_expected(&c->buying.model, &h, o->days[i]);
		discounted += (w.purchases - before) * o->worth[i];
	}
	double m = fmax(0, clv_worth(c, who, &h));
	w.value = gamma_gamma_expected(&c->worth.model, m > 0 ? h.x : 0, m) * o->unit;
	w.future = discounted * w.value * o->margin_rate;
	w.unranked = (double)w.revenue + discounted * w.value;
	return w;
}

static int falling(double x, double y)
{
	return isnan(x) || isnan(y) ? isnan(x) - isnan(y) : (x < y) - (x > y);
}

/* The most valuable first; those of whom it is not known last. */
static int by_value(const void *a, const void *b)
{
	const struct worth *x = a, *y = b;
	int order = falling(x->historic + x->future, y->historic + y->future);
	if (!order)
		order = falling(x->unranked, y->unranked);
	return order ? order : x->who < y->who ? -1 : 1;
}

static struct value amount(double minor, struct str currency)
{
	struct value v = study_decimal(minor, 0);
	v.scale = (uint8_t)currency_digits(currency);
	return v;
}

static void put_worth(struct study *s, const struct clv *c, const struct worth *w)
{
	struct str code = c->purchases->currency;
	const struct value row[] = {
		study_ref(s, w->who->entity, w->who->id),
		study_name(s, w->who->entity, w->who->id),
		value_int((int64_t)w->who->n),
		study_of_day(s, purchase_first(c->purchases, w->who)->day),
		study_of_day(s, purchase_last(c->purchases, w->who)->day),
		study_money(w->revenue, code),
		amount(w->historic, code),
		study_decimal(w->alive, 4),
		study_decimal(w->purchases, 4),
		amount(w->value, code),
		amount(w->future, code),
		amount(w->historic + w->future, code),
		value_text(code),
		study_ratio(w->known, w->revenue),
	};
	study_put(s, row);
}

static bool put_customers(struct study *s, const struct clv *c)
{
	struct outlook o;
	const struct purchases *p = c->purchases;
	if (!look_out(s, c, &o))
		return false;
	struct worth *all = xcalloc(p->ncustomers, sizeof *all);
	for (size_t i = 0; i < p->ncustomers; i++)
		all[i] = worth_of(c, &o, &p->customers[i]);
	qsort(all, p->ncustomers, sizeof *all, by_value);
	study_begin(s, columns, countof(columns));
	for (size_t i = 0; i < p->ncustomers; i++)
		put_worth(s, c, &all[i]);
	free(all);
	return true;
}

/* -- the report -- */

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	static const char *const flags[] = { "fit", "holdout" };
	struct study s = { .job = j, .out = out, .diag = d };
	struct clv c = { 0 };
	bool ok = study_plain(&s, false, false, false) && study_one_of(&s, flags, countof(flags)) &&
		  clv_open(&s, &c);
	if (ok && study_on(&s, "fit"))
		put_fit(&s, &c);
	else if (ok)
		ok = study_on(&s, "holdout") ? put_holdout(&s, &c) : put_customers(&s, &c);
	clv_close(&c);
	study_close(&s);
	return ok;
}

static const struct source sources[] = { PURCHASE_SOURCES };

static const struct report_option options[] = {
	PURCHASE_OPTION,
	{ "fit", NULL, "print the models' parameters, not the customers", .flag = true },
	{ "holdout", NULL,
	  "print what --calibrate-to led to expect and what came, not the customers",
	  .flag = true },
	{ "calibrate-to", "DATE", "learn from the purchases up to that day, included", NULL,
	  .def = NULL },
	{ "unit", "UNIT", "of the parameters' times", "day week month year", .def = "week" },
	{ "horizon", "TIME", "how far to look ahead, such as 26w (12mo)", NULL, .def = "12mo" },
	{ "discount", "PERCENT", "what money is worth less a year later (10)", NULL, .def = "10" },
	{ "margin", "PERCENT", "earned of revenue whose cost is not known", NULL, .def = NULL },
	{ 0 },
};

const struct report report_clv = {
	.name = "clv",
	.title = "Customer lifetime value",
	.title_vi = "Giá trị vòng đời khách hàng",
	.sources = sources,
	.nsources = countof(sources),
	.compute = compute,
	.options = options,
	.chart = { CHART_BAR, .category = "name", .values = "historic future" },
	.definition =
	    "Each customer, the most valuable first.  " PURCHASE_DEFINITION "\n"
	    "historic: the margin of all purchases so far; empty where the cost of one is not\n"
	    "known, unless --margin says what share of revenue is earned then.  margin_known: the\n"
	    "share of the revenue whose cost is known.  p_alive: the chance that they still buy,\n"
	    "and expected_purchases: the days within --horizon (12mo) on which they will, by the\n"
	    "BG/NBD model (Fader, Hardie, Lee 2005); expected_value: net revenue of one, by the\n"
	    "Gamma-Gamma model; the parameters are the likeliest ones, learnt from all purchases,\n"
	    "or from those up to --calibrate-to, included; fewer than 100 customers who bought\n"
	    "again are refused.  future: expected purchases x expected value x margin rate (of\n"
	    "all purchases whose cost is known), month by month, each discounted from its end by\n"
	    "--discount (10) percent a year.  clv: historic + future.\n"
	    "--fit: the parameters; r alpha a b of BG/NBD, times in --unit (week; a month is\n"
	    "365.25 / 12 days) until today, --to or --calibrate-to, of the days on which customers\n"
	    "bought after the first; p q v of Gamma-Gamma, of the mean net revenue of such a day,\n"
	    "in the currency's major unit.\n"
	    "--holdout: of those who bought so many times again up to --calibrate-to, what was\n"
	    "expected of them from then to the last purchase of all, and what they bought.",
};
