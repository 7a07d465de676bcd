/* Who is this?  On a database of its own, made and thrown away. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "domain/match.h"

static char folder[] = "/tmp/crm-match.XXXXXX";
static struct store *store;
static struct arena arena;

static const struct entity *account(void)
{
	return schema_entity(&store->schema, STR("account"));
}

static struct record make(const char *entity, const char *const *fields)
{
	struct record r = record_new(schema_entity(&store->schema, str_of(entity)), &arena);
	for (; fields[0]; fields += 2)
		*record_get(&r, fields[0]) = value_text(str_of(fields[1]));
	return r;
}

static void add_account(const char *const *fields)
{
	struct record r = make("account", fields);
	struct diag d = { 0 };
	if (store_put(store, &r, 0, &arena, &d) != WROTE_CREATED)
		fail_msg("%s", arena_str(&arena, d.message).p);
	diag_free(&d);
}

static const char *const accounts[][9] = {
	{ "name", "Minh Anh", "phone", "024 3825 1234", "email", "info@minhanh.vn", NULL },
	{ "name", "Trần Thị Minh", "mobile", "+84 90 123 4567", NULL },
	{ "name", "Đức Phát", "tax_code", "0101234567", "email", "info@ducphat.vn", NULL },
	{ "name", "Đức Phát", "tax_code", "0101234567-001", NULL },
	{ "name", "Hai số", "phone", "0912 345 678", "mobile", "0912.345.678", NULL },
	{ "name", "Cũ", "phone", "0168 123 4567", NULL },
};

static int set_up(void **state)
{
	struct diag d = { 0 };
	struct init_options o = { .currency = "VND",
				  .zone = "Asia/Ho_Chi_Minh",
				  .region = "VN",
				  .login = "lan",
				  .name = "Lan" };
	(void)state;
	if (!mkdtemp(folder) || setenv("CRM_USER", "lan", 1) != 0)
		return -1;
	const char *path = arena_printf(&arena, "%s/crm.db", folder).p;
	if (!store_init(path, &o, &d) || !(store = store_open(path, DB_WRITE, &d)))
		return -1;
	store_begin(store, &(struct change_info){ "test", "test", NULL, NULL }, 1);
	for (size_t i = 0; i < countof(accounts); i++)
		add_account(accounts[i]);
	return 0;
}

static int tear_down(void **state)
{
	static const char *const files[] = { "crm.db", "crm.db-wal", "crm.db-shm" };
	(void)state;
	store_rollback(store);
	store_close(store);
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_printf(&arena, "%s/%s", folder, files[i]).p);
	arena_free(&arena);
	return rmdir(folder);
}

static const char *text_of_match(const struct match *m)
{
	struct str s = str_of(match_names[m->by]);
	for (size_t i = 0; i < m->n; i++)
		s = arena_printf(&arena, "%.*s %lld", (int)s.n, s.p, (long long)m->ids[i]);
	return s.p;
}

static void finds_by_the_strongest_sign(void **state)
{
	static const struct {
		const char *fields[9], *wanted;
	} cases[] = {
		{ { "phone", "+842438251234", NULL }, "phone 1" },
		{ { "phone", "(024) 3825-1234", NULL }, "phone 1" },
		{ { "mobile", "84901234567", NULL }, "phone 2" },
		{ { "phone", "0901234567", "email", "info@minhanh.vn", NULL }, "phone 2" },
		{ { "phone", "0909999999", "email", "INFO@MinhAnh.VN", NULL }, "e-mail address 1" },
		{ { "tax_code", "0101234567", NULL }, "tax code 3" },
		{ { "tax_code", "0101234567 001", NULL },
		  "tax code 4" }, /* a branch is not its head office */
		{ { "email", "info@ducphat.vn", "tax_code", "0101234567-001", NULL },
		  "e-mail address 3" },
		{ { "phone", "0912345678", NULL }, "phone 5" }, /* has it twice, is found once */
		{ { "phone", "0912345678", "mobile", "0901234567", NULL }, "phone 2 5" },
		{ { "phone", "038 123 4567", NULL }, "phone 6" }, /* 0168 became 038 */
		{ { "phone", "0368 123 456", NULL }, "nothing" },
		{ { "name", "Minh Anh", "company", "Minh Anh", NULL }, "nothing" },
		{ { "phone", "gọi sau 5 giờ", NULL }, "nothing" },
		{ { NULL }, "nothing" },
	};
	struct matcher *m = matcher_open(store, account());
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct record probe = make("lead", cases[i].fields);
		struct match found;
		matcher_find(m, &probe, &found);
		if (strcmp(text_of_match(&found), cases[i].wanted))
			fail_msg("case %zu: %s, not %s", i, text_of_match(&found), cases[i].wanted);
		assert_false(found.more);
	}
	matcher_close(m);
}

static void names_are_told_apart_by_letters_alone(void **state)
{
	struct match found;
	struct matcher *m = matcher_open(store, account());
	(void)state;
	matcher_named(m, STR("DUC PHAT"), &found);
	assert_string_equal(text_of_match(&found), "nothing 3 4");
	matcher_named(m, STR("Đức"), &found);
	assert_string_equal(text_of_match(&found), "nothing");
	matcher_named(m, (struct str){ 0 }, &found);
	assert_string_equal(text_of_match(&found), "nothing");
	matcher_close(m);
}

static void nobody_is_found_to_be_himself(void **state)
{
	struct record self;
	struct match found;
	struct matcher *m = matcher_open(store, account());
	(void)state;
	assert_true(store_get(store, account(), 1, &self, &arena));
	matcher_find(m, &self, &found);
	assert_string_equal(text_of_match(&found), "nothing");
	matcher_close(m);
}

static void many_are_cut(void **state)
{
	const char *const fields[] = { "name",	 "Tổng đài",	 "phone", "1900 1234 56",
				       "mobile", "0977 000 111", NULL };
	struct match found;
	struct matcher *m = matcher_open(store, account());
	(void)state;
	for (int i = 0; i < MATCH_MAX; i++)
		add_account(fields);
	struct record probe = make("lead", fields);
	matcher_find(m, &probe, &found);
	assert_int_equal(found.n, MATCH_MAX);
	assert_false(found.more);
	add_account(fields);
	matcher_find(m, &probe, &found);
	assert_int_equal(found.n, MATCH_MAX);
	assert_int_equal(found.ids[0], countof(accounts) + 1);
	assert_true(found.more);
	matcher_close(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_the_strongest_sign),
		cmocka_unit_test(names_are_told_apart_by_letters_alone),
		cmocka_unit_test(nobody_is_found_to_be_himself),
		cmocka_unit_test(many_are_cut),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
