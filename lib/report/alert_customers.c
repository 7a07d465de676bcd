/*
 * due_reorder: by their own rhythm they would have bought again, and they have not lapsed yet
 * (rhythm.h).  churn_risk: who bought often and much, and hardly comes back: by the chance that
 * they still buy (BG/NBD, lifetime.h), or, where too few customers bought again to fit the model,
 * by how many of their own intervals have passed.
 */
#include <math.h>
#include <stdlib.h>

#include "report/alert_impl.h"
#include "report/lifetime.h"

/* clang-format off */
#define RHYTHM_FIGURES                                                                  \
	{ "purchases", "Purchases", "Số lần mua", ROLE_FIGURE, UNIT_COUNT, NULL },      \
	{ "last_on", "Last", "Lần cuối", ROLE_FIGURE, UNIT_DAY, NULL },                 \
	{ "days_ago", "Days ago", "Số ngày trước", ROLE_FIGURE, UNIT_COUNT, NULL },     \
	{ "usual_days", "Usual days", "Số ngày thường lệ", ROLE_FIGURE, UNIT_NUMBER, NULL }
/* clang-format on */

enum { PURCHASES, LAST_ON, DAYS_AGO, USUAL_DAYS, OVERDUE_DAYS, P_ALIVE = OVERDUE_DAYS };

const struct alert_figure alert_rhythm_figures[] = {
	RHYTHM_FIGURES,
	{ "overdue_days", "Overdue days", "Số ngày quá hạn", ROLE_FIGURE, UNIT_COUNT, NULL },
	{ 0 },
};

const struct alert_figure alert_churn_figures[] = {
	RHYTHM_FIGURES,
	{ "p_alive", "Alive", "Còn mua", ROLE_FIGURE, UNIT_SHARE, NULL },
	{ 0 },
};

static struct alert *add(struct alerting *x, enum alert_number kind, const struct customer *who,
			 const struct alert_subject *about, const struct rhythm *r,
			 struct value **f)
{
	const struct purchases *p = x->rhythms.purchases;
	struct alert *a = alert_add(x, kind, who->entity, about, f);
	a->topic = day_print(purchase_last(p, who)->day, x->arena);
	(*f)[PURCHASES] = value_int((int64_t)who->n);
	(*f)[LAST_ON] = value_text(a->topic);
	(*f)[DAYS_AGO] = value_int(r->ago);
	(*f)[USUAL_DAYS] = study_decimal(r->median, 1);
	return a;
}

/* -- due to reorder -- */

/* What a purchase of theirs comes to: the median, in the currency of the last one. */
static void value_purchase(struct alerting *x, struct alert *a)
{
	const struct customer *who;
	const struct purchases *p = alert_purse(x, a->entity, a->id, &who);
	if (!p)
		return;
	int64_t *amounts = xcalloc(who->n, sizeof *amounts);
	for (size_t i = 0; i < who->n; i++)
		amounts[i] = p->list[who->first + i].revenue;
	qsort(amounts, who->n, sizeof *amounts, int64_cmp);
	double low = (double)amounts[(who->n - 1) / 2], high = (double)amounts[who->n / 2];
	alert_value(a, (low + high) / 2, p->currency);
	free(amounts);
}

static void due(struct alerting *x, const struct customer *who, const struct rhythm *r)
{
	double factor = alert_least(x, ALERT_DUE_REORDER, "factor");
	const struct alert_subject *about;
	struct value *f;
	if ((double)who->n < alert_least(x, ALERT_DUE_REORDER, "least") || r->state != RHYTHM_DUE ||
	    (double)r->ago < factor * r->median ||
	    !(about = alert_subject(x, who->entity, who->id)))
		return;
	struct alert *a = add(x, ALERT_DUE_REORDER, who, about, r, &f);
	const char *usual = alert_days(x, r->median);
	f[OVERDUE_DAYS] = value_int(x->today - r->due);
	alert_score(a, 50 * (double)r->ago / r->median);
	value_purchase(x, a);
	a->evidence = SAY(x, "bought %zu times, every %s; the last time was %s ago",
			  "đã mua %zu lần, cứ %s một lần; lần cuối cách đây %s", who->n, usual,
			  alert_days(x, (double)r->ago));
	a->suggestion =
	    WORDS(x, "call and offer to repeat the order", "gọi và đề nghị đặt hàng lại");
}

/* -- churn -- */

struct churn {
	struct alerting *x;
	bool fitted;
	struct bgnbd_fit fit;
	int64_t *good; /* revenue from which on a customer is good, by currency */
};

static struct history history_of(const struct rhythms *r, const struct customer *who)
{
	int32_t first = purchase_first(r->purchases, who)->day;
	return (struct history){ .x = (int32_t)who->n - 1,
				 .tx = purchase_last(r->purchases, who)->day - first,
				 .T = (int32_t)r->today - first };
}

