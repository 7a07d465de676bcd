/*
 * Which products are bought together: rules "who has the one has the other", of baskets.
 *
 * Agrawal, Imieliński, Swami: Mining Association Rules between Sets of Items in Large
 * Databases, SIGMOD 1993 (support, confidence); Brin, Motwani, Ullman, Tsur: Dynamic Itemset
 * Counting, SIGMOD 1997 (lift, there "interest").  Of a rule a → b:
 *   support    = baskets with both / baskets
 *   confidence = baskets with both / baskets with a
 *   lift       = confidence / (baskets with b / baskets)
 */
#ifndef CRM_REPORT_PAIRS_H
#define CRM_REPORT_PAIRS_H

#include "report/baskets.h"

struct pair {
	uint32_t product, with, count; /* numbers of bought.products; baskets with both */
	double lift;
	int64_t ids[2];
};

struct pairs {
	struct pair *list; /* the highest lift first; each pair both ways */
	size_t n, room;
	uint32_t *counts; /* of baskets, by product */
	size_t filled;	  /* baskets that are not empty */
	uint32_t least;	  /* baskets that a pair must be in */
};

/*
 * A basket is an order, or all that one customer bought.  Pairs in fewer than `support` percent
 * of the baskets, or in fewer than `least`, are left out.
 */
void pairs_learn(const struct bought *b, bool per_customer, double support, uint32_t least,
		 struct pairs *out);
void pairs_free(struct pairs *p);

#endif
