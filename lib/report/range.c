/* When: the range of a report, its periods, and what they are compared with. */
#include "report/job.h"

static bool parse_point(const char *option, const char *text, const struct calendar *c, bool *has,
			int64_t *at, struct diag *d)
{
	struct when w;
	if (!text)
		return true;
	if (!when_parse(str_of(text), c, &w, d)) {
		d->source = str_of(option);
		return false;
	}
	*has = true;
	*at = w.is_instant ? w.from : zone_instant(w.from, 0);
	return true;
}

static bool parse_against(const char *text, enum against *out, struct diag *d)
{
	if (!text)
		return true;
	*out = !strcmp(text, "previous") ? AGAINST_PREVIOUS
	       : !strcmp(text, "year")	 ? AGAINST_YEAR
					 : AGAINST_NOTHING;
	return *out || diag_set(d, NULL, "--compare: %s is neither previous nor year",
				quoted(str_of(text), &d->arena));
}

/* The period that holds today. */
static struct range running(const char *period, int64_t now)
{
	enum period p = PERIOD_MONTH;
	period_parse(str_of(period), &p);
	int64_t start = period_start(zone_day(now), p);
	return (struct range){ true, true, zone_instant(start, 0),
			       zone_instant(period_next(start, p), 0) };
}

bool timing_parse(const struct report *r, const struct report_options *o, const struct calendar *c,
		  struct timing *t, struct diag *d)
{
	const char *period = o->period ? o->period : r->period;
	const char *against = o->compare ? o->compare : r->compare;
	*t = (struct timing){ 0 };
	if (!parse_point("--from", o->from, c, &t->range.has_from, &t->range.from, d) ||
	    !parse_point("--to", o->to, c, &t->range.has_to, &t->range.to, d) ||
	    !parse_against(against, &t->against, d))
		return false;
	if (t->range.has_from && t->range.has_to && t->range.from > t->range.to)
		return diag_set(d, NULL, "--from lies after --to");
	t->by_period = period != NULL;
	if (period && !period_parse(str_of(period), &t->period))
		return diag_set(d, NULL, "--period: %s is none of day, week, month, quarter, year",
				quoted(str_of(period), &d->arena));
	if (r->within && !t->by_period && !t->range.has_from && !t->range.has_to)
		t->range = running(r->within, o->now);
	if (!t->against || t->by_period)
		return true;
	if (!t->range.has_from)
		return diag_set(d, NULL, "--compare needs --from or --period");
	if (!t->range.has_to) { /* until now, as far as days go */
		t->range.has_to = true;
		t->range.to = zone_instant(zone_day(o->now) + 1, 0);
	}
	return true;
}

static bool month_start(int64_t at)
{
	return zone_second(at) == 0 && civil_of(zone_day(at)).day == 1;
}

static int64_t months_between(int64_t from, int64_t to)
{
	struct civil a = civil_of(zone_day(from)), b = civil_of(zone_day(to));
	return (b.year - a.year) * 12 + b.month - a.month;
}

static int64_t day_before(const struct timing *t, int64_t day)
{
	static const int months[] = {
		[PERIOD_MONTH] = 1, [PERIOD_QUARTER] = 3, [PERIOD_YEAR] = 12
	};
	bool week = t->by_period && t->period == PERIOD_WEEK;
	if (t->against == AGAINST_YEAR) /* weeks begin on Mondays last year too */
		return week ? day - 52 * 7 : day_add_months(day, -12);
	if (!t->by_period) { /* October comes before November, not the 30 days before it */
		const struct range *r = &t->range;
		int64_t days = zone_day(r->to) - zone_day(r->from);
		bool whole = month_start(r->from) && month_start(r->to);
		return whole ? day_add_months(day, -months_between(r->from, r->to)) : day - days;
	}
	if (t->period == PERIOD_DAY || week)
		return day - (week ? 7 : 1);
	return day_add_months(day, -months[t->period]);
}

struct range range_before(const struct timing *t)
{
	struct range r = t->range;
	int64_t *ends[] = { &r.from, &r.to };
	for (size_t i = 0; i < countof(ends); i++)
		*ends[i] = zone_instant(day_before(t, zone_day(*ends[i])), zone_second(*ends[i]));
	return r;
}

int64_t period_before(const struct timing *t, int64_t start)
{
	if (!t->by_period || start == PERIOD_NONE)
		return start;
	int64_t day = day_before(t, start);
	bool leap = t->period == PERIOD_DAY && t->against == AGAINST_YEAR &&
		    civil_of(day).day != civil_of(start).day;
	return leap ? PERIOD_NEVER : period_start(day, t->period);
}

int64_t period_of(const struct timing *t, const struct value *v)
{
	int64_t at;
	if (!t->by_period)
		return 0;
	if (v->kind == V_TEXT && instant_scan(v->s, &at))
		return period_start(zone_day(at), t->period);
	if (v->kind == V_TEXT && day_scan(v->s, &at))
		return period_start(at, t->period);
	return PERIOD_NONE;
}

/* The end of a range as the field holds time: days are cut where the range cuts them. */
static void put_bound(struct buf *out, const struct path *p, const char *op, int64_t at, bool end,
		      struct arena *a)
{
	bool day = p->field->type == &type_date;
	int64_t first = end ? zone_day(at - 1) + 1 : zone_day(at);
	struct str text = day ? day_print(first, a) : instant_print(at, a);
	buf_printf(out, " and %s %s %.*s", p->text.p, op, (int)text.n, text.p);
}

void range_where(const struct range *r, const struct path *paths, size_t n, struct buf *out,
		 struct arena *a)
{
	if (!n || (!r->has_from && !r->has_to))
		return;
	buf_puts(out, " and (");
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, i ? " or (" : "(");
		for (size_t k = 0; k < i; k++)
			buf_printf(out, "%s is null and ", paths[k].text.p);
		buf_printf(out, "%s is not null", paths[i].text.p);
		if (r->has_from)
			put_bound(out, &paths[i], ">=", r->from, false, a);
		if (r->has_to)
			put_bound(out, &paths[i], "<", r->to, true, a);
		buf_puts(out, ")");
	}
	buf_puts(out, ")");
}
