/* When a clock of working time runs. */
#include "core/hours.h"

#include "core/buf.h"
#include "core/date.h"

enum { MINUTE = 60, DAY_MINUTES = 24 * 60, YEARLY = 4, HORIZON_DAYS = 3660 };

static const char weekdays[7][4] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* -- reading -- */

static bool weekday_parse(struct str s, int *out)
{
	for (int i = 0; i < 7; i++) {
		if (str_is(s, weekdays[i])) {
			*out = i;
			return true;
		}
	}
	return false;
}

bool weekdays_parse(struct str text, int *first, int *last, struct diag *d)
{
	ptrdiff_t dash = str_find(text, '-');
	struct str a = dash < 0 ? text : str_sub(text, 0, (size_t)dash);
	struct str b = dash < 0 ? text : str_sub(text, (size_t)dash + 1, text.n);
	bool days = weekday_parse(a, first) && weekday_parse(b, last);
	if (days && *first > *last)
		return diag_set(d, NULL, "%s goes past sun, where the week ends; say it in two",
				quoted(text, &d->arena));
	return days || diag_set(d, NULL, "%s is no weekday such as mon, or mon-fri",
				quoted(text, &d->arena));
}

/* "08:30" → 510; 24:00 is the end of the day. */
static bool minute_parse(struct str s, int *out)
{
	int64_t hour, minute;
	ptrdiff_t colon = str_find(s, ':');
	if (colon < 1 || colon > 2 || s.n != (size_t)colon + 3 ||
	    !str_int(str_sub(s, 0, (size_t)colon), &hour) ||
	    !str_int(str_sub(s, (size_t)colon + 1, s.n), &minute))
		return false;
	*out = (int)(hour * 60 + minute);
	return hour >= 0 && minute >= 0 && minute < 60 && *out <= DAY_MINUTES;
}

static bool span_parse(struct span *span, struct str text)
{
	ptrdiff_t dash = str_find(text, '-');
	return dash > 0 && minute_parse(str_sub(text, 0, (size_t)dash), &span->from) &&
	       minute_parse(str_sub(text, (size_t)dash + 1, text.n), &span->to) &&
	       span->from != span->to;
}

bool spans_parse(struct day_hours *h, struct str text, struct diag *d)
{
	struct str rest = text, piece;
	h->n = 0;
	while (str_cut(&rest, ' ', &piece)) {
		struct span span;
		if (!piece.n)
			continue;
		if (!span_parse(&span, piece))
			return diag_set(d, NULL, "%s is no span of time such as 08:00-12:00",
					quoted(piece, &d->arena));
		if (span.from > span.to)
			return diag_set(d, NULL,
					"%s ends before it begins; over midnight it is two:"
					" 22:00-24:00, and 00:00-06:00 of the day after",
					quoted(piece, &d->arena));
		if (h->n && span.from < h->span[h->n - 1].to)
			return diag_set(d, NULL, "%s begins before the span before it ends",
					quoted(piece, &d->arena));
		if (h->n == SPANS_MAX)
			return diag_set(d, NULL, "a day has no more than %d spans", SPANS_MAX);
		h->span[h->n++] = span;
	}
	return true;
}

/* The first word of an entry, and what is behind it. */
static struct str first_word(struct str *entry)
{
	struct str word;
	*entry = str_trim(*entry);
	str_cut(entry, ' ', &word);
	return word;
}

static bool week_parse(struct hours *h, struct str text, struct diag *d)
{
	struct str entry;
	h->always = !str_trim(text).n;
	while (str_cut(&text, ';', &entry)) {
		struct day_hours day;
		int first, last;
		if (!str_trim(entry).n)
			continue;
		struct str days = first_word(&entry);
		if (!weekdays_parse(days, &first, &last, d) || !spans_parse(&day, entry, d))
			return false;
		for (int i = first; i <= last; i++)
			h->week[i] = day;
	}
	return true;
}

/* "2026-01-01", or "--09-02" for every year. */
static bool special_day_parse(int64_t *day, bool *yearly, struct str text, struct diag *d)
{
	struct str full = text;
	*yearly = str_starts(text, "--");
	if (*yearly)
		full = arena_printf(&d->arena, "%04d-%.*s", YEARLY, (int)text.n - 2, text.p + 2);
	return day_scan(full, day) ||
	       diag_set(d, NULL, "%s is no day such as 2026-01-01 or --09-02",
			quoted(text, &d->arena));
}

