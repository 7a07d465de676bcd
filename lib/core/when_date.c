/* Dates in figures: 21/11/2026, 2026-11-21T09:30+07:00, 2026-Q4, --05-17. */
#include "core/when_scan.h"

#include <ctype.h>

#include "core/buf.h"

bool scan_wrong(struct scan *s, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	s->why = buf_copy(&b, s->arena);
	buf_free(&b);
	return false;
}

bool scan_eat(struct scan *s, const char *word)
{
	if (!str_starts(s->rest, word))
		return false;
	s->rest = str_sub(s->rest, strlen(word), s->rest.n);
	return true;
}

/* The first of the characters in `any` that stands here, eaten; else 0. */
char scan_any(struct scan *s, const char *any)
{
	char c = s->rest.n ? s->rest.p[0] : '\0';
	if (!c || !strchr(any, c))
		return '\0';
	s->rest = str_sub(s->rest, 1, s->rest.n);
	return c;
}

/* A number of at most 9 digits; how many there were, 0 for none or too many. */
size_t scan_number(struct scan *s, int *out)
{
	size_t n = 0;
	int value = 0;
	while (n < s->rest.n && isdigit((unsigned char)s->rest.p[n])) {
		if (n == 9)
			return 0;
		value = value * 10 + (s->rest.p[n++] - '0');
	}
	s->rest = str_sub(s->rest, n, s->rest.n);
	*out = value;
	return n;
}

/* A day of the calendar, or of any year where its year is 0. */
static bool check_civil(struct scan *s, struct civil c)
{
	static const char *const names[] = {
		"January", "February", "March",	    "April",   "May",	   "June",
		"July",	   "August",   "September", "October", "November", "December",
	};
	enum { LEAP = 2000 };
	if (c.month < 1 || c.month > 12)
		return scan_wrong(s, "there is no month %d", c.month);
	if (civil_valid((struct civil){ c.year ? c.year : LEAP, c.month, c.day }))
		return true;
	if (c.year)
		return scan_wrong(s, "%s %04d has no day %d", names[c.month - 1], c.year, c.day);
	return scan_wrong(s, "%s has no day %d", names[c.month - 1], c.day);
}

/* Day and month as the calendar's order puts them. */
static bool check_order(struct scan *s, int year, int first, int second, struct civil *out)
{
	bool day_first = s->order == ORDER_DMY;
	*out = (struct civil){ year, day_first ? second : first, day_first ? first : second };
	if (out->month > 12 && out->day <= 12)
		return scan_wrong(s, "there is no month %d (the %s comes first here)", out->month,
				  day_first ? "day" : "month");
	return check_civil(s, *out);
}

/* A number of one or two figures. */
static bool scan_two(struct scan *s, int *out)
{
	size_t digits = scan_number(s, out);
	return digits == 1 || digits == 2;
}

/* The rest of 21/11/2026 behind its first number. */
static bool read_local_date(struct scan *s, int first, struct civil *out)
{
	int second, year;
	char mark = scan_any(s, "/-.");
	if (!mark || !scan_two(s, &second) || scan_any(s, "/-.") != mark)
		return false;
	if (scan_number(s, &year) != 4 || year < 1)
		return scan_wrong(s, "the year must have four digits");
	if (s->order == ORDER_YMD)
		return scan_wrong(s, "the year comes first here");
	return check_order(s, year, first, second, out);
}

/* The rest of 2026-11-21, 2026/11/21 or of an interval behind its year. */
static bool read_year_date(struct scan *s, int year, struct civil *out, enum period *length)
{
	*out = (struct civil){ year, 1, 1 };
	*length = PERIOD_YEAR;
	if (year < 1)
		return scan_wrong(s, "years go from 0001 to 9999");
	char mark = scan_any(s, "-/.");
	if (!mark)
		return true;
	if (mark == '-' && scan_eat(s, "q")) {
		int quarter = 0;
		*length = PERIOD_QUARTER;
		if (scan_number(s, &quarter) != 1 || quarter < 1 || quarter > 4)
			return scan_wrong(s, "quarters go from Q1 to Q4");
		out->month = 3 * quarter - 2;
		return true;
	}
	if (!scan_two(s, &out->month))
		return false;
	*length = PERIOD_MONTH;
	char again = scan_any(s, "-/.");
	if (again) {
		if (again != mark || !scan_two(s, &out->day))
			return false;
		*length = PERIOD_DAY;
	} else if (mark != '-') {
		return false; /* 2026/11 and 2026.11: a fraction, a number of anything */
	}
	return check_civil(s, *out);
}

/* ISO 8601: week 1 is the one that holds 4 January. */
static bool read_week(struct scan *s, int year, int64_t *monday)
{
	int week;
	if (!scan_eat(s, "-w") || scan_number(s, &week) != 2)
		return scan_wrong(s, "weeks are written W01 to W53");
	int64_t first = period_start(day_of((struct civil){ year, 1, 4 }), PERIOD_WEEK);
	*monday = first + INT64_C(7) * (week - 1);
	int64_t thursday = *monday + 3; /* says which year the week belongs to */
	if (week < 1 || civil_of(thursday).year != year)
		return scan_wrong(s, "%04d has no week %d", year, week);
	return true;
}

