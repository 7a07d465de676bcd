/* Dates with the month in words: 12 Mar 2024, March 12, 2024, ngày 12 tháng 3 năm 2024. */
#include <ctype.h>

#include "core/utf8.h"
#include "core/when_scan.h"

static const char *const months[] = { "january",   "february", "march",	   "april",
				      "may",	   "june",     "july",	   "august",
				      "september", "october",  "november", "december" };

/* What says nothing, folded: days of the week, "ngày", "năm", "of". */
static const char *const fillers[] = {
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "ngay",
	"nam",	  "of",	     "thu",	  "hai",      "ba",	"tu",	    "sau",    "bay",
	"chu",	  "nhat",    "st",	  "nd",	      "rd",	"th",
};

static bool is_start_of(struct str word, const char *full)
{
	return word.n >= 3 && word.n <= strlen(full) && memcmp(word.p, full, word.n) == 0;
}

/* "mar", "march", "sept": 3, 3, 9; 0 for what is no month. */
static int month_named(struct str word)
{
	for (size_t i = 0; i < countof(months); i++)
		if (is_start_of(word, months[i]))
			return (int)i + 1;
	return 0;
}

static bool is_filler(struct str word)
{
	for (size_t i = 0; i < countof(fillers); i++)
		if (str_is(word, fillers[i]) || (i < 7 && is_start_of(word, fillers[i])))
			return true;
	return false;
}

/* A word: the month, what says that its number follows, or a filler. */
static bool read_word(struct str word, struct civil *c, bool *month_next)
{
	int month = month_named(word);
	if (month && c->month)
		return false;
	if (month)
		c->month = month;
	*month_next = str_is(word, "thang") || str_is(word, "thg");
	return month || *month_next || is_filler(word);
}

static bool read_number(struct scan *s, struct civil *c, bool month_next)
{
	int n;
	size_t digits = scan_number(s, &n);
	bool two = digits == 1 || digits == 2;
	if (month_next && two && !c->month)
		c->month = n;
	else if (digits == 4 && n > 0)
		c->year = n;
	else if (!month_next && two && !c->day)
		c->day = n;
	else
		return false;
	return n > 0;
}

/* Three letters on end, or letters of another alphabet: spares dates in figures the fold. */
static bool has_word(struct str s)
{
	size_t run = 0;
	for (size_t i = 0; i < s.n && run < 3; i++)
		run = (unsigned char)s.p[i] >= 0x80    ? 3
		      : islower((unsigned char)s.p[i]) ? run + 1
						       : 0;
	return run == 3;
}

bool scan_named_date(struct scan *s, struct civil *out)
{
	struct scan at = *s;
	bool month_next = false, good = true;
	*out = (struct civil){ 0 };
	if (!has_word(s->rest))
		return false;
	at.rest = utf8_fold(s->rest, s->arena);
	while (good && at.rest.n && !out->year) {
		size_t n = 0;
		while (n < at.rest.n && islower((unsigned char)at.rest.p[n]))
			n++;
		if (isdigit((unsigned char)at.rest.p[0])) {
			good = read_number(&at, out, month_next);
			month_next = false;
		} else if (n) {
			good = read_word(str_sub(at.rest, 0, n), out, &month_next);
			at.rest = str_sub(at.rest, n, at.rest.n);
		} else {
			good = scan_any(&at, " ,-/.");
		}
	}
	if (!good || !out->month || !out->day)
		return false;
	s->rest = at.rest;
	return true;
}

/* 9:30 PM, 9:30 CH: the hour of the day; 0 to 23, or -1 where there is no such hour. */
int scan_half_day(struct scan *s, int hour)
{
	static const struct {
		const char *name;
		int first;
	} halves[] = {
		{ "am", 0 }, { "a.m.", 0 }, { "sa", 0 }, { "pm", 12 }, { "p.m.", 12 }, { "ch", 12 },
	};
	struct scan ahead = *s;
	scan_eat(&ahead, " ");
	scan_eat(&ahead, "\xe2\x80\xaf"); /* narrow, as newer systems write it */
	for (size_t i = 0; i < countof(halves); i++) {
		if (!scan_eat(&ahead, halves[i].name))
			continue;
		s->rest = ahead.rest;
		return hour >= 1 && hour <= 12 ? hour % 12 + halves[i].first : -1;
	}
	return hour;
}
