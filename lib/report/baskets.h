/*
 * What was bought together: the products of each order, read in one pass over the orders
 * and one over their lines.  Orders count from confirmed on, unless cancelled or returned;
 * lines without product, stand-ins and what came back whole do not.  Private to the studies
 * of products.
 */
#ifndef CRM_REPORT_BASKETS_H
#define CRM_REPORT_BASKETS_H

#include "report/study.h"

struct bought_order {
	int64_t id;
	uint32_t customer, currency, group; /* numbers */
	uint32_t rate; /* of bought.rates, from 1, by which its amounts come into it; 0: none */
};

/* One product in one currency. */
struct sold {
	uint32_t product, currency;
	wide quantity; /* millionths, less what came back */
	wide revenue;  /* minor units, net likewise */
};

struct bought_line {
	uint32_t order, product; /* numbers */
};

struct bought {
	struct bought_order *orders; /* by id */
	size_t norders;
	struct rate *rates;
	size_t nrates;
	struct bought_line *lines;
	size_t nlines;
	int64_t *products; /* ids, by number */
	size_t nproducts;
	struct str *currencies; /* by number */
	size_t ncurrencies;
	struct value *groups; /* by number: values of the path */
	size_t ngroups;
	struct buyer {
		bool person; /* a contact, else an account */
		int64_t id;
	} * customers; /* by number */
	size_t ncustomers;
	struct sold *sold;
	size_t nsold;
	struct arena arena;
};

/*
 * Reads the orders that -w, --from, --to and the role leave, with amounts in --currency.  `by`:
 * the path of the order that groups them; NULL: they are one group.
 */
void bought_read(struct study *s, const char *by, struct bought *out);
bool bought_besides(const struct job *j, struct sql *q, size_t i); /* as struct report has it */
extern const char *const bought_paths[]; /* of the order, as struct source has them */
void bought_free(struct bought *b);

/* Products by basket: those of basket i are items[start[i]] up to items[start[i + 1]]. */
struct baskets {
	size_t n, *start;
	uint32_t *items; /* in rising order, each once */
};

/* keys: of each line the number of its basket, below n. */
void baskets_make(struct baskets *out, const uint32_t *keys, const struct bought_line *lines,
		  size_t nlines, size_t n);
void baskets_free(struct baskets *b);

/* How many baskets each product is in; n products; the caller's to free. */
uint32_t *baskets_count(const struct baskets *b, size_t nproducts);
size_t baskets_filled(const struct baskets *b); /* that are not empty */

/* "product-7" and its name, in s->row. */
struct value product_ref(struct study *s, int64_t id);
struct value product_name(struct study *s, int64_t id);

/* favourites.c: what the customers of each group buy more than others do.  False with diag. */
bool favourites(struct study *s);

#endif
