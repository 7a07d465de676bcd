/* The purchase log as the models of lifetime.h see it. Private to the report clv. */
#ifndef CRM_REPORT_CLV_H
#define CRM_REPORT_CLV_H

#include "report/lifetime.h"
#include "report/purchases.h"

struct clv {
	struct purchase_log log;
	const struct purchases *purchases; /* of the one currency */
	int64_t today;
	int64_t end;	 /* the last day that the parameters are learnt from */
	bool calibrated; /* --calibrate-to was given */
	double unit;	 /* --unit, in days */
	struct bgnbd_fit buying;
	double log_likelihood;	      /* in the unit */
	struct gamma_gamma_fit worth; /* in major units of the currency */
};

/*
 * Reads the log and fits both models.  False with diag: what was asked is wrong, the
 * purchases are of several currencies, or they tell too little.  clv_close either way.
 */
bool clv_open(struct study *s, struct clv *c);
void clv_close(struct clv *c);

/* The customer's purchases up to a day; false: there was none yet. */
bool clv_history(const struct clv *c, const struct customer *who, int64_t until, struct history *h);

/* The mean worth of the repeat purchases that h counts, in major units; 0 where there is none. */
double clv_worth(const struct clv *c, const struct customer *who, const struct history *h);

#endif
