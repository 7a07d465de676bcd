/*
 * The products, and which customers have them.  Private to alert_products.c and alert_shelf.c.
 *
 * Customers have what orders from confirmed on hold, less what came back whole.  Products that
 * upgrade or succeed one another are one line of products.
 */
#ifndef CRM_REPORT_ALERT_SHELF_H
#define CRM_REPORT_ALERT_SHELF_H

#include "report/alert_impl.h"

enum { NOT_SHELVED = UINT32_MAX };

struct product {
	int64_t id;
	struct str name, currency;
	struct value price, cost;
	bool active;
	int64_t upgrade, successor; /* ids; 0: none */
	uint32_t line;		    /* place of one of its line: ask shelf_same_line */
};

struct shelf {
	struct alerting *x;
	struct bought bought;
	struct baskets owned; /* by customer: numbers of bought.products */
	struct product *list; /* by id */
	size_t n;
	uint32_t *places; /* in the list, by number; NOT_SHELVED: it is gone */
};

/* False with diag; shelf_close either way. */
bool shelf_open(struct alerting *x, struct shelf *s);
void shelf_close(struct shelf *s);

struct product *shelf_product(const struct shelf *s, int64_t id);	/* NULL: there is none */
const struct product *shelf_at(const struct shelf *s, uint32_t number); /* likewise */
bool shelf_same_line(struct shelf *s, const struct product *p, const struct product *q);

/* What is sold of it now: itself, or the nearest of its successors; p and what returns: or NULL. */
const struct product *shelf_on_sale(const struct shelf *s, const struct product *p);

/* Whether the customer has the product; or (line) one of its line. */
bool shelf_has(struct shelf *s, uint32_t customer, const struct product *p, bool line);

#endif
