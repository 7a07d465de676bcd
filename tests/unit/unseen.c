/* Keys that nobody has are told apart; one that somebody has never is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "store/unseen.h"
#include "store_fixture.h"

enum { ROWS = 1000 };

static const struct entity *lead(void)
{
	return schema_entity(&store->schema, STR("lead"));
}

static const struct field *email(void)
{
	return entity_field(lead(), STR("email"));
}

static struct str address(int i)
{
	return arena_printf(&arena, "khach%d@example.vn", i);
}

static int64_t put(int64_t id, int number)
{
	struct record r = record_new(lead(), &arena);
	struct diag d = { 0 };
	r.id = id;
	if (!id)
		*record_get(&r, "name") = value_text(STR("Lan"));
	*record_get(&r, "email") = value_text(address(number));
	assert_int_not_equal(store_put(store, &r, id ? PUT_RESTORE : 0, &arena, &d), WROTE_NOTHING);
	diag_free(&d);
	return r.id;
}

static bool is_unseen(int number)
{
	return unseen(store, lead(), email(), address(number));
}

/* Room for `rows`: what was written is found, of the others nearly none. */
static void check(int64_t rows, int least)
{
	int found = 0;
	int64_t id, last = 0;
	fixture_start();
	assert_false(is_unseen(1)); /* nobody keeps count */
	unseen_begin(store, lead(), email(), rows);
	assert_true(is_unseen(1));
	for (int i = 0; i < ROWS; i++)
		last = put(0, i);
	put(last, 2 * ROWS); /* has another one now */
	for (int i = 0; i < ROWS; i++) {
		assert_false(is_unseen(i));
		found += is_unseen(ROWS + i);
	}
	assert_false(is_unseen(2 * ROWS));
	assert_true(found >= least);
	assert_int_equal(store_find_twins(store, lead(), email(), address(7), &id, 1), 1);
	assert_int_equal(store_find_twins(store, lead(), email(), address(2 * ROWS), &id, 1), 1);
	assert_int_equal(id, last);
	assert_int_equal(store_find_twins(store, lead(), email(), STR("x@y.vn"), &id, 1), 0);
	store_rollback(store);
}

static void test_enough_room(void **state)
{
	(void)state;
	check(ROWS, ROWS * 98 / 100);
}

static void test_no_room(void **state)
{
	(void)state;
	check(0, 0);
}

/* Who was there before is not known to it: it says nothing. */
static void test_not_the_first(void **state)
{
	(void)state;
	fixture_start();
	put(0, 1);
	unseen_begin(store, lead(), email(), ROWS);
	assert_false(is_unseen(1));
	assert_false(is_unseen(2));
	store_rollback(store);
}

static int set_up(void **state)
{
	(void)state;
	return fixture_make() ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	return fixture_remove();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_enough_room),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_not_the_first),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
