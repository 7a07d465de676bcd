/* Decimals, currencies, and amounts as people write them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "core/money.h"
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

static void assert_text(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got \"%.*s\", want \"%s\"", (int)got.n, got.p, want);
}

static void currencies(void **state)
{
	static const struct {
		const char *code;
		int digits;
	} cases[] = {
		{ "VND", 0 }, { "JPY", 0 },   { "KRW", 0 },	{ "XOF", 0 },  { "CLP", 0 },
		{ "USD", 2 }, { "EUR", 2 },   { "eur", 2 },	{ "AED", 2 },  { "ZWG", 2 },
		{ "MRU", 2 }, { "KWD", 3 },   { "TND", 3 },	{ "BHD", 3 },  { "CLF", 4 },
		{ "UYW", 4 }, { "UYI", 0 },   { "XAU", -1 },	{ "DEM", -1 }, { "", -1 },
		{ "VN", -1 }, { "VNDX", -1 }, { "VN\xc4", -1 },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str code = str_of(cases[i].code);
		assert_int_equal(currency_digits(code), cases[i].digits);
		assert_int_equal(currency_code(code) != NULL, cases[i].digits >= 0);
	}
	assert_string_equal(currency_code(STR("vnd")), "VND");
}

static void decimals(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
		int scale;
	} cases[] = {
		{ "0", 0, 0 },
		{ "-0.00", 0, 2 },
		{ "1234.50", 123450, 2 },
		{ "+7", 7, 0 },
		{ "-0.1", -1, 1 },
		{ "007", 7, 0 },
		{ "1e3", 1000, 0 },
		{ "12.50e-1", 1250, 3 },
		{ "12.50E1", 1250, 1 },
		{ "12.50e+2", 1250, 0 },
		{ "12.50e4", 125000, 0 },
		{ "0e999", 0, 0 },
		{ "9223372036854775807", INT64_MAX, 0 },
		{ "-9223372036854775808", INT64_MIN, 0 },
		{ "-922337203685477580.8", INT64_MIN, 1 },
		{ "922337203685477580.7e1", INT64_MAX, 0 },
	};
	static const char *const wrong[] = {
		"",
		"-",
		"+",
		".",
		".5",
		"5.",
		"1.2.3",
		"1,5",
		" 1",
		"1 ",
		"e3",
		"1e",
		"1e+",
		"1e1.5",
		"--1",
		"0x10",
		"1e9999",
		"NaN",
		"inf",
		"1e19",
		"9223372036854775808",
		"-9223372036854775809",
		"92233720368547758.08e3",
		"1_000",
		"١",
	};
	int64_t value;
	int scale;
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		if (!decimal_parse(str_of(cases[i].text), &value, &scale))
			fail_msg("\"%s\" refused", cases[i].text);
		if (value != cases[i].value || scale != cases[i].scale)
			fail_msg("\"%s\": %lld, %d", cases[i].text, (long long)value, scale);
	}
	for (size_t i = 0; i < countof(wrong); i++) {
		if (decimal_parse(str_of(wrong[i]), &value, &scale))
			fail_msg("\"%s\" accepted", wrong[i]);
	}
}

static void rescaling(void **state)
{
	static const struct {
		int64_t value;
		int from, to;
		bool good;
		int64_t want;
	} cases[] = {
		{ 15, 1, 2, true, 150 },       { 150, 2, 1, true, 15 },
		{ 155, 2, 1, false, 0 },       { -1500, 3, 0, false, 0 },
		{ -15000, 3, 0, true, -15 },   { 15, 1, 1, true, 15 },
		{ 3, -6, 0, true, 3000000 },   { 0, 300, 0, true, 0 },
		{ 0, -300, 0, true, 0 },       { INT64_MAX, 0, 1, false, 0 },
		{ INT64_MIN, 0, 1, false, 0 }, { INT64_MAX / 10, 0, 1, true, INT64_MAX / 10 * 10 },
		{ 1, 0, 19, false, 0 },	       { 9, 0, 18, true, 9000000000000000000 },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		int64_t out;
		bool good = decimal_rescale(cases[i].value, cases[i].from, cases[i].to, &out);
		if (good != cases[i].good || (good && out != cases[i].want))
			fail_msg("case %zu", i);
	}
}

static void printing(void **state)
{
	static const struct {
		int64_t value;
		int scale;
		const char *plain, *grouped;
	} cases[] = {
		{ 0, 0, "0", "0" },
		{ 0, 2, "0.00", "0,00" },
		{ 5, 2, "0.05", "0,05" },
		{ -5, 2, "-0.05", "-0,05" },
		{ 123450, 2, "1234.50", "1.234,50" },
		{ 999, 0, "999", "999" },
		{ 1000, 0, "1000", "1.000" },
		{ -999999, 0, "-999999", "-999.999" },
		{ -1000000, 0, "-1000000", "-1.000.000" },
		{ 1234567, 3, "1234.567", "1.234,567" },
		{ INT64_MAX, 0, "9223372036854775807", "9.223.372.036.854.775.807" },
		{ INT64_MIN, 0, "-9223372036854775808", "-9.223.372.036.854.775.808" },
		{ INT64_MIN, 2, "-92233720368547758.08", "-92.233.720.368.547.758,08" },
		{ 7, 25, "0.0000000000000000000000007", "0,0000000000000000000000007" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str plain = decimal_print(cases[i].value, cases[i].scale, &arena);
		assert_text(plain, cases[i].plain);
		assert_int_equal(plain.p[plain.n], '\0');
		assert_text(decimal_group(cases[i].value, cases[i].scale, '.', ',', &arena),
			    cases[i].grouped);
		int64_t value;
		int scale;
		assert_true(decimal_parse(plain, &value, &scale));
		assert_int_equal(value, cases[i].value);
		assert_int_equal(scale, cases[i].scale);
	}
}

static const struct money_style styles[] = {
	{ "VND", 0, 0 },     { "USD", 0, 0 },	  { "KWD", 0, 0 }, { "VND", '.', ',' },
	{ "EUR", '.', ',' }, { "USD", ',', '.' }, { "SGD", 0, 0 }, { NULL, 0, 0 },
};
enum { VND, USD, KWD, VND_VI, EUR_DE, USD_EN, SGD, NONE };

static void amounts(void **state)
{
	static const struct {
		int style;
		const char *text;
		int64_t minor;
		const char *currency; /* NULL: that of the style, not named */
	} cases[] = {
		{ VND, "1500000", 1500000, NULL },
		{ VND, "1.500.000", 1500000, NULL },
		{ VND, "1,500,000", 1500000, NULL },
		{ VND, "1.500", 1500, NULL },
		{ VND, "1,500", 1500, NULL },
		{ VND_VI, "1,500", 1500, NULL },
		{ VND, "1500.00", 1500, NULL },
		{ VND, "1.500.000,00", 1500000, NULL },
		{ VND, " 250 000 ₫ ", 250000, "VND" },
		{ VND,
		  "250\xc2\xa0"
		  "000",
		  250000, NULL },
		{ VND, "1500000đ", 1500000, "VND" },
		{ VND, "1.500.000 VNĐ", 1500000, "VND" },
		{ VND, "1.500.000 đồng", 1500000, "VND" },
		{ VND, "15tr", 15000000, NULL },
		{ VND, "15TR", 15000000, NULL },
		{ VND, "1,5 tỷ", 1500000000, NULL },
		{ VND, "1.5 tỉ", 1500000000, NULL },
		{ VND, "1,5 ty\xcc\x89", 1500000000, NULL },
		{ VND, "1,5tr", 1500000, NULL },
		{ VND, "500k", 500000, NULL },
		{ VND, "1tr5", 1500000, NULL },
		{ VND, "1tr05", 1050000, NULL },
		{ VND, "1tr500", 1500000, NULL },
		{ VND, "1tỷ2", 1200000000, NULL },
		{ VND, "2 triệu", 2000000, NULL },
		{ VND, "2 triệu rưỡi", 0, "-" },
		{ VND, "120 nghìn", 120000, NULL },
		{ VND, "120 ngàn đồng", 120000, "VND" },
		{ VND, "-15tr", -15000000, NULL },
		{ VND,
		  "\xe2\x88\x92"
		  "15trđ",
		  -15000000, "VND" },
		{ VND, "1 tỷ 200 triệu", 1200000000, NULL },
		{ VND, "1 tỷ 200tr 500k VND", 1200500000, "VND" },
		{ VND, "1tr500k", 1500000, NULL },
		{ VND, "2 nghìn tỷ", 2000000000000, NULL },
		{ VND, "0,5k", 500, NULL },
		{ VND_VI, "1.500 tr", 1500000000, NULL },
		{ VND_VI, "1,500 tr", 1500000, NULL },
		{ VND, "１５００", 1500, NULL },
		{ VND, "0", 0, NULL },
		{ VND, "1.5e6", 1500000, NULL },
		{ VND, "-2E3 USD", -200000, "USD" },
		{ VND, "19.99 USD", 1999, "USD" },
		{ VND, "250 USD", 25000, "USD" },
		{ VND, "USD 250", 25000, "USD" },
		{ VND, "usd250", 25000, "USD" },
		{ VND, "$250", 25000, "USD" },
		{ VND, "-$250.5", -25050, "USD" },
		{ VND, "$-250", -25000, "USD" },
		{ VND, "US$ 1,234.50", 123450, "USD" },
		{ VND, "$250 USD", 25000, "USD" },
		{ USD, "$250 CAD", 25000, "CAD" },
		{ USD, "CAD $250", 25000, "CAD" },
		{ SGD, "$250", 25000, "SGD" },
		{ SGD, "US$250", 25000, "USD" },
		{ USD, "19.99", 1999, NULL },
		{ USD, "19,99", 1999, NULL },
		{ USD, "1,500,000.50", 150000050, NULL },
		{ USD, "1.500.000,50", 150000050, NULL },
		{ USD, "1 500,50", 150050, NULL },
		{ USD, "1'500.50", 150050, NULL },
		{ USD, "1’500", 150000, NULL },
		{ USD, "1 500", 150000, NULL },
		{ USD, "0.500", 50, NULL },
		{ USD, "1234.560", 123456, NULL },
		{ USD, "1.5k", 150000, NULL },
		{ USD_EN, "1,500", 150000, NULL },
		{ USD_EN, "1.500", 150, NULL },
		{ EUR_DE, "1.500", 150000, NULL },
		{ EUR_DE, "1,500", 150, NULL },
		{ EUR_DE, "1.500,00 €", 150000, "EUR" },
		{ KWD, "1.5", 1500, NULL },
		{ KWD, "1,234.567", 1234567, NULL },
		{ KWD, "250 KRW", 250, "KRW" },
		{ KWD, "250 TRY", 25000, "TRY" },
		{ KWD, "1.500 JPY", 1500, "JPY" },
		{ NONE, "5 EUR", 500, "EUR" },
		{ VND, "9223372036854775807", INT64_MAX, NULL },
		{ USD, "-92233720368547758.07", -INT64_MAX, NULL },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		const struct money_style *style = &styles[cases[i].style];
		const char *want = cases[i].currency;
		struct money m;
		diag_clear(&diag);
		bool good = money_parse(str_of(cases[i].text), style, &m, &diag);
		if (want && strcmp(want, "-") == 0) {
			assert_false(good);
			continue;
		}
		if (!good)
			fail_msg("\"%s\" refused: %s", cases[i].text, diag.message.p);
		if (m.minor != cases[i].minor || m.named != (want != NULL) ||
		    strcmp(m.currency, want ? want : style->currency) != 0)
			fail_msg("\"%s\": %lld %s", cases[i].text, (long long)m.minor, m.currency);
	}
}

