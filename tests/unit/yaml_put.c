/* What yaml_put writes, yaml_parse_all reads back byte for byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "config/yaml.h"
#include "config/yaml_put.h"
#include "core/utf8.h"
#include "noise.h"

static struct arena arena;

/* In a list and a map between brackets. */
static void check_flow(struct str text, void (*put)(struct buf *, struct str))
{
	struct buf b = { 0 };
	struct diag d = { 0 };
	buf_puts(&b, "a: {");
	put(&b, text);
	buf_puts(&b, ": [");
	put(&b, text);
	buf_puts(&b, ", ");
	put(&b, text);
	buf_puts(&b, "]}\n");
	const struct yaml *y = yaml_parse(buf_str(&b), "test", &arena, &d);
	if (!y)
		fail_msg("%s in\n%.*s", diag_text(&d, &arena).p, (int)b.n, b.p);
	assert_int_equal(y->items[0].items[0].n, 2);
	assert_true(str_eq(y->items[0].keys[0].text, text));
	for (size_t i = 0; i < 2; i++)
		if (!str_eq(y->items[0].items[0].items[i].text, text))
			fail_msg("not read back:\n%.*s", (int)b.n, b.p);
	buf_free(&b);
	diag_free(&d);
	arena_reset(&arena);
}

/* The text as values of two keys, in the second of two documents, with a comment behind. */
static void check(struct str text)
{
	struct buf b = { 0 };
	struct diag d = { 0 };
	size_t n;
	buf_puts(&b, "a: b\n---\none: ");
	yaml_put(&b, text);
	buf_puts(&b, "  # comment\ntwo: ");
	yaml_put_block(&b, text);
	buf_puts(&b, "\nthree: x\n");
	const struct yaml *y = yaml_parse_all(buf_str(&b), "test", SIZE_MAX, &n, &arena, &d);
	if (!y)
		fail_msg("%s in\n%.*s", diag_text(&d, &arena).p, (int)b.n, b.p);
	assert_int_equal(n, 2);
	assert_int_equal(y[1].n, 3);
	for (size_t i = 0; i < 2; i++) {
		const struct yaml *v = &y[1].items[i];
		if (!str_eq(v->text, text) || v->kind != YAML_SCALAR || yaml_is_null(v))
			fail_msg("%zu bytes, not %zu, in\n%.*s", v->text.n, text.n, (int)b.n, b.p);
	}
	assert_true(str_is(y[1].items[2].text, "x"));
	buf_free(&b);
	diag_free(&d);
	arena_reset(&arena);
}

static void awkward(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"x",
		" x",
		"x ",
		"\tx",
		"x\t",
		"#",
		"x #y",
		"x# y",
		"a: b",
		"a:b",
		"a:",
		":",
		"- x",
		"-",
		"---",
		"...",
		"--- x",
		"? x",
		"?",
		"null",
		"~",
		"true",
		"[a]",
		"{a: b}",
		"*x",
		"&x",
		"!x",
		"|",
		">",
		"|-\n x",
		"%x",
		"@x",
		"`x",
		"'x'",
		"\"x\"",
		"\\",
		"\\n",
		"x\\",
		"x\"",
		"a\nb",
		"a\n\nb",
		"a\n b",
		"a\n\tb",
		"\na",
		"a\n",
		"a\n\n",
		" a\nb",
		"a\n  \nb",
		"a\n---\nb",
		"a\n# b",
		"a\n...\nb",
		"a\r\nb",
		"a\rb",
		"a\nb ",
		"a \nb",
		"\n",
		"\n\n",
		"a\nb: c",
		"\x1b[31m",
		"\x01",
		"\x7f",
		"\xc2\x85",
		"\xc2\xa0",
		"a\xc2\x85\nb",
		"\xe2\x80\xa8",
		"a\xe2\x80\xa9\nb",
		"\xef\xbb\xbf",
		"x\xef\xbb\xbf",
		"\xef\xbf\xbd",
		"\xef\xbf\xbe",
		"\xe2\x80\xaex",
		"=1+1",
		"+84 90",
		"Nguye\xcc\x82\xcc\x83n",
		"日本",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
		"a, b",
		"a]",
		"x'y",
		"1.5",
		"0x1F",
		"2026-11-21",
		"x:\ty",
		"x\t#y",
		"<<",
		"a\nb\tc #d: e",
	};
	(void)state;
	for (size_t i = 0; i < countof(texts); i++) {
		check(str_of(texts[i]));
		check_flow(str_of(texts[i]), yaml_put);
		check_flow(str_of(texts[i]), yaml_put_text);
	}
}

