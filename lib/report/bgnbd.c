/* BG/NBD: all in logarithms, so that neither many purchases nor long times overflow. */
#include <math.h>
#include <stdlib.h>

#include "report/lifetime.h"
#include "report/optimum.h"

double log_gamma(double x)
{
	int sign;
	return lgamma_r(x, &sign);
}

static double log_beta(double a, double b)
{
	return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

/* The part of the likelihood that the count alone decides. */
static double log_of_count(const struct bgnbd *m, double x)
{
	return log_gamma(m->r + x) - log_gamma(m->r) + m->r * log(m->alpha) +
	       log_beta(m->a, m->b + x) - log_beta(m->a, m->b);
}

/* log(e^x + e^y) */
static double log_sum(double x, double y)
{
	return fmax(x, y) + log1p(exp(-fabs(x - y)));
}

double bgnbd_log_likelihood(const struct bgnbd *m, const struct history *h)
{
	double x = h->x, alive = -(m->r + x) * log(m->alpha + h->T);
	if (!h->x)
		return log_of_count(m, x) + alive;
	double gone = log(m->a) - log(m->b + x - 1) - (m->r + x) * log(m->alpha + h->tx);
	return log_of_count(m, x) + log_sum(alive, gone);
}

/* -- fit -- */

struct group {
	struct history h;
	double n; /* how many customers have it */
};

struct histories {
	struct group *groups; /* by x */
	size_t n;
	double *logs; /* of α + a whole number of days */
	int32_t days;
};

static int by_history(const void *a, const void *b)
{
	const struct history *p = a, *q = b;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	if (p->tx != q->tx)
		return p->tx < q->tx ? -1 : 1;
	return (p->T > q->T) - (p->T < q->T);
}

static void group(struct history *all, size_t n, struct histories *out)
{
	*out = (struct histories){ .groups = xcalloc(n, sizeof *out->groups) };
	qsort(all, n, sizeof *all, by_history);
	for (size_t i = 0; i < n; i++) {
		struct group *last = out->n ? &out->groups[out->n - 1] : NULL;
		if (!last || by_history(&last->h, &all[i]) != 0)
			out->groups[out->n++] = (struct group){ all[i], 1 };
		else
			last->n++;
		out->days = all[i].T > out->days ? all[i].T : out->days;
	}
	out->logs = xcalloc((size_t)out->days + 1, sizeof *out->logs);
}

static struct bgnbd model_at(const double *at)
{
	return (struct bgnbd){ exp(at[0]), exp(at[1]), exp(at[2]), exp(at[3]) };
}

/* As bgnbd_log_likelihood of all of them, with what many share reckoned once. */
static double height(const double *at, const void *of)
{
	const struct histories *all = of;
	struct bgnbd m = model_at(at);
	double sum = 0, of_count = 0, odds = 0;
	for (int32_t day = 0; day <= all->days; day++)
		all->logs[day] = log(m.alpha + day);
	for (size_t i = 0; i < all->n; i++) {
		const struct group *g = &all->groups[i];
		double x = g->h.x, alive = -(m.r + x) * all->logs[g->h.T];
		if (!i || g->h.x != g[-1].h.x) {
			of_count = log_of_count(&m, x);
			odds = g->h.x ? log(m.a) - log(m.b + x - 1) : 0;
		}
		if (g->h.x)
			alive = log_sum(alive, odds - (m.r + x) * all->logs[g->h.tx]);
		sum += g->n * (of_count + alive);
	}
	return sum;
}

bool bgnbd_fit(struct history *all, size_t n, struct bgnbd_fit *out, struct diag *d)
{
	static const char *const names[] = { "r", "alpha", "a", "b" };
	/*
	 * Beyond e^7 of r, a and b customers hardly differ any more: the likelihood changes in
	 * its fourth digit, while the series below would need as many terms.
	 */
	static const double limits[countof(names)] = { 7, 21, 7, 7 };
	double at[countof(names)] = { 0 };
	bool at_limit[countof(names)];
	struct histories histories;
	*out = (struct bgnbd_fit){ .customers = n };
	for (size_t i = 0; i < n; i++)
		out->repeat_customers += all[i].x > 0;
	if (out->repeat_customers < REPEAT_MIN)
		return diag_set(
		    d, NULL,
		    "%zu of %zu customer%s bought on more than one day; the model is not"
		    " fitted to fewer than %d",
		    out->repeat_customers, n, n == 1 ? "" : "s", REPEAT_MIN);
	group(all, n, &histories);
	at[1] = log(histories.days + 1) / 2;
	struct hill hill = { countof(names), height, &histories, limits };
	out->log_likelihood = optimum_find(&hill, at, at_limit);
	out->model = model_at(at);
	for (size_t i = 0; i < countof(names); i++)
		out->open = at_limit[i] ? names[i] : out->open;
	free(histories.groups);
	free(histories.logs);
	return true;
}

double bgnbd_alpha_in(const struct bgnbd_fit *f, double days)
{
	return f->model.alpha / days;
}

/* A density: each of the purchases is more likely in a unit of time that is longer. */
double bgnbd_log_likelihood_in(const struct bgnbd_fit *f, const struct history *all, size_t n,
			       double days)
{
	double purchases = 0;
	for (size_t i = 0; i < n; i++)
		purchases += all[i].x;
	return f->log_likelihood + purchases * log(days);
}

/* -- what follows -- */

double bgnbd_alive(const struct bgnbd *m, const struct history *h)
{
	if (!h->x)
		return 1;
	double x = h->x;
	double odds = log(m->a) - log(m->b + x - 1) +
		      (m->r + x) * (log(m->alpha + h->T) - log(m->alpha + h->tx));
	return 1 / (1 + exp(odds));
}

/*
 * The Gauss series, |z| < 1, times e^by; c is no whole number below 1.  Where the terms rise at
 * first, what is beyond a double is kept apart.
 */
static double hypergeometric(double a, double b, double c, double z, double by)
{
	enum { TERMS = 1000000 };
	const double much = 1e250;
	double term = 1, sum = 1;
	for (int i = 0; i < TERMS; i++) {
		term *= (a + i) * (b + i) / ((c + i) * (i + 1)) * z;
		sum += term;
		if (fabs(sum) > much) {
			sum /= much;
			term /= much;
			by += log(much);
		}
		/* until the next is smaller, too */
		if (fabs(term) < 1e-16 * fabs(sum) &&
		    fabs((a + i + 1) * (b + i + 1) * z) < fabs((c + i + 1) * (i + 2)))
			break;
	}
	return copysign(exp(log(fabs(sum)) + by), sum);
}

/*
 * Of one who is alive after x purchases in T days.  The papers have
 *   (a+b+x-1)/(a-1) [1 - ((α+T)/(α+T+t))^(r+x) 2F1(r+x, b+x; a+b+x-1; z)], z = t/(α+T+t),
 * whose series first rises to more than a double holds where x is large.  Euler's
 * transformation makes of it what stands below, where x makes the terms fall.  Where a or
 * a+b+x is 1 it is 0/0, while the value is smooth there: it is asked for beside it.
 */
static double expected_alive(struct bgnbd m, double x, double T, double t)
{
	const double near = 1e-6;
	if (fabs(m.a - 1) < near)
		m.a = 1 + near;
	if (fabs(m.a + m.b + x - 1) < near)
		m.b += 2 * near;
	double c = m.a + m.b + x - 1, rest = m.alpha + T, z = t / (rest + t);
	double power = (m.a - 1) * (log(rest) - log(rest + t));
	double f = hypergeometric(m.a + m.b - 1 - m.r, m.a - 1, c, z, power);
	return fmax(0, c / (m.a - 1) * (1 - f));
}

double bgnbd_expected(const struct bgnbd *m, const struct history *h, double days)
{
	return days <= 0 ? 0 : expected_alive(*m, h->x, h->T, days) * bgnbd_alive(m, h);
}

double bgnbd_expected_new(const struct bgnbd *m, double days)
{
	return days <= 0 ? 0 : expected_alive(*m, 0, 0, days);
}
