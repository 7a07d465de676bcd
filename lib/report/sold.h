/* What was sold, as every report that counts it has it.  Private to lib/report. */
#ifndef CRM_REPORT_SOLD_H
#define CRM_REPORT_SOLD_H

#include "report/take.h"

/*
 * Lines of orders that count: drafts and cancelled ones do not.  Won deals count where no order
 * is linked to them, by .unless = SOLD_ELSEWHERE.
 */
#define SOLD_LINES "order.status in (confirmed, delivered, returned)"
#define SOLD_ELSEWHERE "order.deal"

/*
 * Those of accounts, and those of contacts who buy for themselves.  Every order has a day; that it
 * is compared lets the few of contacts be found by their index, and not by going through all lines.
 */
#define SOLD_TO_ACCOUNTS SOLD_LINES " and order.account is not null"
#define SOLD_TO_CONTACTS SOLD_LINES " and order.account is null and order.ordered_on >= 0001-01-01"

/* The sources of reports on customers: order, deal, contact_order, contact_deal. */
/* clang-format off */
#define SOLD_SOURCES \
	{ "order", "order_line", .where = SOLD_TO_ACCOUNTS, .time = { "order.ordered_on" }, \
	  .behind = "order" }, \
	{ "deal", "deal", DEALS_WON, .where = "account is not null", .time = { "closed_at" }, \
	  .unless = SOLD_ELSEWHERE }, \
	{ "contact_order", "order_line", .where = SOLD_TO_CONTACTS, .time = { "order.ordered_on" }, \
	  .behind = "order", .apart = true }, \
	{ "contact_deal", "deal", DEALS_WON, .where = "account is null", .time = { "closed_at" }, \
	  .unless = SOLD_ELSEWHERE, .apart = true }
/* clang-format on */

/* An amount of a line, less the share of it that came back. */
#define SOLD(field) .in = { field, "returned", "quantity" }, .take = take_kept
#define SOLD_AMOUNT SOLD("amount")
#define SOLD_KNOWN SOLD("amount"), .where = "cost is not null" /* revenue of known cost */

#endif
