/* Phone numbers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/phone.h"
#include "core/phone_regions.h"
#include "noise.h"

static struct arena arena;

static int reset(void **state)
{
	(void)state;
	arena_free(&arena);
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

/* Whether the text is read as the number, told at length where it is not. */
static bool reads(const char *text, const char *region, const char *want)
{
	struct str got = phone_e164(str_of(text), region, &arena);
	if (str_is(got, want))
		return true;
	print_message("%s \"%s\": got \"%.*s\", want \"%s\"\n", region, text, (int)got.n,
		      got.p ? got.p : "", want);
	return false;
}

/* In groups: "91 234 5678", "91.234.5678", "(91) 234-5678". */
static void punctuate(char *out, size_t size, const char *number, int style)
{
	char first[3] = { number[0], number[1], 0 }, second[4] = { number[2], number[3], 0, 0 };
	size_t used = 2 + strlen(second);
	if (style == 0)
		snprintf(out, size, "%s %s %s", first, second, number + used);
	else if (style == 1)
		snprintf(out, size, "%s.%s.%s", first, second, number + used);
	else
		snprintf(out, size, "(%s) %s-%s", first, second, number + used);
}

/* How the example mobile of a region may be written at home and elsewhere. */
static bool every_form(const struct region *r, const char *iso, const char *number)
{
	char want[24], text[64], groups[40];
	struct str rest = str_of(r->trunk), trunk;
	bool good = true;
	snprintf(want, sizeof want, "+%s%s", r->code, number);
	good &= reads(want, "VN", want) && reads(number, iso, want);
	snprintf(text, sizeof text, "00%s %s", r->code, number);
	good &= reads(text, iso, want);
	for (int style = 0; style < 3; style++) {
		punctuate(groups, sizeof groups, number, style);
		snprintf(text, sizeof text, "+%s %s", r->code, groups);
		good &= reads(text, iso, want) && reads(groups, iso, want);
	}
	while (str_cut(&rest, ' ', &trunk)) {
		snprintf(text, sizeof text, "%.*s %s", (int)trunk.n, trunk.p, number);
		good &= reads(text, iso, want);
	}
	for (rest = str_of(r->abroad); str_cut(&rest, ' ', &trunk) && trunk.n;) {
		snprintf(text, sizeof text, "%.*s %s", (int)trunk.n, trunk.p, want + 1);
		good &= reads(text, iso, want);
	}
	return good;
}

/* One real mobile of each region, in every form. */
static void every_region(void **state)
{
	char iso[3], number[16];
	int n = 0, good = 0, used;
	(void)state;
	for (const char *p = slurp("phone/examples.mobile.json"); (p = strchr(p, '"')) != NULL;
	     n++) {
		if (sscanf(p, "\"%2[A-Z]\":\"%15[0-9]\"%n", iso, number, &used) != 2)
			fail_msg("cannot read %.20s", p);
		p += used;
		const struct region *r = region_find(str_of(iso));
		if (!r)
			fail_msg("no row for %s", iso);
		good += every_form(r, iso, number);
	}
	print_message("%d of %d regions\n", good, n);
	assert_int_equal(good, n);
	assert_true(n > 230);
}

