/* The calendar: days as numbers, months that end, and their one written form. */
#include "core/date.h"

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of_month(int year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return days[month - 1] + (month == 2 && leap(year));
}

bool civil_valid(struct civil c)
{
	return c.year >= 1 && c.year <= 9999 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
	       (c.day <= 28 || c.day <= days_of_month(c.year, c.month));
}

/*
 * Both conversions count years from 1 March, so that the leap day is a year's
 * last, and cut time into eras of 400 years, which all have the same days.
 */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, DAYS_TO_1970 = 719468 /* from 0000-03-01 */ };

int64_t day_of(struct civil c)
{
	enum { BEFORE = 100 }; /* eras that are counted, too: no year has a sign */
	unsigned early = c.month < 3, year = (unsigned)(c.year + BEFORE * ERA_YEARS) - early;
	unsigned month = (unsigned)c.month + 12 * early - 3; /* 0 is March */
	unsigned of_year = (153 * month + 2) / 5 + (unsigned)c.day - 1;
	return (int64_t)year * 365 + year / 4 - year / 100 + year / 400 + of_year -
	       (int64_t)BEFORE * ERA_DAYS - DAYS_TO_1970;
}

struct civil civil_of(int64_t day)
{
	day += DAYS_TO_1970;
	int64_t era = floor_div(day, ERA_DAYS);
	int64_t of_era = day - era * ERA_DAYS;
	int64_t year_of_era =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA_DAYS - 1)) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (int)((5 * of_year + 2) / 153); /* 0 is March */
	return (struct civil){
		.year = (int)(year_of_era + era * ERA_YEARS + (month >= 10)),
		.month = month < 10 ? month + 3 : month - 9,
		.day = (int)of_year - (153 * month + 2) / 5 + 1,
	};
}

int weekday_of(int64_t day)
{
	int64_t from_monday = day + 3; /* 1970-01-01 was a Thursday */
	return (int)(from_monday - floor_div(from_monday, 7) * 7);
}

int64_t day_add_months(int64_t day, int64_t months)
{
	enum { MOST = 12 * 10000 }; /* leads out of the calendar whatever the day */
	months = months > MOST ? MOST : months < -MOST ? -MOST : months;
	struct civil c = civil_of(day);
	int64_t count = (int64_t)c.year * 12 + c.month - 1 + months;
	c.year = (int)floor_div(count, 12);
	c.month = (int)(count - (int64_t)c.year * 12) + 1;
	int last = days_of_month(c.year, c.month);
	c.day = c.day < last ? c.day : last;
	return day_of(c);
}

/* A period is `months` long, or `days` where that is 0. */
static const struct {
	const char *name;
	int days, months;
} periods[] = {
	[PERIOD_DAY] = { "day", 1, 0 },	    [PERIOD_WEEK] = { "week", 7, 0 },
	[PERIOD_MONTH] = { "month", 0, 1 }, [PERIOD_QUARTER] = { "quarter", 0, 3 },
	[PERIOD_YEAR] = { "year", 0, 12 },
};

int64_t period_start(int64_t day, enum period p)
{
	if (periods[p].months == 0)
		return periods[p].days == 7 ? day - weekday_of(day) : day;
	struct civil c = civil_of(day);
	c.month -= (c.month - 1) % periods[p].months;
	c.day = 1;
	return day_of(c);
}

int64_t period_next(int64_t start, enum period p)
{
	return day_add_months(start, periods[p].months) + periods[p].days;
}

bool period_parse(struct str name, enum period *out)
{
	for (size_t i = 0; i < countof(periods); i++) {
		if (str_is(name, periods[i].name)) {
			*out = (enum period)i;
			return true;
		}
	}
	return false;
}

/* By hand, not by printf: an export writes a dozen of these a row. */
static char *put_number(char *p, int value, int digits)
{
	for (int i = digits; i--; value /= 10)
		p[i] = (char)('0' + value % 10);
	return p + digits;
}

static char *put_day(char *p, int64_t day)
{
	day = day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : day;
	struct civil c = civil_of(day);
	p = put_number(p, c.year, 4);
	*p++ = '-';
	p = put_number(p, c.month, 2);
	*p++ = '-';
	return put_number(p, c.day, 2);
}

static char *put_minute(char *p, int second)
{
	p = put_number(p, second / 3600, 2);
	*p++ = ':';
	return put_number(p, second / 60 % 60, 2);
}

struct str day_print(int64_t day, struct arena *a)
{
	char *out = arena_alloc(a, sizeof "9999-12-31");
	return (struct str){ out, (size_t)(put_day(out, day) - out) };
}

struct str instant_print(int64_t instant, struct arena *a)
{
	char *out = arena_alloc(a, sizeof "9999-12-31T23:59:59Z");
	int64_t day = floor_div(instant, DAY_SECONDS);
	int second = (int)(instant - day * DAY_SECONDS);
	char *p = put_day(out, day);
	*p++ = 'T';
	p = put_minute(p, second);
	*p++ = ':';
	p = put_number(p, second % 60, 2);
	*p++ = 'Z';
	return (struct str){ out, (size_t)(p - out) };
}

struct str instant_print_local(int64_t instant, struct arena *a)
{
	char *out = arena_alloc(a, sizeof "9999-12-31 23:59");
	char *p = put_day(out, zone_day(instant));
	*p++ = ' ';
	p = put_minute(p, zone_second(instant));
	return (struct str){ out, (size_t)(p - out) };
}

/* The number that these digits are; -1: they are none. */
static int number_at(const char *p, size_t digits)
{
	int value = 0;
	for (; digits--; p++) {
		if (*p < '0' || *p > '9')
			return -1;
		value = value * 10 + (*p - '0');
	}
	return value;
}

bool day_scan(struct str s, int64_t *day)
{
	if (s.n != strlen("2026-11-22") || s.p[4] != '-' || s.p[7] != '-')
		return false;
	struct civil c = { number_at(s.p, 4), number_at(s.p + 5, 2), number_at(s.p + 8, 2) };
	if (!civil_valid(c))
		return false;
	*day = day_of(c);
	return true;
}

bool instant_scan(struct str s, int64_t *instant)
{
	int64_t day;
	if (s.n != strlen("2026-11-22T09:30:00Z") || s.p[10] != 'T' || s.p[13] != ':' ||
	    s.p[16] != ':' || s.p[19] != 'Z' || !day_scan(str_sub(s, 0, 10), &day))
		return false;
	int hour = number_at(s.p + 11, 2), minute = number_at(s.p + 14, 2),
	    second = number_at(s.p + 17, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return false;
	*instant = day * DAY_SECONDS + (int64_t)hour * 3600 + (int64_t)minute * 60 + second;
	return true;
}
