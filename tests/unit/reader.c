/* Readers: what every format makes of good and of hostile input. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "stream/json.h"
#include "stream_fixture.h"

struct example {
	struct str input;
	const char *expected;
	struct reader_options options;
};

/* A descriptor that gives one byte a read(2). */
static int dribble(struct str bytes)
{
	int ends[2];
	fflush(NULL);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	if (fork() == 0) {
		for (size_t i = 0; i < bytes.n; i++)
			if (write(ends[1], bytes.p + i, 1) != 1)
				break;
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

/* What comes out does not depend on the pieces in which it came. */
static void check_examples(const struct example *e, size_t n)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < n; i++) {
		int fds[] = { fd_of(e[i].input), dribble(e[i].input) };
		for (size_t k = 0; k < countof(fds); k++) {
			assert_string_equal(transcript(fds[k], &e[i].options, &a), e[i].expected);
			close(fds[k]);
		}
		wait(NULL);
	}
	arena_free(&a);
}

static void test_csv(void **state)
{
	static const struct example examples[] = {
		{ BYTES(""), "", { 0 } },
		{ BYTES("\n\n"), "", { 0 } },
		{ BYTES("a,b"), "", { 0 } },
		{ BYTES("a,b,c\n1,,\"\"\n"), "2 a='1' b=- c=~\n", { 0 } },
		{ BYTES(" a , b\n x , y \n"), "2 a=' x ' b=' y '\n", { 0 } },
		{ BYTES("\n\na,b\n\n1,2\n \t \n3,4"), "5 a='1' b='2'\n7 a='3' b='4'\n", { 0 } },
		{ BYTES("a,b\r\n\"x\r\ny\",\"\"\"q\"\"\"\r\n1,2\r\n"),
		  "2 a='x\\r\\ny' b='\"q\"'\n4 a='1' b='2'\n",
		  { 0 } },
		{ BYTES("a,b\n\"x\r\",y\rz\n"), "2 a='x\\r' b='y\\rz'\n", { 0 } },
		{ BYTES("a,b\r1,2\r\r3,4\r"), "2 a='1' b='2'\n4 a='3' b='4'\n", { 0 } },
		{ BYTES("\"a\nb\";c\n1;2\n"), "3 a\nb='1' c='2'\n", { 0 } },
		{ BYTES("\xef\xbb\xbf\"a\",b\n1,2\n"), "2 a='1' b='2'\n", { 0 } },
		{ BYTES("a, ,\n1,2,\n"), "2 a='1' column 2='2' column 3=-\n", { 0 } },
		{ BYTES("\xef\xbb\xbf"
			"a,b,c\r\n'=1,\"''+\"\"\",'x\r\n''@,-,'-1\n"),
		  "2 a='=1' b=''+\"' c=''x' <'=1,\"''+\"\"\",'x>\n"
		  "3 a=''@' b='-' c='-1' <''@,-,'-1>\n",
		  { .want_raw = true } },
		{ BYTES("a\r\n'=1\r\n"), "2 a=''=1'\n", { 0 } },
		{ BYTES("\xef\xbb\xbf"
			"a\n'=1\r\n"),
		  "2 a=''=1'\n",
		  { 0 } },
		{ BYTES("a\nx\n\ny\n"), "2 a='x'\n3 a=-\n4 a='y'\n", { 0 } },
		{ BYTES("\"a;b\",c,d;e\n1,2,3\n"), "2 a;b='1' c='2' d;e='3'\n", { 0 } },
		{ BYTES("a|b\n1|2,3\n"), "2 a='1' b='2,3'\n", { .delimiter = '|' } },
		{ BYTES("{a,b\n1,2\n"), "2 {a='1' b='2'\n", { .format = FORMAT_CSV } },
		{ BYTES("1,2\n3,\n"), "1 1='1' 2='2'\n2 1='3' 2=-\n", { .headless = true } },
		{ BYTES("a,b\n1,2\n"), "2 a='1' b='2' <1,2>\n", { .want_raw = true } },
	};
	(void)state;
	check_examples(examples, countof(examples));
}

