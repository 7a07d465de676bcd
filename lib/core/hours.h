/*
 * Business hours: when a clock of working time runs.
 *
 * Local time of the zone in date.h; a day whose clocks are put on or back has
 * an hour less or more where that hour is worked.
 */
#ifndef CRM_CORE_HOURS_H
#define CRM_CORE_HOURS_H

#include "core/arena.h"
#include "core/base.h"
#include "core/diag.h"

enum { SPANS_MAX = 8 }; /* a day */

struct day_hours {
	size_t n; /* 0: closed */
	struct span {
		int from, to; /* minutes since midnight, to ≤ 24 × 60; in order, apart */
	} span[SPANS_MAX];
};

struct special_days {
	int64_t first, last;	/* as in date.h; of yearly ones in the year 4 (a leap year) */
	bool yearly;		/* every year on those days */
	struct day_hours hours; /* none: holidays */
};

struct hours {
	bool always;			    /* around the clock, and nothing else counts */
	struct day_hours week[7];	    /* from Monday */
	const struct special_days *special; /* beat the week; of a year beat yearly, fewer more */
	size_t nspecial;
};

/*
 * week: "mon-fri 08:00-12:00 13:00-17:30;sat 08:00-12:00"; empty: around the clock.
 * special: "2026-02-16..2026-02-20;--09-02;2026-02-14 08:00-12:00".  False with diag, whose
 * field is "hours" or "special_days".  What it allocates is the arena's.
 */
bool hours_parse(struct hours *h, struct str week, struct str special, struct arena *a,
		 struct diag *d);

/* One line of either, such as "mon-fri 08:00-12:00"; for the configuration. */
bool spans_parse(struct day_hours *h, struct str text, struct diag *d);
bool weekdays_parse(struct str text, int *first, int *last, struct diag *d); /* 0 Monday … */

/* Working seconds in [from, to); 0 where to ≤ from. */
int64_t hours_between(const struct hours *h, int64_t from, int64_t to);

/*
 * The instant at which so many (≥ 0) working seconds have passed since `from`;
 * INT64_MAX if that is not within ten years.
 */
int64_t hours_add(const struct hours *h, int64_t from, int64_t seconds);

#endif