static void long_ones(void **state)
{
	struct buf lines = { 0 }, line = { 0 };
	(void)state;
	for (int i = 0; i < 40000; i++) {
		buf_printf(&lines, "%sdòng %d: # - '\" x\n", i % 7 ? "" : "    ", i);
		buf_printf(&line, "từ %d: # ", i);
	}
	buf_puts(&lines, "end");
	check(buf_str(&lines));
	check(buf_str(&line));
	buf_free(&lines);
	buf_free(&line);
}

static void noise(void **state)
{
	static const char some[] = " \t\n\r:#-'\"\\|>&*!%@`{}[],?~ab\xc3\xa9\xe2\x80\xa8";
	(void)state;
	srand(7);
	for (int i = 0; i < 20000; i++) {
		struct str s = noise_new(some, 40, 50);
		if (utf8_valid(s) && !memchr(s.p, '\0', s.n)) {
			check(s);
			check_flow(s, yaml_put);
			check_flow(s, yaml_put_text);
		}
		noise_free(s);
	}
}

/* Bytes that are no text cannot be said, but nothing beside them is harmed. */
static void no_text(void **state)
{
	struct buf b = { 0 };
	(void)state;
	yaml_put(&b, STR("a\xff\"b"));
	assert_true(str_eq(buf_str(&b), STR("\"a\\uFFFD\\\"b\"")));
	buf_free(&b);
}

static void documents(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} cases[] = { { "", 0 },	   { "# c\n", 0 },
		      { "a: b\n", 1 },	   { "---\na: b\n", 1 },
		      { "---\n---\n", 2 }, { "a: b\n---\n", 2 },
		      { "a: b\n...\n", 1 } };
	struct diag d = { 0 };
	size_t n;
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		assert_non_null(yaml_parse_all(str_of(cases[i].text), "t", 64, &n, &arena, &d));
		assert_int_equal(n, cases[i].n);
	}
	assert_null(yaml_parse_all(STR("a: b\n---\na: [\n"), "t", 64, &n, &arena, &d));
	assert_int_equal(d.line, 4);
	assert_null(yaml_parse_all(STR("a: b\n"), "t", 4, &n, &arena, &d));
	diag_free(&d);
}

/* A tree at random: scalars quoted and bare, of several lines, nothing at all. */
static struct yaml grown(int depth)
{
	static const char some[] = "ab: \n-#{}[],'\"|>đ ";
	struct yaml y = { .kind = depth && rand() % 3 ? YAML_LIST : YAML_SCALAR };
	if (y.kind == YAML_SCALAR) {
		struct str noise = noise_new(some, rand() % 4 ? 12 : 60, 1000);
		struct buf b = { 0 };
		for (size_t i = 0; i < noise.n; i++)
			buf_putc(&b, noise.p[i] > 0 && noise.p[i] != '\r' ? noise.p[i] : 'x');
		y.text = buf_copy(&b, &arena);
		y.quoted = y.text.n || rand() % 2;
		buf_free(&b);
		noise_free(noise);
		return y;
	}
	y.n = (size_t)rand() % 4;
	y.items = arena_new(&arena, struct yaml, y.n + 1);
	if (rand() % 2) {
		y.kind = YAML_MAP;
		y.keys = arena_new(&arena, struct yaml, y.n + 1);
	}
	for (size_t i = 0; i < y.n; i++) {
		y.items[i] = grown(depth - 1);
		if (y.keys)
			y.keys[i].text = arena_printf(&arena, "k %zu", i);
	}
	return y;
}

static bool alike(const struct yaml *x, const struct yaml *y)
{
	bool same = x->kind == y->kind && x->n == y->n && yaml_is_null(x) == yaml_is_null(y);
	if (same && x->kind == YAML_SCALAR)
		return yaml_is_null(x) || str_eq(x->text, y->text);
	for (size_t i = 0; i < x->n && same; i++)
		same = alike(&x->items[i], &y->items[i]) &&
		       (!x->keys || str_eq(x->keys[i].text, y->keys[i].text));
	return same;
}

static void trees(void **state)
{
	(void)state;
	srand(7);
	for (int i = 0; i < 3000; i++) {
		struct buf b = { 0 };
		struct diag d = { 0 };
		struct yaml y = grown(4);
		y = y.kind == YAML_SCALAR ? (struct yaml){ .kind = YAML_LIST } : y;
		y.kind = y.n ? y.kind : YAML_LIST; /* of nothing: [] */
		yaml_put_section(&b, "name", &y);
		const struct yaml *back = yaml_parse(buf_str(&b), "test", &arena, &d);
		if (!back || !alike(&back->items[0], &y))
			fail_msg("%s in\n%.*s", diag_text(&d, &arena).p, (int)b.n, b.p);
		buf_free(&b);
		diag_free(&d);
		arena_reset(&arena);
	}
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(awkward), cmocka_unit_test(long_ones), cmocka_unit_test(noise),
		cmocka_unit_test(no_text), cmocka_unit_test(documents), cmocka_unit_test(trees),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