/* A refused record is the only one lost, and it is told where it starts. */
static void test_csv_refusals(void **state)
{
#define STRAY "a quote inside; quote the whole cell and double it"
#define UNCLOSED "the quote that opens here is never closed"
	static const struct example examples[] = {
		{ BYTES("a,b\n5\" x,1\n2,3\n"),
		  "2! a: " STRAY " <5\" x,1>\n3 a='2' b='3' <2,3>\n",
		  { .want_raw = true } },
		{ BYTES("a,b\n1,\"x\" y\n2,3\n"), "2! b: " STRAY "\n3 a='2' b='3'\n", { 0 } },
		{ BYTES("a,b\n1,2,3\"\n"), "2! cell 3: " STRAY "\n", { 0 } },
		{ BYTES("a,b\n1,\"x\n2,3\n4,5\n"),
		  "2! b: " UNCLOSED " <1,\"x>\n3 a='2' b='3' <2,3>\n4 a='4' b='5' <4,5>\n",
		  { .want_raw = true } },
		{ BYTES("a,b\n\"x\n2,3\n\"4\",5\n"),
		  "2! a: " STRAY "\n3 a='2' b='3'\n4 a='4' b='5'\n",
		  { 0 } },
		{ BYTES("a,b\n1\n1,2,3\n\"x\ny\"\n4,5"),
		  "2! 1 cells, but there are 2 columns\n3! 3 cells, but there are 2 columns\n"
		  "4! 1 cells, but there are 2 columns\n6 a='4' b='5'\n",
		  { 0 } },
		{ BYTES("a,b\n1,\xff\n2,x\0y\né,\xed\xa0\x80\n3,4\n"),
		  "2! byte 0xff at 3 is not UTF-8; say --encoding windows-1258, windows-1252, "
		  "TCVN, VISCII … or auto\n"
		  "3! a NUL byte stands in it\n"
		  "4! byte 0xed at 4 is not UTF-8; say --encoding windows-1258, windows-1252, "
		  "TCVN, VISCII … or auto\n"
		  "5 a='3' b='4'\n",
		  { 0 } },
		{ BYTES("\n,\"\", \n"), "!2 the columns have no names\n", { 0 } },
		{ BYTES("column 2,,c\n"),
		  "!1 column 2 has the name of column 1, \"column 2\"\n",
		  { 0 } },
		{ BYTES("a,b,a,b\n"), "!1 column 3 has the name of column 1, \"a\"\n", { 0 } },
		{ BYTES("a,b\n\"1\n\",\"x\n2,3\n"),
		  "2! b: the quote that opens in line 3 is never closed\n"
		  "3! a: " STRAY "\n4 a='2' b='3'\n",
		  { 0 } },
		{ BYTES("a,\"b\n1,2\n"), "!1 cell 2: " UNCLOSED "\n", { 0 } },
		{ BYTES("a,\xff\n"),
		  "!1 byte 0xff at 3 is not UTF-8; say --encoding windows-1258, windows-1252, "
		  "TCVN, VISCII … or auto\n",
		  { 0 } },
		{ BYTES("a"), "!0 unknown encoding \"klingon\"\n", { .encoding = "klingon" } },
		{ BYTES("a"),
		  "!0 unknown encoding \"ASCII//IGNORE\"\n",
		  { .encoding = "ASCII//IGNORE" } },
		{ BYTES("a"),
		  "!0 a delimiter is one plain character, not a quote\n",
		  { .delimiter = '"' } },
		{ BYTES("a"), "!0 table cannot be read\n", { .format = FORMAT_TABLE } },
	};
	(void)state;
	check_examples(examples, countof(examples));
}

static void test_tsv(void **state)
{
	static const struct example examples[] = {
		{ BYTES("a\tb\n1\t2\n\n\t\n"), "2 a='1' b='2'\n4 a=- b=-\n", { 0 } },
		{ BYTES("a\tb\r\nx\\ty\\nz\\r\\\\n\t\\q\\\r\n"),
		  "2 a='x\\ty\\nz\\r\\n' b='\\q\\'\n",
		  { 0 } },
		{ BYTES("a\tb\n\"x\ty\"\n1\n2\t\xfe\n"),
		  "2 a='\"x' b='y\"'\n3! 1 cells, but there are 2 columns\n"
		  "4! byte 0xfe at 3 is not UTF-8; say --encoding windows-1258, windows-1252, "
		  "TCVN, VISCII … or auto\n",
		  { 0 } },
		{ BYTES("a\n1\n"), "2 a='1'\n", { .format = FORMAT_TSV } },
		{ BYTES("a\ta\n"), "!1 column 2 has the name of column 1, \"a\"\n", { 0 } },
		{ BYTES("a,b\tc\n1a2\t3\n"),
		  "2 column 1='1' ,b\tc='2\\t3'\n",
		  { .delimiter = 'a' } },
	};
	(void)state;
	check_examples(examples, countof(examples));
}

