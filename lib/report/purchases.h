/*
 * The purchase log: who bought on which day for how much, read in one pass over the
 * orders and counted in C, for what no relation can say (CLV, RFM, cohorts, reorders).
 *
 * A purchase is a day on which a customer bought: what they ordered on one day is one
 * purchase, as in the models' papers.  Orders count from confirmed on, unless they are
 * cancelled or came back whole, on their day (ordered_on), by
 *   revenue = subtotal − discount − returned        (without tax and carriage)
 *   margin  = revenue − (cost − cost of what came back), where the cost of all lines is known.
 * A won deal that no order is linked to counts by its amount on the local day it was closed;
 * its margin is not known.  The customer is the account, else the contact.
 */
#ifndef CRM_REPORT_PURCHASES_H
#define CRM_REPORT_PURCHASES_H

#include "report/study.h"

/* What a report that reads the log has as its sources and first option, and says of them. */
/* clang-format off */
#define PURCHASE_SOURCES                                                                           \
	{ "order", "order", .where = "status in (confirmed, delivered)", .time = { "ordered_on" }, \
	  .past = true, .when = "basis=auto,orders", .reads = purchase_order_paths },              \
	{ "deal", "deal", DEALS_WON, .time = { "closed_at" }, .when = "basis=auto,deals",          \
	  .past = true, .unless = "order.deal", .unless_when = "basis=auto",                       \
	  .reads = purchase_deal_paths }
/* clang-format on */
#define PURCHASE_OPTION                                                                        \
	{                                                                                      \
		"basis", "WHAT", "orders, and deals without one (auto), or one of them alone", \
		    "auto deals orders", .def = "auto"                                         \
	}
#define PURCHASE_DEFINITION                                                                        \
	"A purchase is a day on which a\n"                                                         \
	"customer (account, else contact) bought: orders from confirmed on, unless cancelled or\n" \
	"returned, on ordered_on, less what came back, without tax and carriage; and won deals\n"  \
	"that no order is linked to, on the day they were closed (--basis auto, deals, orders)."

#define PURCHASE_BY                                                                            \
	"--by owner, team:\n"                                                                  \
	"of the orders and deals that each has now, so that who bought of two is a customer\n" \
	"of both."

/* By what a report is asked that answers for each by itself. */
extern const struct dimension purchase_dimensions[];
extern const char *const purchase_order_paths[], *const purchase_deal_paths[];

/* For programs that read the log and are no report: its sources, and nothing to show. */
extern const struct report purchases_alone;

struct purchase {
	int64_t revenue; /* minor units */
	int64_t known;	 /* of it: of orders whose cost is known */
	int64_t margin;	 /* of these */
	int32_t day;
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

/*
 * Reads what --basis, -w, --currency and --to ask for and the acting user may read, up to
 * today, whatever --from says: who bought first needs all.  any_currency: purchases of one
 * customer in several are one list.  False with diag: sums are beyond what can be counted.
 * Freed by purchases_free either way.
 */
bool purchases_read(struct study *s, bool any_currency, struct purchase_log *out);
void purchases_free(struct purchase_log *log);

/* Its only currency, for what cannot be said of several; NULL with diag: several, or none. */
const struct purchases *purchases_of_one(const struct study *s, const struct purchase_log *log);

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
