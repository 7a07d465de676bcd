/* YAML as a tree: what is read, and what is refused where. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "config/yaml.h"
#include "core/buf.h"

static struct arena arena;

/* The tree as one line: {a:"x",b:[null,1]} */
static void show(const struct yaml *y, struct buf *b)
{
	if (y->kind == YAML_SCALAR) {
		buf_printf(b, y->quoted ? "\"%.*s\"" : "%.*s", (int)y->text.n, y->text.p);
		return;
	}
	buf_putc(b, y->kind == YAML_LIST ? '[' : '{');
	for (size_t i = 0; i < y->n; i++) {
		if (i)
			buf_putc(b, ',');
		if (y->keys)
			buf_printf(b, "%.*s:", (int)y->keys[i].text.n, y->keys[i].text.p);
		show(&y->items[i], b);
	}
	buf_putc(b, y->kind == YAML_LIST ? ']' : '}');
}

static void test_read(void **state)
{
	static const struct {
		const char *text, *tree;
	} cases[] = {
		{ "", "{}" },
		{ "# nothing\n", "{}" },
		{ "---\n", "" },
		{ "a: b", "{a:b}" },
		{ "a: 'b'\nc: \"\\u0111\"", "{a:\"b\",c:\"đ\"}" },
		{ "a:\nb: ~\nc: ''", "{a:,b:~,c:\"\"}" },
		{ "- 1\n- [2, {x: y}]\n- {}", "[1,[2,{x:y}],{}]" },
		{ "no: no\nN: 010", "{no:no,N:010}" },
		{ "a: |\n  x\n  y\n", "{a:\"x\ny\n\"}" },
		{ "Họ tên: [name, \"\"]", "{Họ tên:[name,\"\"]}" },
		{ "\xef\xbb\xbf"
		  "a: b",
		  "{a:b}" },
		{ "a: {b: {c: {d: e}}}", "{a:{b:{c:{d:e}}}}" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct diag d = { 0 };
		struct buf b = { 0 };
		const struct yaml *y = yaml_parse(str_of(cases[i].text), "t", &arena, &d);
		if (!y)
			fail_msg("%s: %s", cases[i].text, d.message.p);
		show(y, &b);
		assert_string_equal(buf_copy(&b, &arena).p, cases[i].tree);
		buf_free(&b);
		diag_free(&d);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		long line, column;
		const char *message; /* how it begins */
	} cases[] = {
		{ "a: b\na: c", 2, 1, "key \"a\" stands in line 1 already" },
		{ "x: {a: 1, b: 2, a: 3}", 1, 17, "key \"a\" stands in line 1" },
		{ "a: &x b", 1, 4, "anchors" },
		{ "a: *x", 1, 4, "anchors" },
		{ "*x : b", 1, 1, "anchors" },
		{ "a: !!str b", 1, 4, "tags" },
		{ "a: !x [b]", 1, 4, "tags" },
		{ "{a: b}: c", 1, 1, "a key is plain text" },
		{ "r: {{x}}", 1, 5, "a key is plain text" },
		{ "? [a]\n: b", 1, 3, "a key is plain text" },
		{ "a: b\n---\nc: d", 2, 1, "a second document" },
		{ "a: \"\\0\"", 1, 4, "a text in it holds a NUL" },
		{ "a: [b", 2, 1, "not YAML" },
		{ "a:\n\t- b", 2, 1, "not YAML" },
		{ "a: b: c", 1, 5, "not YAML" },
		{ "a: 'b", 1, 6, "not YAML" },
		{ "a: b\nc: \xff", 2, 4, "byte 0xff is not UTF-8" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct diag d = { 0 };
		assert_null(yaml_parse(str_of(cases[i].text), "t.yaml", &arena, &d));
		if (!str_starts(d.message, cases[i].message))
			fail_msg("%s: %s", cases[i].text, d.message.p);
		if (d.line != cases[i].line || d.column != cases[i].column)
			fail_msg("%s: %ld:%ld", cases[i].text, d.line, d.column);
		assert_true(str_is(d.source, "t.yaml"));
		diag_free(&d);
	}
}

static struct str repeated(const char *what, size_t n)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_puts(&b, what);
	struct str s = buf_copy(&b, &arena);
	buf_free(&b);
	return s;
}

/* 200 kB of [ take libyaml's own tree half a minute. */
static void test_depth(void **state)
{
	struct diag d = { 0 };
	(void)state;
	assert_null(yaml_parse(repeated("[", 200000), "t", &arena, &d));
	assert_string_equal(d.message.p, "nested too deep");
	assert_int_equal(d.column, YAML_DEPTH + 1);
	struct str open = repeated("[", YAML_DEPTH), shut = repeated("]", YAML_DEPTH);
	assert_non_null(yaml_parse(arena_printf(&arena, "%s%s", open.p, shut.p), "t", &arena, &d));
	diag_free(&d);
}

static void test_size(void **state)
{
	struct diag d = { 0 };
	(void)state;
	assert_null(yaml_parse(repeated("#", YAML_SIZE + 1), "t", &arena, &d));
	assert_string_equal(d.message.p, "it is larger than 1 MiB");
	assert_non_null(yaml_parse(repeated("#", YAML_SIZE), "t", &arena, &d));
	const struct yaml *y = yaml_parse(repeated("- x\n", 100000), "t", &arena, &d);
	assert_int_equal(y->n, 100000);
	assert_int_equal(y->items[99999].line, 100000);
	diag_free(&d);
}

static void test_ask(void **state)
{
	struct diag d = { 0 };
	const struct yaml *y =
	    yaml_parse(STR("a: null\nb: 'null'\nc: ~\nd:\ne: x"), "t", &arena, &d);
	(void)state;
	assert_true(yaml_is_null(yaml_get(y, "a")));
	assert_false(yaml_is_null(yaml_get(y, "b")));
	assert_true(yaml_is_null(yaml_get(y, "c")));
	assert_true(yaml_is_null(yaml_get(y, "d")));
	assert_false(yaml_is_null(yaml_get(y, "e")));
	assert_null(yaml_get(y, "f"));
	assert_null(yaml_get(yaml_get(y, "e"), "f"));
	assert_false(yaml_error(yaml_get(y, "e"), &d, "%s", "wrong"));
	assert_int_equal(d.line, 5);
	assert_int_equal(d.column, 4);
	assert_null(yaml_read("/nowhere/x.yaml", &arena, &d));
	assert_int_equal(d.line, 0);
	diag_free(&d);
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
		cmocka_unit_test(test_read),  cmocka_unit_test(test_refused),
		cmocka_unit_test(test_depth), cmocka_unit_test(test_size),
		cmocka_unit_test(test_ask),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
