/* Phone numbers, e-mail and web addresses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/email.h"
#include "core/phone.h"
#include "core/phone_regions.h"
#include "noise.h"

static struct arena arena;
static struct diag diag;

static int reset(void **state)
{
	(void)state;
	arena_free(&arena);
	diag_free(&diag);
	return 0;
}

static void assert_e164(const char *text, const char *region, const char *want)
{
	struct str got = phone_e164(str_of(text), region, &arena);
	if (!str_is(got, want))
		fail_msg("%s \"%s\": got \"%.*s\", want \"%s\"", region, text, (int)got.n,
			 got.p ? got.p : "", want);
}

static void vietnam(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "0912345678", "+84912345678" },
		{ "0912 345 678", "+84912345678" },
		{ "0912.345.678", "+84912345678" },
		{ "0912-345-678", "+84912345678" },
		{ "(0912) 345-678", "+84912345678" },
		{ " 0912\xc2\xa0"
		  "345\xe2\x80\x89"
		  "678 ",
		  "+84912345678" },
		{ "0912–345–678", "+84912345678" },
		{ "０９１２３４５６７８", "+84912345678" },
		{ "\xe2\x80\xaa+84 912 345 678\xe2\x80\xac", "+84912345678" },
		{ "'0912345678", "+84912345678" },
		{ "912345678", "+84912345678" },
		{ "912345678.0", "+84912345678" },
		{ "84912345678", "+84912345678" },
		{ "840912345678", "+84912345678" },
		{ "+84912345678", "+84912345678" },
		{ "＋84 912345678", "+84912345678" },
		{ "+84 (0) 912 345 678", "+84912345678" },
		{ "(+84) 912 345 678", "+84912345678" },
		{ "+ 84 912 345 678", "+84912345678" },
		{ "0084912345678", "+84912345678" },
		{ "00 84 0912 345 678", "+84912345678" },
		{ "zalo: 0912345678", "+84912345678" },
		{ "tel:+84-912-345-678;ext=12", "+84912345678" },
		{ "Mobile 2: 0912345678", "+84912345678" },
		{ "điện thoại 0912345678", "+84912345678" },
		{ "电话：0912345678", "+84912345678" },
		{ "0912345678 ext. 12", "+84912345678" },
		{ "0912345678x12", "+84912345678" },
		{ "0912345678 #12", "+84912345678" },
		{ "0912345678 máy lẻ 12", "+84912345678" },
		{ "0912345678 доб. 12", "+84912345678" },
		{ "0912345678 / 0987654321", "+84912345678" },
		{ "0912345678/79", "+84912345678" },
		{ "0912345678, 0987654321", "+84912345678" },
		{ "0912345678;0987654321", "+84912345678" },
		{ "0912 345 678 - 0987 654 321", "+84912345678" },
		{ "0912 345 678 0987 654 321", "+84912345678" },
		{ "0912345678\n0987654321", "+84912345678" },
		{ "0912345678 (Lan)", "+84912345678" },
		{ "0912345678 hoặc 0987654321", "+84912345678" },
		{ "024 3825 1234", "+842438251234" },
		{ "(028) 3822-1234", "+842838221234" },
		{ "028/38221234", "+842838221234" },
		{ "0236 3 123 456", "+842363123456" },
		{ "1900 1234", "+8419001234" },
		{ "1800-123456", "+841800123456" },
		{ "+1 202 555 0123", "+12025550123" },
		{ "001 202 555 0123", "+12025550123" },
		{ "+44 (0)20 7946 0018", "+442079460018" },
		{ "+39 06 1234 5678", "+390612345678" },
		{ "+36 06 1 234 5678", "+3612345678" },
		{ "", "" },
		{ "-", "" },
		{ "n/a", "" },
		{ "không có", "" },
		{ "0", "" },
		{ "+", "" },
		{ "+84", "" },
		{ "113", "" },
		{ "091234567", "" },
		{ "09123456789", "" },
		{ "8.49E+10", "" },
		{ "0912o45678", "" },
		{ "0812345678901234567890", "" },
		{ "00000000000", "" },
		{ "0000000000000000000000000000000000000000000000000000000000", "" },
		{ "+999123456789", "" },
		{ "0912345678@example.com", "" },
		{ "lan0912345678@example.com", "" },
		{ "0112345678", "" },
		{ "0412345678", "" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_e164(cases[i].text, "VN", cases[i].want);
}

/* The 21 prefixes that became ten digits on 15 September 2018. */
static void migration(void **state)
{
	static const char *const pairs[][2] = {
		{ "0120", "70" }, { "0121", "79" }, { "0122", "77" }, { "0126", "76" },
		{ "0128", "78" }, { "0123", "83" }, { "0124", "84" }, { "0125", "85" },
		{ "0127", "81" }, { "0129", "82" }, { "0162", "32" }, { "0163", "33" },
		{ "0164", "34" }, { "0165", "35" }, { "0166", "36" }, { "0167", "37" },
		{ "0168", "38" }, { "0169", "39" }, { "0186", "56" }, { "0188", "58" },
		{ "0199", "59" },
	};
	char text[32], want[32];
	(void)state;
	assert_int_equal(countof(pairs), 21);
	for (size_t i = 0; i < countof(pairs); i++) {
		snprintf(want, sizeof want, "+84%s2345678", pairs[i][1]);
		snprintf(text, sizeof text, "%s 234 5678", pairs[i][0]);
		assert_e164(text, "VN", want);
		snprintf(text, sizeof text, "+84%s2345678", pairs[i][0] + 1);
		assert_e164(text, "VN", want);
		snprintf(text, sizeof text, "0084 %s 2345678", pairs[i][0]);
		assert_e164(text, "US", want);
		snprintf(text, sizeof text, "0%s2345678", pairs[i][1]); /* the new one stays */
		assert_e164(text, "VN", want);
	}
	assert_e164("0170 234 5678", "VN", ""); /* never was one */
	assert_e164("+229 95 12 34 56", "VN", "+2290195123456");
	assert_e164("+52 1 55 1234 5678", "VN", "+525512345678");
}

