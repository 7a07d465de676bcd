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

/* An amount of a line, less the share of it that came back. */
#define SOLD(field) .in = { field, "returned", "quantity" }, .take = take_kept
#define SOLD_AMOUNT SOLD("amount")
#define SOLD_KNOWN SOLD("amount"), .where = "cost is not null" /* revenue of known cost */

#endif
