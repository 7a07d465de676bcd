/* The highest point of a function: NLopt. */
#include "report/optimum.h"

#include <math.h>
#include <nlopt.h>

#include "core/base.h"

static double height(unsigned n, const double *at, double *slope, void *of)
{
	const struct hill *h = of;
	double y = h->height(at, h->of);
	(void)n;
	(void)slope; /* methods that ask for it are not used */
	return isfinite(y) ? y : -HUGE_VAL;
}

/*
 * BOBYQA is quick where the function is smooth, and stops early on ridges; Nelder-Mead
 * goes on from there until neither the place nor the height changes.
 */
static double climb(nlopt_algorithm by, const struct hill *h, double *at)
{
	enum { STEPS = 20000 };
	double top = -HUGE_VAL;
	struct hill of = *h;
	nlopt_opt opt = nlopt_create(by, (unsigned)h->n);
	if (!opt)
		die(STATUS_ENV, "out of memory");
	nlopt_set_max_objective(opt, height, &of);
	double low[VARIABLES_MAX];
	for (size_t i = 0; i < h->n; i++)
		low[i] = -h->limits[i];
	nlopt_set_lower_bounds(opt, low);
	nlopt_set_upper_bounds(opt, h->limits);
	nlopt_set_initial_step1(opt, 0.5);
	nlopt_set_ftol_rel(opt, 1e-14);
	nlopt_set_xtol_abs1(opt, 1e-8);
	nlopt_set_maxeval(opt, STEPS);
	nlopt_optimize(opt, at, &top); /* "no further for roundoff" is an answer, too */
	nlopt_destroy(opt);
	return top;
}

double optimum_find(const struct hill *h, double *at, bool *at_limit)
{
	climb(NLOPT_LN_BOBYQA, h, at);
	double top = climb(NLOPT_LN_NELDERMEAD, h, at);
	for (size_t i = 0; i < h->n; i++)
		at_limit[i] = fabs(at[i]) > h->limits[i] - 0.5;
	return top;
}
