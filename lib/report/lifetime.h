/*
 * How often customers will buy again, and for how much: BG/NBD and Gamma-Gamma.
 *
 * Fader, Hardie, Lee: "Counting Your Customers" the Easy Way, Marketing Science 24 (2005),
 * and RFM and CLV, Journal of Marketing Research 42 (2005); Fader, Hardie: The Gamma-Gamma
 * Model of Monetary Value (2013).
 *
 * Of a customer it is known: x repeat purchases (days on which they bought, without the
 * first), the days tx from the first to the last, the days T from the first to the end of
 * the observation; and m, the mean worth of the repeat purchases.
 */
#ifndef CRM_REPORT_LIFETIME_H
#define CRM_REPORT_LIFETIME_H

#include "core/base.h"
#include "core/diag.h"

/* log Γ(x) of x > 0, without lgamma's sign in a global. */
double log_gamma(double x);

/* A model is not fitted to fewer repeat customers: its parameters would be guesses. */
enum { REPEAT_MIN = 100 };

/* While alive one buys with rate λ ~ gamma(r, α), and goes after a purchase with p ~ beta(a, b). */
struct bgnbd {
	double r, alpha /* in days */, a, b;
};

struct history {
	int32_t x, tx, T; /* 0 <= tx <= T; tx 0 where x is 0, and only there */
};

struct bgnbd_fit {
	struct bgnbd model;
	double log_likelihood; /* times in days */
	size_t customers, repeat_customers;
	const char *open; /* parameter that the data leave open: it grew to its limit; NULL: none */
};

/*
 * The parameters under which these histories are likeliest; sorts `all`.  False with diag:
 * too few repeat customers.
 */
bool bgnbd_fit(struct history *all, size_t n, struct bgnbd_fit *out, struct diag *d);

/* Of one history, times in days.  Never NaN for parameters above 0. */
double bgnbd_log_likelihood(const struct bgnbd *m, const struct history *h);

/* The same fit as if time had been counted in units of so many days. */
double bgnbd_alpha_in(const struct bgnbd_fit *f, double days);
double bgnbd_log_likelihood_in(const struct bgnbd_fit *f, const struct history *all, size_t n,
			       double days);

/* The chance that the customer buys on: 1 of those who did not buy again yet. */
double bgnbd_alive(const struct bgnbd *m, const struct history *h);

/* The purchases expected of them within so many days after T. */
double bgnbd_expected(const struct bgnbd *m, const struct history *h, double days);

/* The purchases expected of somebody new within so many days after the first. */
double bgnbd_expected_new(const struct bgnbd *m, double days);

/* A purchase's worth is gamma(p, ν), and ν of a customer is gamma(q, v). */
struct gamma_gamma {
	double p, q, v; /* v in the units of m */
};

struct spending {
	int32_t x; /* > 0 */
	double m;  /* > 0 */
};

struct gamma_gamma_fit {
	struct gamma_gamma model;
	double log_likelihood;
	size_t customers;
	const char *open; /* as above: where customers hardly differ; the expected worth is told */
};

/*
 * Sorts `all`, and scales its m.  False with diag: too few, or nobody's purchases differ,
 * so that there is nothing to tell p by.
 */
bool gamma_gamma_fit(struct spending *all, size_t n, struct gamma_gamma_fit *out, struct diag *d);

double gamma_gamma_log_likelihood(const struct gamma_gamma *g, const struct spending *s);

/* The expected worth of a purchase; NaN where x is 0 and the mean over customers is infinite. */
double gamma_gamma_expected(const struct gamma_gamma *g, int32_t x, double m);

#endif
