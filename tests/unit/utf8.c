/* Unicode text: validity, normal form, folding, dictionary order, width. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/shorten.h"
#include "core/utf8.h"

static struct arena arena;

static int reset(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void assert_text(struct str got, const char *want)
{
	if (str_is(got, want))
		return;
	fail_msg("got \"%.*s\", want \"%s\"", (int)got.n, got.p, want);
}

static void validity(void **state)
{
	static const struct {
		const char *bytes;
		size_t length; /* of the first character */
	} cases[] = {
		{ "a", 1 },
		{ "\x7f", 1 },
		{ "\xc3\xa9", 2 },
		{ "\xe1\xbb\x85", 3 },
		{ "\xf0\x9f\x98\x80", 4 },
		{ "\xf4\x8f\xbf\xbf", 4 },
		{ "\xed\x9f\xbf", 3 },
		{ "\xee\x80\x80", 3 },
		{ "\xc0\xaf", 0 },
		{ "\xc1\xbf", 0 },
		{ "\xe0\x9f\xbf", 0 },
		{ "\xf0\x8f\xbf\xbf", 0 },
		{ "\xed\xa0\x80", 0 },
		{ "\xf4\x90\x80\x80", 0 },
		{ "\xf5\x80\x80\x80", 0 },
		{ "\x80", 0 },
		{ "\xbf", 0 },
		{ "\xc3", 0 },
		{ "\xe1\xbb", 0 },
		{ "\xf0\x9f\x98", 0 },
		{ "\xc3(", 0 },
		{ "\xe1(\x85", 0 },
		{ "\xe1\xbb(", 0 },
		{ "\xff", 0 },
	};
	(void)state;
	assert_int_equal(utf8_char((struct str){ 0 }), 0);
	for (size_t i = 0; i < countof(cases); i++) {
		struct str s = str_of(cases[i].bytes);
		char text[32];
		assert_int_equal(utf8_char(s), cases[i].length);
		/* At every place of a word of eight, where the fast path looks at it. */
		for (int before = 0; before < 9; before++) {
			int n = snprintf(text, sizeof text, "%.*s%s", before, "aaaaaaaaa", s.p);
			assert_int_equal(utf8_valid((struct str){ text, (size_t)n }),
					 cases[i].length > 0);
		}
	}
	assert_true(utf8_valid((struct str){ 0 }));
	assert_true(utf8_valid(STR("Công ty Minh Anh, 12 phố Huế, Hà Nội")));
	assert_int_equal(utf8_code(STR("ễ"), 3), 0x1ec5);
	assert_int_equal(utf8_code(STR("😀"), 4), 0x1f600);
}