static void elsewhere(void **state)
{
	static const struct {
		const char *region, *text, *want;
	} cases[] = {
		{ "US", "(202) 555-0123", "+12025550123" },
		{ "US", "1-202-555-0123", "+12025550123" },
		{ "US", "011 84 912 345 678", "+84912345678" },
		{ "US", "555-0123", "" },
		{ "us", "202 555 0123", "+12025550123" },
		{ "US", "1-800-FLOWERS", "" },
		{ "GB", "020 7946 0018", "+442079460018" },
		{ "GB", "447400123456", "+447400123456" },
		{ "DE", "0171/1234567", "+491711234567" },
		{ "DE", "030 - 123 4567", "+49301234567" },
		{ "DE", "4915123456789", "+4915123456789" },
		{ "FR", "06 12 34 56 78", "+33612345678" },
		{ "IT", "06 1234 5678", "+390612345678" },
		{ "IT", "312 345 6789", "+393123456789" },
		{ "RU", "8 (912) 345-67-89", "+79123456789" },
		{ "RU", "79123456789", "+79123456789" },
		{ "RU", "812 345 67 89", "+78123456789" },
		{ "HU", "06 20 123 4567", "+36201234567" },
		{ "CN", "138 1234 5678", "+8613812345678" },
		{ "CN", "8613812345678", "+8613812345678" },
		{ "IN", "9123456789", "+919123456789" },
		{ "SG", "9123 4567", "+6591234567" },
		{ "BY", "8 029 491-19-11", "+375294911911" },
		{ "LT", "0 612 34567", "+37061234567" },
		{ "LT", "8 612 34567", "+37061234567" },
		{ "XX", "0912345678", "" },
		{ "", "0912345678", "" },
		{ "XX", "+84912345678", "+84912345678" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_e164(cases[i].text, cases[i].region, cases[i].want);
	assert_true(str_is(phone_e164(STR("+84912345678"), NULL, &arena), "+84912345678"));
	assert_true(phone_region(STR("VN")));
	assert_true(phone_region(STR("vn")));
	assert_false(phone_region(STR("XX")));
	assert_false(phone_region(STR("VNM")));
	assert_false(phone_region(STR("")));
}

static char *slurp(const char *name)
{
	const char *folder = getenv("CRM_TEST_DATA");
	struct str path = arena_printf(&arena, "%s/%s", folder ? folder : "../shared/data", name);
	FILE *f = fopen(path.p, "r");
	if (!f) {
		print_message("%s is not there\n", path.p);
		skip();
	}
	char *text = arena_alloc(&arena, 1 << 16);
	assert_true(fread(text, 1, (1 << 16) - 1, f) > 0);
	fclose(f);
	return text;
}

/* One real mobile of each region: as it is dialled at home, and with the country's code. */
static void every_region(void **state)
{
	char iso[3], number[16], text[40], want[20];
	int n = 0, used;
	(void)state;
	for (const char *p = slurp("phone/examples.mobile.json"); (p = strchr(p, '"')) != NULL;
	     n++) {
		if (sscanf(p, "\"%2[A-Z]\":\"%15[0-9]\"%n", iso, number, &used) != 2)
			fail_msg("cannot read %.20s", p);
		p += used;
		const struct region *r = region_find(str_of(iso));
		if (!r)
			fail_msg("no row for %s", iso);
		snprintf(want, sizeof want, "+%s%s", r->code, number);
		assert_e164(want, "VN", want);
		snprintf(text, sizeof text, "00%s %s", r->code, number);
		assert_e164(text, iso, want);
		struct str rest = str_of(r->trunk), trunk;
		while (str_cut(&rest, ' ', &trunk)) {
			snprintf(text, sizeof text, "%.*s %s", (int)trunk.n, trunk.p, number);
			assert_e164(text, iso, want);
		}
	}
	assert_true(n > 230);
}

static void digits(void **state)
{
	(void)state;
	assert_true(str_is(phone_digits(STR("+84 (0)９12-x5"), &arena), "8409125"));
	assert_true(str_is(phone_digits(STR("abc"), &arena), ""));
}

static void mail(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: refused */
	} cases[] = {
		{ "lan@example.com", "lan@example.com" },
		{ " Lan.Tran@Example.COM ", "lan.tran@example.com" },
		{ "\xe2\x80\x8blan@example.com\xc2\xa0", "lan@example.com" },
		{ "Lan Trần <LAN@example.com>", "lan@example.com" },
		{ "\"Trần, Lan\" <lan@example.com>", "lan@example.com" },
		{ "<lan@example.com>", "lan@example.com" },
		{ "mailto:lan@example.com", "lan@example.com" },
		{ "lan+crm_test-1@mail.example.co.uk", "lan+crm_test-1@mail.example.co.uk" },
		{ "o'brien@example.com", "o'brien@example.com" },
		{ "\"Lan Tran\"@example.com", "\"Lan Tran\"@example.com" },
		{ "\"a\\\"@b\"@example.com", "\"a\\\"@b\"@example.com" },
		{ "Đức@Đức.VN", "Đức@đức.vn" },
		{ "lan@\xc4\x91u\xcc\x9b\xcc\x81"
		  "c.vn",
		  "lan@đức.vn" },
		{ "lan@xn--c-kia430u.vn", "lan@xn--c-kia430u.vn" },
		{ "lan@1a.vn", "lan@1a.vn" },
		{ "", NULL },
		{ "foo", NULL },
		{ "foo@@bar", NULL },
		{ "foo@@bar.com", NULL },
		{ "@example.com", NULL },
		{ "lan@", NULL },
		{ "lan@example", NULL },
		{ "lan@.com", NULL },
		{ "lan@example..com", NULL },
		{ "lan@example.com.", NULL },
		{ "lan@-example.com", NULL },
		{ "lan@example-.com", NULL },
		{ "lan@exa_mple.com", NULL },
		{ "lan@exam ple.com", NULL },
		{ "lan@[192.168.0.1]", NULL },
		{ "lan@192.168.0.1", NULL },
		{ ".lan@example.com", NULL },
		{ "lan.@example.com", NULL },
		{ "la..n@example.com", NULL },
		{ "la n@example.com", NULL },
		{ "la,n@example.com", NULL },
		{ "a@example.com, b@example.com", NULL },
		{ "a@example.com;b@example.com", NULL },
		{ "a@example.com b@example.com", NULL },
		{ "la\xe2\x80\x8bn@example.com", NULL },
		{ "la\tn@example.com", NULL },
		{ "la\x01n@example.com", NULL },
		{ "la\xffn@example.com", NULL },
		{ "lan@ex\xc3.com", NULL },
		{ "lan@example.com>", NULL },
		{ "<lan@example.com", NULL },
		{ "<>", NULL },
		{ "\"lan@example.com", NULL },
		{ "\"\"@example.com", NULL },
		{ "\"a\"b\"@example.com", NULL },
		{ "\"a\\\"@example.com", NULL },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
		  NULL },
		{ "a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com", NULL },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str got = { 0 };
		diag_clear(&diag);
		bool good = email_parse(str_of(cases[i].text), &got, &arena, &diag);
		if (good != (cases[i].want != NULL) || good == (diag.message.n > 0))
			fail_msg("\"%s\": %s", cases[i].text, good ? "accepted" : "refused");
		if (good && !str_is(got, cases[i].want))
			fail_msg("\"%s\": %.*s", cases[i].text, (int)got.n, got.p);
	}
	assert_false(
	    email_parse((struct str){ "a\0b@example.com", 15 }, &(struct str){ 0 }, &arena, &diag));
	assert_false(email_parse(STR("foo@@bar"), &(struct str){ 0 }, &arena, &diag));
	assert_non_null(strstr(diag.message.p, "\"foo@@bar\" is not an e-mail address"));
}

