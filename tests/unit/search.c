/*
 * What the search index finds is what reading every record finds: over records and words
 * put together at random from what breaks indexes, while records come, change and go.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/utf8.h"
#include "core/worker.h"
#include "query/select.h"
#include "store/custom.h"
#include "store/search.h"
#include "store_fixture.h"

enum { RECORDS = 400, CHANGES = 300, QUESTIONS = 1500 };

static const struct entity *lead;

/* clang-format off */
static const char *const pieces[] = {
	"Nguyễn", "nguyen", "Văn", "Đức", "ĐỨC", "Đặng", "Nguye\xcc\x82\xcc\x83n" /* NFD */, "ƯU ĐÃI",
	"Straße", "ŁÓDŹ", "株式会社", "東京都", "한국어", "คนไทย", "مرحبا", "😀", "👩‍👩‍👧", "🇻🇳", "ﷺ", "Ⅷ", "１２３",
	"'", "\"", "\"\"", "%", "_", "*", "^", "(", ")", "{", "-", "--", ":", "+", ",", ";", "\\", "$1", "?",
	"NEAR", "AND", "OR", "NOT", "NEAR(a b)", "rowid", "search:", "lead_search",
	"x'; drop table lead;--", "a", "ab", "abc", "aaa", "aaaa", "@gmail.com", "an@x.vn",
	"0912 345 678", "0912345678", "+84912345678", "84", "091", "345678", " ", "  ", "\n", "\t",
	"\xc2\xa0", "\xe2\x80\x8b",
};
static const char *const fields[] = {
	"name", "company", "email", "phone", "mobile", "zalo", "notes", "interest", "city", "tags",
};
/* clang-format on */

static size_t below(size_t n)
{
	return (size_t)rand() % n;
}

static struct str random_text(size_t most)
{
	struct buf b = { 0 };
	for (size_t n = 1 + below(most); n; n--)
		buf_puts(&b, pieces[below(countof(pieces))]);
	struct str text = buf_copy(&b, &arena);
	buf_free(&b);
	return text;
}

static struct value random_value(const char *field)
{
	if (!strcmp(field, "tags"))
		return value_text(arena_printf(&arena, ";%.*s;", 6, below(2) ? "khách" : "vip"));
	if (!strcmp(field, "notes") && below(50) == 0) { /* longer than any page */
		struct buf b = { 0 };
		while (b.n < 20000)
			buf_put(&b, random_text(20));
		struct str text = buf_copy(&b, &arena);
		buf_free(&b);
		return value_text(text);
	}
	return value_text(random_text(5));
}

/* Makes a record (id 0) or changes one; what is refused is as if it had not been tried. */
static void write_one(int64_t id)
{
	struct diag d = { 0 };
	struct record r = record_new(lead, &arena);
	r.id = id;
	for (size_t i = 0; i < countof(fields); i++)
		if (below(3) == 0)
			*record_get(&r, fields[i]) = random_value(fields[i]);
	*record_get(&r, "status") = value_text(below(2) ? STR("new") : STR("contacted"));
	store_put(store, &r, 0, &arena, &d);
	diag_free(&d);
}

static void begin(void)
{
	store_begin(store, &(struct change_info){ "test", "test", NULL, NULL }, 1);
}

static int set_up(void **state)
{
	(void)state;
	if (!fixture_make())
		return -1;
	lead = schema_entity(&store->schema, STR("lead"));
	srand(42);
	begin();
	for (int i = 0; i < RECORDS; i++)
		write_one(0);
	search_make(store, lead);
	store_commit(store);
	return store_count(store, lead) > RECORDS / 2 ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	return fixture_remove();
}

static struct query_context context(void)
{
	return (struct query_context){ .schema = &store->schema,
				       .settings = &store->settings,
				       .entity = lead,
				       .arena = &arena };
}

/* NULL: it cannot be asked. */
static const struct node *parse(struct str text, const struct query_context *qc)
{
	struct diag d = { 0 };
	const struct node *n = term_parse(text, qc, true, &d);
	diag_free(&d);
	return n;
}

