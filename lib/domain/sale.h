/*
 * From quote to order to payment, and back again: rules without I/O.  All of them write
 * within the caller's transaction and return false (or 0) with diag.
 */
#ifndef CRM_DOMAIN_SALE_H
#define CRM_DOMAIN_SALE_H

#include "store/store.h"

/*
 * The order that an accepted quote becomes: confirmed, of today, with its lines.  `order`
 * (a new record) holds what is to be otherwise or besides; its id is then the order's.
 * Refused where one was made from it already; what is wrong with the order itself has
 * "order.FIELD" as its field.
 */
bool sale_order(struct store *s, const struct record *quote, struct record *order, struct arena *a,
		struct diag *d);

/*
 * Wins the deal of a quote; one that is won stays so, and a quote may have none.  A deal that
 * has neither lines nor an amount is worth what the quote says: it gets its currency and
 * lines, or of a quote without lines what it comes to without tax.  Field: "deal.FIELD".
 */
bool sale_win(struct store *s, const struct record *quote, struct arena *a, struct diag *d);

/*
 * A draft of today like this quote: its last day lies as far ahead as that one's did.
 * `to` holds what is to be otherwise; its id is then the copy's.
 */
bool sale_copy_quote(struct store *s, const struct record *quote, struct record *to,
		     struct arena *a, struct diag *d);

/* What is paid, or (amount below 0) paid back, on an order. */
struct payment {
	int64_t amount;	   /* minor units of the order's currency */
	struct str method; /* order.payment_method; empty: not said */
	int64_t at;	   /* instant */
	bool excused;	   /* more than is due may be paid, or paid back */
};

/* Becomes an event of kind payment, from which the order's paid and balance follow. */
bool sale_pay(struct store *s, const struct record *order, const struct payment *p, struct arena *a,
	      struct diag *d);

/* So many of a line came back (in millionths, more than before); of all lines where n is 0. */
struct came_back {
	int64_t line, quantity;
};
bool sale_return(struct store *s, const struct record *order, const struct came_back *back,
		 size_t n, struct arena *a, struct diag *d);

#endif