static void test_refs(void **state)
{
	static const struct example examples[] = {
		{ BYTES("\nlead-1\r\n\n account-22 \nquote_line-3"),
		  "2 id='lead-1'\n4 id='account-22'\n5 id='quote_line-3'\n",
		  { 0 } },
		{ BYTES("lead-1\nlead-\nLead-2\nlead-3x\n42\nlead-4\n"),
		  "1 id='lead-1'\n2! \"lead-\" is not a reference such as lead-42\n"
		  "3! \"Lead-2\" is not a reference such as lead-42\n"
		  "4! \"lead-3x\" is not a reference such as lead-42\n"
		  "5! \"42\" is not a reference such as lead-42\n6 id='lead-4'\n",
		  { 0 } },
	};
	(void)state;
	check_examples(examples, countof(examples));
}

static void test_json(void **state)
{
	static const struct example examples[] = {
		{ BYTES(
		      "{\"a\":1,\"b\":null,\"c\":true,\"d\":\"x\",\"e\":[],\"f\":[1.50,\"y\",false]"
		      "}"),
		  "1 a=#1 b=~ c=?true d='x' e=[] f=[1.5;y;false]\n",
		  { 0 } },
		{ BYTES("{\"a\":{\"1\":{\"c\":7},\"d\":{}},\"x\":8}"), "1 a.1.c=#7 x=#8\n", { 0 } },
		{ BYTES("{\"n\":[1234.50,0.1,1.0,-0,-0.0,1e3,1.5E-3,100,9223372036854775807]}"),
		  "1 n=[1234.5;0.1;1;0;0;1000;0.0015;100;9223372036854775807]\n",
		  { 0 } },
		{ BYTES("{\"a\":90071992547409.93,\"s\":\"\\\"-7\",\"b\":1234567890123456.7e1}"),
		  "1 a=#90071992547409.93 s='\"-7' b=#1234567890123456.7e1\n",
		  { 0 } },
		{ BYTES("{\n \"a\": 1\n}\n{\"a\":2}{\"a\":3}\n\n{\"a\":4}"),
		  "1 a=#1\n4 a=#2\n4 a=#3\n6 a=#4\n",
		  { 0 } },
		{ BYTES("[\n{\"a\":1},\n {\"a\":2}\n] \n[]\n{\"a\":3}[\n]\n"),
		  "2 a=#1\n3 a=#2\n6 a=#3\n",
		  { 0 } },
		{ BYTES("\xef\xbb\xbf [ ] "), "", { 0 } },
		{ BYTES("{\"a\":\"]}\\\"{\\\\\"}"), "1 a=']}\"{\\'\n", { 0 } },
		{ BYTES("{}\n"), "1\n", { .format = FORMAT_JSONL } },
	};
	(void)state;
	check_examples(examples, countof(examples));
}

