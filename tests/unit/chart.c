/* Charts: scales, ticks, the room that text takes, contrast of colours, harmless output. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/svg_impl.h"

static void test_scales(void **state)
{
	static const struct {
		double lo, hi;
		int most;
		bool whole;
		struct scale is;
	} examples[] = {
		{ 0, 10, 5, false, { 0, 10, 2 } },
		{ 0, 97, 5, false, { 0, 100, 20 } },
		{ -3, 7, 5, false, { -5, 10, 5 } },
		{ -120, 1250, 4, false, { -500, 1500, 500 } },
		{ 0, 1, 5, true, { 0, 1, 1 } },
		{ 0, 1, 5, false, { 0, 1, .2 } },
		{ 0, 0, 5, false, { 0, 1, .2 } },
		{ 0, 3, 4, true, { 0, 3, 1 } },
		{ .41, .49, 4, false, { .4, .5, .05 } },
		{ -7, -7, 5, false, { -7, -3, 1 } },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		struct scale s =
		    scale_nice(examples[i].lo, examples[i].hi, examples[i].most, examples[i].whole);
		assert_true(fabs(s.lo - examples[i].is.lo) < 1e-9);
		assert_true(fabs(s.hi - examples[i].is.hi) < 1e-9);
		assert_true(fabs(s.step - examples[i].is.step) < 1e-9);
	}
}

/* Whatever the range: all of it, not too many steps, and those 1, 2 or 5 × 10^n. */
static void test_any_scale(void **state)
{
	unsigned long long random = 1;
	(void)state;
	for (int i = 0; i < 2000; i++) {
		random = random * 6364136223846793005 + 1442695040888963407;
		double lo = ldexp((double)(int32_t)(random >> 32), (int)(random % 50) - 40);
		double hi = lo + ldexp(1 + (double)(random >> 54), (int)(random % 37) - 20);
		int most = 2 + (int)(random % 9);
		struct scale s = scale_nice(lo, hi, most, false);
		double mantissa = s.step / pow(10, floor(log10(s.step) + 1e-9));
		if (hi - lo < fabs(hi) * 1e-12)
			continue;
		assert_true(s.lo <= lo + s.step * 1e-6 && s.hi >= hi - s.step * 1e-6);
		assert_true(scale_steps(&s) >= 1 && scale_steps(&s) <= most);
		assert_true(fabs(mantissa - 1) < 1e-6 || fabs(mantissa - 2) < 1e-6 ||
			    fabs(mantissa - 5) < 1e-6);
	}
}

static void test_ticks(void **state)
{
	static const struct {
		struct scale scale;
		double at;
		enum chart_unit unit;
		const char *en, *vi;
	} examples[] = {
		{ { 0, 4e9, 1e9 }, 3e9, CHART_MONEY, "3B", "3 tỷ" },
		{ { 0, 2e9, 5e8 }, 5e8, CHART_MONEY, "0.5B", "0,5 tỷ" },
		{ { 0, 2e7, 4e6 }, 1.2e7, CHART_MONEY, "12M", "12 tr" },
		{ { 0, 6e12, 2e12 }, 4e12, CHART_MONEY, "4T", "4 nghìn tỷ" },
		{ { 0, 5e4, 1e4 }, 0, CHART_COUNT, "0", "0" },
		{ { -5e4, 5e4, 5e4 }, -5e4, CHART_COUNT, "-50K", "-50k" },
		{ { 0, 8000, 2000 }, 6000, CHART_COUNT, "6,000", "6.000" },
		{ { 0, 1, .2 }, .4, CHART_SHARE, "40%", "40%" },
		{ { 0, .02, .005 }, .005, CHART_SHARE, "0.5%", "0,5%" },
		{ { 0, .3, .1 }, .30000000000000004, CHART_NUMBER, "0.3", "0,3" },
	};
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		struct chart c = { .unit = examples[i].unit };
		assert_string_equal(scale_tick(&examples[i].scale, examples[i].at, &c, &a).p,
				    examples[i].en);
		c.language = VIETNAMESE;
		assert_string_equal(scale_tick(&examples[i].scale, examples[i].at, &c, &a).p,
				    examples[i].vi);
	}
	arena_free(&a);
}

