/*
 * What an import keeps in mind stays small: what is to be written once, and who was named.
 * On a database of its own, made and thrown away.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <malloc.h>
#include <stdlib.h>

#include "query/ref.h"
#include "schema/check.h"
#include "store/store.h"
#include "store_fixture.h"

enum { ACCOUNTS = 7 };

static int64_t make(const char *entity, const char *const *fields)
{
	struct arena a = { 0 };
	struct record r = record_new(schema_entity(&store->schema, str_of(entity)), &a);
	struct codec c = store_codec(store, &a);
	struct diag d = { 0 };
	for (; fields[0]; fields += 2) {
		const struct field *f = entity_field(r.entity, str_of(fields[0]));
		struct value *v = record_get(&r, fields[0]);
		struct cell cell = { CELL_TEXT, str_of(fields[1]) };
		if (f->type == &type_ref)
			*v = value_int(atoll(fields[1]));
		else
			assert_true(field_parse(f, v, cell, &c, &d));
	}
	if (store_put(store, &r, PUT_SEED, &a, &d) != WROTE_CREATED)
		fail_msg("%s", arena_str(&a, d.message).p);
	diag_free(&d);
	arena_free(&a);
	return r.id;
}

/* The call that was made `minute` minutes into the year. */
static struct str call(int account, int minute)
{
	struct str at = instant_print(1767225600 + (int64_t)minute * 60, &arena);
	make("activity",
	     (const char *const[]){ "kind", "call", "status", "done", "account",
				    arena_printf(&arena, "%d", account).p, "done_at", at.p, NULL });
	return at;
}

static int64_t count(const char *literal)
{
	struct sql q = { .arena = &arena };
	sql_add_literal(&q, literal);
	int64_t n = db_int(store->db, &q, -1);
	sql_free(&q);
	return n;
}

static int set_up(void **state)
{
	(void)state;
	if (!fixture_make())
		return -1;
	fixture_start();
	for (int i = 0; i < ACCOUNTS; i++)
		make("account", (const char *const[]){ "name", "A", NULL });
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	store_rollback(store);
	return fixture_remove();
}

static size_t in_use(void)
{
	struct mallinfo2 m = mallinfo2();
	return m.uordblks + m.hblkhd;
}

/* One account, each call later than the one before. */
static void test_memory(void **state)
{
	enum { CALLS = 4000, BYTES = 32 * 1024 };
	size_t before = 0;
	(void)state;
	db_exec(store->db, "pragma cache_size = 20"); /* which is soon full */
	store_gather_begin(store);
	for (int i = 0; i < CALLS; i++) {
		if (i == CALLS / 2)
			before = in_use();
		call(1, i);
		arena_reset(&arena);
	}
	size_t after = in_use();
	store_gather_end(store);
	assert_in_range(after - before, 0, BYTES);
	assert_int_equal(count("select count(*) from change where entity = 'account' and op = 'u'"),
			 1);
}

/* Many accounts, of which few may wait: one in three rows leaves nothing. */
static void test_bound(void **state)
{
	enum { CALLS = 300, FROM = 10000, PRIME = 101 };
	const char *last[ACCOUNTS + 1] = { 0 };
	(void)state;
	store->waiting = 3;
	store_gather_begin(store);
	for (int i = 0; i < CALLS; i++) {
		int account = 1 + i * i % PRIME % ACCOUNTS;
		store_mark(store);
		const char *at = call(account, FROM + i * PRIME % CALLS).p;
		if (i % 3) {
			store_keep(store);
			if (!last[account] || strcmp(at, last[account]) > 0)
				last[account] = at;
		} else {
			store_undo(store);
		}
	}
	store_gather_end(store);
	for (int i = 1; i <= ACCOUNTS; i++) {
		struct record r;
		assert_true(
		    store_get(store, schema_entity(&store->schema, STR("account")), i, &r, &arena));
		assert_string_equal(text_of(&r, "last_contacted_at").p, last[i] ? last[i] : "");
	}
	assert_true(count("select count(*) from change where entity = 'account' and op = 'u'") >
		    ACCOUNTS + 1);
}

static void add_line(int64_t order)
{
	const char *id = arena_printf(&arena, "%lld", (long long)order).p;
	make("order_line", (const char *const[]){ "order", id, "description", "x", "quantity", "1",
						  "unit_price", "50", NULL });
}

/* The sum of an order waits for all lines, however many accounts come in between. */
static void test_sums(void **state)
{
	(void)state;
	store->waiting = 2;
	int64_t order = make("order", (const char *const[]){ "account", "1", NULL });
	store_gather_begin(store);
	for (int i = 0; i < 3 * ACCOUNTS; i++) {
		add_line(order);
		call(1 + i % ACCOUNTS, 20000 + i);
	}
	store_gather_end(store);
	assert_int_equal(count("select total from \"order\""), 50 * 3 * ACCOUNTS);
	assert_int_equal(count("select count(*) from change where entity = 'order' and op = 'u'"),
			 1);
}

/* Many orders whose lines have come wait in little room. */
static void test_many(void **state)
{
	enum { FEW = 60, ORDERS = 2000, BYTES = 48 };
	const char *const fields[] = { "account", "1", NULL };
	size_t before = 0;
	(void)state;
	store->waiting = 0;
	int64_t first = make("order", fields);
	for (int i = 1; i < ORDERS; i++)
		make("order", fields);
	store_gather_begin(store);
	for (int i = 0; i < ORDERS; i++) {
		if (i == FEW)
			before = in_use();
		add_line(first + i);
		arena_reset(&arena);
	}
	size_t after = in_use();
	store_gather_end(store);
	assert_in_range(after - before, 0, ORDERS * BYTES);
	assert_int_equal(count("select count(*) from \"order\" where total = 50"), ORDERS);
}

/* Names that were looked up are forgotten before they fill the memory. */
static void test_names(void **state)
{
	struct resolver r = { .store = store };
	struct diag d = { 0 };
	int64_t id, made = make("account", (const char *const[]){ "name", "Minh Anh", NULL });
	(void)state;
	for (size_t i = 0; i < RESOLVER_MAX; i++) {
		*map_at(&r.known, arena_printf(&arena, "%zu", i)) = 1;
		arena_reset(&arena);
	}
	for (int i = 0; i < 2; i++) {
		assert_true(ref_resolve(&r, schema_entity(&store->schema, STR("account")),
					STR("Minh Anh"), &id, NULL, &d));
		assert_int_equal(id, made);
		assert_int_equal(r.known.n, 1);
	}
	resolver_free(&r);
	diag_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory), cmocka_unit_test(test_bound),
		cmocka_unit_test(test_sums),   cmocka_unit_test(test_many),
		cmocka_unit_test(test_names),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
