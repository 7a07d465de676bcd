/* Statements under construction. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "store/sql.h"

static struct arena arena;

static void expect_text(const struct sql *q, const char *text)
{
	assert_string_equal(buf_copy(&q->text, &arena).p, text);
}

static void test_names(void **state)
{
	static const struct field fields[] = { { .name = "order" }, { .name = "a\"b" } };
	static const struct entity user = { .name = "user" };
	struct sql q = { .arena = &arena };
	(void)state;
	sql_table(&q, &user);
	sql_add(&q, " ");
	sql_column(&q, &fields[1]);
	sql_add(&q, " ");
	sql_key_column(&q, &fields[0]);
	sql_add(&q, " ");
	sql_alias(&q, 12);
	sql_add(&q, " ");
	sql_at(&q, 3, &fields[0]);
	expect_text(&q, "\"user\" \"a\"\"b\" \"order_key\" t12 t3.\"order\"");
	sql_free(&q);
}

static void test_params(void **state)
{
	struct sql q = { .arena = &arena };
	char mine[] = "mine";
	(void)state;
	for (int i = 1; i <= 100; i++)
		sql_int(&q, i);
	sql_text(&q, str_of(mine));
	sql_param(&q, value_null());
	mine[0] = 'X'; /* it was copied */
	assert_int_equal(q.nparams, 102);
	for (int i = 0; i < 100; i++)
		assert_int_equal(q.params[i].i, i + 1);
	assert_true(str_is(q.params[100].s, "mine"));
	assert_int_equal(q.params[101].kind, V_NULL);
	assert_memory_equal(q.text.p, "$1$2$3$4", 8);
	sql_free(&q);
}

/* Numbers move on; a dollar in quotes stays, and a parameter used twice is still one. */
static void test_append(void **state)
{
	struct sql part = { .arena = &arena }, q = { .arena = &arena };
	(void)state;
	sql_text(&part, STR("a"));
	sql_add(&part, " '$1 it''s $2' \"$1\" $1 ");
	sql_int(&part, 7);
	sql_int(&q, 1);
	sql_add(&q, " ");
	sql_append(&q, &part);
	sql_add(&q, " ");
	sql_int(&q, 9);
	expect_text(&q, "$1 $2 '$1 it''s $2' \"$1\" $2 $3 $4");
	assert_int_equal(q.nparams, 4);
	assert_true(str_is(q.params[1].s, "a"));
	assert_int_equal(q.params[2].i, 7);
	assert_int_equal(q.params[3].i, 9);
	sql_append(&q, &(struct sql){ .arena = &arena });
	assert_int_equal(q.nparams, 4);
	sql_free(&part);
	sql_free(&q);
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_params),
		cmocka_unit_test(test_append),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
