/* What single records add to a measure. */
#include "report/take.h"

#include "schema/line.h"

bool value_instant(const struct value *v, int64_t *at)
{
	return v->kind == V_TEXT && instant_scan(v->s, at);
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
	if (!value_instant(in[0], &from) || !value_instant(in[1], &to))
		return false;
	*figure = to > from ? to - from : 0;
	return true;
}

bool take_time(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at;
	(void)t;
	if (in[0]->kind != V_TEXT)
		return false;
	if (!instant_scan(in[0]->s, &at) && day_scan(in[0]->s, &at))
		at = zone_instant(at, 0);
	else if (!instant_scan(in[0]->s, &at))
		return false;
	*figure = at;
	return true;
}
