/* Tables as people's programs write them: what stands around them, and in which bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stream_fixture.h"

/* The names that the caller knows are in small letters. */
static size_t known(const void *of, const struct str *names, size_t n)
{
	const char *const *all = of;
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; all[k]; k++)
			count += str_is(names[i], all[k]);
	return count;
}

static const char *const fields[] = { "name", "phone", "email", "company", NULL };

struct example {
	struct str input;
	const char *expected;
	long passed;
	struct reader_options options;
};

static void check(const struct example *e, size_t n)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct reader_options o = e[i].options;
		struct diag d = { 0 };
		o.known = known;
		o.of = fields;
		o.ragged = true;
		int fd = fd_of(e[i].input);
		assert_string_equal(transcript(fd, &o, &a), e[i].expected);
		lseek(fd, 0, SEEK_SET);
		struct reader *r = reader_open(fd, "test", &o, &d);
		assert_int_equal(r ? reader_passed(r) : 0, e[i].passed);
		reader_close(r);
		diag_free(&d);
		close(fd);
	}
	arena_free(&a);
}

static void test_preamble(void **state)
{
	static const struct example examples[] = {
		{ BYTES(
		      "Notes:\n\"When exporting, you may notice\nthat name, phone are missing\"\n\n"
		      "name,phone\nA,1\n"),
		  "6 name='A' phone='1'\n",
		  4,
		  { 0 } },
		{ BYTES("Report: leads; all\r\n;\r\nname;phone;email\r\nA;1;2\r\n"),
		  "4 name='A' phone='1' email='2'\n",
		  2,
		  { 0 } },
		{ BYTES("\ttitle\n\n\tname\tphone\nx\tA\t1\n"),
		  "4 column 1='x' name='A' phone='1'\n",
		  2,
		  { 0 } },
		/* A row that speaks of columns is no wider than its header. */
		{ BYTES("who,how\nname,phone\n"), "2 who='name' how='phone'\n", 0, { 0 } },
		{ BYTES("who,name\nphone,email\n"), "2 who='phone' name='email'\n", 0, { 0 } },
		{ BYTES("x\ny\n"), "2 x='y'\n", 0, { 0 } },
		{ BYTES("x\n\nname\n"), "2 x=-\n3 x='name'\n", 0, { 0 } },
		{ BYTES("x\ny\nA,B,C\n1,2,3\n"), "4 A='1' B='2' C='3'\n", 2, { .header_line = 3 } },
		{ BYTES("x,y\nname,phone,email\n"),
		  "2! 3 cells, but there are 2 columns; "
		  "cell 3 is \"email\"\n",
		  0,
		  { .header_line = 1 } },
		{ BYTES("x\n"), "", 1, { .header_line = 9 } },
	};
	(void)state;
	check(examples, countof(examples));
}

static void test_delimiters(void **state)
{
	static const struct example examples[] = {
		{ BYTES("sep=;\r\nname;phone\r\nA,B;1\r\n"), "3 name='A,B' phone='1'\n", 0, { 0 } },
		{ BYTES("sep=|\nx|y\n1|2\n"), "3 x='1' y='2'\n", 0, { 0 } },
		{ BYTES("\"sep=,\"\nx,y;z;u;v\n1,2\n"), "3 x='1' y;z;u;v='2'\n", 0, { 0 } },
		{ BYTES("sep=\t\nx\ty\n\"a\tb\"\t2\n"), "3 x='a\\tb' y='2'\n", 0, { 0 } },
		{ BYTES("sep=;"), "", 0, { 0 } },
		{ BYTES("name|phone, home, work, other\nA|1\n"),
		  "2 name='A' phone, home, work, other='1'\n",
		  0,
		  { 0 } },
		{ BYTES("a|b\n1|2\n"), "2 a='1' b='2'\n", 0, { 0 } },
		{ BYTES("\"name\"\t\"phone\"\n\"A \"\"x\"\"\ny\"\t1\n"),
		  "2 name='A \"x\"\\ny' phone='1'\n",
		  0,
		  { 0 } },
		{ BYTES("name;phone\rA;1\r\"B\rC\";2\r"),
		  "2 name='A' phone='1'\n3 name='B\\rC' phone='2'\n",
		  0,
		  { 0 } },
	};
	(void)state;
	check(examples, countof(examples));
}

static void test_ragged(void **state)
{
	static const struct example examples[] = {
		{ BYTES("a,b,c\n1,2\n1,2,3,,\n1,2,3,4\n1\n\"\",\n,,\n"),
		  "2 a='1' b='2' c=-\n3 a='1' b='2' c='3'\n"
		  "4! 4 cells, but there are 3 columns; cell 4 is \"4\"\n"
		  "5! 1 cell, but there are 3 columns\n6 a=~ b=- c=-\n",
		  0,
		  { 0 } },
		{ BYTES("a,b\n\"Grand Total\",\"12.5\"\nGrand Total Ltd,x\nTổng cộng:,3\n"
			"\"Copyright (c) 2024 salesforce.com, inc.\",\n"),
		  "2! this closes a report and is no record\n3 a='Grand Total Ltd' b='x'\n"
		  "4! this closes a report and is no record\n"
		  "5! this closes a report and is no record\n",
		  0,
		  { 0 } },
		{ BYTES("a\tb\n1\n2\t3\t\n"),
		  "2! 1 cell, but there are 2 columns\n3 a='2' b='3'\n",
		  0,
		  { 0 } },
	};
	(void)state;
	check(examples, countof(examples));
}

/* "tên,phone\nNguyễn,1\n" */
#define WIDE(c) c "\0"
#define TEN WIDE("t") "\xea\0" WIDE("n") WIDE(",") WIDE("x") WIDE("\n")
#define ROW WIDE("N") WIDE("g") WIDE("u") WIDE("y") "\xc5\x1e" WIDE("n") WIDE(",") WIDE("1")

static void test_encodings(void **state)
{
	static const struct example examples[] = {
		{ BYTES("\xff\xfe" TEN ROW), "2 tên='Nguyễn' x='1'\n", 0, { 0 } },
		{ BYTES(TEN ROW), "2 tên='Nguyễn' x='1'\n", 0, { 0 } },
		{ BYTES("\xfe\xff\0a\0\t\0b\0\n\0\"\0x\0\t\0y\0\"\0\t\x1e\xc5"),
		  "2 a='x\\ty' b='ễ'\n",
		  0,
		  { 0 } },
		{ BYTES("\0a\0,\0b\0\n\x1e\xc5\0,\0002"), "2 a='ễ' b='2'\n", 0, { 0 } },
		{ BYTES("\xff\xfe\0\0a\0\0\0\n\0\0\0\xc5\x1e\0\0"), "2 a='ễ'\n", 0, { 0 } },
		{ BYTES("name,phone\nNguy\xea\xden,1\n"),
		  "2 name='Nguyễn' phone='1'\n",
		  0,
		  { .encoding = ENCODING_AUTO } },
		{ BYTES("name,phone\nRen\xe9 Andr\xf2,1\n"),
		  "2 name='René Andrò' phone='1'\n",
		  0,
		  { .encoding = ENCODING_AUTO } },
		{ BYTES("name,phone\nNguyễn,1\n"),
		  "2 name='Nguyễn' phone='1'\n",
		  0,
		  { .encoding = ENCODING_AUTO } },
	};
	(void)state;
	check(examples, countof(examples));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_preamble),
		cmocka_unit_test(test_delimiters),
		cmocka_unit_test(test_ragged),
		cmocka_unit_test(test_encodings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
