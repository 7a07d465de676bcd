/* Clocks of working time, against counting minute by minute. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "core/date.h"
#include "core/hours.h"

static struct arena arena;
static struct diag diag;

static int reset(void **state)
{
	(void)state;
	arena_free(&arena);
	diag_free(&diag);
	assert_true(zone_set("UTC", &diag));
	return 0;
}

static struct hours hours(const char *week, const char *special)
{
	struct hours h;
	if (!hours_parse(&h, str_of(week), str_of(special), &arena, &diag))
		fail_msg("%s", diag.message.p);
	return h;
}

static int64_t at(const char *text)
{
	struct calendar c = { 0 };
	struct when w;
	if (!when_parse(str_of(text), &c, &w, &diag))
		fail_msg("%s", diag.message.p);
	return w.is_instant ? w.from : zone_instant(w.from, 0);
}

/* What other systems' tests pin, and what a calendar on the wall says. */
static void known(void **state)
{
	static const struct {
		const char *week, *special, *from;
		int64_t seconds;
		const char *to;
	} rows[] = {
		{ "mon-fri 10:00-18:00", "", "2019-03-04T07:00", 4 * 3600, "2019-03-04T14:00" },
		{ "mon-fri 10:00-18:00", "", "2019-03-04T07:00", 6 * 3600, "2019-03-04T16:00" },
		{ "mon-fri 10:00-18:00", "", "2019-03-05T14:00", 4 * 3600, "2019-03-05T18:00" },
		{ "mon-fri 10:00-18:00", "", "2019-03-05T14:00", 6 * 3600, "2019-03-06T12:00" },
		{ "mon-fri 10:00-18:00", "2019-03-05", "2019-03-04T14:00", 4 * 3600,
		  "2019-03-04T18:00" },
		{ "mon-fri 10:00-18:00", "2019-03-05", "2019-03-04T14:00", 6 * 3600,
		  "2019-03-06T12:00" },
		{ "mon-fri 10:00-18:00", "2024-01-15", "2024-01-12T10:00", 36000,
		  "2024-01-16T12:00" },
		{ "mon-fri 08:00-12:00 13:00-17:30", "", "2026-11-20T16:00", 8 * 3600,
		  "2026-11-23T15:30" },
		{ "mon-fri 08:00-12:00 13:00-17:30", "2026-11-23", "2026-11-20T16:00", 8 * 3600,
		  "2026-11-24T15:30" },
		{ "mon-fri 08:00-12:00", "--11-23;2026-11-23 09:00-10:00", "2026-11-20T12:00", 3600,
		  "2026-11-23T10:00" },
		{ "mon-fri 08:00-12:00",
		  "2027-02-09 08:00-09:00;2027-02-05..2027-02-11;--02-05 08:00-12:00",
		  "2027-02-04T11:00", 3 * 3600, "2027-02-12T09:00" },
		{ "mon-sun 08:00-12:00", "--12-30..--12-31;--01-01..--01-02", "2027-12-29T11:00",
		  2 * 3600, "2028-01-03T09:00" },
		{ "", "2026-11-23", "2026-11-22T23:00", 7200, "2026-11-23T01:00" },
		{ "sat 22:00-24:00;sun 00:00-01:00", "", "2026-11-20T00:00", 3 * 3600,
		  "2026-11-22T01:00" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		struct hours h = hours(rows[i].week, rows[i].special);
		int64_t from = at(rows[i].from), to = at(rows[i].to);
		assert_int_equal(hours_add(&h, from, rows[i].seconds), to);
		assert_int_equal(hours_between(&h, from, to), rows[i].seconds);
	}
}

/* When the clock runs, minute by minute: the spans of a fortnight, cut where one begins to look. */
static void slots(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "2022-01-03T10:15", "2022-01-03T13:00" },
		{ "2022-01-03T14:00", "2022-01-03T17:00" },
		{ "2022-01-04T09:00", "2022-01-04T13:00" },
		{ "2022-01-04T14:00", "2022-01-04T17:00" },
		{ "2022-01-05T10:30", "2022-01-05T15:30" },
		{ "2022-01-07T09:00", "2022-01-07T13:00" },
		{ "2022-01-07T14:00", "2022-01-07T17:00" },
		{ "2022-01-09T10:30", "2022-01-09T15:30" },
		{ "2022-01-11T09:00", "2022-01-11T13:00" },
		{ "2022-01-11T14:00", "2022-01-11T16:45" },
	};
	struct hours h =
	    hours("mon-fri 09:00-13:00 14:00-17:00",
		  "2022-01-05 10:30-15:30;2022-01-06;2022-01-09 10:30-15:30;2022-01-10");
	int64_t from = at(rows[0].from), to = at(rows[countof(rows) - 1].to), total = 0;
	size_t n = 0;
	(void)state;
	for (int64_t t = from, begun = 0; t <= to; t += 60) {
		bool runs = t < to && hours_between(&h, t, t + 60) == 60;
		if (runs && !begun)
			begun = t;
		if (runs || !begun)
			continue;
		assert_int_equal(begun, at(rows[n].from));
		assert_int_equal(t, at(rows[n].to));
		total += t - begun;
		begun = 0;
		n++;
	}
	assert_int_equal(n, countof(rows));
	assert_int_equal(hours_between(&h, from, to), total);
	assert_int_equal(hours_add(&h, from, total), to);
}