static struct str ids_text(const struct select *what)
{
	struct buf b = { 0 };
	size_t n;
	const int64_t *ids = select_ids(store, what, &n, &arena);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, " %lld", (long long)ids[i]);
	buf_printf(&b, " = %lld", (long long)select_count(store, what));
	struct str text = buf_copy(&b, &arena);
	buf_free(&b);
	return text;
}

static bool looks_up(const struct select *what)
{
	struct sql q = { .arena = &arena };
	select_sql(store, what, &q);
	buf_putc(&q.text, '\0');
	bool match = strstr(q.text.p, " match ") != NULL;
	sql_free(&q);
	return match;
}

/* A part of what some record holds, cut anywhere between two characters; or anything. */
static struct str random_word(void)
{
	struct str s = random_text(3);
	size_t cut = below(s.n + 1), length = 1 + below(12);
	while (cut < s.n && ((unsigned char)s.p[cut] & 0xc0) == 0x80)
		cut++;
	while (cut + length < s.n && ((unsigned char)s.p[cut + length] & 0xc0) == 0x80)
		length++;
	return below(3) ? str_sub(s, cut, length) : s;
}

static struct str random_term(void)
{
	static const char *const forms[] = { "",
					     "",
					     "",
					     "text:",
					     "text.not:",
					     "name.has:",
					     "company.has:",
					     "email.has:",
					     "notes.has:",
					     "phone.has:" };
	struct buf b = { 0 };
	buf_puts(&b, forms[below(countof(forms))]);
	bool several = b.n && b.p[b.n - 1] == ':' && b.p[0] == 't';
	for (size_t n = several ? 1 + below(3) : 1; n; n--) {
		struct str word = random_word();
		for (size_t i = 0; i < word.n; i++) {
			if (several && strchr("\\,'\"", word.p[i]))
				buf_putc(&b, '\\');
			buf_putc(&b, word.p[i]);
		}
		buf_puts(&b, n > 1 ? "," : "");
	}
	struct str text = buf_copy(&b, &arena);
	buf_free(&b);
	return text;
}

/* Terms that all must hold, or two such groups of which one must. */
static const struct node *random_where(const struct query_context *qc, struct buf *said)
{
	static const char *const others[] = { "status:new", "tag:vip", "tags.has:kha", "id:1..50" };
	struct node *all = NULL;
	for (size_t n = 1 + below(3); n; n--) {
		struct str text = below(5) ? random_term() : str_of(others[below(countof(others))]);
		const struct node *term = parse(text, qc);
		if (!term)
			continue;
		buf_printf(said, " %.*s", (int)text.n, text.p);
		struct node *copy = arena_new(&arena, struct node, 1);
		*copy = *term;
		all = node_and(all, copy, &arena);
	}
	return all;
}

/* Both ways, sorted and not; how many questions went to the index. */
static size_t compare(size_t questions)
{
	struct query_context qc = context();
	struct sort_key *keys;
	size_t nkeys, asked = 0;
	struct diag d = { 0 };
	assert_true(sort_parse(STR("-name"), &qc, &keys, &nkeys, &d));
	while (questions--) {
		struct buf said = { 0 };
		struct select what = { .context = &qc, .limit = below(2) ? -1 : 3 };
		what.where = random_where(&qc, &said);
		what.sort = keys;
		what.nsort = below(2) ? nkeys : 0;
		if (what.where) {
			asked += looks_up(&what);
			struct str found = ids_text(&what);
			store->past = true; /* nothing is looked up then */
			assert_false(looks_up(&what));
			struct str wanted = ids_text(&what);
			store->past = false;
			if (!str_eq(found, wanted))
				fail_msg("%.*s: found%s, wanted%s", (int)said.n, said.p, found.p,
					 wanted.p);
		}
		buf_free(&said);
	}
	diag_free(&d);
	return asked;
}

static void test_same(void **state)
{
	(void)state;
	assert_true(compare(QUESTIONS) > QUESTIONS / 3);
}

