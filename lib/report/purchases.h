/*
 * The purchase log: who bought on which day for how much, read in one pass over the
 * orders and counted in C, for what no relation can say (CLV, RFM, cohorts, reorders).
 *
 * A purchase is a day on which a customer bought: what they ordered on one day is one
 * purchase, as in the models' papers.  Orders count from confirmed on, until they are
 * cancelled or came back whole, on their day (ordered_on), by
 *   revenue = subtotal − discount − returned        (without tax and carriage)
 *   margin  = revenue − (cost − cost of what came back), where the cost of all lines is known.
 * A won deal that no order is linked to counts by its amount on the local day it was closed;
 * its margin is not known.  The customer is the account, else the contact.
 */
#ifndef CRM_REPORT_PURCHASES_H
#define CRM_REPORT_PURCHASES_H

#include "query/query.h"
#include "store/store.h"

enum basis { BASIS_AUTO /* orders, and won deals without one */, BASIS_DEALS, BASIS_ORDERS };

struct purchase {
	int64_t revenue; /* minor units */
	int64_t known;	 /* of it: of orders whose cost is known */
	int64_t margin;	 /* of these */
	int32_t day;
	uint32_t records; /* orders and deals of that day */
};

struct customer {
	const struct entity *entity; /* account or contact */
	int64_t id;
	size_t first, n; /* of purchases.list, by day; n > 0 */
};

/* Of one currency: no sum mixes them. */
struct purchases {
	struct str currency;	    /* empty: of all, where amounts do not matter */
	struct customer *customers; /* accounts, then contacts, by id */
	size_t ncustomers;
	struct purchase *list;
	size_t n;
};

struct purchase_log {
	struct purchases *of; /* by currency code */
	size_t n;
	struct arena arena;
};

struct purchase_wish {
	enum basis basis;
	bool any_currency;		   /* purchases of one customer in several are one list */
	int64_t before;			   /* the first day that does not count any more */
	const struct node *orders, *deals; /* which of them; NULL: all */
	/* of the order's and the deal's type: what these were made in */
	const struct query_context *order_context, *deal_context;
	struct arena *arena; /* of statements */
};

/*
 * Reads what the acting user may read; the caller has begun to read.  False with diag: sums
 * are beyond what can be counted.  Freed by purchases_free either way.
 */
bool purchases_read(struct store *s, const struct purchase_wish *w, struct purchase_log *out,
		    struct diag *d);
void purchases_free(struct purchase_log *log);

/* The statements that it runs, for --explain; empty: it does not ask for those. */
void purchases_sql(const struct purchase_wish *w, struct sql *orders, struct sql *deals);

/* The orders, or the deals, that the log is made of, in the order in which they are read. */
int64_t *purchases_ids(struct store *s, const struct purchase_wish *w, bool deals, size_t *n,
		       struct arena *a);

/* Whether that basis counts deals, or orders. */
static inline bool basis_has(enum basis b, bool deals)
{
	return b == BASIS_AUTO || (b == BASIS_DEALS) == deals;
}

static inline const struct purchase *purchase_first(const struct purchases *p,
						    const struct customer *c)
{
	return &p->list[c->first];
}

static inline const struct purchase *purchase_last(const struct purchases *p,
						   const struct customer *c)
{
	return &p->list[c->first + c->n - 1];
}

#endif