static void web(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ " example.com ", "example.com" },
		{ "https://Example.com/a?b=c#d", "https://Example.com/a?b=c#d" },
		{ "https://đức.vn/tìm", "https://đức.vn/tìm" },
		{ "", NULL },
		{ "exa mple.com", NULL },
		{ "exa\xc2\xa0mple.com", NULL },
		{ "exa\tmple.com", NULL },
		{ "exa\x7fmple.com", NULL },
		{ "exa\xffmple.com", NULL },
		{ "exa\xc2\x85mple.com", NULL },
		{ "exa\xc2\x90mple.com", NULL },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str got;
		bool good = url_parse(str_of(cases[i].text), &got, &arena, &diag);
		if (good != (cases[i].want != NULL))
			fail_msg("\"%s\": %s", cases[i].text, good ? "accepted" : "refused");
		if (good)
			assert_true(str_is(got, cases[i].want));
	}
}

/* Bytes at random, in blocks of their exact size: nothing is read outside. */
static void noise(void **state)
{
	static const char some[] = "0123456789+-()/.,;: x#@<>\"\\\xc4\x91\xe2\x80\x93";
	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		struct str s = noise_new(some, 48, 8);
		struct str out;
		struct str e164 = phone_e164(s, "VN", &arena);
		assert_true(e164.n == 0 || (e164.n > 4 && e164.n <= 16 && e164.p[0] == '+'));
		email_parse(s, &out, &arena, &diag);
		url_parse(s, &out, &arena, &diag);
		phone_digits(s, &arena);
		noise_free(s);
		arena_reset(&arena);
		diag_clear(&diag);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(vietnam, reset),
		cmocka_unit_test_teardown(migration, reset),
		cmocka_unit_test_teardown(elsewhere, reset),
		cmocka_unit_test_teardown(every_region, reset),
		cmocka_unit_test_teardown(digits, reset),
		cmocka_unit_test_teardown(mail, reset),
		cmocka_unit_test_teardown(web, reset),
		cmocka_unit_test_teardown(noise, reset),
	};
	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
