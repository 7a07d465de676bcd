/* Rows of which another thread reads half: all of them, each once, in one order, of one state. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/worker.h"
#include "schema/check.h"
#include "store/db.h"
#include "store_fixture.h"

enum { ACCOUNTS = 1000, CALLS = 3000, LONG = 600000 };

static struct db *db; /* reads; the store writes */
static size_t both;   /* 1: there is but one processor */

static const struct entity *type(const char *name)
{
	return schema_entity(&store->schema, str_of(name));
}

/* Every third call is nobody's, and the accounts have no call, or many. */
static void fill(void)
{
	db_exec(store->db,
		"begin;"
		"with n (i) as (select 1 union all select i + 1 from n where i < 1000)"
		" insert into account (id, name, website, created_at, updated_at) select i * i,"
		"  'Công ty ' || i, case when i % 7 then null else 'x' end,"
		"  '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' from n;"
		"with n (i) as (select 1 union all select i + 1 from n where i < 3000)"
		" insert into activity (id, kind, status, subject, account, done_at, created_at,"
		"  updated_at) select i, 'call', 'done', 'Gọi ' || i, case when i % 3 then"
		"  (i * 37 % 300) * (i * 37 % 300) end,"
		"  strftime('%Y-%m-%dT%H:%M:%SZ', 1700000000 + i * 5000, 'unixepoch'),"
		"  '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' from n where i * 37 % 300;"
		"commit");
}

struct seen {
	struct buf text; /* of the rows */
	size_t n;
	size_t from;	      /* different places that rows came from */
	struct stmt *rows[2]; /* these */
	size_t nested;
};

static void see(void *seen, struct stmt *row)
{
	struct seen *s = seen;
	for (size_t i = 0; i < 2; i++) {
		struct value v = stmt_value(row, i);
		if (v.kind == V_TEXT)
			buf_printf(&s->text, "'%s' ", v.s.p);
		else
			buf_printf(&s->text, "%lld%s ", (long long)v.i,
				   v.kind == V_NULL ? "?" : "");
	}
	s->n++;
	if (s->from && s->rows[s->from - 1] == row)
		return;
	if (s->from == 2)
		assert_ptr_equal(s->rows[0], row);
	else if (!s->from || s->rows[0] != row)
		s->rows[s->from++] = row;
}

static struct sql asked(const char *literal, const char *of, const char *as, bool where)
{
	struct sql q = { .arena = &arena };
	sql_add_literal(&q, literal);
	if (of)
		sql_in_pieces(&q, type(of), as, where);
	return q;
}

static struct seen all_of(struct sql q, row_taker *take)
{
	struct seen s = { 0 };
	db_each(db, &q, take, &s);
	sql_free(&q);
	return s;
}

/* The same rows by two as by one; from: of how many they came. */
static void check(const char *literal, const char *of, const char *as, bool where, size_t from)
{
	struct seen two = all_of(asked(literal, of, as, where), see),
		    again = all_of(asked(literal, of, as, where), see),
		    one = all_of(asked(literal, NULL, NULL, false), see);
	assert_int_equal(one.n ? 1 : 0, one.from);
	assert_int_equal(two.from, from);
	assert_int_equal(two.n, one.n);
	assert_int_equal(two.text.n, one.text.n);
	assert_int_equal(two.text.n, again.text.n);
	assert_memory_equal(two.text.p, again.text.p, two.text.n);
	if (of && !strcmp(as, "t")) /* in the plan's own order: by ids */
		assert_memory_equal(two.text.p, one.text.p, one.text.n);
	buf_free(&one.text);
	buf_free(&two.text);
	buf_free(&again.text);
}

static void by_ids(void **state)
{
	(void)state;
	check("select t.id, t.name from account t", "account", "t", false, both);
	check("select t.id, t.website from account t where t.id > 10", "account", "t", true, 1);
	check("select t.id, t.website from account t where (t.website = 'x')", "account", "t", true,
	      both);
	check("select t.id, t.website from account t where (t.website = 'y')", "account", "t", true,
	      0);
	check("select k.id, a.name from activity k left join account a on a.id = k.account"
	      " where true",
	      "activity", "k", true, both);
}

static void by_an_index(void **state)
{
	(void)state;
	check("select k.account, k.done_at from activity k where k.status = 'done'", "activity",
	      "k", true, both);
	check("select t.done_at, t.owner from activity t", "activity", "t", false, both);
	check("select t.status, t.created_at from lead t", "lead", "t", false, 0);
}

