/* The models of customer lifetime: published figures, other ways to the same, and the edges. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "report/lifetime.h"

/* As published for the CDNOW sample, times in weeks: Fader, Hardie, Lee 2005. */
static const struct bgnbd cdnow = { .243, 4.414 * 7, .793, 2.426 };
static const struct gamma_gamma cdnow_worth = { 6.25, 3.74, 15.44 };

static void is_near(double got, double wanted, double relative)
{
	if (!(fabs(got - wanted) <= relative * fabs(wanted)))
		fail_msg("got %.12g, wanted %.12g", got, wanted);
}

/* Hardie's spreadsheets: brucehardie.com/notes/004 (times in weeks) and notes/025. */
static void test_published(void **state)
{
	static const struct {
		double weeks, purchases;
	} expected[] = { { 1, .0532 }, { 3, .1506 }, { 32, 1.0437 }, { 78, 1.8576 } };
	static const struct {
		int32_t x;
		double m, expected;
	} worth[] = { { 2, 22.35, 24.65 },
		      { 1, 11.77, 18.91 },
		      { 0, 0, 35.17 },
		      { 7, 73.74, 71.46 },
		      { 2, 25.55, 27.28 } };
	const struct history first = { 2, 213, 272 };
	(void)state;
	for (size_t i = 0; i < countof(expected); i++)
		is_near(bgnbd_expected_new(&cdnow, expected[i].weeks * 7), expected[i].purchases,
			.003);
	is_near(bgnbd_expected(&cdnow, &first, 39 * 7), 1.226, .001);
	for (size_t i = 0; i < countof(worth); i++)
		is_near(gamma_gamma_expected(&cdnow_worth, worth[i].x, worth[i].m),
			worth[i].expected, .002);
}

/*
 * Expected purchases another way: of one who is alive and leaves with p, in the time t,
 * (1 - (1 + p t / (α + T))^-(r + x)) / p, over p ~ beta(a, b + x), by Simpson's rule.  With
 * p = u^k the density is smooth at 0.
 */
static double by_quadrature(const struct bgnbd *m, const struct history *h, double t)
{
	enum { STEPS = 200000 };
	double x = h->x, w = t / (m->alpha + h->T), k = fmax(1, 2 / m->a),
	       j = 2 / fmin(2, m->b + x);
	double sum = 0, beta = lgamma(m->a) + lgamma(m->b + x) - lgamma(m->a + m->b + x);
	/* p = u^k on the left half, 1 - p = v^j on the right */
	for (int half = 0; half < 2; half++)
		for (int i = 0; i <= STEPS; i++) {
			double power = half ? j : k, top = pow(.5, 1 / power);
			double u = top * i / STEPS, near = pow(u, power);
			double p = half ? 1 - near : near, q = half ? near : 1 - near;
			double g = p > 0 ? -expm1(-(m->r + x) * log1p(p * w)) / p : (m->r + x) * w;
			double slope = u > 0 ? power * pow(u, power - 1) : power > 1 ? 0 : 1;
			double density =
			    (p > 0 && q > 0)
				? exp((m->a - 1) * log(p) + (m->b + x - 1) * log(q) - beta)
				: 0;
			double weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
			sum += weight * g * density * slope * top / STEPS / 3;
		}
	return sum;
}

static void test_expected(void **state)
{
	static const struct {
		struct bgnbd m;
		struct history h;
		double t;
	} cases[] = {
		{ { .243, 31, .793, 2.426 }, { 2, 213, 272 }, 273 },
		{ { .243, 31, .793, 2.426 }, { 0, 0, 272 }, 1000 },
		{ { .7, 10, 1, 2.5 }, { 3, 50, 90 }, 365 },	/* a = 1 */
		{ { 2, 30, .6, .4 }, { 0, 0, 100 }, 365 },	/* a + b + x = 1 */
		{ { 1.5, 40, 2.5, 3 }, { 40, 700, 720 }, 365 }, /* a > 1 */
		{ { .5, 3, .8, 2 }, { 2000, 3000, 3010 }, 365 },
		{ { 1, 5, .8, 2 }, { 1, 1, 1 }, 3650 }, /* far beyond what was seen */
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		double alive = bgnbd_alive(&cases[i].m, &cases[i].h);
		double got = bgnbd_expected(&cases[i].m, &cases[i].h, cases[i].t);
		is_near(got, alive * by_quadrature(&cases[i].m, &cases[i].h, cases[i].t), 1e-5);
	}
	assert_true(bgnbd_expected(&cdnow, &cases[0].h, 0) == 0);
}

/* As the papers have it, without logarithms, where that still fits. */
static void test_likelihood(void **state)
{
	const struct bgnbd m = { .5, 6, .8, 2.5 };
	const struct history h = { 3, 20, 35 }, once = { 0, 0, 35 };
	const struct spending s = { 3, 20 };
	const struct gamma_gamma g = { 2, 3, 15 };
	(void)state;
	double count = tgamma(.5 + 3) / tgamma(.5) * pow(6, .5);
	double left = tgamma(2.5 + 3) * tgamma(.8 + 2.5) / tgamma(2.5) / tgamma(.8 + 2.5 + 3);
	double went = tgamma(.8 + 1) * tgamma(2.5 + 2) * tgamma(.8 + 2.5) / tgamma(.8) /
		      tgamma(2.5) / tgamma(.8 + 2.5 + 3);
	is_near(bgnbd_log_likelihood(&m, &h),
		log(count * (left * pow(6 + 35, -3.5) + went * pow(6 + 20, -3.5))), 1e-12);
	is_near(bgnbd_log_likelihood(&m, &once), .5 * log(6. / (6 + 35)), 1e-12);
	is_near(bgnbd_alive(&m, &h), 1 / (1 + .8 / (2.5 + 2) * pow((6. + 35) / (6 + 20), .5 + 3)),
		1e-12);
	is_near(gamma_gamma_log_likelihood(&g, &s),
		log(tgamma(2 * 3 + 3) / tgamma(2 * 3) / tgamma(3) * pow(15, 3) *
		    pow(20, 2 * 3 - 1) * pow(3, 2 * 3) / pow(15 + 3 * 20, 2 * 3 + 3)),
		1e-12);
}

