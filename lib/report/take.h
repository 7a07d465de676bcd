/* What single records add to a measure. Private to lib/report. */
#ifndef CRM_REPORT_TAKE_H
#define CRM_REPORT_TAKE_H

#include "report/report.h"

take take_number;  /* the field; an empty one adds nothing */
take take_product; /* of both fields */
take take_age;	   /* seconds from the instant until now */
take take_span;	   /* seconds from the first instant to the second; never below 0 */

take take_instant; /* the instant, or the local day's first one, in seconds since 1970 */

/* Of a line (an amount, returned, quantity): the amount without the share that came back. */
take take_kept;

/* Of dimensions: the local hour of an instant, 0 to 23, and the day of the week, 1 Monday to 7. */
struct value cut_hour(const struct taking *t, const struct value *v);
struct value cut_weekday(const struct taking *t, const struct value *v);
key_namer weekday_word;

bool value_instant(const struct value *v, int64_t *at);

/*
 * Whether somebody spoke in a call that is done: its outcome says so, or says nothing of it (they
 * are configurable) while it took time, or came in.
 */
bool call_connected(const struct value *outcome, const struct value *duration,
		    const struct value *direction);

#endif
