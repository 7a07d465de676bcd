/* Dates as people write them: words and offsets here, figures in when_date.c. */
#include <ctype.h>
#include <stdlib.h>
#include <time.h>

#include "core/buf.h"
#include "core/utf8.h"
#include "core/when_scan.h"

enum { TEXT_MAX = 64 };

/*
 * What is being worked out.  Hours behind a day go by the wall clock, so mon+9h is
 * nine o'clock also on the day on which the clocks change; hours behind an instant
 * are just hours.
 */
struct moment {
	enum { ON_DAY, ON_CLOCK, AT_INSTANT } kind;
	int64_t day, second; /* of the wall clock; any second */
	int64_t instant;
	int length; /* in seconds, once it is no day any more */
};

static const struct word {
	const char *name, *full;
	enum { NOW, TODAY, NEXT, START, LAST } kind;
	int n; /* TODAY: days from it; NEXT: weekday; START, LAST: enum period */
} words[] = {
	{ "now", "now", NOW, 0 },
	{ "today", "today", TODAY, 0 },
	{ "tomorrow", "tomorrow", TODAY, 1 },
	{ "yesterday", "yesterday", TODAY, -1 },
	{ "mon", "monday", NEXT, 0 },
	{ "tue", "tuesday", NEXT, 1 },
	{ "wed", "wednesday", NEXT, 2 },
	{ "thu", "thursday", NEXT, 3 },
	{ "fri", "friday", NEXT, 4 },
	{ "sat", "saturday", NEXT, 5 },
	{ "sun", "sunday", NEXT, 6 },
	{ "som", "som", START, PERIOD_MONTH },
	{ "eom", "eom", LAST, PERIOD_MONTH },
	{ "soq", "soq", START, PERIOD_QUARTER },
	{ "eoq", "eoq", LAST, PERIOD_QUARTER },
	{ "soy", "soy", START, PERIOD_YEAR },
	{ "eoy", "eoy", LAST, PERIOD_YEAR },
};

static const struct unit {
	const char *name;
	int days, months, seconds; /* one of them is set */
} units[] = {
	{ "d", 1, 0, 0 },	{ "w", 7, 0, 0 },    { "mo", 0, 1, 0 }, { "y", 0, 12, 0 },
	{ "h", 0, 0, 60 * 60 }, { "min", 0, 0, 60 }, { "m", 0, 0, 60 },
};

/* The letters that stand here, eaten. */
static struct str scan_letters(struct scan *s)
{
	size_t n = 0;
	while (n < s->rest.n && islower((unsigned char)s->rest.p[n]))
		n++;
	struct str letters = str_sub(s->rest, 0, n);
	s->rest = str_sub(s->rest, n, s->rest.n);
	return letters;
}

static struct moment word_moment(const struct word *w, int64_t now)
{
	int64_t today = zone_day(now);
	struct moment m = { .kind = ON_DAY, .day = today };
	switch (w->kind) {
	case NOW:
		m = (struct moment){ .kind = AT_INSTANT, .instant = now, .length = 1 };
		break;
	case TODAY:
		m.day = today + w->n;
		break;
	case NEXT:
		m.day = today + (w->n - weekday_of(today) + 6) % 7 + 1;
		break;
	case START:
		m.day = period_start(today, (enum period)w->n);
		break;
	case LAST:
		m.day = period_next(period_start(today, (enum period)w->n), (enum period)w->n) - 1;
		break;
	}
	return m;
}

static bool scan_word(struct scan *s, int64_t now, struct moment *m)
{
	struct str name = scan_letters(s);
	for (size_t i = 0; i < countof(words); i++) {
		if (str_is(name, words[i].name) || str_is(name, words[i].full)) {
			*m = word_moment(&words[i], now);
			return true;
		}
	}
	return false;
}

static void put_on_clock(struct moment *m)
{
	if (m->kind == AT_INSTANT) {
		m->day = zone_day(m->instant);
		m->second = zone_second(m->instant);
	}
	m->kind = ON_CLOCK;
}

static bool in_calendar(struct scan *s, int64_t day)
{
	return (day >= DAY_MIN && day <= DAY_MAX) || scan_wrong(s, "it leaves the years 1 to 9999");
}

static bool move(struct scan *s, struct moment *m, const struct unit *u, int64_t n)
{
	if (u->seconds && m->kind == AT_INSTANT) {
		m->instant += n * u->seconds;
		return in_calendar(s, floor_div(m->instant, DAY_SECONDS));
	}
	if (u->seconds) {
		put_on_clock(m);
		m->second += n * u->seconds;
		m->length = 1;
		return in_calendar(s, m->day + floor_div(m->second, DAY_SECONDS));
	}
	if (m->kind == AT_INSTANT)
		put_on_clock(m);
	m->day = day_add_months(m->day, n * u->months) + n * u->days;
	return in_calendar(s, m->day);
}

/* A sign, a number and its unit. */
static bool scan_offset(struct scan *s, const struct unit **unit, int64_t *n)
{
	int value;
	char sign = scan_any(s, "+-");
	if (!sign || !scan_number(s, &value))
		return false;
	*n = sign == '-' ? -value : value;
	struct str name = scan_letters(s);
	for (size_t i = 0; i < countof(units); i++) {
		if (str_is(name, units[i].name)) {
			*unit = &units[i];
			return true;
		}
	}
	return scan_wrong(s, "offsets are in d, w, mo, y, h or min");
}