static void normal_form(void **state)
{
	static const struct {
		const char *text, *nfc;
	} cases[] = {
		{ "Nguye\xcc\x82\xcc\x83n", "Nguyễn" },
		{ "Nguy\xc3\xaa\xcc\x83n", "Nguyễn" }, /* half composed */
		{ "a\xcc\xa3\xcc\x82", "ậ" },	       /* marks in either order */
		{ "a\xcc\x82\xcc\xa3", "ậ" },
		{ "\xe2\x84\xab", "Å" },	/* the Ångström sign */
		{ "\xe1\xbd\xb1", "\xce\xac" }, /* Greek with oxia */
		{ "\xe1\x84\x92\xe1\x85\xa1", "\xed\x95\x98" },
		{ "x\xcc\x83", "x\xcc\x83" }, /* nothing to compose to */
	};
	static const char *const already[] = {
		"",	"plain",  "Trần Thị Minh ₫", "Ελλάς", "Привет",
		"你好", "한국어", "😀👍🏽",    "ﬁ",
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_text(utf8_nfc(str_of(cases[i].text), &arena), cases[i].nfc);
	for (size_t i = 0; i < countof(already); i++) {
		struct str s = str_of(already[i]);
		struct str nfc = utf8_nfc(s, &arena);
		assert_ptr_equal(nfc.p, s.p);
		assert_int_equal(nfc.n, s.n);
	}
}

static void folding(void **state)
{
	static const struct {
		const char *text, *folded;
	} cases[] = {
		{ "", "" },
		{ "  \t\n ", "" },
		{ "Nguyễn Văn Đức", "nguyen van duc" },
		{ "NGUYEN VAN DUC", "nguyen van duc" },
		{ "Nguye\xcc\x82\xcc\x83n Va\xcc\x86n \xc4\x90\xc6\xb0\xcc\x81"
		  "c",
		  "nguyen van duc" },
		{ "ƯU ĐÃI", "uu dai" },
		{ "  a \t b\n\nc  ", "a b c" },
		{ " \xc2\xa0Lê\xe3\x80\x80\xc2\xa0 Lợi\xc2\xa0", "le loi" },
		{ "Straße STRASSE ẞ", "strasse strasse ss" },
		{ "ŁÓDŹ", "lodz" },
		{ "Øre Æsir Œuvre ıİ", "ore aesir oeuvre ii" },
		{ "Ǽ", "ae" },
		{ "ÐỨC Ɖức", "duc duc" }, /* eth and African D, typed for Đ */
		{ "０９１２ ＡＢ", "0912 ab" },
		{ "ﬁ ½", "fi 1\xe2\x81\x84"
			 "2" },
		{ "a\xe2\x80\x8b"
		  "b\xef\xbb\xbf"
		  "c",
		  "abc" },
		{ "ΑΒΓ", "αβγ" },
		{ "Привет", "привет" },
		{ "你好", "你好" },
		{ "\xc2\xb4x\xc2\xb4", "x" }, /* an acute accent decomposes to a blank */
		{ "\xef\xb7\xba",
		  "\xd8\xb5\xd9\x84\xd9\x89 \xd8\xa7\xd9\x84\xd9\x84\xd9\x87 "
		  "\xd8\xb9\xd9\x84\xd9\x8a\xd9\x87 \xd9\x88\xd8\xb3\xd9\x84\xd9\x85" },
		{ "A\xff\xc3"
		  "B",
		  "a\xff\xc3"
		  "b" },
	};
	(void)state;
	for (int round = 0; round < 2; round++) { /* before and after the cache is filled */
		for (size_t i = 0; i < countof(cases); i++)
			assert_text(utf8_fold(str_of(cases[i].text), &arena), cases[i].folded);
	}
}

/* All characters there are: what is folded folds to itself, composed or not. */
static void folding_is_stable(void **state)
{
	(void)state;
	for (int32_t c = 1; c < 0x30000; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		char bytes[UTF8_FOLD_MAX];
		size_t n = utf8_fold_char(c, bytes);
		assert_true(n <= sizeof bytes);
		struct str once = utf8_fold((struct str){ bytes, n }, &arena);
		struct str twice = utf8_fold(once, &arena);
		if (!str_eq(once, twice) || !utf8_valid(once))
			fail_msg("U+%04X does not fold to itself", (unsigned)c);
		arena_reset(&arena);
	}
}

/* Set in order by hand: letters of the alphabet first, tones next, capitals last. */
static const char *const dictionary[] = {
	"",	  "1 Minh", "2 Minh", "An",	"An Bình",   "An, Bình", "An-Bình", "Anh",
	"ánh",	  "Ánh",    "Anh Vũ", "Áo",	"ăn",	     "ẵn",	 "Ân",	    "Ấn",
	"Ân Tâm", "ba",	    "bA",     "Ba",	"bà",	     "bả",	 "bã",	    "bá",
	"bạ",	  "Bá An",  "Cường",  "Dung",	"dũng",	     "Dũng",	 "Dương",   "Đan",
	"Đào",	  "đức",    "Đức",    "Đức An", "Em",	     "ế",	 "Giang",   "Hà",
	"Hạ",	  "Hằng",   "Hân",    "Hoa",	"Hoà",	     "Hòa",	 "Hóa",	    "Hồng",
	"Lê",	  "Nga",    "Nguyên", "Nguyễn", "Nguyễn An", "Oanh",	 "Phương",  "Phượng",
	"Quân",	  "Thảo",   "Thông",  "Thơ",	"Thu",	     "Thủy",	 "Thụy Du", "Thư",
	"Tuấn",	  "Tùng",   "Uyên",   "Ưng",	"Vũ",	     "Xuân",	 "Ý",	    "Yên",
	"Привет", "你好",
};

static void dictionary_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(dictionary); i++) {
		for (size_t j = 0; j < countof(dictionary); j++) {
			struct str a = utf8_sort_key(str_of(dictionary[i]), &arena);
			struct str b = utf8_sort_key(str_of(dictionary[j]), &arena);
			int got = str_cmp(a, b);
			if ((got > 0) - (got < 0) != (i > j) - (i < j))
				fail_msg("\"%s\" and \"%s\": %d", dictionary[i], dictionary[j],
					 got);
		}
	}
	/* However it is encoded, and whatever blanks are around it. */
	assert_true(str_eq(utf8_sort_key(STR(" Nguye\xcc\x82\xcc\x83n  An "), &arena),
			   utf8_sort_key(STR("Nguyễn An"), &arena)));
	/* Control characters do not count. */
	assert_true(str_eq(utf8_sort_key(STR("a\x01"), &arena), utf8_sort_key(STR("a"), &arena)));
	assert_true(str_cmp(utf8_sort_key(STR("Müller"), &arena),
			    utf8_sort_key(STR("Muller"), &arena)) > 0);
}

