/*
 * falling_margin: customers who bring less of what they pay than they used to.  The rate of this
 * quarter (margin / revenue of the purchases whose cost is known) is `drop` points or more below
 * that of the four quarters before, or below `floor` percent.  Quarters with hardly a purchase
 * (`revenue` percent of the customer's usual one) say nothing.
 */
#include "report/alert_impl.h"

const struct alert_figure alert_margin_figures[] = {
	{ "revenue", "Revenue", "Doanh thu", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ "margin_rate", "Margin rate", "Tỷ suất lợi nhuận", ROLE_FIGURE, UNIT_SHARE, NULL },
	{ "usual_margin_rate", "Usual margin rate", "Tỷ suất thường lệ", ROLE_FIGURE, UNIT_SHARE,
	  NULL },
	{ 0 },
};

enum { REVENUE, RATE, USUAL, BEFORE = 4 /* quarters */ };

/* Of the purchases whose cost is known. */
struct earned {
	double revenue, margin;
	int64_t n;
};

static double rate(const struct earned *e)
{
	return e->revenue > 0 ? e->margin / e->revenue : 0;
}

static struct earned earned_in(const struct purchases *p, const struct customer *who, int64_t from,
			       int64_t end)
{
	struct earned e = { 0 };
	for (size_t i = 0; i < who->n; i++) {
		const struct purchase *one = &p->list[who->first + i];
		if (one->day < from || one->day >= end || !one->known)
			continue;
		e.revenue += (double)one->known;
		e.margin += (double)one->margin;
		e.n++;
	}
	return e;
}

struct margins {
	struct alerting *x;
	int64_t quarter, year;		    /* first days of this one, and of four before it */
	double drop, floor, least, revenue; /* thresholds */
};

static void look(struct margins *m, const struct purchases *p, const struct customer *who)
{
	struct alerting *x = m->x;
	struct earned now = earned_in(p, who, m->quarter, x->today + 1);
	struct earned before = earned_in(p, who, m->year, m->quarter);
	const struct alert_subject *about;
	struct value *f;
	bool known = (double)before.n >= m->least && before.revenue > 0;
	double usual = known ? rate(&before) : m->floor / 100, is = rate(&now);
	bool fell = known && is <= usual - m->drop / 100 + 1e-12 &&
		    now.revenue >= before.revenue / BEFORE * m->revenue / 100;
	if (now.revenue <= 0 || !(fell || is < m->floor / 100) ||
	    !(about = alert_subject(x, who->entity, who->id)))
		return;
	struct alert *a = alert_add(x, ALERT_FALLING_MARGIN, who->entity, about, &f);
	double wanted = fell ? usual : m->floor / 100;
	const char *revenue = alert_money(x, (int64_t)now.revenue, p->currency);
	a->topic = day_print(m->quarter, x->arena);
	f[REVENUE] = study_money((int64_t)now.revenue, p->currency);
	f[RATE] = study_decimal(is, 4);
	f[USUAL] = known ? study_decimal(usual, 4) : value_null();
	alert_score(a, wanted > 0 ? 100 * (wanted - is) / wanted : 100);
	alert_value(a, wanted * now.revenue - now.margin, p->currency);
	a->evidence =
	    known ? SAY(x, "margin of %s%% this quarter, of %s; it was %s%% in the year before",
			"biên lợi nhuận quý này %s%%, trên %s; một năm trước đó là %s%%",
			alert_decimal(x, 100 * is, 1), revenue, alert_decimal(x, 100 * usual, 1))
		  : SAY(x, "margin of %s%% this quarter, of %s",
			"biên lợi nhuận quý này %s%%, trên %s", alert_decimal(x, 100 * is, 1),
			revenue);
	a->suggestion = WORDS(x, "look at discounts and at what is sold to them",
			      "xem lại chiết khấu và cơ cấu hàng bán");
}

bool alerts_of_margin(struct alerting *x)
{
	struct margins m = { .x = x };
	if (!alert_on(x, ALERT_FALLING_MARGIN))
		return true;
	if (!alert_log(x))
		return false;
	m.quarter = period_start(x->today, PERIOD_QUARTER);
	m.year = day_add_months(m.quarter, -3 * BEFORE);
	m.drop = alert_least(x, ALERT_FALLING_MARGIN, "drop");
	m.floor = alert_least(x, ALERT_FALLING_MARGIN, "floor");
	m.least = alert_least(x, ALERT_FALLING_MARGIN, "least");
	m.revenue = alert_least(x, ALERT_FALLING_MARGIN, "revenue");
	for (size_t i = 0; i < x->log.n; i++)
		for (size_t k = 0; k < x->log.of[i].ncustomers; k++)
			look(&m, &x->log.of[i], &x->log.of[i].customers[k]);
	return true;
}