static void fit(struct churn *c)
{
	const struct rhythms *r = &c->x->rhythms;
	size_t n = r->purchases->ncustomers;
	struct history *all = xcalloc(n + 1, sizeof *all);
	struct diag few = { 0 };
	for (size_t i = 0; i < n; i++)
		all[i] = history_of(r, &r->purchases->customers[i]);
	c->fitted = bgnbd_fit(all, n, &c->fit, &few);
	diag_free(&few);
	free(all);
}

/* The revenue of the least of the best `top` percent of the customers of that currency. */
static int64_t good_revenue(const struct purchases *p, double top)
{
	int64_t *all = xcalloc(p->ncustomers + 1, sizeof *all);
	size_t best = (size_t)ceil((double)p->ncustomers * top / 100 - 1e-9);
	for (size_t i = 0; i < p->ncustomers; i++)
		all[i] = alert_revenue(p, &p->customers[i], INT64_MIN, INT64_MAX);
	qsort(all, p->ncustomers, sizeof *all, int64_cmp);
	int64_t least = all[p->ncustomers - (best ? best : 1)];
	free(all);
	return least;
}

/* Of their currency; what they brought in the year up to the last purchase is at stake. */
static bool is_good(const struct churn *c, const struct customer *who, const struct purchases **p,
		    int64_t *year)
{
	const struct alerting *x = c->x;
	const struct customer *buyer;
	*p = alert_purse(x, who->entity, who->id, &buyer);
	if (!*p || alert_revenue(*p, buyer, INT64_MIN, INT64_MAX) < c->good[*p - x->log.of])
		return false;
	int64_t last = purchase_last(*p, buyer)->day;
	*year = alert_revenue(*p, buyer, day_add_months(last, -12) + 1, last);
	return true;
}

/* Whether they are going, and how surely. */
static bool is_going(const struct churn *c, const struct customer *who, const struct rhythm *r,
		     double *alive, double *score)
{
	const struct alerting *x = c->x;
	const struct history h = history_of(&x->rhythms, who);
	*alive = c->fitted ? bgnbd_alive(&c->fit.model, &h) : NAN;
	double factor = alert_least(x, ALERT_CHURN_RISK, "factor") * r->median;
	*score = c->fitted ? 100 * (1 - *alive) : 50 * (double)r->ago / factor;
	return c->fitted ? *alive < alert_least(x, ALERT_CHURN_RISK, "alive") / 100
			 : (double)r->ago > factor && (double)r->ago > x->rhythms.p90;
}

static void at_risk(struct churn *c, const struct customer *who, const struct rhythm *r)
{
	struct alerting *x = c->x;
	const struct alert_subject *about;
	const struct purchases *p;
	double alive, score;
	int64_t year;
	struct value *f;
	if ((double)who->n < alert_least(x, ALERT_CHURN_RISK, "least") ||
	    (double)r->ago > alert_least(x, ALERT_CHURN_RISK, "within") ||
	    !is_going(c, who, r, &alive, &score) || !is_good(c, who, &p, &year) ||
	    !(about = alert_subject(x, who->entity, who->id)))
		return;
	struct alert *a = add(x, ALERT_CHURN_RISK, who, about, r, &f);
	const char *usual = alert_days(x, r->median);
	f[P_ALIVE] = study_decimal(alive, 4);
	alert_score(a, score);
	alert_value(a, (double)year, p->currency);
	struct str silent = SAY(x, "bought %zu times, every %s, and not for %s now",
				"đã mua %zu lần, cứ %s một lần, nay đã %s không mua", who->n, usual,
				alert_days(x, (double)r->ago));
	a->evidence = isnan(alive) ? silent
				   : SAY(x, "%s; the chance that they still buy is %.0f%%",
					 "%s; khả năng còn mua là %.0f%%", silent.p, 100 * alive);
	a->suggestion =
	    WORDS(x, "call, ask why, and win them back", "gọi hỏi vì sao và mời quay lại");
}

static bool find_churn(struct alerting *x)
{
	const struct purchases *p = x->rhythms.purchases;
	struct churn c = { .x = x };
	fit(&c);
	c.good = xcalloc(x->log.n + 1, sizeof *c.good);
	for (size_t i = 0; i < x->log.n; i++)
		c.good[i] = good_revenue(&x->log.of[i], alert_least(x, ALERT_CHURN_RISK, "top"));
	for (size_t i = 0; i < p->ncustomers; i++) {
		struct rhythm r = rhythm_of(&x->rhythms, &p->customers[i]);
		if (r.known)
			at_risk(&c, &p->customers[i], &r);
	}
	free(c.good);
	return true;
}

bool alerts_of_customers(struct alerting *x)
{
	bool dues = alert_on(x, ALERT_DUE_REORDER), churns = alert_on(x, ALERT_CHURN_RISK);
	if (!dues && !churns)
		return true;
	if (!alert_log(x) || !alert_rhythms(x))
		return false;
	const struct purchases *p = x->rhythms.purchases;
	for (size_t i = 0; p && dues && i < p->ncustomers; i++) {
		struct rhythm r = rhythm_of(&x->rhythms, &p->customers[i]);
		if (r.known)
			due(x, &p->customers[i], &r);
	}
	return !p || !churns || find_churn(x);
}
