/* What single records add to a measure. */
#include "report/take.h"

#include "schema/label.h"
#include "schema/line.h"

bool value_instant(const struct value *v, int64_t *at)
{
	return v->kind == V_TEXT && instant_scan(v->s, at);
}

/* Asked so often of each call that the lengths are to be known beforehand: of no list. */
static bool is_spoken(struct str outcome)
{
	return str_is(outcome, "connected") || str_is(outcome, "interested") ||
	       str_is(outcome, "not_interested") || str_is(outcome, "callback") ||
	       str_is(outcome, "meeting_set");
}

static bool is_unspoken(struct str outcome)
{
	return str_is(outcome, "no_answer") || str_is(outcome, "busy") ||
	       str_is(outcome, "voicemail") || str_is(outcome, "wrong_number");
}

bool call_connected(const struct value *outcome, const struct value *duration,
		    const struct value *direction)
{
	if (outcome->kind == V_TEXT && is_spoken(outcome->s))
		return true;
	if (outcome->kind == V_TEXT && is_unspoken(outcome->s))
		return false;
	return duration->i > 0 || (direction->kind == V_TEXT && str_is(direction->s, "in"));
}

bool take_number(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = in[0]->i;
	return in[0]->kind == V_INT;
}

bool take_product(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = (wide)in[0]->i * in[1]->i;
	return in[0]->kind == V_INT && in[1]->kind == V_INT;
}

bool take_kept(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = in[0]->i;
	if (in[0]->kind == V_INT && in[1]->kind == V_INT && in[2]->i)
		*figure -= line_share(in[0]->i, in[1]->i, in[2]->i);
	return in[0]->kind == V_INT;
}

bool take_age(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at;
	if (!value_instant(in[0], &at))
		return false;
	*figure = t->now - at;
	return true;
}

bool take_instant(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at, day;
	(void)t;
	bool is_day = in[0]->kind == V_TEXT && day_scan(in[0]->s, &day);
	if (is_day)
		at = zone_instant(day, 0);
	else if (!value_instant(in[0], &at))
		return false;
	*figure = at;
	return true;
}

bool take_span(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t from, to;
	(void)t;
	if (!value_instant(in[1], &to) || !value_instant(in[0], &from)) /* most have no end yet */
		return false;
	*figure = to > from ? to - from : 0;
	return true;
}

struct value cut_hour(const struct taking *t, const struct value *v)
{
	enum { HOUR = 60 * 60 };
	int64_t at;
	(void)t;
	return value_instant(v, &at) ? value_int(zone_second(at) / HOUR) : value_null();
}

struct value cut_weekday(const struct taking *t, const struct value *v)
{
	int64_t at, day;
	(void)t;
	if (value_instant(v, &at))
		return value_int(weekday_of(zone_day(at)) + 1);
	return v->kind == V_TEXT && day_scan(v->s, &day) ? value_int(weekday_of(day) + 1)
							 : value_null();
}

struct str weekday_word(const struct schema *s, struct str key, enum language l, struct arena *a)
{
	static const char *const words[][2] = {
		{ "Monday", "Thứ hai" },   { "Tuesday", "Thứ ba" }, { "Wednesday", "Thứ tư" },
		{ "Thursday", "Thứ năm" }, { "Friday", "Thứ sáu" }, { "Saturday", "Thứ bảy" },
		{ "Sunday", "Chủ nhật" },
	};
	int64_t day;
	(void)s, (void)a;
	if (!str_int(key, &day) || day < 1 || day > (int64_t)countof(words))
		return key;
	return str_of(label(l, words[day - 1][0], words[day - 1][1]));
}
