/* What came after a touch with the same customer, and when that is learned. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/date.h"
#include "report/sequel.h"

static struct store store;

/* Contact 2 is of account 3.  What is not done, or of another kind, is no success. */
static const char tables[] =
    "create table contact (id integer primary key, account int);"
    "create table activity (id integer primary key, kind text, status text, direction text,"
    "  done_at text, lead int, account int, contact int, outcome text, duration_s int,"
    "  automatic int);"
    "create table deal (id integer primary key, lead int, account int, contact int,"
    "  created_at text);"
    "insert into contact values (2, 3), (5, null);"
    "insert into activity (kind, status, done_at, lead, account, contact) values"
    "  ('visit', 'done', '2026-03-09T00:00:00Z', null, 3, null),"
    "  ('meeting', 'done', '2026-03-02T00:00:00Z', null, null, 2),"
    "  ('meeting', 'planned', '2026-03-01T00:00:00Z', null, 3, null),"
    "  ('email', 'done', '2026-03-01T00:00:00Z', null, 3, null),"
    "  ('meeting', 'done', null, null, 3, null),"
    "  ('meeting', 'done', '2026-03-05T00:00:00Z', 3, null, 5),"
    "  ('call', 'done', '2026-03-04T00:00:00Z', null, 3, null);"
    "insert into deal values (1, null, 3, null, '2026-03-06T00:00:00Z'),"
    "  (2, 900, null, null, '2026-03-01T00:00:00Z')";

static int open_database(void **state)
{
	struct diag d = { 0 };
	(void)state;
	store.schema = shipped_schema;
	store.db = db_open(":memory:", DB_CREATE, &d);
	if (!store.db)
		return -1;
	db_exec(store.db, tables);
	return 0;
}

static int close_database(void **state)
{
	(void)state;
	db_close(store.db);
	return 0;
}

static struct sequel *all_of(unsigned kinds)
{
	const struct sequel_reach ever = { .from = INT64_MIN };
	return sequel_new(&store, kinds, &ever);
}

/* The day of March 2026 on which the next is after that day, or the last before it; 0: none. */
static int day_of_it(struct sequel *s, enum sequel_kind kind, const int64_t ids[SEQUEL_REFS],
		     int march, bool before)
{
	struct value v[SEQUEL_REFS];
	const struct value *who[SEQUEL_REFS];
	int64_t first = day_of((struct civil){ 2026, 3, 1 }), at;
	int64_t from = (first + march - 1) * DAY_SECONDS;
	for (size_t i = 0; i < SEQUEL_REFS; i++) {
		v[i] = ids[i] ? value_int(ids[i]) : value_null();
		who[i] = &v[i];
	}
	bool found = (before ? sequel_last : sequel_next)(s, kind, who, from, &at);
	return found ? (int)(at / DAY_SECONDS - first + 1) : 0;
}

/* In the order of SEQUEL_WHO. */
static const int64_t lead3[SEQUEL_REFS] = { 3 }, account3[SEQUEL_REFS] = { 0, 3 },
		     contact2[SEQUEL_REFS] = { 0, 0, 2, 3 }, contact5[SEQUEL_REFS] = { 0, 0, 5 },
		     lead900[SEQUEL_REFS] = { 900 }, nobody[SEQUEL_REFS] = { 0 },
		     several[SEQUEL_REFS] = { 3, 3 };

static void after(void **state)
{
	struct sequel *s = all_of(1u << SEQUEL_SUCCESS);
	(void)state;
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 1, false), 2);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 2, false), 2);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 3, false), 6);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 7, false), 9);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 10, false), 0);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, contact2, 3, false), 6);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, contact5, 1, false), 5);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, lead3, 1, false), 5);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, several, 3, false), 5);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, lead900, 1, false), 1);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, lead900, 2, false), 0);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, nobody, 1, false), 0);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 9, true), 6);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 2, true), 0);
	sequel_free(s);
}

static void all_with_one(void **state)
{
	struct sequel *s = all_of(1u << SEQUEL_SUCCESS);
	size_t n;
	(void)state;
	const struct moment *m = sequel_all(s, SEQUEL_SUCCESS, SEQUEL_ACCOUNT, 3, &n);
	assert_int_equal(n, 3);
	assert_true(m[0].at < m[1].at && m[1].at < m[2].at);
	sequel_all(s, SEQUEL_SUCCESS, SEQUEL_CONTACT, 3, &n);
	assert_int_equal(n, 0);
	sequel_free(s);
}

/* Each kind is read when it is asked for first, and then no more. */
static void when_asked(void **state)
{
	struct sequel *s = all_of(1u << SEQUEL_CALL | 1u << SEQUEL_SUCCESS);
	(void)state;
	db_mark(store.db);
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 10, false), 0);
	db_exec(store.db, "insert into activity (kind, status, done_at, account) values"
			  " ('call', 'done', '2026-03-20T00:00:00Z', 3),"
			  " ('visit', 'done', '2026-03-20T00:00:00Z', 3)");
	assert_int_equal(day_of_it(s, SEQUEL_SUCCESS, account3, 10, false), 0);
	assert_int_equal(day_of_it(s, SEQUEL_CALL, account3, 10, false), 20);
	db_undo(store.db);
	assert_int_equal(day_of_it(s, SEQUEL_CALL, account3, 10, false), 20);
	sequel_free(s);
}

struct asking {
	struct sequel *sequel;
	int64_t ids, days;
};

static void ask(void *asking, struct stmt *row)
{
	struct asking *a = asking;
	a->days += day_of_it(a->sequel, SEQUEL_SUCCESS, account3, 3, false);
	a->ids += stmt_value(row, 0).i;
}

/* As calls asks: of rows that are being read themselves. */
static void amid_rows(void **state)
{
	struct arena arena = { 0 };
	struct sql q = { .arena = &arena };
	struct asking a = { all_of(1u << SEQUEL_SUCCESS), 0, 0 };
	(void)state;
	sql_add(&q, "select id from activity");
	db_each(store.db, &q, ask, &a);
	assert_int_equal(a.ids, 1 + 2 + 3 + 4 + 5 + 6 + 7);
	assert_int_equal(a.days, 7 * 6);
	sequel_free(a.sequel);
	sql_free(&q);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(after),
		cmocka_unit_test(all_with_one),
		cmocka_unit_test(when_asked),
		cmocka_unit_test(amid_rows),
	};
	return cmocka_run_group_tests(tests, open_database, close_database);
}
