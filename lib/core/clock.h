/* How much time passes, whatever hour the clocks are set to (and CRM_NOW). */
#ifndef CRM_CORE_CLOCK_H
#define CRM_CORE_CLOCK_H

#include <time.h>

/* Seconds since some moment that stays the same while the machine runs. */
static inline double clock_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
