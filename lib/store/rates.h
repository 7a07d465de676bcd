/*
 * What one currency is worth in another, on a day: the exchange_rate records.
 *
 * The rate of a day is the one with the latest valid_from up to it.  One that is kept the
 * other way round is divided by (rates have six decimals: 1 USD = 25,400 VND is exact, 1 VND
 * in USD is not); without either, through a third currency that both have rates with: the
 * database's where that is one, else the first in the alphabet.
 */
#ifndef CRM_STORE_RATES_H
#define CRM_STORE_RATES_H

#include "core/money.h"
#include "store/store.h"

/* Minor units of one currency times num / den are minor units of the other; den > 0. */
struct rate {
	wide num, den;
};

/* day: YYYY-MM-DD.  False with diag: which rate is missing, and for when. */
bool rate_find(struct store *s, struct str from, struct str to, struct str day, struct rate *out,
	       struct diag *d);

/* Rounded half away from zero.  False: more than 64 bits hold. */
bool rate_apply(const struct rate *r, int64_t minor, int64_t *out);

#endif