static void whole(void **state)
{
	(void)state;
	check("select t.id, fold(t.name) from account t", "account", "t", false, 1);
	check("select t.id, t.name from account t", NULL, NULL, false, 1);
	check("select t.id, t.name from account t order by t.id", NULL, NULL, false, 1);
	db_temporary(db, true);
	db_exec(db, "create temp view account as select * from main.account where id < 5");
	db_temporary(db, false);
	check("select t.id, t.name from account t", "account", "t", false, 1);
	db_temporary(db, true);
	db_exec(db, "drop view temp.account");
	db_temporary(db, false);
	check("select t.id, t.name from account t", "account", "t", false, both);
}

/* What is there is told, and what it is is not. */
static void see_filled(void *seen, struct stmt *row)
{
	struct seen *s = seen;
	int64_t filled[2] = { 0 };
	stmt_filled(row, 2, filled);
	s->n += (size_t)filled[0];
	s->nested += (size_t)filled[1];
}

static void filled(void **state)
{
	(void)state;
	struct sql q = asked("select t.id, t.website from account t", "account", "t", false);
	q.pieces.filled = true;
	struct seen s = all_of(q, see_filled);
	assert_int_equal(s.n, ACCOUNTS);
	assert_int_equal(s.nested, ACCOUNTS / 7);
}

/* Who asks when the first row is there has it from both, and later from one. */
static void ask_more(void *seen, struct stmt *row)
{
	struct seen *s = seen;
	see(seen, row);
	if (s->n != 1 && s->n != 500)
		return;
	struct seen more =
	    all_of(asked("select t.id, t.name from account t", "account", "t", false), see);
	assert_int_equal(more.n, ACCOUNTS);
	assert_int_equal(more.from, s->n == 1 ? both : 1);
	buf_free(&more.text);
	s->nested++;
}

static void within(void **state)
{
	(void)state;
	struct seen s =
	    all_of(asked("select t.id, t.name from account t", "account", "t", false), ask_more);
	assert_int_equal(s.n, ACCOUNTS);
	assert_int_equal(s.nested, 2);
	assert_int_equal(s.from, both);
	buf_free(&s.text);
}

/* Longer than what is handed over at once, and more of it than may wait. */
static void much(void **state)
{
	(void)state;
	struct seen s = all_of(asked("select t.id, replace(hex(zeroblob("
				     "10000)), '0', 'é')"
				     " from account t",
				     "account", "t", false),
			       see);
	assert_int_equal(s.n, ACCOUNTS);
	assert_int_equal(s.from, both);
	assert_true(s.text.n > (size_t)ACCOUNTS * 40000);
	buf_free(&s.text);
}

static void one_state(void **state)
{
	(void)state;
	db_exec(store->db, "delete from activity; delete from account where id > 100;"
			   " update account set name = 'new'");
	struct seen s =
	    all_of(asked("select t.id, t.name from account t", "account", "t", false), see);
	assert_int_equal(s.n, ACCOUNTS);
	assert_null(strstr(s.text.p, "new"));
	assert_int_equal(s.from, both);
	buf_free(&s.text);
	db_commit(db);
	db_begin_read_beside(db);
	check("select t.id, t.name from account t", "account", "t", false, both);
	s = all_of(asked("select t.id, t.name from account t", "account", "t", false), see);
	assert_int_equal(s.n, 10);
	assert_non_null(strstr(s.text.p, "new"));
	buf_free(&s.text);
}

static void readers(void **state)
{
	(void)state;
	assert_int_equal(db_readers(db), 2);
	assert_int_equal(unsetenv("CRM_JOBS"), 0);
	assert_int_equal(db_readers(db), 1); /* it is small */
	db_commit(db);
	db_begin_read_beside(db);
	check("select t.id, t.name from account t", "account", "t", false, 1);
}

static int set_up(void **state)
{
	struct diag d = { 0 };
	(void)state;
	if (!fixture_make() || setenv("CRM_JOBS", "2", 1) != 0)
		return -1;
	fill();
	db = db_open(arena_printf(&arena, "%s/crm.db", folder).p, DB_READ, &d);
	db_begin_read_beside(db);
	both = processors() > 1 ? 2 : 1;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(db);
	return fixture_remove();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_ids),    cmocka_unit_test(by_an_index), cmocka_unit_test(whole),
		cmocka_unit_test(filled),    cmocka_unit_test(within),	    cmocka_unit_test(much),
		cmocka_unit_test(one_state), cmocka_unit_test(readers),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