static void refused(void **state)
{
	static const struct {
		int style;
		const char *text, *why;
	} cases[] = {
		{ VND, "", "an amount is missing" },
		{ VND, "  ", "an amount is missing" },
		{ VND, "1.5", "VND has no minor unit" },
		{ VND, "1,5", "VND has no minor unit" },
		{ VND, "1.50", "VND has no minor unit" },
		{ VND, "0.500", "VND has no minor unit" },
		{ VND, "1,0005k", "VND has no minor unit" },
		{ USD, "1.999.99", "groups of digits" },
		{ USD, "1234.567", "USD has 2 digits behind the decimal point" },
		{ USD, "1.500", "may group or be the decimal point" },
		{ USD, "1,500", "may group or be the decimal point" },
		{ KWD, "1.500", "may group or be the decimal point" },
		{ USD, "1,500 k", "may group or be the decimal point" },
		{ USD, "1.5.0", "groups of digits" },
		{ USD, "12.34.567", "groups of digits" },
		{ USD, "1,2345.00", "groups of digits" },
		{ USD, "1234,567.00", "groups of digits" },
		{ USD, "1,500.000,00", "do not fit together" },
		{ USD, "1.500,000.00", "do not fit together" },
		{ USD, "1,500'000", "do not fit together" },
		{ USD, "1 50", "something else" },
		{ USD, "5.", "something else follows" },
		{ USD, ".5", "begins with something else" },
		{ USD, "abc", "begins with something else" },
		{ USD, "$", "digits are missing" },
		{ USD, "-", "digits are missing" },
		{ USD, "--5", "digits are missing" },
		{ USD, "12x", "something else follows" },
		{ USD, "12 XAU", "something else follows" },
		{ USD, "12 k x", "something else follows" },
		{ USD, "1x2", "something else follows" },
		{ VND, "1k5k", "do not fall in size" },
		{ VND, "200 triệu 1 tỷ", "do not fall in size" },
		{ VND, "1tr5000", "do not fall in size" },
		{ VND, "1tr1.5", "do not fall in size" },
		{ VND, "1tr 5 6", "do not fall in size" },
		{ USD, "$5 EUR", "names two currencies" },
		{ USD, "USD 5 EUR", "names two currencies" },
		{ NONE, "5", "a currency is missing" },
		{ VND, "9223372036854775808", "too large" },
		{ USD, "92233720368547758.08", "too large" },
		{ VND, "10 tỷ tỷ", "too large" },
		{ VND, "9223372036 tỷ 999999999k", "too large" },
		{ VND,
		  "11111111111111111111111111111111111111111111111111111111111111111111111111111111"
		  "1",
		  "too long" },
		{ VND, "5\xff", "something else follows" },
		{ VND, "0x10", "something else follows" },
		{ VND, "=1+1", "begins with something else" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct money m;
		diag_clear(&diag);
		if (money_parse(str_of(cases[i].text), &styles[cases[i].style], &m, &diag))
			fail_msg("\"%s\" accepted: %lld %s", cases[i].text, (long long)m.minor,
				 m.currency);
		if (!strstr(diag.message.p, cases[i].why))
			fail_msg("\"%s\": %s", cases[i].text, diag.message.p);
		assert_null(diag.field);
	}
}

/* Bytes at random, in blocks of their exact size: nothing is read outside, nothing overflows. */
static void noise(void **state)
{
	static const char some[] = "01559900..,,  -+$ktryde\xc4\x91\xe2\x80\x99";
	(void)state;
	srand(1);
	for (int i = 0; i < 200000; i++) {
		struct str s = noise_new(some, 24, 32);
		struct money m = { 0 };
		int64_t value;
		int scale;
		if (money_parse(s, &styles[rand() % NONE], &m, &diag))
			assert_non_null(m.currency);
		else
			assert_true(diag.message.n > 0);
		decimal_parse(s, &value, &scale);
		noise_free(s);
		arena_reset(&arena);
		diag_clear(&diag);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(currencies, reset),
		cmocka_unit_test_teardown(decimals, reset),
		cmocka_unit_test_teardown(rescaling, reset),
		cmocka_unit_test_teardown(printing, reset),
		cmocka_unit_test_teardown(amounts, reset),
		cmocka_unit_test_teardown(refused, reset),
		cmocka_unit_test_teardown(noise, reset),
	};
	return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
