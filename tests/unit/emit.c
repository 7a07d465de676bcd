/* YAML text: whatever is printed is read back as it was. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/emit.h"
#include "config/yaml.h"
#include "config/yaml_put.h"

static struct arena arena;

static void check_back(struct str text)
{
	struct emit e = { 0 };
	struct diag d = { 0 };
	emit_map(&e, 0, STR("a"));
	emit_item(&e, 1, text);
	emit_attr(&e, "en", text);
	emit_words(&e, "list", "b c");
	emit_end(&e);
	emit_pair(&e, 0, STR("z"), text);
	const struct yaml *y = yaml_parse(buf_str(&e.text), "t", &arena, &d);
	if (!y)
		fail_msg("%.*s: %s", (int)e.text.n, e.text.p, d.message.p);
	const struct yaml *item = &y->items[0].items[0];
	assert_true(str_eq(item->keys[0].text, text));
	assert_true(str_eq(yaml_get(&item->items[0], "en")->text, text));
	assert_true(yaml_get(&item->items[0], "list")->n == 2);
	assert_true(str_eq(yaml_get(y, "z")->text, text));
	emit_free(&e);
	diag_free(&d);
	arena_reset(&arena);
}

static void test_texts(void **state)
{
	static const char *const texts[] = {
		"Zalo",
		"Đề xuất giải pháp / báo giá",
		"",
		" ",
		" a ",
		"a: b",
		"a #b",
		"- a",
		"#",
		"'",
		"\"",
		"\\",
		"\\n",
		"a\nb\n",
		"\t",
		"{a}",
		"[a]",
		"*a",
		"&a",
		"!a",
		"|",
		">",
		"%",
		"@",
		"`",
		"?",
		"? a",
		"---",
		"...",
		"null",
		"~",
		"true",
		"No",
		"010",
		"1e3",
		"2026-01-01",
		"0x10",
		".5",
		"=",
		"<<",
		"a,b",
		"a]",
		"a}",
		"a:",
		"\x7f",
		"\x1b[31m",
		"\xc2\x85",
		"\xc2\xa0",
		"\xe2\x80\xa8",
		"\xef\xbb\xbf",
		"\xe2\x80\xae"
		"abc",
		"\xef\xbf\xbe",
		"\xf0\x9f\x98\x80",
		"\xf4\x8f\xbf\xbf",
		"a  b",
		"a\xcc\x81",
	};
	(void)state;
	for (size_t i = 0; i < countof(texts); i++)
		check_back(str_of(texts[i]));
}

/* Every character of the first planes' first blocks, and some far out. */
static void test_characters(void **state)
{
	(void)state;
	for (uint32_t c = 1; c < 0x30000; c += c < 0x3000 ? 1 : 251) {
		char s[8] = "x";
		size_t n = 1;
		if (c >= 0xd800 && c < 0xe000)
			continue;
		if (c < 0x80) {
			s[n++] = (char)c;
		} else if (c < 0x800) {
			s[n++] = (char)(0xc0 | c >> 6);
			s[n++] = (char)(0x80 | (c & 0x3f));
		} else if (c < 0x10000) {
			s[n++] = (char)(0xe0 | c >> 12);
			s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			s[n++] = (char)(0x80 | (c & 0x3f));
		} else {
			s[n++] = (char)(0xf0 | c >> 18);
			s[n++] = (char)(0x80 | (c >> 12 & 0x3f));
			s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			s[n++] = (char)(0x80 | (c & 0x3f));
		}
		check_back((struct str){ s, n });
		check_back((struct str){ s + 1, n - 1 });
	}
}

static void test_plain(void **state)
{
	static const struct {
		const char *text, *printed;
	} cases[] = {
		{ "Trang đích", "Trang đích" },
		{ "a@b.vn", "\"a@b.vn\"" },
		{ "yes", "\"yes\"" },
		{ "12", "\"12\"" },
		{ "14d", "\"14d\"" },
		{ "a\tb\x1b", "\"a\\tb\\x1B\"" },
		{ "\xe2\x80\xae", "\"\\u202E\"" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf b = { 0 };
		yaml_put_text(&b, str_of(cases[i].text));
		assert_string_equal(buf_copy(&b, &arena).p, cases[i].printed);
		buf_free(&b);
	}
	arena_reset(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_plain),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
