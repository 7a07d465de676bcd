/*
 * Days of the year that stand for a day not known: 1 January, where forms want a whole date.
 * They are told by how many were born on them.
 */
#include "domain/dedupe_impl.h"

#define ANY_DAY 5.0 /* times as many as on a day on average, and more than that */

enum { WHOLE = 10, DAYS = 365 };

/* Where the day's count is; false: of no whole date. */
static bool place_of_day(struct str date, size_t *month, size_t *day)
{
	if (date.n != WHOLE)
		return false;
	*month = (size_t)(date.p[5] - '0') * 10 + (size_t)(date.p[6] - '0');
	*day = (size_t)(date.p[8] - '0') * 10 + (size_t)(date.p[9] - '0');
	return *month <= 12 && *day <= 31;
}

void born_count(struct people *p, struct str date)
{
	size_t month, day;
	if (!place_of_day(date, &month, &day))
		return;
	p->born[month][day]++;
	p->ndates++;
}

bool born_on_any_day(const struct people *p, struct str a, struct str b)
{
	size_t month, day, m, d;
	if (!place_of_day(a, &month, &day) || !place_of_day(b, &m, &d) || month != m || day != d)
		return false;
	return p->born[month][day] > ANY_DAY * (1 + (double)p->ndates / DAYS);
}
