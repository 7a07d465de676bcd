/* How long to wait: 10min, 2h, 3d, 1w. */
#ifndef CRM_CORE_DELAY_H
#define CRM_CORE_DELAY_H

#include "core/base.h"

/* Kept apart, for a day of the calendar is not 24 hours of business; none: { 0, 0 }. */
struct delay {
	int64_t days, seconds;
};

/* A whole number and min (or m), h, d or w, up to ten years; 0 needs no unit.  False: none. */
bool delay_parse(struct str text, struct delay *out);

/* In seconds, a day being 24 hours. */
int64_t delay_seconds(struct delay d);

#endif
