/* Figures that belong to many days, such as targets: each working day has its part. */
#include "report/job.h"
#include "store/service.h"

int64_t job_workdays(struct job *j, int64_t from, int64_t to)
{
	const struct hours *h = &service_get(j->store)->hours;
	int64_t n = 0;
	for (int64_t day = from; day < to; day++)
		n += hours_between(h, zone_instant(day, 0), zone_instant(day + 1, 0)) > 0;
	return n;
}

bool lasting_read(struct job *j, const struct value *first, const struct value *last,
		  struct lasting *l)
{
	if (first->kind != V_TEXT || last->kind != V_TEXT || !day_scan(first->s, &l->first) ||
	    !day_scan(last->s, &l->end))
		return false;
	l->end++;
	l->worked = job_workdays(j, l->first, l->end);
	return l->first < l->end;
}

bool lasting_next(struct job *j, const struct lasting *l, const struct range *r, int64_t *day,
		  struct lasting *piece)
{
	int64_t from = r->has_from ? zone_day(r->from) : l->first;
	int64_t end = r->has_to ? zone_day(r->to - 1) + 1 : l->end;
	if (*day < from)
		*day = from;
	piece->first = *day;
	piece->end = end < l->end ? end : l->end;
	if (j->timing.by_period) {
		int64_t next = period_next(period_start(*day, j->timing.period), j->timing.period);
		if (next < piece->end)
			piece->end = next;
	}
	*day = piece->end;
	return piece->first < piece->end;
}

/* The part that is due when `day` begins, rounded half up; figures are not below 0. */
static wide due(struct job *j, const struct lasting *l, int64_t day, wide figure)
{
	wide of = l->worked ? l->worked : l->end - l->first;
	wide done = l->worked ? job_workdays(j, l->first, day) : day - l->first;
	return (2 * figure * done + of) / (2 * of);
}

wide lasting_part(struct job *j, const struct lasting *l, const struct lasting *piece, wide figure)
{
	return due(j, l, piece->end, figure) - due(j, l, piece->first, figure);
}
