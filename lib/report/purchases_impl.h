/* What the files of the purchase log share. Private to them. */
#ifndef CRM_REPORT_PURCHASES_IMPL_H
#define CRM_REPORT_PURCHASES_IMPL_H

#include "report/purchases.h"

/* The columns of the two statements. */
enum { O_ID, O_ACCOUNT, O_CONTACT, O_DAY, O_CURRENCY, O_SUBTOTAL, O_DISCOUNT, O_RETURNED, O_COST };
enum { D_ID, D_ACCOUNT, D_CONTACT, D_CLOSED, D_CURRENCY, D_AMOUNT };

void purchases_orders_sql(const struct purchase_wish *w, struct sql *q);
void purchases_deals_sql(const struct purchase_wish *w, struct sql *q);

/* The day of the row at hand; false: it has none, or one that does not count any more. */
bool purchases_day(const struct purchase_wish *w, struct stmt *s, bool deals, int64_t *day);

#endif