static void test_numbers(void **state)
{
	static const struct {
		enum chart_unit unit;
		double v;
		const char *whole, *brief;
	} examples[] = {
		{ CHART_MONEY, 1250000000, "1,250,000,000", "1.25B" },
		{ CHART_MONEY, -12.5, "-12.50", "-12.5" },
		{ CHART_COUNT, 0, "0", "0" },
		{ CHART_NUMBER, 1234.56, "1,234.6", "1,235" },
		{ CHART_NUMBER, 12345.6, "12,345.6", "12.3K" },
		{ CHART_SHARE, .123, "12.3%", "12%" },
		{ CHART_SHARE, .5, "50%", "50%" },
		{ CHART_COUNT, 1e18, "–", "1,000,000T" },
		{ CHART_COUNT, NAN, "–", NULL },
		{ CHART_COUNT, -INFINITY, "–", NULL },
	};
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		struct chart c = { .unit = examples[i].unit };
		struct chart_value v = { .has = true, .is = examples[i].v };
		struct str text = chart_number(&c, &v, &a);
		assert_true(str_is(text, examples[i].whole));
		if (examples[i].brief)
			assert_string_equal(chart_short(&c, v.is, &a).p, examples[i].brief);
	}
	arena_free(&a);
}

/* Marks take no room, in either normal form; wide characters take twice as much. */
static void test_widths(void **state)
{
	double plain = svg_text_width(STR("Nguyen Van Duc"), FACE_TEXT);
	(void)state;
	assert_true(svg_text_width(STR("Nguyễn Văn Đức"), FACE_TEXT) >= plain);
	assert_true(svg_text_width(STR("Nguyễn Văn Đức"), FACE_TEXT) < plain * 1.15);
	assert_true(svg_text_width(STR("Nguye\xcc\x82\xcc\x83n Van Duc"), FACE_TEXT) == plain);
	assert_true(svg_text_width(STR("東京"), FACE_TEXT) >= 24);
	assert_true(svg_text_width(STR("WWW"), FACE_TEXT) > svg_text_width(STR("iii"), FACE_TEXT));
	assert_true(svg_text_width(STR(""), FACE_TEXT) == 0);
	assert_true(svg_text_width(STR("\xff\xfe"), FACE_TEXT) > 0);
}

static void test_wrap(void **state)
{
	struct arena a = { 0 };
	struct str lines[SVG_LINES];
	bool cut;
	(void)state;
	assert_int_equal(svg_wrap(STR("  một \n hai\tba "), FACE_TEXT, 80, 3, lines, &cut, &a), 1);
	assert_int_equal(svg_wrap(STR(" \n "), FACE_TEXT, 60, 3, lines, &cut, &a), 0);
	size_t n =
	    svg_wrap(STR("Công ty Cổ phần Thế Giới Di Động"), FACE_TEXT, 110, 4, lines, &cut, &a);
	assert_true(n >= 2 && !cut);
	for (size_t i = 0; i < n; i++)
		assert_true(svg_text_width(lines[i], FACE_TEXT) <= 110);
	n = svg_wrap(STR("Supercalifragilisticexpialidocious"), FACE_TEXT, 60, 2, lines, &cut, &a);
	assert_true(n == 2 && cut);
	assert_true(svg_text_width(lines[1], FACE_TEXT) <= 60);
	assert_non_null(strstr(lines[1].p, "…"));
	assert_memory_equal(lines[1].p + lines[1].n - 3, "ous", 3);
	assert_int_equal(svg_wrap(STR("W"), FACE_TEXT, 1, 2, lines, &cut, &a), 1); /* never stuck */
	arena_free(&a);
}

/* The colour of a class in the style: its first rule is light, its second one dark. */
static unsigned colour_of(const char *style, const char *class, bool dark)
{
	char rule[32];
	snprintf(rule, sizeof rule, ".crm-chart .%s{fill:#", class);
	const char *at = strstr(style, rule);
	assert_non_null(at);
	at = dark ? strstr(at + 1, rule) : at;
	assert_non_null(at);
	return (unsigned)strtoul(at + strlen(rule), NULL, 16);
}