/* Writes, some taken back alone or all together, asked about in the middle and afterwards. */
static void test_changes(void **state)
{
	(void)state;
	for (int round = 0; round < 6; round++) {
		begin();
		for (int i = 0; i < CHANGES; i++) {
			struct diag d = { 0 };
			int64_t id = (int64_t)below(RECORDS) + 1;
			bool mark = below(2), undo = below(2);
			if (mark)
				store_mark(store);
			if (below(4) == 0)
				store_remove(store, lead, id, &arena, &d);
			else
				write_one(store_exists(store, lead, id) ? id : 0);
			if (mark && undo)
				store_undo(store);
			else if (mark)
				store_keep(store);
			diag_free(&d);
		}
		compare(100);
		assert_true(search_check(store, lead));
		if (round % 3 == 2)
			store_rollback(store);
		else
			store_commit(store);
		compare(300);
	}
	begin();
	assert_true(search_check(store, lead));
	store_rollback(store);
}

static struct str plan(const char *term, const char *sort, int64_t limit)
{
	struct query_context qc = context();
	struct select what = { .context = &qc, .limit = limit };
	struct sql q = { .arena = &arena };
	struct sort_key *keys;
	struct diag d = { 0 };
	what.where = parse(str_of(term), &qc);
	if (sort && sort_parse(str_of(sort), &qc, &keys, &what.nsort, &d))
		what.sort = keys;
	assert_non_null(what.where);
	select_sql(store, &what, &q);
	struct str text = db_plan(store->db, &q, &arena);
	sql_free(&q);
	diag_free(&d);
	return text;
}

static void test_plans(void **state)
{
	static const char lookup[] = "SCAN s VIRTUAL TABLE INDEX 64:M1\n"
				     "SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)\n";
	(void)state;
	assert_string_equal(plan("guyen", NULL, 10).p, lookup);
	assert_string_equal(plan("0912 345", NULL, -1).p, lookup);
	assert_string_equal(plan("text:nguyen,tran", NULL, -1).p, lookup);
	assert_string_equal(plan("company.has:nguyen", NULL, -1).p, lookup);
	assert_string_equal(plan("tag:vip", NULL, -1).p, lookup);
	assert_string_equal(plan("guyen", "-name", 10).p,
			    "SCAN s VIRTUAL TABLE INDEX 0:M1\n"
			    "SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)\n"
			    "USE TEMP B-TREE FOR ORDER BY\n");
	assert_string_equal(plan("ab", NULL, 10).p, "SCAN t0\n");
	assert_string_equal(plan("text:nguyen,ab", NULL, 10).p, "SCAN t0\n");
	assert_string_equal(plan("text.not:nguyen", NULL, 10).p, "SCAN t0\n");
}

/* More words than are worth asking for; a word that is a book. */
static void test_sizes(void **state)
{
	struct query_context qc = context();
	struct select what = { .context = &qc, .limit = -1 };
	struct buf b = { 0 };
	(void)state;
	buf_puts(&b, "text:nguyen");
	for (int i = 0; i < 300; i++)
		buf_printf(&b, ",word%d", i);
	what.where = parse(buf_str(&b), &qc);
	assert_false(looks_up(&what));
	assert_true(select_count(store, &what) > 0);
	b.n = 0;
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "đ\"");
	what.where = parse(buf_str(&b), &qc);
	assert_true(looks_up(&what));
	assert_int_equal(select_count(store, &what), 0);
	buf_free(&b);
}

/* An index that does not say what the records say is found out, and made anew. */
static void test_damage(void **state)
{
	(void)state;
	begin();
	assert_true(search_check(store, lead));
	db_exec(store->db,
		"update lead set search = 'quokka' where id = (select max(id) from lead)");
	assert_false(search_check(store, lead));
	search_make(store, lead);
	assert_true(search_check(store, lead));
	db_exec(store->db, "delete from lead_search_data where id > 100");
	assert_false(search_check(store, lead));
	search_make(store, lead);
	assert_true(search_check(store, lead));
	struct query_context qc = context();
	struct select what = { .context = &qc, .limit = -1, .where = parse(STR("uokk"), &qc) };
	assert_int_equal(select_count(store, &what), 1);
	search_drop(store, lead);
	assert_true(search_check(store, lead));
	assert_false(looks_up(&what));
	assert_int_equal(select_count(store, &what), 1);
	store_rollback(store);
	assert_int_equal(select_count(store, &what), 0);
	assert_true(looks_up(&what));
}