static void test_json_refusals(void **state)
{
#define TRAILING "not JSON: something stands behind the end of the array"
#define BRACKET "not JSON: an unexpected {; is a bracket unclosed?"
	static const struct example examples[] = {
		{ BYTES("{\"a\":1\n{\"a\":2}\n"),
		  "1! " BRACKET " <{\"a\":1>\n2 a=#2 <{\"a\":2}>\n",
		  { .want_raw = true } },
		{ BYTES("{\"a\":[1\n{\"a\":2}\n"), "1! " BRACKET "\n2 a=#2\n", { 0 } },
		{ BYTES("{\"a\":\"x\n{\"a\":2}\n"),
		  "1! not JSON: control character 0x0a in a string\n2 a=#2\n",
		  { 0 } },
		{ BYTES("{\"a\":1}x y z\n{\"a\":2}7{\"a\":3}"),
		  "1 a=#1\n1! not JSON: \"x\"\n2 a=#2\n2! a record is a JSON object, not \"7\"\n"
		  "2 a=#3\n",
		  { 0 } },
		{ BYTES("[\n  {\n    \"a\": 1\n    \"b\": [\n      {\"c\": 3}\n    ]\n  },\n"
			"  {\"a\": 2}\n  {\"a\": 3},\n  {\"a\": 4}\n]\n"),
		  "2! not JSON: an unexpected quote\n8 a=#2\n"
		  "9! a comma is missing before this record\n10 a=#4\n",
		  { 0 } },
		{ BYTES("[][]\n[{\"a\":1}] {\"a\":2}\n[],\n[1,]]\n{\"a\":3}"),
		  "1! " TRAILING " <[]>\n2 a=#1 <{\"a\":1}>\n2! " TRAILING " <{\"a\":2}>\n"
		  "3! " TRAILING " <,>\n4! a record is a JSON object, not \"1\" <1>\n"
		  "4! not JSON: no record behind the last comma\n4! " TRAILING
		  " <]>\n5 a=#3 <{\"a\":3}>\n",
		  { .want_raw = true } },
		{ BYTES("[,{\"a\":1},,{\"a\":2},]\n{\"a\":3}"),
		  "1! not JSON: no record before a comma\n1 a=#1\n"
		  "1! not JSON: no record before a comma\n1 a=#2\n"
		  "1! not JSON: no record behind the last comma\n2 a=#3\n",
		  { 0 } },
		{ BYTES("[{\"a\":1}\n"),
		  "1 a=#1\n2! not JSON: the array is never closed\n",
		  { 0 } },
		{ BYTES("{\"a\":1,\"a\":2}\n{\"a\":{\"b\":1},\"a.b\":2}\n"),
		  "1! not JSON: duplicate object key near '\"a\"'\n"
		  "2! a.b: stands in the record twice\n",
		  { 0 } },
		{ BYTES("{\"a\":[{\"x\" : 1.50, \"y\":[]}]}{\"a\":[\"x;y\"]}{\"a\":[null]}"),
		  "1 a=json:[{\"x\":1.5,\"y\":[]}]\n1 a=json:[\"x;y\"]\n1 a=json:[null]\n",
		  { 0 } },
		{ BYTES("{\"a\":9223372036854775808}\n{\"a\":\"\\u0000\"}\n{\"a\":\"\xff\"}\n"
			"{\"a\":\0}\n{\"a\":1,\n\n\"b\":x}\n"),
		  "1 a=#9223372036854775808\n"
		  "2! a text in it holds \\u0000\n"
		  "3! not JSON: unable to decode byte 0xff near '\"'\n"
		  "4! not JSON: control character 0x00\n"
		  "5! not JSON: invalid token near 'x' (in line 7)\n",
		  { 0 } },
		{ BYTES("{\"a\":1"), "1! not JSON: the input ends inside of this value\n", { 0 } },
	};
	(void)state;
	check_examples(examples, countof(examples));
}

static int fd_of_encoded(const char *encoding, const char *text, struct str tail)
{
	char out[4096], *in = (char *)(uintptr_t)text, *to = out;
	size_t left = strlen(text), room = sizeof out;
	iconv_t cd = iconv_open(encoding, "UTF-8");
	assert_true(cd != (iconv_t)-1);
	assert_int_not_equal(iconv(cd, &in, &left, &to, &room), (size_t)-1);
	iconv_close(cd);
	memcpy(to, tail.p, tail.n);
	return fd_of((struct str){ out, (size_t)(to - out) + tail.n });
}