/* WCAG 2.2, "relative luminance" and "contrast ratio". */
static double luminance(unsigned rgb)
{
	static const double weights[] = { .0722, .7152, .2126 };
	double sum = 0;
	for (size_t i = 0; i < 3; i++) {
		double c = (rgb >> 8 * i & 0xff) / 255.0;
		sum += weights[i] * (c <= .04045 ? c / 12.92 : pow((c + .055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(unsigned a, unsigned b)
{
	double x = luminance(a) + .05, y = luminance(b) + .05;
	return x > y ? x / y : y / x;
}

static void test_contrast(void **state)
{
	static const unsigned papers[2][2] = { { 0xffffff, 0xf6f7f9 }, { 0x15181c, 0x1d2126 } };
	struct buf b = { 0 };
	char class[8], text[8];
	(void)state;
	chart_style(&b);
	buf_putc(&b, '\0');
	for (int dark = 0; dark < 2; dark++) {
		for (size_t p = 0; p < 2; p++) {
			unsigned paper = papers[dark][p];
			for (int i = 0; i < SVG_COLOURS; i++) {
				snprintf(class, sizeof class, "f%d", i);
				assert_true(contrast(colour_of(b.p, class, dark), paper) >= 3);
			}
			assert_true(contrast(colour_of(b.p, "t", dark), paper) >= 4.5);
			assert_true(contrast(colour_of(b.p, "q", dark), paper) >= 4.5);
		}
		for (int i = 0; i < SVG_STEPS; i++) {
			snprintf(class, sizeof class, "h%d", i);
			snprintf(text, sizeof text, "x%d", i);
			assert_true(contrast(colour_of(b.p, class, dark),
					     colour_of(b.p, text, dark)) >= 4.5);
		}
	}
	buf_free(&b);
}

static const struct chart_value figures[] = {
	{ .has = true, .is = 3 },
	{ .has = true, .is = NAN },
	{ .has = false },
	{ .has = true, .is = INFINITY },
	{ .has = true, .is = -1e300 },
	{ .has = true, .is = -2 },
	{ .has = true, .is = 0, .text = { "<&>", 3 } },
};
enum { FIGURES = countof(figures) };

/* Every kind, with names that would break out: markup, controls, half characters, bidi. */
static void draw_all(struct buf *out)
{
	const struct str names[FIGURES] = { STR("</script><b>"),
					    STR("]]>"),
					    STR("\x01\x1b[31m"),
					    STR("\xff\xc3"),
					    STR("\"'&"),
					    STR("a\xe2\x80\xae z"),
					    STR("") };
	const struct chart_series series[] = {
		{ .name = STR("<x>"), .values = figures, .low = figures, .high = figures },
		{ .name = STR("a\nb"), .values = figures },
		{ .reference = true, .values = figures }
	};
	for (int kind = CHART_BAR; kind <= CHART_PARETO; kind++)
		for (unsigned ordered = 0; ordered < 2; ordered++) {
			struct chart c = { .kind = (enum chart_kind)kind,
					   .ordered = ordered,
					   .language = ordered ? VIETNAMESE : ENGLISH,
					   .title = names[0],
					   .note = names[4],
					   .categories = names,
					   .ncategories = FIGURES,
					   .series = series,
					   .nseries = countof(series) };
			chart_svg(&c, (struct svg_place){ 300, (unsigned)kind, ordered }, out);
			chart_text(&c, 40, false, out);
		}
}

static void test_harmless(void **state)
{
	struct buf b = { 0 }, again = { 0 };
	(void)state;
	draw_all(&b);
	draw_all(&again);
	assert_true(str_eq(buf_str(&b), buf_str(&again)));
	for (size_t i = 0; i < b.n; i++)
		assert_true((unsigned char)b.p[i] >= ' ' || b.p[i] == '\n');
	buf_putc(&b, '\0');
	static const char *const never[] = { "nan", "inf\"",	    "<b>",   "<x>",
					     "e+",  "\xe2\x80\xae", "=\"-\"" };
	for (size_t i = 0; i < countof(never); i++) {
		/* Text for a terminal may have markup: it is none there. */
		const char *svg = strstr(b.p, "<svg"), *end = strstr(svg, "</svg>");
		for (; svg; svg = strstr(end, "<svg"), end = svg ? strstr(svg, "</svg>") : end) {
			const char *at = strstr(svg, never[i]);
			assert_true(!at || at > end);
		}
	}
	buf_free(&b);
	buf_free(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scales),	 cmocka_unit_test(test_any_scale),
		cmocka_unit_test(test_ticks),	 cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_widths),	 cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_contrast), cmocka_unit_test(test_harmless),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