/* A field that an admin adds and takes away again is searched meanwhile, with what it was given. */
static void test_custom(void **state)
{
	struct custom_field f = { .entity = "lead", .name = "hobby", .type = "text" };
	struct diag d = { 0 };
	(void)state;
	begin();
	assert_int_equal(custom_put(store, &f, &d), WROTE_CREATED);
	lead = schema_entity(&store->schema, STR("lead"));
	struct record r = record_new(lead, &arena);
	*record_get(&r, "name") = value_text(STR("Ba"));
	*record_get(&r, "hobby") = value_text(STR("Kayak"));
	assert_int_equal(store_put(store, &r, 0, &arena, &d), WROTE_CREATED);
	for (int turn = 0; turn < 3; turn++) {
		struct query_context qc = context();
		struct select what = { .context = &qc, .limit = -1 };
		what.where = parse(STR("ayak"), &qc);
		assert_true(looks_up(&what));
		assert_int_equal(select_count(store, &what), !f.retired);
		assert_true(search_check(store, lead));
		f.retired = !f.retired;
		assert_int_equal(custom_put(store, &f, &d), WROTE_UPDATED);
		lead = schema_entity(&store->schema, STR("lead"));
	}
	store_rollback(store);
	lead = schema_entity(&store->schema, STR("lead"));
	diag_free(&d);
}

static void put_contact(int64_t id, unsigned flags, struct arena *a)
{
	struct diag d = { 0 };
	struct record r = record_new(schema_entity(&store->schema, STR("contact")), a);
	r.id = id;
	*record_get(&r, "name") = value_text(random_text(3));
	store_put(store, &r, flags, a, &d);
	diag_free(&d);
	arena_reset(a);
}

enum turn { ALONE, CHANGED, REMOVED, BACKWARDS, TAKEN_BACK, TURNS };

static void fill_contacts(enum turn turn, struct arena *a)
{
	const struct entity *contact = schema_entity(&store->schema, STR("contact"));
	struct diag d = { 0 };
	for (int64_t i = 1; i <= SEARCH_ROWS; i++) {
		put_contact(turn == BACKWARDS ? SEARCH_ROWS + 1 - i : 0,
			    turn == BACKWARDS ? PUT_RESTORE : 0, a);
		if (i % 3000)
			continue;
		if (turn == CHANGED)
			put_contact(7, 0, a);
		if (turn == REMOVED)
			assert_true(store_remove(store, contact, i, a, &d));
		if (turn == TAKEN_BACK) {
			store_mark(store);
			put_contact(0, 0, a);
			store_undo(store);
		}
	}
	diag_free(&d);
}

/* An index that is made beside the records says what they say, whatever becomes of them. */
static void test_beside(void **state)
{
	const struct entity *contact = schema_entity(&store->schema, STR("contact"));
	struct arena a = { 0 };
	(void)state;
	for (enum turn turn = 0; turn < TURNS; turn++) {
		begin();
		store_indexes_drop(store, contact, NULL, 0, SEARCH_ROWS);
		fill_contacts(turn, &a);
		store_indexes_make(store, contact);
		assert_false(db_has(store->db, STR("contact_search"), (struct str){ 0 }));
		if (turn % 2) { /* it is there before anything is marked */
			store_mark(store);
			put_contact(0, 0, &a);
			store_undo(store);
		}
		put_contact(0, 0, &a); /* it goes on by itself */
		assert_int_equal(db_has(store->db, STR("contact_search"), (struct str){ 0 }),
				 processors() > 1);
		put_contact(8, 0, &a);
		assert_true(search_check(store, contact));
		assert_int_equal(store_count(store, contact),
				 SEARCH_ROWS + 1 - (turn == REMOVED) * (SEARCH_ROWS / 3000));
		store_rollback(store);
	}
	begin();
	store_indexes_drop(store, contact, NULL, 0, SEARCH_ROWS);
	put_contact(0, 0, &a); /* fewer than were thought */
	store_indexes_make(store, contact);
	put_contact(0, 0, &a);
	assert_false(db_has(store->db, STR("contact_search"), (struct str){ 0 }));
	store_rollback(store);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),   cmocka_unit_test(test_plans),
		cmocka_unit_test(test_sizes),  cmocka_unit_test(test_changes),
		cmocka_unit_test(test_damage), cmocka_unit_test(test_custom),
		cmocka_unit_test(test_beside),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
