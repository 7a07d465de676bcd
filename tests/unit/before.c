/*
 * What was there before a transaction is read beside what it has posted, and what it has
 * written is read as it is now.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "schema/check.h"
#include "store/internal.h"
#include "store_fixture.h"

enum { OLD = 3 }; /* accounts from before */

static const struct entity *account(void)
{
	return schema_entity(&store->schema, STR("account"));
}

static int64_t put(int64_t id, const char *name)
{
	struct record r = record_new(account(), &arena);
	struct diag d = { 0 };
	r.id = id;
	*record_get(&r, "name") = value_text(str_of(name));
	assert_int_not_equal(store_put(store, &r, 0, &arena, &d), WROTE_NOTHING);
	diag_free(&d);
	return r.id;
}

static void take_out(int64_t id)
{
	struct diag d = { 0 };
	assert_true(store_remove(store, account(), id, &arena, &d));
	diag_free(&d);
}

/* As the transaction has it; NULL: it has none.  Beside: without asking it. */
static void check(int64_t id, const char *name, bool beside)
{
	struct record r;
	bool posts = db_posts(store->db); /* else there is one processor, and nothing waits */
	assert_int_equal(before_read(store, account(), id, &r, &arena), beside && posts);
	assert_int_equal(before_has(store, account(), id), beside && posts);
	assert_int_equal(store_exists(store, account(), id), name != NULL);
	assert_int_equal(record_read(store, account(), id, &r, &arena), name != NULL);
	if (name)
		assert_string_equal(text_of(&r, "name").p, name);
}

static void test_before(void **state)
{
	(void)state;
	db_post(store->db, true);
	check(1, "old", true);
	check(OLD + 1, NULL, false);
	assert_int_equal(put(0, "made"), OLD + 1);
	check(OLD + 1, "made", false);
	put(1, "other");
	check(1, "other", false);
	take_out(2);
	check(2, NULL, false);
	check(3, "old", true);
	store_mark(store);
	put(3, "undone");
	check(3, "undone", false);
	store_undo(store);
	check(3, "old", false);
	db_post(store->db, false);
	check(1, "other", false);
}

/* What was written when nothing was posted yet counts, too. */
static void test_written(void **state)
{
	(void)state;
	put(1, "other");
	db_post(store->db, true);
	check(1, "other", false);
	check(2, "old", true);
	before_end(store);
	check(2, "old", true);
	db_post(store->db, false);
}

static int set_up(void **state)
{
	(void)state;
	if (!fixture_make())
		return -1;
	fixture_start();
	for (int i = 0; i < OLD; i++)
		put(0, "old");
	store_commit(store);
	return 0;
}

static int begin(void **state)
{
	(void)state;
	fixture_start();
	return 0;
}

static int end(void **state)
{
	(void)state;
	store_rollback(store);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return fixture_remove();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_before, begin, end),
		cmocka_unit_test_setup_teardown(test_written, begin, end),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