/* One, or "2026-02-16..2026-02-20". */
static bool special_days_parse(struct special_days *s, struct str text, struct diag *d)
{
	bool yearly;
	const char *dots = memmem(text.p, text.n, "..", 2);
	size_t at = dots ? (size_t)(dots - text.p) : text.n;
	struct str last = str_sub(text, dots ? at + 2 : 0, text.n);
	if (!special_day_parse(&s->first, &s->yearly, str_sub(text, 0, at), d) ||
	    !special_day_parse(&s->last, &yearly, last, d))
		return false;
	if (yearly != s->yearly)
		return diag_set(d, NULL, "%s is partly of one year and partly of every year",
				quoted(text, &d->arena));
	return s->first <= s->last ||
	       diag_set(d, NULL, "%s ends before it begins%s", quoted(text, &d->arena),
			yearly ? "; over the end of the year it is two" : "");
}

static bool specials_parse(struct hours *h, struct str text, struct arena *a, struct diag *d)
{
	struct special_days *all = arena_new(a, struct special_days, text.n / 6 + 1);
	struct str entry;
	h->special = all;
	while (str_cut(&text, ';', &entry)) {
		struct special_days *s = &all[h->nspecial];
		if (!str_trim(entry).n)
			continue;
		if (!special_days_parse(s, first_word(&entry), d) ||
		    !spans_parse(&s->hours, entry, d))
			return false;
		h->nspecial++;
	}
	return true;
}

bool hours_parse(struct hours *h, struct str week, struct str special, struct arena *a,
		 struct diag *d)
{
	*h = (struct hours){ 0 };
	if (!week_parse(h, week, d))
		return diag_set(d, "hours", "%s", arena_str(&d->arena, d->message).p);
	if (!specials_parse(h, special, a, d))
		return diag_set(d, "special_days", "%s", arena_str(&d->arena, d->message).p);
	return true;
}

/* -- counting -- */

/* Whether a says more of a day than b (NULL: nothing does). */
static bool is_closer(const struct special_days *a, const struct special_days *b)
{
	if (!b || a->yearly != b->yearly)
		return !b || b->yearly;
	return a->last - a->first <= b->last - b->first;
}

static const struct day_hours *hours_of(const struct hours *h, int64_t day)
{
	struct civil c = civil_of(day);
	int64_t yearly = day_of((struct civil){ YEARLY, c.month, c.day });
	const struct special_days *found = NULL;
	for (size_t i = 0; i < h->nspecial; i++) {
		const struct special_days *s = &h->special[i];
		int64_t at = s->yearly ? yearly : day;
		if (s->first <= at && at <= s->last && is_closer(s, found))
			found = s;
	}
	return found ? &found->hours : &h->week[weekday_of(day)];
}

static int64_t instant_of(int64_t day, int minute)
{
	return minute == DAY_MINUTES ? zone_instant(day + 1, 0)
				     : zone_instant(day, minute * MINUTE);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t hours_between(const struct hours *h, int64_t from, int64_t to)
{
	int64_t sum = 0;
	if (h->always || to <= from)
		return to > from ? to - from : 0;
	for (int64_t day = zone_day(from), last = zone_day(to); day <= last; day++) {
		const struct day_hours *today = hours_of(h, day);
		for (size_t i = 0; i < today->n; i++) {
			int64_t begin = later(instant_of(day, today->span[i].from), from);
			int64_t end = instant_of(day, today->span[i].to);
			sum += later((end < to ? end : to) - begin, 0);
		}
	}
	return sum;
}

int64_t hours_add(const struct hours *h, int64_t from, int64_t seconds)
{
	if (h->always)
		return from + seconds;
	for (int64_t day = zone_day(from), end = day + HORIZON_DAYS; day < end; day++) {
		const struct day_hours *today = hours_of(h, day);
		for (size_t i = 0; i < today->n; i++) {
			int64_t begin = later(instant_of(day, today->span[i].from), from);
			int64_t length = instant_of(day, today->span[i].to) - begin;
			if (length < 0)
				continue;
			if (seconds <= length)
				return begin + seconds;
			seconds -= length;
		}
	}
	return INT64_MAX;
}
