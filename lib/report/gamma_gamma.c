/* Gamma-Gamma: what a purchase is worth. */
#include <math.h>
#include <stdlib.h>

#include "report/lifetime.h"
#include "report/optimum.h"

static double log_of_count(const struct gamma_gamma *g, double x)
{
	return log_gamma(g->p * x + g->q) - log_gamma(g->p * x) - log_gamma(g->q) +
	       g->q * log(g->v) + g->p * x * log(x);
}

double gamma_gamma_log_likelihood(const struct gamma_gamma *g, const struct spending *s)
{
	double x = s->x;
	return log_of_count(g, x) + (g->p * x - 1) * log(s->m) -
	       (g->p * x + g->q) * log(g->v + x * s->m);
}

struct spendings {
	const struct spending *list; /* by x; m in means of all */
	const double *logs;	     /* of m */
	size_t n;
};

static struct gamma_gamma model_at(const double *at)
{
	return (struct gamma_gamma){ exp(at[0]), exp(at[1]), exp(at[2]) };
}

static double height(const double *at, const void *of)
{
	const struct spendings *all = of;
	struct gamma_gamma g = model_at(at);
	double sum = 0, of_count = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct spending *s = &all->list[i];
		double x = s->x;
		if (!i || s->x != s[-1].x)
			of_count = log_of_count(&g, x);
		sum +=
		    of_count + (g.p * x - 1) * all->logs[i] - (g.p * x + g.q) * log(g.v + x * s->m);
	}
	return sum;
}

static int by_count(const void *a, const void *b)
{
	const struct spending *p = a, *q = b;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return (p->m > q->m) - (p->m < q->m);
}

/* In means of all, so that đồng and dollars are the same to the search. */
static double scale(struct spending *all, size_t n, double *logs)
{
	double mean = 0;
	for (size_t i = 0; i < n; i++)
		mean += all[i].m / (double)n;
	qsort(all, n, sizeof *all, by_count);
	for (size_t i = 0; i < n; i++) {
		all[i].m /= mean;
		logs[i] = log(all[i].m);
	}
	return mean;
}

bool gamma_gamma_fit(struct spending *all, size_t n, struct gamma_gamma_fit *out, struct diag *d)
{
	static const double limits[] = { 12, 12, 12 };
	double at[countof(limits)] = { 0 }, *logs = xcalloc(n + 1, sizeof *logs);
	bool at_limit[countof(limits)] = { false };
	*out = (struct gamma_gamma_fit){ .customers = n };
	if (n >= REPEAT_MIN) {
		double mean = scale(all, n, logs);
		struct spendings spendings = { all, logs, n };
		struct hill hill = { countof(at), height, &spendings, limits };
		out->log_likelihood = optimum_find(&hill, at, at_limit) - (double)n * log(mean);
		out->model = model_at(at);
		out->model.v *= mean;
	}
	free(logs);
	if (n < REPEAT_MIN)
		return diag_set(
		    d, NULL,
		    "%zu customer%s bought again for more than 0; the worth of a purchase"
		    " is not fitted to fewer than %d",
		    n, n == 1 ? "" : "s", REPEAT_MIN);
	out->open = at_limit[1] ? "q" : at_limit[2] ? "v" : NULL;
	return !at_limit[0] ||
	       diag_set(d, NULL,
			"what one customer's purchases are worth differs too little to tell how");
}

double gamma_gamma_expected(const struct gamma_gamma *g, int32_t x, double m)
{
	double below = g->p * x + g->q - 1;
	return below > 0 ? g->p * (g->v + x * m) / below : NAN;
}