static void width(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "Nguyễn", 6 },
		{ "Nguye\xcc\x82\xcc\x83n", 6 },
		{ "你好", 4 },
		{ "😀", 2 },
		{ "ｆ", 2 },
		{ "a\xe2\x80\x8b"
		  "b",
		  2 },
		{ "한", 2 },
		{ "\xff", 1 },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_int_equal(utf8_width(str_of(cases[i].text)), cases[i].columns);
}

static void trimming(void **state)
{
	static const struct {
		const char *text, *trimmed;
	} cases[] = {
		{ "", "" },
		{ " \t\r\n\v\f", "" },
		{ " a b ", "a b" },
		{ "\xc2\xa0Lan\xe3\x80\x80", "Lan" },
		{ "\xef\xbb\xbfLan\xe2\x80\x8b", "Lan" },
		{ "\xe2\x80\xaa+84912\xe2\x80\xac", "+84912" },
		{ "ễ", "ễ" },
		{ "\xc3 x \xe2\x80", "\xc3 x \xe2\x80" },
		{ "a\xe2\x80\x8b"
		  "b",
		  "a\xe2\x80\x8b"
		  "b" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_text(utf8_trim(str_of(cases[i].text)), cases[i].trimmed);
}

static void lower_case(void **state)
{
	(void)state;
	assert_text(utf8_lower(STR("Đức.VN Ứ1"), &arena), "đức.vn ứ1");
	assert_true(utf8_upper(0x110));
	assert_false(utf8_upper(0x111));
}

/* Bytes at random: nothing is read outside, nothing loops. */
static void noise(void **state)
{
	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		size_t n = (size_t)rand() % 24;
		char *bytes = malloc(n ? n : 1); /* exactly, so that an overrun is seen */
		for (size_t j = 0; j < n; j++)
			bytes[j] = (char)(rand() % 4 ? 0x80 + rand() % 0x80 : rand() % 0x80);
		struct str s = { bytes, n };
		utf8_fold(s, &arena);
		utf8_sort_key(s, &arena);
		utf8_nfc(s, &arena);
		assert_true(utf8_trim(s).n <= n);
		assert_true(utf8_width(s) <= 2 * n);
		free(bytes);
		arena_reset(&arena);
	}
}

static double columns(struct str s, const void *of)
{
	(void)of;
	return (double)utf8_width(s);
}

/* e and its marks, a flag, a family: what people take for one character stays one. */
static void graphemes(void **state)
{
	(void)state;
	assert_int_equal(utf8_grapheme(STR("ab")), 1);
	assert_int_equal(utf8_grapheme(STR("e\xcc\x82\xcc\x83n")), 5);
	assert_int_equal(utf8_grapheme(STR("🇻🇳🇫🇷")), 8);
	assert_int_equal(utf8_grapheme(STR("👩‍👧👩")), 11);
	assert_int_equal(utf8_grapheme(STR("\xff\xcc\x82")), 1);
	assert_int_equal(utf8_grapheme(STR("a\xff")), 1);
	assert_int_equal(utf8_grapheme(STR("")), 0);
}

static void shortening(void **state)
{
	static const struct {
		const char *text;
		int room;
		const char *is;
	} cases[] = {
		{ "Minh Anh", 8, "Minh Anh" },
		{ "Công ty TNHH Minh Anh", 11, "Công…h Anh" },
		{ "Công ty TNHH Minh Ánh", 12, "Công…nh Ánh" },
		{ "東京東京東京", 7, "東…東京" },
		{ "Nguye\xcc\x82\xcc\x83\xcc\xa3n", 3, "N…n" },
		{ "ab🇻🇳🇫🇷cd", 5, "ab…cd" },
		{ "abc", 1, "…" },
		{ "abc", 0, "…" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_text(shorten(str_of(cases[i].text), cases[i].room, columns, NULL, &arena),
			    cases[i].is);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(validity, reset),
		cmocka_unit_test_teardown(normal_form, reset),
		cmocka_unit_test_teardown(folding, reset),
		cmocka_unit_test_teardown(folding_is_stable, reset),
		cmocka_unit_test_teardown(dictionary_order, reset),
		cmocka_unit_test_teardown(width, reset),
		cmocka_unit_test_teardown(trimming, reset),
		cmocka_unit_test_teardown(lower_case, reset),
		cmocka_unit_test_teardown(graphemes, reset),
		cmocka_unit_test_teardown(shortening, reset),
		cmocka_unit_test_teardown(noise, reset),
	};
	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