/* What cannot be decoded costs one record. */
static void test_encodings(void **state)
{
	static const struct {
		const char *encoding, *text;
		struct str tail;
		const char *expected;
	} examples[] = {
		{ "WINDOWS-1258", "tên,x\nÂu Đại,1\n", BYTES("b"),
		  "2 tên='Âu Đại' x='1'\n3! 1 cells, but there are 2 columns\n" },
		{ "UTF-16LE", "\xef\xbb\xbftên;x\r\nNguyễn 😎;1\r\n", BYTES(""),
		  "2 tên='Nguyễn 😎' x='1'\n" },
		{ "UTF-16LE", "a,b\nc,", BYTES("\0\xd8,\0\n\0d\0,\0e\0\n\0"),
		  "2! character 3 is none in \"UTF-16LE\"\n3 a='d' b='e'\n" },
		{ "UTF-16BE", "a,b\nđ,d", BYTES("\0"), "2! character 4 is none in \"UTF-16BE\"\n" },
		{ "UTF-16BE", "a\n", BYTES(""), "" },
		{ "CP1252", "a\n€\n", BYTES("\x81\nz"),
		  "2 a='€'\n3! character 1 is none in \"CP1252\"\n4 a='z'\n" },
	};
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		struct reader_options o = { .encoding = examples[i].encoding };
		int fd = fd_of_encoded(o.encoding, examples[i].text, examples[i].tail);
		assert_string_equal(transcript(fd, &o, &a), examples[i].expected);
		close(fd);
	}
	arena_free(&a);
}

/* The mark of UTF-8 says more than the option, however it comes in pieces; half a mark is text. */
static void test_marked(void **state)
{
	static const struct example examples[] = {
		{ BYTES("\xef\xbb\xbfđ\né\n"), "2 đ='é'\n", { .encoding = "CP1252" } },
		{ BYTES("\xef\xbb\n\xe9\n"), "2 ï»='é'\n", { .encoding = "CP1252" } },
		{ BYTES("\xef\xbb"), "", { .encoding = "CP1252" } },
		{ BYTES(""), "", { .encoding = "CP1252" } },
		{ BYTES("\xef\xbb\xbf{\"a\":\"é\"}"), "1 a='é'\n", { .encoding = "UTF-16LE" } },
	};
	(void)state;
	check_examples(examples, countof(examples));
}

static void test_delimiter(void **state)
{
	static const struct {
		const char *input;
		struct reader_options options;
		char delimiter;
	} examples[] = {
		{ "\"a\",b", { 0 }, ',' },
		{ "a: b;c", { 0 }, ';' },
		{ "a\tb", { 0 }, '\t' },
		{ "a", { 0 }, ',' },
		{ "a", { .delimiter = '^' }, '^' },
		{ "a,b", { .format = FORMAT_TSV }, '\t' },
		{ "lead-1", { 0 }, ',' },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		int fd = fd_of(str_of(examples[i].input));
		struct diag d = { 0 };
		struct reader *r = reader_open(fd, "test", &examples[i].options, &d);
		assert_non_null(r);
		assert_int_equal(reader_delimiter(r), examples[i].delimiter);
		reader_close(r);
		close(fd);
	}
}

/* Members are found whatever stands in strings, and keys are known however they are written. */
static void test_members(void **state)
{
	static const struct {
		const char *object, *expected;
	} examples[] = {
		{ "{}", "" },
		{ " { \n } ", "" },
		{ "{\"a\":1}", "a 1 <\"a\":1>\n" },
		{ "{ \"a\" :\n{\"b\":[1,{\"c\":\"}]\\\"\"}]} ,\n \"d\": \"\" }",
		  "a {\"b\":[1,{\"c\":\"}]\\\"\"}]} < \"a\" :\n{\"b\":[1,{\"c\":\"}]\\\"\"}]}>\n"
		  "d \"\" <\n \"d\": \"\">\n" },
		{ "{\"\\u0061\\\":\":null,\"\":[]}",
		  "a\": null <\"\\u0061\\\":\":null>\n [] <\"\":[]>\n" },
	};
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		struct buf b = { 0 };
		struct json_member m;
		for (size_t at = 0; json_next_member(str_of(examples[i].object), &at, &m, &a);)
			buf_printf(&b, "%.*s %.*s <%.*s>\n", (int)m.key.n, m.key.p, (int)m.value.n,
				   m.value.p, (int)m.text.n, m.text.p);
		assert_string_equal(buf_copy(&b, &a).p, examples[i].expected);
		buf_free(&b);
	}
	arena_free(&a);
}

