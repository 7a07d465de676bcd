/*
 * Calendar days, instants and the words people write for them.
 *
 * A day is a count of days since 1970-01-01 in the proleptic Gregorian
 * calendar; an instant a count of seconds since 1970-01-01T00:00:00Z.  Own
 * arithmetic: libc makes 31 January + 1 month the 3rd of March.
 */
#ifndef CRM_CORE_DATE_H
#define CRM_CORE_DATE_H

#include "core/arena.h"
#include "core/base.h"
#include "core/diag.h"

enum { DAY_MIN = -719162 /* 0001-01-01 */, DAY_MAX = 2932896 /* 9999-12-31 */ };
enum { DAY_SECONDS = 24 * 60 * 60 };

/* Rounds down below zero too, as days and years are counted. */
static inline int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct civil {
	int year, month, day; /* 1..9999, 1..12, 1..31 */
};

bool civil_valid(struct civil c); /* false for 30 February */
int64_t day_of(struct civil c);	  /* c must be valid */
struct civil civil_of(int64_t day);
int weekday_of(int64_t day); /* 0 Monday … 6 Sunday */

/*
 * months may be negative; a day that the month lacks becomes its last (31 Jan +
 * 1mo = 28 or 29 Feb).  The result may lie outside DAY_MIN … DAY_MAX.
 */
int64_t day_add_months(int64_t day, int64_t months);

/* First day of the period that holds `day`. */
enum period {
	PERIOD_DAY,
	PERIOD_WEEK /* from Monday */,
	PERIOD_MONTH,
	PERIOD_QUARTER,
	PERIOD_YEAR
};
int64_t period_start(int64_t day, enum period p);
int64_t period_next(int64_t start, enum period p);    /* start of the one after */
bool period_parse(struct str name, enum period *out); /* "day" … "year" */

/*
 * The zone in which local days are cut.  zone_set makes `name` (an IANA name) the
 * zone of this process; false with diag if the system does not know it (libc
 * would silently use UTC).  Before zone_set the zone is UTC.
 */
bool zone_set(const char *name, struct diag *d);
const char *zone_name(void);
int64_t zone_day(int64_t instant); /* the local day */
int zone_second(int64_t instant);  /* seconds since local midnight by the wall clock */
int64_t zone_instant(
    int64_t day,
    int second); /* local wall clock to instant; in a gap the later one, in a fold the earlier */

/*
 * "2026-11-21"; "2026-11-21T02:30:00Z"; local "2026-11-21 09:30".  A day outside
 * DAY_MIN … DAY_MAX is printed as the nearer of them.
 */
struct str day_print(int64_t day, struct arena *a);
struct str instant_print(int64_t instant, struct arena *a);
struct str instant_print_local(int64_t instant, struct arena *a);

/* Strict readers of what the two printers above write; false otherwise. */
bool day_scan(struct str s, int64_t *day);
bool instant_scan(struct str s, int64_t *instant);

enum date_order { ORDER_DMY, ORDER_MDY, ORDER_YMD }; /* of 3/4/2026 */

/* What the words mean depends on. */
struct calendar {
	int64_t now; /* the instant that today, +3d, som … count from */
	enum date_order order;
};

/*
 * What somebody meant: days [from, to) as day counts, or instants [from, to) as
 * seconds.  "2026-Q4" is 92 days, "2026-11-21" one day, "2026-11-21T09:30" the
 * sixty instants of that minute, "now" and "+2h" one instant.
 */
struct when {
	bool is_instant;
	int64_t from, to;
};

/*
 * cli.md, "Values", Dates: 2026-11-21 20261121 · 2026-11-21T09:30[:15[.123]][Z|+07:00]
 * (also with a blank for the T) · 21/11/2026, 21-11-2026, 21.11.2026 (by order;
 * a year of four digits; a time may follow) · now today tomorrow yesterday ·
 * mon … sun (the next one, never today) · +3d -2w +1mo -1y (local days) · +2h -90min
 * (instants; also +30m where m is minutes) · som eom soq eoq soy eoy (start and end
 * day of this month, quarter, year), each with an offset: mon+9h, som-1mo, eom+3d,
 * today+09:30 · intervals 2026 2026-11 2026-Q4 2026-W47.  Case does not matter.
 * A local time without a zone is in zone_name().  30 February, hour 25 and any rest
 * are errors that say what is wrong.  Hours behind a day go by the wall clock (mon+9h
 * is nine o'clock also where an hour is lost that day), behind now they are hours.
 * Also read: 2026/11/21, monday, tomorrow 14:00, offsets in a chain (+1d+9h); months in
 * words, English or Vietnamese (12 Mar 2024, March 12, 2024, 12 tháng 3, 2024), and behind
 * a time AM, PM, SA or CH.
 */
bool when_parse(struct str text, const struct calendar *c, struct when *out, struct diag *d);

/*
 * 2026-05-17, 17/05/2026, 17 May 2026; --05-17, 17/05, 17/5 or 17 May (year unknown):
 * canonical text.  False with diag.
 */
bool birthday_parse(struct str text, enum date_order order, struct str *out, struct arena *a,
		    struct diag *d);

/* $CRM_NOW (an instant or a day as when_parse reads it without words), else the clock. */
int64_t clock_now(void);

#endif
