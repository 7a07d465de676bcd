/* Rows that are taken in the engine's own loop, and values that are read at once. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/buf.h"
#include "store/db.h"

static struct db *db;
static struct arena arena;

static int open_database(void **state)
{
	struct diag d = { 0 };
	(void)state;
	db = db_open(":memory:", DB_CREATE, &d);
	if (!db)
		return -1;
	db_exec(db, "create table thing (id integer primary key, name text, price real, part int);"
		    "insert into thing values (1, 'Đèn', 1.5, null), (2, null, -2, 7),"
		    "  (3, '', 9e999, 1), (4, '2026', null, 1)");
	return 0;
}

static int close_database(void **state)
{
	(void)state;
	db_close(db);
	arena_free(&arena);
	return 0;
}

/* "1 'Đèn'": what the row has, each as what it is. */
static void put_row(struct stmt *row, size_t n, struct buf *out)
{
	struct value v[4];
	stmt_values(row, 0, n, v);
	for (size_t i = 0; i < n; i++) {
		struct value one = stmt_value(row, i);
		assert_int_equal(one.kind, v[i].kind);
		assert_int_equal(one.i, v[i].i);
		assert_int_equal(v[i].scale, 0);
		if (v[i].kind == V_TEXT)
			buf_printf(out, "'%.*s' ", (int)v[i].s.n, v[i].s.p);
		else if (v[i].kind == V_INT)
			buf_printf(out, "%lld ", (long long)v[i].i);
		else
			buf_printf(out, "- ");
		assert_int_equal(v[i].kind == V_TEXT, v[i].s.p != NULL);
		assert_int_equal(v[i].kind == V_TEXT ? one.s.n : 0, v[i].s.n);
	}
	buf_printf(out, "|");
}

struct taken {
	struct buf text;
	size_t columns;
	int64_t filled[4];
};

static void take(void *taken, struct stmt *row)
{
	struct taken *t = taken;
	put_row(row, t->columns, &t->text);
	stmt_filled(row, t->columns, t->filled);
}

static void assert_taken(struct taken *t, const char *want)
{
	buf_printf(&t->text, "%s", "");
	if (!str_is(buf_str(&t->text), want))
		fail_msg("got %.*s, want %s", (int)t->text.n, t->text.p, want);
	buf_free(&t->text);
}

static void all_kinds(void **state)
{
	struct sql q = { .arena = &arena };
	struct taken t = { .columns = 4 };
	(void)state;
	sql_add(&q, "select id, name, price, part from thing where id >= ");
	sql_param(&q, value_int(1));
	db_each(db, &q, take, &t);
	assert_taken(&t, "1 'Đèn' '1.5' - |2 - '-2' 7 |3 '' 'Inf' 1 |4 '2026' - 1 |");
	assert_int_equal(t.filled[0], 4);
	assert_int_equal(t.filled[1], 3);
	assert_int_equal(t.filled[2], 3);
	assert_int_equal(t.filled[3], 3);
	sql_free(&q);
}

/* The same as stepping through it gives. */
static void by_steps(void **state)
{
	struct sql q = { .arena = &arena };
	struct taken t = { .columns = 3 };
	(void)state;
	sql_add(&q, "select part, count(*), max(name) from thing group by part order by part");
	struct stmt *s = db_query(db, &q);
	while (stmt_step(s))
		take(&t, s);
	stmt_close(s);
	assert_taken(&t, "- 1 'Đèn' |1 2 '2026' |7 1 - |");
	t = (struct taken){ .columns = 3 };
	db_each(db, &q, take, &t);
	assert_taken(&t, "- 1 'Đèn' |1 2 '2026' |7 1 - |");
	sql_free(&q);
}

static void nothing(void **state)
{
	struct sql q = { .arena = &arena };
	struct taken t = { .columns = 1 };
	(void)state;
	sql_add(&q, "select id from thing where id > 4");
	db_each(db, &q, take, &t);
	assert_taken(&t, "");
	sql_free(&q);
}

/* Of each thing, the ids up to its own, while the statement goes on; the row stays readable. */
static void take_within(void *taken, struct stmt *row)
{
	struct taken *t = taken;
	struct sql q = { .arena = &arena };
	sql_add(&q, "select id from thing where id <= ");
	sql_param(&q, stmt_value(row, 0));
	t->columns = 1;
	db_each(db, &q, take, t);
	put_row(row, 2, &t->text);
	sql_free(&q);
}

static void one_in_another(void **state)
{
	struct sql q = { .arena = &arena };
	struct taken t = { 0 };
	(void)state;
	sql_add(&q, "select id, name from thing where id < 4 and id <> 2");
	db_each(db, &q, take_within, &t);
	assert_taken(&t, "1 |1 'Đèn' |1 |2 |3 |3 '' |");
	sql_free(&q);
}

/* Who asks for it in a query of their own gets nothing of it. */
static void users_own(void **state)
{
	struct diag d = { 0 };
	struct stmt *s =
	    db_query_text(db, STR("select each(id), count(*) from thing"), NULL, 0, &d);
	(void)state;
	assert_non_null(s);
	assert_true(stmt_step(s));
	assert_int_equal(stmt_value(s, 0).kind, V_NULL);
	assert_int_equal(stmt_value(s, 1).i, 4);
	stmt_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_kinds), cmocka_unit_test(by_steps),
		cmocka_unit_test(nothing),   cmocka_unit_test(one_in_another),
		cmocka_unit_test(users_own),
	};
	return cmocka_run_group_tests(tests, open_database, close_database);
}