static void test_sniffing(void **state)
{
	static const struct {
		const char *input;
		enum format format;
	} examples[] = {
		{ "{\"a\":1}", FORMAT_JSONL }, { " \n[]", FORMAT_JSON },
		{ "lead-42", FORMAT_REFS },    { "\n\nlead-42 \n", FORMAT_REFS },
		{ "lead-42,x", FORMAT_CSV },   { "name", FORMAT_CSV },
		{ "a\tb", FORMAT_TSV },	       { "a\tb,c", FORMAT_CSV },
		{ "a\tb;c", FORMAT_CSV },      { "lead-4x", FORMAT_CSV },
		{ "\"a\tb\",c", FORMAT_CSV },  { "", FORMAT_CSV },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		int fd = fd_of(str_of(examples[i].input));
		struct diag d = { 0 };
		struct reader *r = reader_open(fd, "test", &(struct reader_options){ 0 }, &d);
		assert_non_null(r);
		assert_int_equal(reader_format(r), examples[i].format);
		reader_close(r);
		close(fd);
	}
}

static void test_header(void **state)
{
	int fd = fd_of(STR("\xef\xbb\xbf a ,\"b\"\r\n1,2\r\n"));
	struct diag d = { 0 };
	struct reader *r = reader_open(fd, "test", &(struct reader_options){ 0 }, &d);
	size_t n;
	(void)state;
	const struct str *names = reader_columns(r, &n);
	assert_int_equal(n, 2);
	assert_true(str_is(names[0], "a") && str_is(names[1], "b"));
	assert_true(str_is(reader_header(r), " a ,\"b\""));
	assert_int_equal(reader_bytes(r), 17);
	reader_close(r);
	close(fd);
}

/* The layout changes exactly when the names do. */
static void test_layout(void **state)
{
	static const unsigned expected[] = { 1, 1, 2, 3, 3 };
	int fd = fd_of(STR("{\"a\":1,\"b\":2}{\"a\":3,\"b\":4}{\"b\":1,\"a\":2}{}{}"));
	struct diag d = { 0 };
	struct arena a = { 0 };
	struct row row;
	struct reader *r = reader_open(fd, "test", &(struct reader_options){ 0 }, &d);
	const struct str *names = NULL;
	(void)state;
	for (size_t i = 0; i < countof(expected); i++) {
		assert_int_equal(reader_next(r, &row, &a, &d), READ_ROW);
		assert_int_equal(row.layout, expected[i]);
		if (i == 1)
			assert_ptr_equal(row.names, names);
		names = row.names;
		arena_reset(&a);
	}
	assert_int_equal(reader_next(r, &row, &a, &d), READ_END);
	reader_close(r);
	arena_free(&a);
	close(fd);
}

/* Only of what is certain a row says that nobody has to look again: not of decomposed letters. */
static void test_sound(void **state)
{
	static const struct {
		struct str row;
		bool sound;
	} rows[] = {
		{ BYTES("Nguy\u1ec5n;x\n"), true },
		{ BYTES("Nguye\u0302\u0303n;x\n"), false },
		{ BYTES("\"\u6f22\";\U0001f600\n"), true },
		{ BYTES("x;\u212b\n"), false },
		{ BYTES("a;b\n"), true },
	};
	struct diag d = { 0 };
	struct arena a = { 0 };
	struct row row;
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		int fd = fd_of(arena_printf(&a, "n;m\n%s", rows[i].row.p));
		struct reader *r = reader_open(fd, "test", &(struct reader_options){ 0 }, &d);
		assert_int_equal(reader_next(r, &row, &a, &d), READ_ROW);
		assert_int_equal(row.sound, rows[i].sound);
		reader_close(r);
		close(fd);
	}
	arena_free(&a);
}

/* The record as the same layout or none before it makes one: "a=text b=-", or "refused". */
static const char *record_text(const char *before, struct str text, struct arena *a)
{
	struct json_layout layout = { 0 };
	struct diag d = { 0 };
	struct row row;
	const char *out = "refused";
	if (before)
		assert_true(json_record(str_of(before), &row, &layout, a, &d));
	if (json_record(text, &row, &layout, a, &d)) {
		out = "";
		for (size_t i = 0; i < row.n; i++)
			out = arena_printf(a, "%s %.*s=%d%.*s.", out, (int)row.names[i].n,
					   row.names[i].p, (int)row.cells[i].kind,
					   (int)row.cells[i].text.n, row.cells[i].text.p)
				  .p;
	} else {
		out = arena_printf(a, "refused: %.*s", (int)d.message.n, d.message.p).p;
	}
	diag_free(&d);
	arena_free(&layout.arena);
	return out;
}