static void refused(void **state)
{
	static const char *const weeks[] = { "mon-fir 08:00-12:00", "fri-mon 08:00-12:00",
					     "mon 12:00-08:00",	    "mon 08:00-12:00 11:00-13:00",
					     "mon 08:00-24:01",	    "mon 8h-12h",
					     "mon 08:60-12:00",	    "mon 08:00" };
	static const char *const days[] = { "2026-02-30",
					    "--02-30",
					    "tomorrow",
					    "2026-01-01 08:00",
					    "2026-01-05..2026-01-04",
					    "--12-30..--01-02",
					    "--12-30..2026-12-31",
					    "2026-01-01.." };
	struct hours h;
	(void)state;
	for (size_t i = 0; i < countof(weeks); i++) {
		assert_false(hours_parse(&h, str_of(weeks[i]), STR(""), &arena, &diag));
		assert_string_equal(diag.field, "hours");
	}
	for (size_t i = 0; i < countof(days); i++) {
		assert_false(
		    hours_parse(&h, STR("mon 08:00-12:00"), str_of(days[i]), &arena, &diag));
		assert_string_equal(diag.field, "special_days");
	}
	assert_true(hours_parse(&h, STR(" mon 08:00-12:00 ; "), STR("--02-29;"), &arena, &diag));
}

static void never(void **state)
{
	struct hours h = hours("mon-fri", "");
	(void)state;
	assert_true(hours_add(&h, at("2026-01-01"), 1) == INT64_MAX);
	assert_int_equal(hours_between(&h, at("2026-01-01"), at("2030-01-01")), 0);
}

/* Is the shop open in this minute?  Said by the wall clock, without the code under test. */
static bool open_at(int64_t t)
{
	int64_t day = zone_day(t);
	int minute = zone_second(t) / 60, weekday = weekday_of(day);
	if (day == day_of((struct civil){ 2026, 3, 30 }))
		return false;
	if (weekday == 6)
		return minute >= 60 && minute < 240; /* when clocks change */
	return weekday < 5 && ((minute >= 480 && minute < 720) || (minute >= 780 && minute < 1050));
}

static void against_counting(void **state)
{
	static const char *const zones[] = { "UTC", "Asia/Ho_Chi_Minh", "Europe/Berlin" };
	(void)state;
	srand(1);
	for (size_t z = 0; z < countof(zones); z++) {
		assert_true(zone_set(zones[z], &diag));
		struct hours h =
		    hours("mon-fri 08:00-12:00 13:00-17:30;sun 01:00-04:00", "2026-03-30");
		for (int i = 0; i < 200; i++) {
			int64_t from = at("2026-03-20") + rand() % (20 * 1440) * 60, t = from;
			int64_t to = from + rand() % (9 * 1440) * 60, sum = 0;
			for (; t < to; t += 60)
				sum += open_at(t) ? 60 : 0;
			assert_int_equal(hours_between(&h, from, to), sum);
			if (sum)
				assert_int_equal(hours_between(&h, from, hours_add(&h, from, sum)),
						 sum);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(known, reset),
		cmocka_unit_test_setup(slots, reset),
		cmocka_unit_test_setup(refused, reset),
		cmocka_unit_test_setup(never, reset),
		cmocka_unit_test_setup(against_counting, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
