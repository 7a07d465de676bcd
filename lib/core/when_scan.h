/* Between when.c (words) and when_date.c (figures): one text being read. */
#ifndef CRM_CORE_WHEN_SCAN_H
#define CRM_CORE_WHEN_SCAN_H

#include "core/date.h"

/*
 * The readers eat from `rest` what they understand.  They return false where it is
 * none of their business, and set `why` where it is but is wrong.
 */
struct scan {
	struct str rest; /* in lower case */
	enum date_order order;
	struct str why;
	struct arena *arena; /* of `why` */
};

/* Fills in `why` and returns false. */
bool scan_wrong(struct scan *s, const char *fmt, ...) printf_like(2, 3);

bool scan_eat(struct scan *s, const char *word);

/* The one of the characters in `any` that stands here, eaten; else 0. */
char scan_any(struct scan *s, const char *any);

/* A number of at most 9 figures; how many there were, 0 for none or too many. */
size_t scan_number(struct scan *s, int *out);

/* 09:30, 9:30:15, 09:30:15.123: the second of the day and how many seconds it means. */
bool scan_clock(struct scan *s, int *second, int *length);

/*
 * A day whose month is in words, English or Vietnamese, eaten up to its year; without one
 * the year is 0 and nothing is left.  Whether there is such a day is not checked.
 */
bool scan_named_date(struct scan *s, struct civil *out);

/* The hour of a clock, and AM, PM, SA or CH behind it, eaten: 0 to 23; -1: there is none. */
int scan_half_day(struct scan *s, int hour);

/* All of the rest as a date, a time or an interval in figures. */
bool scan_date(struct scan *s, struct when *out);

/* All of the rest as a birthday; its year is 0 where it is unknown. */
bool scan_birthday(struct scan *s, struct civil *out);

#endif
