/* When a rule of repetition does not come although it says so: its EXDATE. */
#include "core/buf.h"
#include "core/date.h"
#include "stream/calendar.h"

#define EXDATE "EXDATE="

static int64_t number(struct str s, size_t at, size_t n)
{
	int64_t i = 0;
	str_int(str_sub(s, at, n), &i);
	return i;
}

/* 20261231: the whole day; 20261231T090000: by the clock on the wall; 20261231T020000Z. */
static struct calendar_gap gap_of(struct str s)
{
	int64_t day = day_of(
	    (struct civil){ (int)number(s, 0, 4), (int)number(s, 4, 2), (int)number(s, 6, 2) });
	int second = (int)(number(s, 9, 2) * 3600 + number(s, 11, 2) * 60 + number(s, 13, 2));
	if (s.n == 8)
		return (struct calendar_gap){ zone_instant(day, 0), zone_instant(day + 1, 0) };
	int64_t at = s.n > 15 ? day * DAY_SECONDS + second : zone_instant(day, second);
	return (struct calendar_gap){ at, at + 1 };
}

struct str calendar_rule(struct str text, struct calendar_gaps *gaps, struct arena *a)
{
	struct buf rule = { 0 };
	struct str part, one;
	*gaps = (struct calendar_gaps){ .list = arena_new(a, struct calendar_gap, text.n / 8 + 1) };
	while (str_cut(&text, ';', &part)) {
		if (!str_starts(part, EXDATE)) {
			buf_printf(&rule, "%s%.*s", rule.n ? ";" : "", (int)part.n, part.p);
			continue;
		}
		part = str_sub(part, sizeof EXDATE - 1, part.n);
		while (str_cut(&part, ',', &one))
			gaps->list[gaps->n++] = gap_of(one);
	}
	struct str all = buf_copy(&rule, a);
	buf_free(&rule);
	return all;
}

bool calendar_in_gap(const struct calendar_gaps *gaps, int64_t at)
{
	for (size_t i = 0; i < gaps->n; i++)
		if (at >= gaps->list[i].from && at < gaps->list[i].to)
			return true;
	return false;
}