/* Nothing overflows: a great many purchases, a very long time, no time at all. */
static void test_edges(void **state)
{
	static const struct history cases[] = {
		{ 100000, 36500, 36500 }, { 100000, 100000, 200000 }, { 1, 1, 1 }, { 0, 0, 0 },
		{ 1, 1, 2000000 },	  { 0, 0, 2000000 }
	};
	static const struct bgnbd models[] = { { .243, 31, .793, 2.426 },
					       { 1e-6, 1e-6, 1e-6, 1e-6 },
					       { 1e6, 1e6, 1e6, 1e6 } };
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		for (size_t k = 0; k < countof(models); k++) {
			double alive = bgnbd_alive(&models[k], &cases[i]);
			double expected = bgnbd_expected(&models[k], &cases[i], 365);
			assert_true(isfinite(bgnbd_log_likelihood(&models[k], &cases[i])));
			assert_true(alive >= 0 && alive <= 1);
			assert_true(isfinite(expected) && expected >= 0);
		}
	const struct gamma_gamma low = { .5, .5, 10 };
	assert_true(isnan(gamma_gamma_expected(&low, 0, 0)));
	assert_true(gamma_gamma_expected(&low, 2, 10) > 0);
}

/* -- fits -- */

static uint64_t seed = 1;

static double uniform(void)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return ((double)(seed >> 11) + .5) / 9007199254740992.0;
}

/* Customers as the model has them: λ with a mean of 1 in 20 days, one in five leaves. */
static struct history simulate(int32_t T)
{
	double at = 0, last = 0, rate = -log(uniform()) / 20, leave = .2 * 2 * uniform();
	struct history h = { .T = T };
	while ((at += -log(uniform()) / rate) < T) {
		if ((int32_t)at > (int32_t)last) {
			h.x++;
			h.tx = (int32_t)at;
		}
		last = at;
		if (uniform() < leave)
			break;
	}
	return h;
}

/* No step aside from the optimum is likelier: of the fit, by the single likelihoods. */
static void test_optimum(void **state)
{
	enum { N = 3000 };
	static struct history all[N];
	struct bgnbd_fit f;
	struct diag d = { 0 };
	(void)state;
	for (size_t i = 0; i < N; i++)
		all[i] = simulate(200 + (int32_t)(i % 150));
	assert_true(bgnbd_fit(all, N, &f, &d));
	double best = 0;
	for (size_t i = 0; i < N; i++)
		best += bgnbd_log_likelihood(&f.model, &all[i]);
	is_near(best, f.log_likelihood, 1e-10);
	for (int p = 0; p < 4; p++)
		for (int sign = -1; sign <= 1; sign += 2) {
			struct bgnbd m = f.model;
			double *at[] = { &m.r, &m.alpha, &m.a, &m.b }, sum = 0;
			*at[p] *= 1 + sign * .01;
			for (size_t i = 0; i < N; i++)
				sum += bgnbd_log_likelihood(&m, &all[i]);
			assert_true(sum < best);
		}
	assert_null(f.open);
	diag_free(&d);
}

/* Customers who do not differ leave q open, and what to expect of them is told all the same. */
static void test_alike(void **state)
{
	enum { N = 400 };
	static struct spending all[N];
	struct gamma_gamma_fit g;
	struct diag d = { 0 };
	double sum = 0, n = 0;
	(void)state;
	for (size_t i = 0; i < N; i++) {
		all[i] = (struct spending){ .x = 1 + (int32_t)(i % 5) };
		for (int32_t k = 0; k < all[i].x; k++)
			all[i].m += (50 + 100 * uniform()) / all[i].x;
		sum += all[i].m * all[i].x;
		n += all[i].x;
	}
	assert_true(gamma_gamma_fit(all, N, &g, &d));
	assert_string_equal(g.open, "q");
	is_near(gamma_gamma_expected(&g.model, 0, 0), sum / n, .02);
	is_near(gamma_gamma_expected(&g.model, 3, 140), sum / n, .02);
	diag_free(&d);
}

static void test_refused(void **state)
{
	enum { N = 300 };
	static struct history all[N];
	static struct spending spent[N];
	struct bgnbd_fit f;
	struct gamma_gamma_fit g;
	struct diag d = { 0 };
	(void)state;
	for (size_t i = 0; i < N; i++) {
		all[i] = (struct history){ 0, 0, 100 };
		spent[i] = (struct spending){ 1 + (int32_t)(i % 4), 25 };
	}
	assert_false(bgnbd_fit(all, N, &f, &d));
	assert_false(bgnbd_fit(all, 0, &f, &d));
	for (size_t i = 0; i < REPEAT_MIN - 1; i++)
		all[i] = (struct history){ 1, 50, 100 };
	assert_false(bgnbd_fit(all, N, &f, &d));
	assert_false(gamma_gamma_fit(spent, REPEAT_MIN - 1, &g, &d));
	assert_false(gamma_gamma_fit(spent, N, &g, &d)); /* all the same */
	diag_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published),  cmocka_unit_test(test_expected),
		cmocka_unit_test(test_likelihood), cmocka_unit_test(test_edges),
		cmocka_unit_test(test_optimum),	   cmocka_unit_test(test_alike),
		cmocka_unit_test(test_refused),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
