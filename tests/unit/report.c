/* Reports: rounding, medians, and what a time is compared with. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/money.h"
#include "report/job.h"

static const struct measure measures[] = {
	{ "count", "count", "count", .unit = UNIT_COUNT },
	{ "money", "money", "money", UNIT_MONEY, HOW_SUM, .per = 100 },
	{ "average", "average", "average", UNIT_MONEY, HOW_RATIO, .of = "count" },
	{ "share", "share", "share", UNIT_SHARE, HOW_RATIO, .of = "count" },
	{ "mean", "mean", "mean", UNIT_NUMBER, HOW_MEAN, .per = 60 },
	{ "median", "median", "median", UNIT_NUMBER, HOW_MEDIAN, .per = 60 },
	{ "none", "none", "none", UNIT_FLAG, .how = HOW_NONE },
	{ "known", "known", "known", UNIT_MONEY, .how = HOW_KNOWN },
	{ "p90", "p90", "p90", UNIT_NUMBER, .how = HOW_P90 },
	{ "min", "min", "min", UNIT_COUNT, .how = HOW_MIN },
	{ "max", "max", "max", UNIT_COUNT, .how = HOW_MAX },
	{ "distinct", "distinct", "distinct", UNIT_COUNT, .how = HOW_DISTINCT },
	{ "less", "less", "less", UNIT_MONEY, HOW_LESS, .sum = "known", .of = "count" },
	{ "per", "per", "per", UNIT_RATIO, HOW_RATIO, .sum = "median", .of = "count" },
	{ "part", "part", "part", UNIT_SHARE, HOW_SHARE, .sum = "known" },
};
enum {
	COUNT,
	MONEY,
	AVERAGE,
	SHARE,
	MEAN,
	MEDIAN,
	NONE,
	KNOWN,
	P90,
	MIN,
	MAX,
	DISTINCT,
	LESS,
	PER,
	PART
};
static const struct report report = { .measures = measures, .nmeasures = countof(measures) };

/* Figures of `measure` in a group of `count` records; what comes out, "" for null. */
static void test_values(void **state)
{
	static const struct {
		int measure;
		int64_t count, figures[4];
		size_t n;
		const char *wanted;
	} cases[] = {
		{ MONEY, 1, { 50 }, 1, "1" },
		{ MONEY, 1, { 49 }, 1, "0" },
		{ MONEY, 1, { -50 }, 1, "-1" },
		{ MONEY, 1, { -49 }, 1, "0" },
		{ MONEY, 2, { 25, 25 }, 2, "1" },
		{ MONEY, 0, { 0 }, 0, "0" },
		{ AVERAGE, 2, { 5 }, 1, "3" },
		{ AVERAGE, 3, { 10 }, 1, "3" },
		{ AVERAGE, 2, { -5 }, 1, "-3" },
		{ AVERAGE, 0, { 0 }, 0, "" },
		{ SHARE, 3, { 1 }, 1, "0.3333" },
		{ SHARE, 3, { 2 }, 1, "0.6667" },
		{ SHARE, 8, { 8 }, 1, "1.0000" },
		{ SHARE, 0, { 0 }, 0, "" },
		{ MEAN, 0, { 60, 120 }, 2, "1.5" },
		{ MEAN, 0, { 0 }, 0, "" },
		{ MEDIAN, 0, { 60 }, 1, "1.0" },
		{ MEDIAN, 0, { 300, 60, 120 }, 3, "2.0" },
		{ MEDIAN, 0, { 60, 63 }, 2, "1.0" },
		{ MEDIAN, 0, { 60, 66 }, 2, "1.1" },
		{ MEDIAN, 0, { 0 }, 0, "" },
		{ NONE, 0, { 0, 0 }, 2, "1" },
		{ NONE, 0, { 0, 1 }, 2, "0" },
		{ KNOWN, 0, { 0 }, 0, "" },
		{ KNOWN, 0, { 0 }, 1, "0" },
		{ P90, 0, { 0 }, 0, "" },
		{ P90, 0, { 7 }, 1, "7.0" },
		{ P90, 0, { 4, 1, 3, 2 }, 4, "4.0" },
		{ MIN, 0, { 0 }, 0, "" },
		{ MIN, 0, { 5, -3, 4 }, 3, "-3" },
		{ MAX, 0, { -5, -3, -4 }, 3, "-3" },
		{ MAX, 0, { 0 }, 0, "" },
		{ DISTINCT, 0, { 0 }, 0, "0" },
		{ DISTINCT, 0, { 2, 1, 2, 1 }, 4, "2" },
		{ LESS, 3, { 0 }, 0, "" },
		{ PER, 0, { 0 }, 0, "" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena a = { 0 };
		struct tally t = { .report = &report };
		struct sum *sums = tally_at(&t, 0, 0);
		const struct measure *m = &measures[cases[i].measure];
		for (int64_t k = 0; k < cases[i].count; k++)
			sum_add(&sums[COUNT], &measures[COUNT], 1);
		for (size_t k = 0; k < cases[i].n; k++)
			sum_add(&sums[cases[i].measure], m, cases[i].figures[k]);
		struct value v = measure_value(&report, m, sums, NULL);
		struct str got = v.kind == V_INT ? decimal_print(v.i, v.scale, &a) : STR("");
		assert_string_equal(got.n ? got.p : "", cases[i].wanted);
		tally_free(&t);
		arena_free(&a);
	}
}

/* Nine tenths of ten are nine; of a hundred thousand values, which come thrice, each counts once.
 */
static void test_many(void **state)
{
	struct tally t = { .report = &report };
	struct sum *sums = tally_at(&t, 0, 0), *other = tally_at(&t, 1, 0);
	(void)state;
	for (int64_t i = 0; i < 300000; i++)
		sum_add(&sums[DISTINCT], &measures[DISTINCT], i % 100000);
	for (int64_t i = 10; i > 0; i--)
		sum_add(&sums[P90], &measures[P90], i);
	assert_int_equal(measure_value(&report, &measures[DISTINCT], sums, NULL).i, 100000);
	assert_int_equal(measure_value(&report, &measures[P90], sums, NULL).i, 90);
	assert_true(sums[DISTINCT].list->room <= 300000);
	sum_add(&other[DISTINCT], &measures[DISTINCT], 5);
	sum_add(&other[DISTINCT], &measures[DISTINCT], -5);
	sums_merge(other, sums, &report);
	assert_int_equal(measure_value(&report, &measures[DISTINCT], other, NULL).i, 100001);
	tally_free(&t);
}

static void test_related(void **state)
{
	struct tally t = { .report = &report };
	struct sum *sums = tally_at(&t, 0, 0), *whole = tally_at(&t, 1, 0);
	(void)state;
	sum_add(&sums[KNOWN], &measures[KNOWN], 30);
	sum_add(&sums[COUNT], &measures[COUNT], 1);
	sum_add(&sums[MEDIAN], &measures[MEDIAN], 90); /* 1.5 */
	sums_merge(whole, sums, &report);
	sum_add(&whole[KNOWN], &measures[KNOWN], 90);
	assert_int_equal(measure_value(&report, &measures[LESS], sums, whole).i, 29);
	assert_int_equal(measure_value(&report, &measures[PER], sums, whole).i, 15000);
	assert_int_equal(measure_value(&report, &measures[PART], sums, whole).i, 2500);
	assert_int_equal(measure_value(&report, &measures[PART], sums, NULL).kind, V_NULL);
	tally_free(&t);
}

static void test_groups(void **state)
{
	struct tally t = { .report = &report };
	(void)state;
	for (size_t series = 0; series < 300; series++)
		for (int64_t period = -2; period < 3; period++)
			sum_add(&tally_at(&t, series, period)[COUNT], &measures[COUNT], 1);
	struct sum *first = tally_at(&t, 7, -2);
	sum_merge(&first[COUNT], tally_find(&t, 8, 2), &measures[COUNT]);
	assert_int_equal((int64_t)tally_find(&t, 7, -2)->total, 2);
	assert_int_equal((int64_t)tally_find(&t, 299, 2)->total, 1);
	assert_null(tally_find(&t, 300, 0));
	assert_null(tally_find(&t, 0, 3));
	assert_int_equal(t.n, 1500);
	tally_free(&t);
}

static void test_change(void **state)
{
	static const struct {
		int64_t now, before;
		const char *wanted;
	} cases[] = {
		{ 150, 100, "50.0" },  { 50, 100, "-50.0" }, { 0, 3, "-100.0" },
		{ 4, 3, "33.3" },      { 5, 3, "66.7" },     { 5, 0, "" },
		{ -50, -100, "50.0" }, { 1, -1, "200.0" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena a = { 0 };
		struct value now = value_int(cases[i].now), before = value_int(cases[i].before);
		struct value v = change_share(&now, &before);
		struct str got = v.kind == V_INT ? decimal_print(v.i, v.scale, &a) : STR("");
		assert_string_equal(got.n ? got.p : "", cases[i].wanted);
		arena_free(&a);
	}
}

/* Times in New York: the clocks go forward on 2026-03-08 and back on 2026-11-01. */
static void test_before(void **state)
{
	static const struct {
		const char *from, *to, *period, *compare, *before_from, *before_to;
	} cases[] = {
		{ "2026-03-08", "2026-03-09", NULL, "previous", "2026-03-07 00:00",
		  "2026-03-08 00:00" },
		{ "2026-11-01", "2026-11-08", NULL, "previous", "2026-10-25 00:00",
		  "2026-11-01 00:00" },
		{ "2026-11-01", "2026-12-01", NULL, "previous", "2026-10-01 00:00",
		  "2026-11-01 00:00" },
		{ "2026-03-01", "2026-05-01", NULL, "previous", "2026-01-01 00:00",
		  "2026-03-01 00:00" },
		{ "2026-11-01", "2026-12-01", NULL, "year", "2025-11-01 00:00",
		  "2025-12-01 00:00" },
		{ "2028-02-29", "2028-03-01", NULL, "year", "2027-02-28 00:00",
		  "2027-03-01 00:00" },
		{ "2026-03-31", "2026-04-30", "month", "previous", "2026-02-28 00:00",
		  "2026-03-30 00:00" },
		{ "2026-01-01", "2026-04-01", "quarter", "previous", "2025-10-01 00:00",
		  "2026-01-01 00:00" },
		{ "2026-03-09", "2026-03-16", "week", "year", "2025-03-10 00:00",
		  "2025-03-17 00:00" },
		{ "2026-03-09T08:30", "2026-03-10", "day", "previous", "2026-03-08 08:30",
		  "2026-03-09 00:00" },
	};
	struct diag d = { 0 };
	struct calendar c = { .now = 1795230000, .order = ORDER_DMY };
	(void)state;
	if (!zone_set("America/New_York", &d)) {
		diag_free(&d);
		skip();
	}
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena a = { 0 };
		struct timing t;
		struct report_options o = { .from = cases[i].from,
					    .to = cases[i].to,
					    .period = cases[i].period,
					    .compare = cases[i].compare };
		assert_true(timing_parse(&report, &o, &c, &t, &d));
		struct range r = range_before(&t);
		assert_string_equal(instant_print_local(r.from, &a).p, cases[i].before_from);
		assert_string_equal(instant_print_local(r.to, &a).p, cases[i].before_to);
		arena_free(&a);
	}
	diag_free(&d);
}

static void test_period(void **state)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct timing t = { .by_period = true, .period = PERIOD_MONTH };
	struct value last = value_text(STR("2026-03-31T16:59:59Z"));
	struct value first = value_text(STR("2026-03-31T17:00:00Z"));
	struct value day = value_text(STR("2026-03-31")), none = value_null();
	(void)state;
	if (!zone_set("Asia/Ho_Chi_Minh", &d)) {
		diag_free(&d);
		skip();
	}
	assert_string_equal(day_print(period_of(&t, &last), &a).p, "2026-03-01");
	assert_string_equal(day_print(period_of(&t, &first), &a).p, "2026-04-01");
	assert_string_equal(day_print(period_of(&t, &day), &a).p, "2026-03-01");
	assert_int_equal(period_of(&t, &none), PERIOD_NONE);
	t.by_period = false;
	assert_int_equal(period_of(&t, &none), 0);
	arena_free(&a);
	diag_free(&d);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values), cmocka_unit_test(test_groups),
		cmocka_unit_test(test_many),   cmocka_unit_test(test_related),
		cmocka_unit_test(test_change), cmocka_unit_test(test_before),
		cmocka_unit_test(test_period),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
