/* What single records add to a measure. Private to lib/report. */
#ifndef CRM_REPORT_TAKE_H
#define CRM_REPORT_TAKE_H

#include "report/report.h"

take take_number;  /* the field; an empty one adds nothing */
take take_product; /* of both fields */
take take_age;	   /* seconds from the instant until now */
take take_span;	   /* seconds from the first instant to the second; never below 0 */

take take_instant; /* an instant, or a day's beginning, in seconds since 1970 */
take take_time;	   /* the instant, or the local day's first one, for UNIT_INSTANT or UNIT_DAY */

/* Of a line (an amount, returned, quantity): the amount without the share that came back. */
take take_kept;

bool value_instant(const struct value *v, int64_t *at);

#endif