/* +09:30 or a blank and 09:30 behind a day. */
static bool scan_day_clock(struct scan *s, struct moment *m)
{
	struct scan ahead = *s;
	int second;
	if (m->kind != ON_DAY || !scan_any(&ahead, "+ ") ||
	    !scan_clock(&ahead, &second, &m->length)) {
		s->why = ahead.why;
		return false;
	}
	put_on_clock(m);
	m->second = second;
	s->rest = ahead.rest;
	return true;
}

/* All offsets that follow; a text that begins with one counts from today, or from now. */
static bool scan_offsets(struct scan *s, struct moment *m)
{
	while (s->rest.n) {
		const struct unit *unit;
		int64_t n;
		if (scan_day_clock(s, m))
			continue;
		scan_eat(s, " ");
		if (s->why.n || !scan_offset(s, &unit, &n) || !move(s, m, unit, n))
			return false;
	}
	return true;
}

static bool scan_words(struct scan *s, int64_t now, struct when *out)
{
	struct moment m = { .kind = ON_DAY, .day = zone_day(now) };
	if (s->rest.p[0] == '+' || s->rest.p[0] == '-') {
		const struct unit *unit;
		int64_t n;
		if (!scan_offset(s, &unit, &n))
			return false;
		if (unit->seconds)
			m = (struct moment){ .kind = AT_INSTANT, .instant = now, .length = 1 };
		if (!move(s, &m, unit, n))
			return false;
	} else if (!scan_word(s, now, &m)) {
		return false;
	}
	if (!scan_offsets(s, &m))
		return false;
	if (m.kind == ON_DAY) {
		*out = (struct when){ false, m.day, m.day + 1 };
		return true;
	}
	if (m.kind == ON_CLOCK) {
		int64_t day = floor_div(m.second, DAY_SECONDS);
		m.instant = zone_instant(m.day + day, (int)(m.second - day * DAY_SECONDS));
	}
	*out = (struct when){ true, m.instant, m.instant + m.length };
	return true;
}

/* The text without blanks around it and in lower case; false where it is empty or too long. */
static bool scan_begin(struct scan *s, struct str text, char lower[TEXT_MAX], struct diag *d)
{
	struct str t = utf8_trim(text);
	if (t.n == 0)
		return diag_set(d, NULL, "a date is missing");
	if (t.n > TEXT_MAX)
		return diag_set(d, NULL, "%s is not a date", quoted(t, &d->arena));
	for (size_t i = 0; i < t.n; i++)
		lower[i] = t.p[i] >= 'A' && t.p[i] <= 'Z' ? (char)(t.p[i] | 0x20) : t.p[i];
	s->rest = (struct str){ lower, t.n };
	return true;
}

static bool scan_failed(const struct scan *s, struct str text, const char *what, struct diag *d)
{
	const char *text_quoted = quoted(utf8_trim(text), &d->arena);
	if (s->why.n)
		return diag_set(d, NULL, "%s is not a %s: %s", text_quoted, what, s->why.p);
	return diag_set(d, NULL, "%s is not a %s", text_quoted, what);
}

bool when_parse(struct str text, const struct calendar *c, struct when *out, struct diag *d)
{
	char lower[TEXT_MAX] = { 0 };
	struct scan s = { .order = c->order, .arena = &d->arena };
	if (!scan_begin(&s, text, lower, d))
		return false;
	bool figures = isdigit((unsigned char)lower[0]);
	struct scan word = s;
	if (!figures && scan_words(&word, c->now, out))
		return true;
	if (scan_date(&s, out)) /* also March 12, 2024 */
		return true;
	if (word.why.n)
		s.why = word.why;
	return scan_failed(&s, text, "date", d);
}

bool birthday_parse(struct str text, enum date_order order, struct str *out, struct arena *a,
		    struct diag *d)
{
	char lower[TEXT_MAX] = { 0 };
	struct civil c;
	struct scan s = { .order = order, .arena = &d->arena };
	if (!scan_begin(&s, text, lower, d))
		return false;
	if (!scan_birthday(&s, &c))
		return scan_failed(&s, text, "birthday", d);
	if (c.year)
		*out = day_print(day_of(c), a);
	else
		*out = arena_printf(a, "--%02d-%02d", c.month, c.day);
	return true;
}

int64_t clock_now(void)
{
	const char *fixed = getenv("CRM_NOW");
	if (!fixed || !*fixed)
		return (int64_t)time(NULL);
	struct calendar calendar = { .order = ORDER_DMY };
	struct diag d = { 0 };
	struct when w = { 0 };
	if (!isdigit((unsigned char)*fixed))
		die(STATUS_USAGE, "CRM_NOW: \"%s\" is not a date in figures", fixed);
	if (!when_parse(str_of(fixed), &calendar, &w, &d))
		die(STATUS_USAGE, "CRM_NOW: %s", d.message.p);
	diag_free(&d);
	return w.is_instant ? w.from : zone_instant(w.from, 0);
}