/* A record like the one before it is read in a quicker way: nothing else comes of it. */
static void test_plain(void **state)
{
	/* clang-format off */
	static const char *const values[] = {
		"1", "-1", "0", "-0", "1.50", "-0.0", "100", "0.10", "1.", ".5", "01", "-01",
		"-", "1e3", "1E-2", "+1", "1x", "123456789012345678", "1234567890123456789",
		"92233720368547758070", "0.123456789012345678901", "1e999", "true", "false",
		"null", "tru", "truex", "nulll", "True", "\"\"", "\"x\"", "\"a;b\"", "\" x \"",
		"\"\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "\"\\u00e9\"", "\"\\u0000\"", "\"\\x\"",
		"\"\\\"", "\"\\", "\"a", "\"a\nb\"", "\"\x7f\"", "\"é\"", "\"\xff\"",
		"\"\xed\xa0\x80\"", "\"\xc0\xaf\"", "\"\xf4\x90\x80\x80\"", "\"\xef\xbf\xbf\"",
		"[]", "[ ]", "[1]", "[\"a\",\"b\"]", "[ 1.50 , true ]", "[\"a;b\"]", "[null]",
		"[1,]", "[,1]", "[1 2]", "[[1]]", "[{}]", "[1", "{}", "{\"c\":1}", "", "1,1",
		"1,\"a\":2", "1}", "1} {", "'x'",
	};
	static const char *const forms[] = {
		"{\"a\":%s,\"b\":2}", " {\t\"a\" :\r\n%s ,\"b\": 2 } \n", "{\"b\":2,\"a\":%s}",
		"{\"a\":%s}", "{\"a\":%s,\"b\":2,}", "{\"a\":%s,\"b\":2} x",
		"{\"a\":%s,,\"b\":2}", "{\"a\":%s \"b\":2}", "{\"a\":%s,\"b\":2,\"c\":3}",
		"{\"a\":%s,\"a\":2}", "{\"a\" %s,\"b\":2}", "{\"\\u0061\":%s,\"b\":2}",
		"[\"a\",%s]", "{\"a\":%s,\"b\":2",
	};
	/* clang-format on */
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < countof(values); i++)
		for (size_t k = 0; k < countof(forms); k++) {
			const char *at = strstr(forms[k], "%s");
			struct str s = arena_printf(&a, "%.*s%s%s", (int)(at - forms[k]), forms[k],
						    values[i], at + 2);
			assert_string_equal(record_text("{\"a\":0,\"b\":0}", s, &a),
					    record_text(NULL, s, &a));
			arena_reset(&a);
		}
	/* Which is the way of what programs write. */
	struct json_layout layout = { 0 };
	struct diag d = { 0 };
	struct row row;
	assert_true(json_record(STR("{\"a\":0,\"b\":0}"), &row, &layout, &a, &d));
	assert_true(json_plain(STR("{\"a\":\"x\\n\",\"b\":[1.5,true]}"), &row, &layout, &a));
	assert_false(json_plain(STR("{\"b\":1,\"a\":2}"), &row, &layout, &a));
	arena_free(&layout.arena);
	/* Names that are written otherwise than they are. */
	assert_string_equal(record_text("{\"a\\\":1,\\\"b\":0}", STR("{\"a\":1,\"b\":2}"), &a),
			    " a=31. b=32.");
	assert_string_equal(record_text("{\"a\\\\n\":0}", STR("{\"a\\n\":2}"), &a), " a\n=32.");
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),	  cmocka_unit_test(test_csv_refusals),
		cmocka_unit_test(test_tsv),	  cmocka_unit_test(test_refs),
		cmocka_unit_test(test_json),	  cmocka_unit_test(test_json_refusals),
		cmocka_unit_test(test_encodings), cmocka_unit_test(test_sniffing),
		cmocka_unit_test(test_marked),	  cmocka_unit_test(test_delimiter),
		cmocka_unit_test(test_members),	  cmocka_unit_test(test_header),
		cmocka_unit_test(test_layout),	  cmocka_unit_test(test_sound),
		cmocka_unit_test(test_plain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
