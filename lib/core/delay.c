/* How long to wait. */
#include "core/delay.h"

#include "core/date.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, WEEK = 7, TEN_YEARS = 3650 };

bool delay_parse(struct str text, struct delay *out)
{
	static const struct {
		const char *unit;
		struct delay one;
	} units[] = {
		{ "min", { 0, MINUTE } }, { "m", { 0, MINUTE } }, { "h", { 0, HOUR } },
		{ "d", { 1, 0 } },	  { "w", { WEEK, 0 } },
	};
	size_t digits = 0;
	int64_t n;
	while (digits < text.n && is_digit(text.p[digits]))
		digits++;
	if (!digits || !str_int(str_sub(text, 0, digits), &n))
		return false;
	*out = (struct delay){ 0 };
	for (size_t i = 0; i < countof(units); i++)
		if (str_is(str_sub(text, digits, text.n), units[i].unit)) {
			struct delay one = units[i].one;
			if (n > TEN_YEARS * DAY_SECONDS / delay_seconds(one))
				return false;
			*out = (struct delay){ n * one.days, n * one.seconds };
			return true;
		}
	return n == 0 && digits == text.n;
}

int64_t delay_seconds(struct delay d)
{
	return d.days * DAY_SECONDS + d.seconds;
}
