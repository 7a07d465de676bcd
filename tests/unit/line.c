/* What lines come to, to the unit: halves, signs, tax inside, and where it ends. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "schema/line.h"

enum { ONE = NUMBER_ONE };

static const struct {
	const char *what;
	struct line line;
	struct line_amounts want;
} lines[] = {
	{ "plain",
	  { 2 * ONE, 1500, 0, 10 * ONE, false, true, 1000, 0, 0 },
	  { 3000, 0, 300, 2000 } },
	{ "discount", { 3 * ONE, 999, 10 * ONE, 0, false, false, 0, 0, 0 }, { 2697, 300, 0, 0 } },
	{ "half up", { ONE / 2, 1, 0, 0, false, true, 1, 0, 0 }, { 1, 0, 0, 1 } },
	{ "half down", { -ONE / 2, 1, 0, 0, false, true, 1, 0, 0 }, { -1, 0, 0, -1 } },
	{ "under half", { ONE / 2 - 1, 1, 0, 0, false, false, 0, 0, 0 }, { 0, 0, 0, 0 } },
	{ "all off", { ONE, 100, 100 * ONE, 10 * ONE, false, false, 0, 0, 0 }, { 0, 100, 0, 0 } },
	{ "tax inside", { ONE, 108, 0, 8 * ONE, true, false, 0, 0, 0 }, { 100, 0, 8, 0 } },
	{ "tax inside, no round sum",
	  { ONE, 100, 0, 8 * ONE, true, false, 0, 0, 0 },
	  { 93, 0, 7, 0 } },
	{ "and a discount",
	  { ONE, 1080, 50 * ONE, 8 * ONE, true, false, 0, 0, 0 },
	  { 500, 500, 40, 0 } },
	{ "a credit", { ONE, -108, 0, 8 * ONE, true, true, -50, 0, 0 }, { -100, 0, -8, -50 } },
	{ "a discount told as an amount",
	  { 3 * ONE, 1000, 0, 0, false, false, 0, 500, 0 },
	  { 2500, 500, 0, 0 } },
	{ "a tax told as an amount",
	  { ONE, 1000, 0, 0, false, false, 0, 0, 77 },
	  { 1000, 0, 77, 0 } },
	{ "both, the tax in the price",
	  { ONE, 1000, 0, 0, true, false, 0, 100, 77 },
	  { 823, 100, 77, 0 } },
	{ "a tax alone", { ONE, 0, 0, 0, true, false, 0, 0, 77 }, { -77, 0, 77, 0 } },
	{ "nothing", { 0, 0, 0, 0, false, true, 0, 0, 0 }, { 0, 0, 0, 0 } },
};

static void each_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(lines); i++) {
		struct line_amounts got, want = lines[i].want;
		assert_true(line_amounts(&lines[i].line, &got));
		if (memcmp(&got, &want, sizeof got))
			fail_msg("%s: %lld %lld %lld %lld", lines[i].what, (long long)got.amount,
				 (long long)got.discount_amount, (long long)got.tax,
				 (long long)got.cost);
	}
}

static void too_much_is_refused(void **state)
{
	static const int64_t ends[] = { INT64_MAX, INT64_MIN, LINE_MAX, -LINE_MAX, ONE, 1 };
	struct line_amounts got;
	(void)state;
	for (size_t i = 0; i < countof(ends); i++)
		for (size_t k = 0; k < countof(ends); k++) {
			struct line l = { ends[i], ends[k], 0, 0, false, true, ends[k], 0, 0 };
			wide product = (wide)ends[i] * ends[k] / ONE;
			bool fits = product < LINE_MAX && product > -LINE_MAX;
			bool edge = product == LINE_MAX || product == -LINE_MAX;
			assert_true(edge || line_amounts(&l, &got) == fits);
		}
	assert_true(
	    line_amounts(&(struct line){ ONE, LINE_MAX, 0, 0, false, false, 0, 0, 0 }, &got));
	assert_false(line_amounts(
	    &(struct line){ ONE, LINE_MAX, 0, TAX_RATE_MAX, false, false, 0, 0, 0 }, &got));
}

/* What comes back in parts: the whole is the whole, and a third is rounded. */
static void shares(void **state)
{
	(void)state;
	assert_int_equal(line_share(100, 3 * ONE, 3 * ONE), 100);
	assert_int_equal(line_share(100, ONE, 3 * ONE), 33);
	assert_int_equal(line_share(50, ONE, 4 * ONE), 13);
	assert_int_equal(line_share(-50, ONE, 4 * ONE), -13);
	assert_int_equal(line_share(-100, -ONE, -3 * ONE), -33);
	assert_int_equal(line_share(LINE_MAX, INT64_MAX, INT64_MAX), LINE_MAX);
	assert_int_equal(line_share(100, 0, ONE), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line),
		cmocka_unit_test(too_much_is_refused),
		cmocka_unit_test(shares),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
