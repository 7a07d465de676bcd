/* Who is this?  On a database of its own, made and thrown away. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "domain/match.h"
#include "store_fixture.h"

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

static void add_identity(int64_t whose, const char *const *fields)
{
	struct record r = make("identity", fields);
	struct diag d = { 0 };
	*record_get(&r, "account") = value_int(whose);
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
	(void)state;
	if (!fixture_make())
		return -1;
	fixture_start();
	for (size_t i = 0; i < countof(accounts); i++)
		add_account(accounts[i]);
	add_identity(3, (const char *const[]){ "phone", "0987 654 321", NULL });
	add_identity(3, (const char *const[]){ "email", "ke.toan@ducphat.vn", NULL });
	add_identity(4, (const char *const[]){ "source", "Hubspot", "external_id", "KH-12", NULL });
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	store_rollback(store);
	return fixture_remove();
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
		/* any number of a cell that holds several */
		{ { "phone", "0909 999 999 / 090 123 4567", NULL }, "phone 2" },
		{ { "mobile", "0901234567; (024) 3825 1234", NULL }, "phone 1 2" },
		/* by what identities say besides */
		{ { "phone", "+84 987 654 321", NULL }, "phone 3" },
		{ { "mobile", "0909999999 hoặc 0987.654.321", NULL }, "phone 3" },
		{ { "email", "Ke.Toan@DucPhat.vn", NULL }, "e-mail address 3" },
		{ { "phone", "0987654321", "email", "info@minhanh.vn", NULL }, "phone 3" },
		{ { "phone", "gọi sau 5 giờ", NULL }, "nothing" },
		{ { NULL }, "nothing" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct record probe = make("lead", cases[i].fields);
		struct match found;
		match_find(store, account(), &probe, &found);
		if (strcmp(text_of_match(&found), cases[i].wanted))
			fail_msg("case %zu: %s, not %s", i, text_of_match(&found), cases[i].wanted);
		assert_false(found.more);
	}
}

static void names_are_told_apart_by_letters_alone(void **state)
{
	struct match found;
	(void)state;
	match_named(store, account(), STR("DUC PHAT"), &found);
	assert_string_equal(text_of_match(&found), "nothing 3 4");
	match_named(store, account(), STR("Đức"), &found);
	assert_string_equal(text_of_match(&found), "nothing");
	match_named(store, account(), (struct str){ 0 }, &found);
	assert_string_equal(text_of_match(&found), "nothing");
}

static void nobody_is_found_to_be_himself(void **state)
{
	struct record self;
	struct match found;
	(void)state;
	assert_true(store_get(store, account(), 1, &self, &arena));
	match_find(store, account(), &self, &found);
	assert_string_equal(text_of_match(&found), "nothing");
}

static void many_are_cut(void **state)
{
	const char *const fields[] = { "name",	 "Tổng đài",	 "phone", "1900 1234 56",
				       "mobile", "0977 000 111", NULL };
	struct match found;
	(void)state;
	for (int i = 0; i < MATCH_MAX; i++)
		add_account(fields);
	struct record probe = make("lead", fields);
	match_find(store, account(), &probe, &found);
	assert_int_equal(found.n, MATCH_MAX);
	assert_false(found.more);
	add_account(fields);
	match_find(store, account(), &probe, &found);
	assert_int_equal(found.n, MATCH_MAX);
	assert_int_equal(found.ids[0], countof(accounts) + 1);
	assert_true(found.more);
}

static const char *key_text(enum match_by sign, const char *text)
{
	struct codec c = store_codec(store, &arena);
	struct str keys[MATCH_KEYS], all = STR("");
	size_t n = match_keys(sign, str_of(text), &c, keys);
	for (size_t i = 0; i < n; i++)
		all = arena_printf(&arena, "%.*s[%.*s]", (int)all.n, all.p, (int)keys[i].n,
				   keys[i].p);
	return all.p;
}

static void keys_of_each_number(void **state)
{
	(void)state;
	assert_string_equal(key_text(MATCH_PHONE, "0901234567 / +84 90 123 4567 / 0912345678"),
			    "[+84901234567][+84912345678]");
	assert_string_equal(key_text(MATCH_PHONE, "Lan"), "");
	assert_string_equal(key_text(MATCH_EMAIL, "Lan <LAN@x.vn>; b@googlemail.com"),
			    "[lan@x.vn][b@gmail.com]");
	assert_string_equal(key_text(MATCH_EMAIL, "0901234567"), "");
	assert_string_equal(key_text(MATCH_ZALO, "0901 234 567"), "[+84901234567]");
	assert_string_equal(key_text(MATCH_FACEBOOK, "Lan.Trần"), "[lan.tran]");
	assert_string_equal(key_text(MATCH_NAME, "Đức Phát"), "[duc phat]");
}

static const char *known_by(enum match_by sign, const char *key, unsigned flags)
{
	struct matched found[4];
	struct str all = STR("");
	size_t n = match_key(store, account(), sign, str_of(key), flags, found, countof(found));
	for (size_t i = 0; i < n; i++)
		all = arena_printf(&arena, "%.*s[%lld %s]", (int)all.n, all.p,
				   (long long)found[i].id, found[i].by);
	return all.p;
}

static void says_by_what(void **state)
{
	(void)state;
	assert_string_equal(known_by(MATCH_PHONE, "+84912345678", 0), "[5 phone]");
	assert_string_equal(known_by(MATCH_PHONE, "+84987654321", 0), "[3 identity.phone]");
	assert_string_equal(known_by(MATCH_PHONE, "+84912345678", MATCH_FURTHER), "");
	assert_string_equal(known_by(MATCH_EXTERNAL, "kh-12", 0), "[4 identity.external_id]");
	assert_string_equal(known_by(MATCH_SYSTEM, "hubspot:kh-12", 0), "[4 identity.external_id]");
	assert_string_equal(known_by(MATCH_SYSTEM, "vtiger:kh-12", 0), "");
	assert_string_equal(known_by(MATCH_SYSTEM, "kh-12", 0), "");
	assert_string_equal(known_by(MATCH_TAX_CODE, "0101234567", 0), "[3 tax_code]");
}

/* Every question is answered by indexes alone. */
static void asks_indexes(void **state)
{
	static const char *const people[] = { "contact", "account", "lead", "user" };
	size_t asked = 0;
	(void)state;
	for (size_t i = 0; i < countof(people); i++)
		for (enum match_by sign = 0; sign < MATCH_NOTHING; sign++)
			for (unsigned flags = 0; flags <= (MATCH_HIDDEN | MATCH_FURTHER); flags++) {
				struct sql q = { .arena = &arena };
				const struct entity *e =
				    schema_entity(&store->schema, str_of(people[i]));
				match_sql(&q, &store->schema, e, sign, flags);
				if (!q.nparams)
					continue;
				const char *plan = db_plan(store->db, &q, &arena).p;
				if (strstr(plan, "SCAN ") || !strstr(plan, "_key=?"))
					fail_msg("%s %s\n%s", people[i], match_names[sign], plan);
				sql_free(&q);
				asked++;
			}
	assert_true(asked > 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_the_strongest_sign),
		cmocka_unit_test(names_are_told_apart_by_letters_alone),
		cmocka_unit_test(nobody_is_found_to_be_himself),
		cmocka_unit_test(many_are_cut),
		cmocka_unit_test(keys_of_each_number),
		cmocka_unit_test(says_by_what),
		cmocka_unit_test(asks_indexes),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