/* 09:30, 9:30:15, 09:30:15.123: the second of the day and how many seconds it means. */
bool scan_clock(struct scan *s, int *second, int *length)
{
	int hour, minute, seconds = 0, fraction;
	if (!scan_two(s, &hour) || !scan_eat(s, ":") || scan_number(s, &minute) != 2)
		return false;
	*length = 60;
	if (scan_eat(s, ":")) {
		*length = 1;
		if (scan_number(s, &seconds) != 2)
			return false;
		if (scan_any(s, ".,") && !scan_number(s, &fraction))
			return false;
	}
	int of_day = scan_half_day(s, hour);
	if (of_day < 0 || of_day > 23 || minute > 59 || seconds > 59)
		return scan_wrong(s, "there is no time %02d:%02d:%02d", hour, minute, seconds);
	*second = of_day * 3600 + minute * 60 + seconds;
	return true;
}

/* Z, +07, +0700, +07:00: seconds east of UTC. */
static bool read_zone(struct scan *s, int *east)
{
	int hour, minute = 0;
	*east = 0;
	if (scan_eat(s, "z"))
		return true;
	char sign = scan_any(s, "+-");
	if (!sign)
		return false;
	size_t digits = scan_number(s, &hour);
	if (digits == 4) {
		minute = hour % 100;
		hour /= 100;
	} else if (digits != 2 || (scan_eat(s, ":") && scan_number(s, &minute) != 2)) {
		return scan_wrong(s, "a zone is written Z or +07:00");
	}
	if (hour > 18 || minute > 59)
		return scan_wrong(s, "there is no zone %c%02d:%02d", sign, hour, minute);
	*east = (hour * 3600 + minute * 60) * (sign == '-' ? -1 : 1);
	return true;
}

/* The time behind a day: nothing (the whole day), or T or a blank and a clock. */
static bool read_time(struct scan *s, int64_t day, struct when *out)
{
	int second = 0, length = 0, east;
	*out = (struct when){ false, day, day + 1 };
	if (!scan_eat(s, "t") && !scan_eat(s, " ") && !scan_eat(s, ", "))
		return s->rest.n == 0;
	while (scan_eat(s, " "))
		;
	if (!scan_clock(s, &second, &length))
		return s->why.n ? false : scan_wrong(s, "a time is written 09:30 or 09:30:15");
	out->is_instant = true;
	out->from = zone_instant(day, second);
	scan_eat(s, " ");
	if (s->rest.n && read_zone(s, &east))
		out->from = day * DAY_SECONDS + second - east;
	out->to = out->from + length;
	int64_t utc_day = floor_div(out->from, DAY_SECONDS);
	if (utc_day < DAY_MIN || utc_day > DAY_MAX)
		return scan_wrong(s, "years go from 0001 to 9999");
	return s->rest.n == 0 && !s->why.n;
}

/* 20261121, ISO 8601's basic form, as many exports have it. */
static bool read_basic_date(struct scan *s, int digits, struct civil *out)
{
	*out = (struct civil){ digits / 10000, digits / 100 % 100, digits % 100 };
	return out->year > 0 && check_civil(s, *out);
}

bool scan_date(struct scan *s, struct when *out)
{
	int first;
	struct scan named = *s;
	struct civil worded;
	if (scan_named_date(&named, &worded) && worded.year) {
		bool good = check_civil(&named, worded) && read_time(&named, day_of(worded), out);
		*s = named;
		return good;
	}
	size_t digits = scan_number(s, &first);
	struct civil c = { 0 };
	enum period length = PERIOD_DAY;
	int64_t from = 0;
	*out = (struct when){ 0 };
	if (digits == 4 && str_starts(s->rest, "-w")) {
		length = PERIOD_WEEK;
		if (first < 1 || !read_week(s, first, &from))
			return false;
	} else {
		bool good = digits == 4 ? read_year_date(s, first, &c, &length)
			    : digits == 8
				? read_basic_date(s, first, &c)
				: digits > 0 && digits < 3 && read_local_date(s, first, &c);
		if (!good)
			return false;
		from = day_of(c);
	}
	if (length == PERIOD_DAY)
		return read_time(s, from, out);
	*out = (struct when){ false, from, period_next(from, length) };
	return s->rest.n == 0;
}

bool scan_birthday(struct scan *s, struct civil *out)
{
	int first, second;
	enum period length = PERIOD_DAY;
	struct scan named = *s;
	if (scan_named_date(&named, out)) {
		*s = named;
		return check_civil(s, *out) && s->rest.n == 0;
	}
	bool yearless = scan_eat(s, "--");
	size_t digits = scan_number(s, &first);
	if (digits == 4 && yearless && s->rest.n == 0) { /* --0517, as vCards have it */
		*out = (struct civil){ 0, first / 100, first % 100 };
		return check_civil(s, *out);
	}
	if (digits == 4 && !yearless)
		return read_year_date(s, first, out, &length) && length == PERIOD_DAY &&
		       s->rest.n == 0;
	if (digits == 8 && !yearless)
		return read_basic_date(s, first, out) && s->rest.n == 0;
	struct scan ahead = *s;
	char mark = scan_any(&ahead, yearless ? "-" : "/-.");
	if (digits < 1 || digits > 2 || !mark || !scan_two(&ahead, &second))
		return false;
	if (ahead.rest.n)
		return !yearless && read_local_date(s, first, out) && s->rest.n == 0;
	*out = (struct civil){ 0, first, second };
	return yearless ? check_civil(s, *out) : check_order(s, 0, first, second, out);
}