/* The areas of before 2017; what looks like a mobile of today only where it stands apart. */
static void landlines(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "04 3825 1234", "+842438251234" },	{ "(04) 38251234", "+842438251234" },
		{ "+84 4 3825 1234", "+842438251234" }, { "0438251234", "+842438251234" },
		{ "08 3822 1234", "+842838221234" },	{ "(08) 38221234", "+842838221234" },
		{ "+84 8 3822 1234", "+842838221234" }, { "08.38221234", "+842838221234" },
		{ "0838221234", "+84838221234" }, /* a mobile since 2018 */
		{ "0838 221 234", "+84838221234" },	{ "0511 3822 123", "+842363822123" },
		{ "0511.3822123", "+842363822123" },	{ "(037) 3852 123", "+842373852123" },
		{ "037 385 2123", "+84373852123" },	{ "064 3 852 123", "+842543852123" },
		{ "0650 3822 123", "+842743822123" },	{ "0650 1822 123", "" },
		{ "0280 3822 123", "+842083822123" },	{ "0240 3822 123", "+842043822123" },
		{ "0210 3822 123", "+842103822123" },	{ "0242 3822 123", "+842423822123" },
	};
	static const struct {
		const char *region, *text, *want;
	} abroad[] = {
		{ "AR", "011 15 2345 6789", "+5491123456789" },
		{ "AR", "+54 11 15 2345-6789", "+5491123456789" },
		{ "AR", "+54 9 11 15 2345-6789", "+5491123456789" },
		{ "AR", "0343 15 421 1234", "+5493434211234" },
		{ "AR", "02966 15 421234", "+5492966421234" },
		{ "AR", "011 4321 1234", "+541143211234" },
		{ "MX", "044 55 1234 5678", "+525512345678" },
		{ "MX", "01 222 123 4567", "+522221234567" },
		{ "BR", "0 21 11 96123-4567", "+5511961234567" },
		{ "BR", "021 2123 4567", "+552121234567" },
		{ "BR", "015 99123-4567", "+5515991234567" },
		{ "BR", "(11) 8123-4567", "+5511981234567" },
		{ "IT", "+39 06 698 12345", "+390669812345" },
		{ "AG", "464 1234", "+12684641234" },
		{ "JP", "010 84 912 345 678", "+84912345678" },
		{ "AU", "0011 84 912 345 678", "+84912345678" },
		{ "RU", "8~10 84 912 345 678", "+84912345678" },
		{ "US", "123 456 7890", "" },
		{ "VN", "0000 1234", "" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_e164(cases[i].text, "VN", cases[i].want);
	for (size_t i = 0; i < countof(abroad); i++)
		assert_e164(abroad[i].text, abroad[i].region, abroad[i].want);
}

/* All of a cell, as "text=e164 state[x extension]" joined by |. */
static void assert_all(const char *text, const char *want)
{
	static const char *const states[] = { "good", "repaired", "damaged", "unread" };
	struct phone all[PHONES_MAX];
	size_t n = phone_all(str_of(text), "VN", all, &arena);
	struct str got = STR("");
	for (size_t i = 0; i < n; i++)
		got = arena_printf(&arena, "%.*s%s%.*s=%.*s %s%s%.*s", (int)got.n, got.p,
				   i ? "|" : "", (int)all[i].text.n, all[i].text.p,
				   (int)all[i].e164.n, all[i].e164.p ? all[i].e164.p : "",
				   states[all[i].state], all[i].extension.n ? " x" : "",
				   (int)all[i].extension.n,
				   all[i].extension.p ? all[i].extension.p : "");
	if (!str_is(got, want))
		fail_msg("\"%s\": got \"%s\", want \"%s\"", text, got.p, want);
}

static void several(void **state)
{
	struct phone all[PHONES_MAX];
	(void)state;
	assert_all("", "");
	assert_all(" - ", "-= unread");
	assert_all("không có", "không có= unread");
	assert_all("n/a", "n/a= unread");
	assert_all("0912345678", "0912345678=+84912345678 good");
	assert_all("0912345678 / 0987654321",
		   "0912345678=+84912345678 good|0987654321=+84987654321 good");
	assert_all("0912 345 678 hoặc 0987.654.321",
		   "0912 345 678 hoặc=+84912345678 good|0987.654.321=+84987654321 good");
	assert_all("Lan: 0912345678; mẹ: (024) 3825-1234",
		   "Lan: 0912345678=+84912345678 good|mẹ: (024) 3825-1234=+842438251234 good");
	assert_all("0912345678,0987654321\n+1 202 555 0123",
		   "0912345678=+84912345678 good|0987654321=+84987654321 good|"
		   "+1 202 555 0123=+12025550123 good");
	assert_all("0912 345 678 - 0987 654 321",
		   "0912 345 678 -=+84912345678 good|0987 654 321=+84987654321 good");
	assert_all("0912345678 (Lan, 2 SIM)", "0912345678 (Lan=+84912345678 good|2 SIM)= unread");
	assert_all("028/38221234", "028/38221234=+842838221234 good");
	assert_all("0912345678/79", "0912345678=+84912345678 good|79= unread");
	assert_all("024 38251234 máy lẻ 12; 0987654321 x7",
		   "024 38251234 máy lẻ 12=+842438251234 good x12|"
		   "0987654321 x7=+84987654321 good x7");
	assert_all("tel:+84-912-345-678;ext=12",
		   "tel:+84-912-345-678;ext=12=+84912345678 good x12");
	assert_all("'0912345678", "'0912345678=+84912345678 good");
	assert_all("912345678", "912345678=+84912345678 repaired");
	assert_all("912345678.0", "912345678=+84912345678 repaired");
	assert_all("84912345678", "84912345678=+84912345678 good");
	assert_all("19001234", "19001234=+8419001234 good");
	assert_all("2438251234", "2438251234=+842438251234 good"); /* a landline */
	assert_all("6.28E+12", "6.28E+12= damaged");
	assert_all("8,49E+10; 0912345678", "8,49E+10= damaged|0912345678=+84912345678 good");
	assert_all("8.4912345678E+10", "8.4912345678E+10=+84912345678 repaired");
	assert_all("9.12345678E+08", "9.12345678E+08=+84912345678 repaired");
	assert_all("1234", "1234= unread");
	assert_int_equal(phone_all(STR("1;2;3;4;5;6;7;8;9;0912345678"), "VN", all, &arena), 8);
	assert_true(str_is(all[7].text, "8;9;0912345678"));
	assert_int_equal(phone_all(STR("13812345678"), "CN", all, &arena), 1);
	assert_int_equal(all[0].state, PHONE_GOOD); /* nobody writes a trunk prefix there */
}

static void digits(void **state)
{
	(void)state;
	assert_true(str_is(phone_digits(STR("+84 (0)９12-x5"), &arena), "8409125"));
	assert_true(str_is(phone_digits(STR("abc"), &arena), ""));
}

/* Bytes at random, in blocks of their exact size: nothing is read outside. */
static void noise(void **state)
{
	static const char some[] = "0123456789+-()/.,;: x#@<>\"\\\xc4\x91\xe2\x80\x93";
	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		struct str s = noise_new(some, 48, 8);
		struct str e164 = phone_e164(s, "VN", &arena);
		assert_true(e164.n == 0 || (e164.n > 4 && e164.n <= 16 && e164.p[0] == '+'));
		struct phone all[PHONES_MAX];
		size_t n = phone_all(s, "VN", all, &arena);
		for (size_t j = 0; j < n; j++)
			assert_true(all[j].text.n && all[j].text.p >= s.p &&
				    all[j].text.p + all[j].text.n <= s.p + s.n);
		phone_digits(s, &arena);
		noise_free(s);
		arena_reset(&arena);
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
		cmocka_unit_test_teardown(several, reset),
		cmocka_unit_test_teardown(landlines, reset),
		cmocka_unit_test_teardown(noise, reset),
	};
	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
