/* Histories from the purchase log, and the models fitted to them. */
#include "report/clv.h"

#include <math.h>
#include <stdlib.h>

#include "core/money.h"

static double unit_days(struct str unit)
{
	static const struct {
		const char *name;
		double days;
	} units[] = { { "day", 1 }, { "week", 7 }, { "month", 365.25 / 12 }, { "year", 365.25 } };
	size_t i = 0;
	while (i + 1 < countof(units) && !str_is(unit, units[i].name))
		i++;
	return units[i].days;
}

bool clv_history(const struct clv *c, const struct customer *who, int64_t until, struct history *h)
{
	const struct purchase *list = &c->purchases->list[who->first];
	size_t n = 0;
	while (n < who->n && list[n].day <= until)
		n++;
	if (!n)
		return false;
	*h = (struct history){
		.x = (int32_t)(n - 1),
		.tx = list[n - 1].day - list[0].day,
		.T = (int32_t)until - list[0].day,
	};
	return true;
}

double clv_worth(const struct clv *c, const struct customer *who, const struct history *h)
{
	const struct purchase *list = &c->purchases->list[who->first];
	double sum = 0, unit = pow(10, currency_digits(c->purchases->currency));
	for (int32_t i = 1; i <= h->x; i++)
		sum += (double)list[i].revenue;
	return h->x ? sum / unit / h->x : 0;
}

static bool fit_worth(struct clv *c, struct diag *d)
{
	const struct purchases *p = c->purchases;
	struct spending *all = xcalloc(p->ncustomers + 1, sizeof *all);
	size_t n = 0, left_out = 0;
	struct history h;
	for (size_t i = 0; i < p->ncustomers; i++) {
		if (!clv_history(c, &p->customers[i], c->end, &h) || !h.x)
			continue;
		double m = clv_worth(c, &p->customers[i], &h);
		if (m > 0)
			all[n++] = (struct spending){ h.x, m };
		else
			left_out++;
	}
	if (left_out)
		warn("%zu customer%s whose repeat purchases come to 0 or less do%s not count for"
		     " what a purchase is worth",
		     left_out, left_out == 1 ? "" : "s", left_out == 1 ? "es" : "");
	bool ok = gamma_gamma_fit(all, n, &c->worth, d);
	if (ok && c->worth.open)
		warn("what purchases are worth does not tell %s: it ran to the end of its range",
		     c->worth.open);
	free(all);
	return ok;
}

static bool fit_buying(struct clv *c, struct diag *d)
{
	const struct purchases *p = c->purchases;
	struct history *all = xcalloc(p->ncustomers + 1, sizeof *all);
	size_t n = 0;
	for (size_t i = 0; i < p->ncustomers; i++)
		n += clv_history(c, &p->customers[i], c->end, &all[n]);
	bool ok = bgnbd_fit(all, n, &c->buying, d);
	if (ok)
		c->log_likelihood = bgnbd_log_likelihood_in(&c->buying, all, n, c->unit);
	if (ok && c->buying.open)
		warn("the purchases do not tell %s: it ran to the end of its range",
		     c->buying.open);
	free(all);
	return ok;
}

bool clv_open(struct study *s, struct clv *c)
{
	*c = (struct clv){ .unit = unit_days(str_of(report_option(s->job, "unit"))) };
	c->end = c->today = study_today(s);
	if (!study_day(s, "calibrate-to", &c->calibrated, &c->end))
		return false;
	if (c->end > c->today)
		return diag_set(study_about(s->diag, "calibrate-to"), NULL,
				"that day is still to come");
	if (!purchases_read(s, false, &c->log))
		return false;
	c->purchases = purchases_of_one(s, &c->log);
	return c->purchases && fit_buying(c, s->diag) && fit_worth(c, s->diag);
}

void clv_close(struct clv *c)
{
	purchases_free(&c->log);
}
