/* Writers: every format to the byte, and what happens where output cannot go. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/buf.h"
#include "stream/writer.h"

#define BYTES(literal)                          \
	{                                       \
		"" literal, sizeof(literal) - 1 \
	}

static const struct column columns[] = {
	{ .name = BYTES("id") },
	{ .name = BYTES("a,b"), .label = BYTES("Name") },
	{ .name = BYTES("amount"), .right = true },
};
enum { N = countof(columns) };

static const struct cell rows[][N] = {
	{ { CELL_TEXT, BYTES("lead-1") },
	  { CELL_TEXT, BYTES("x, \"y\"") },
	  { CELL_NUMBER, BYTES("-1.5") } },
	{ { CELL_ABSENT, BYTES("") }, { CELL_TEXT, BYTES("") }, { CELL_NULL, BYTES("") } },
	{ { CELL_TEXT, BYTES("lead-3") },
	  { CELL_LIST, BYTES("a;b c;") },
	  { CELL_BOOL, BYTES("true") } },
	{ { CELL_TEXT, BYTES(" b") },
	  { CELL_TEXT, BYTES("l\r\n\tm\\") },
	  { CELL_TEXT, BYTES("=1\x7f\x01") } },
	{ { CELL_TEXT, BYTES("-Đ😀") },
	  { CELL_LIST, BYTES("") },
	  { CELL_TEXT, BYTES("\xff"
			     "a\"") } },
};

/* The output of the first n rows, for the caller to free. */
static char *written(size_t n, const struct writer_options *o)
{
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&bytes, &size);
	struct writer *w = writer_open(out, columns, N, o);
	for (size_t i = 0; i < n; i++)
		writer_row(w, rows[i]);
	writer_close(w);
	fclose(out);
	return bytes;
}

static void test_formats(void **state)
{
	static const struct {
		struct writer_options options;
		size_t n;
		const char *expected;
	} examples[] = {
		{ { .format = FORMAT_CSV }, 0, "id,\"a,b\",amount\n" },
		{ { .format = FORMAT_CSV },
		  countof(rows),
		  "id,\"a,b\",amount\nlead-1,\"x, \"\"y\"\"\",-1.5\n,\"\",\nlead-3,a;b c;,true\n"
		  "\" b\",\"l\r\n\tm\\\",=1\x7f\x01\n-Đ😀,,\"\xff"
		  "a\"\"\"\n" },
		{ { .format = FORMAT_CSV, .excel = true },
		  countof(rows),
		  "\xef\xbb\xbfid,\"a,b\",amount\r\nlead-1,\"x, \"\"y\"\"\",-1.5\r\n,\"\",\r\n"
		  "lead-3,a;b c;,true\r\n\" b\",\"l\r\n\tm\\\",'=1\x7f\x01\r\n'-Đ😀,,\"\xff"
		  "a\"\"\"\r\n" },
		{ { .format = FORMAT_TSV },
		  4,
		  "id\ta,b\tamount\nlead-1\tx, \"y\"\t-1.5\n\t\t\nlead-3\ta;b c;\ttrue\n"
		  " b\tl\\r\\n\\tm\\\\\t=1\x7f\x01\n" },
		{ { .format = FORMAT_JSON }, 0, "[]\n" },
		{ { .format = FORMAT_JSON },
		  2,
		  "[\n{\"id\":\"lead-1\",\"a,b\":\"x, \\\"y\\\"\",\"amount\":-1.5},\n"
		  "{\"id\":null,\"a,b\":\"\",\"amount\":null}\n]\n" },
		{ { .format = FORMAT_JSONL }, 0, "" },
		{ { .format = FORMAT_AUTO },
		  countof(rows),
		  "{\"id\":\"lead-1\",\"a,b\":\"x, \\\"y\\\"\",\"amount\":-1.5}\n"
		  "{\"id\":null,\"a,b\":\"\",\"amount\":null}\n"
		  "{\"id\":\"lead-3\",\"a,b\":[\"a\",\"b c\",\"\"],\"amount\":true}\n"
		  "{\"id\":\" b\",\"a,b\":\"l\\r\\n\\tm\\\\\",\"amount\":\"=1\\u007f\\u0001\"}\n"
		  "{\"id\":\"-Đ😀\",\"a,b\":[],\"amount\":\"\xef\xbf\xbd"
		  "a\\\"\"}\n" },
		{ { .format = FORMAT_REFS }, 3, "lead-1\nlead-3\n" },
		{ { .format = FORMAT_TABLE }, 0, "" },
		{ { .format = FORMAT_TABLE },
		  countof(rows),
		  "id     Name   amount\nlead-1 x, \"y\"   -1.5\n\n"
		  "lead-3 a;b c;   true\n b     l…       =1␡␁\n-Đ😀             \xef\xbf\xbd"
		  "a\"\n" },
		{ { .format = FORMAT_TABLE, .colour = true },
		  1,
		  "\033[1mid    \033[0m \033[1mName  \033[0m \033[1mamount\033[0m\nlead-1 x, \"y\" "
		  "  -1.5\n" },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		char *got = written(examples[i].n, &examples[i].options);
		assert_string_equal(got, examples[i].expected);
		free(got);
	}
}

/* Rows of n cells each as a table of that width prints them; to be freed. */
static char *tabled(const struct column *of, size_t n, const struct cell *cells, size_t times,
		    int width)
{
	struct writer_options o = { .format = FORMAT_TABLE, .width = width };
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&bytes, &size);
	struct writer *w = writer_open(out, of, n, &o);
	assert_true(writer_human(w));
	for (size_t i = 0; i < times; i++)
		writer_row(w, cells + i * n);
	writer_close(w);
	fclose(out);
	return bytes;
}

static void test_table_width(void **state)
{
	static const struct column wide[] = {
		{ .name = BYTES("id") },
		{ .name = BYTES("name") },
		{ .name = BYTES("note") },
		{ .name = BYTES("amount"), .right = true },
	};
	static const struct cell row[] = {
		{ CELL_TEXT, BYTES("opportunity-1") },
		{ CELL_TEXT, BYTES("Nguyễn Văn Đức Anh") },
		{ CELL_TEXT, BYTES("日本語のメモ") },
		{ CELL_NUMBER, BYTES("1500000") },
	};
	static const struct {
		int width;
		const char *expected;
	} examples[] = {
		{ 0, "id            name               note          amount\n"
		     "opportunity-1 Nguyễn Văn Đức Anh 日本語のメモ 1500000\n" },
		{ 50, "id            name            note          amount\n"
		      "opportunity-1 Nguyễn Văn Đức… 日本語のメモ 1500000\n" },
		{ 40, "id            name     note     amount\n"
		      "opportunity-1 Nguyễn … 日本語… 1500000\n" },
		{ 34, "id            name               …\nopportunity-1 Nguyễn Văn Đức Anh\n" },
		{ 30, "id            name           …\nopportunity-1 Nguyễn Văn Đứ…\n" },
		{ 5, "…\n\n" },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		char *bytes = tabled(wide, countof(wide), row, 1, examples[i].width);
		assert_string_equal(bytes, examples[i].expected);
		free(bytes);
	}
	assert_string_equal(localeconv()->decimal_point, ".");
}

/* Words give way, references never: neither in a tree nor as a document's number. */
static void test_table_references(void **state)
{
	static const struct column tree[] = {
		{ .name = BYTES("stage") },
		{ .name = BYTES("number") },
		{ .name = BYTES("about") },
	};
	static const struct cell branches[][3] = {
		{ { CELL_TEXT, BYTES("Negotiations") },
		  { CELL_NULL, BYTES("") },
		  { CELL_TEXT, BYTES("three deals of it") } },
		{ { CELL_TEXT, BYTES("└─ deal-12") },
		  { CELL_TEXT, BYTES("SO-2026-0001") },
		  { CELL_TEXT, BYTES("pump-action-1 and more") } },
	};
	char *bytes = tabled(tree, countof(tree), *branches, countof(branches), 32);
	(void)state;
	assert_string_equal(bytes, "stage      number       about\n"
				   "Negotiati…              three d…\n"
				   "└─ deal-12 SO-2026-0001 pump-ac…\n");
	free(bytes);
}

/* The currency comes before the figures where some have no room, and else stands where it did. */
static void test_table_currency(void **state)
{
	static const struct column sums[] = {
		{ .name = BYTES("owner") },
		{ .name = BYTES("sales"), .right = true },
		{ .name = BYTES("revenue"), .right = true },
		{ .name = BYTES("discount"), .right = true },
		{ .name = BYTES("currency") },
	};
	static const struct cell row[] = { { CELL_TEXT, BYTES("Lan") },
					   { CELL_NUMBER, BYTES("2") },
					   { CELL_NUMBER, BYTES("841.00") },
					   { CELL_NUMBER, BYTES("0.50") },
					   { CELL_TEXT, BYTES("USD") } };
	static const struct {
		int width;
		const char *expected;
	} examples[] = {
		{ 37, "owner sales revenue discount currency\nLan       2  841.00     0.50 USD\n" },
		{ 36, "owner currency sales revenue …\nLan   USD          2  841.00\n" },
		{ 22, "owner currency sales …\nLan   USD          2\n" },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		char *bytes = tabled(sums, countof(sums), row, 1, examples[i].width);
		assert_string_equal(bytes, examples[i].expected);
		free(bytes);
	}
}

/* What is cut at its end stays so until that makes two names one, in that column alone. */
static void test_table_alike(void **state)
{
	static const struct column names[] = { { .name = BYTES("name") }, { .name = BYTES("of") } };
	static const struct cell people[][2] = {
		{ { CELL_TEXT, BYTES("Công ty Minh Anh") }, { CELL_TEXT, BYTES("a longer text") } },
		{ { CELL_TEXT, BYTES("Công ty Minh Ánh") }, { CELL_TEXT, BYTES("a longer text") } },
		{ { CELL_TEXT, BYTES("Sao Mai") }, { CELL_TEXT, BYTES("another text") } },
	};
	char *bytes = tabled(names, countof(names), *people, countof(people), 21);
	(void)state;
	assert_string_equal(bytes, "name       of\n"
				   "Công…h Anh a longer …\n"
				   "Công…h Ánh a longer …\n"
				   "Sao Mai    another t…\n");
	free(bytes);
}

static void test_json_string(void **state)
{
	static const struct {
		struct str text;
		const char *expected;
	} examples[] = {
		{ BYTES(""), "\"\"" },
		{ BYTES("a\0b"), "\"a\\u0000b\"" },
		{ BYTES("\b\f\n\r\t\x1f\"\\/"), "\"\\b\\f\\n\\r\\t\\u001f\\\"\\\\/\"" },
		{ BYTES("Đức\n"), "\"Đức\\n\"" },
		{ BYTES("é\xc3\n\xed\xa0\x80"), "\"é�\\n���\"" },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		struct buf b = { 0 };
		json_put_string(&b, examples[i].text);
		buf_putc(&b, '\0');
		assert_string_equal(b.p, examples[i].expected);
		buf_free(&b);
	}
}

/* What is flushed is there before the writer is closed. */
static void test_flush(void **state)
{
	int ends[2];
	char got[64];
	(void)state;
	assert_int_equal(pipe(ends), 0);
	FILE *out = fdopen(ends[1], "w");
	struct writer *w =
	    writer_open(out, columns, N, &(struct writer_options){ .format = FORMAT_REFS });
	writer_row(w, rows[0]);
	writer_flush(w);
	assert_int_equal(read(ends[0], got, sizeof got), 7);
	assert_memory_equal(got, "lead-1\n", 7);
	writer_close(w);
	fclose(out);
	close(ends[0]);
}

/* Exit status of a child that writes n rows to out; what it said on stderr goes into said. */
static int child_status(FILE *out, const struct column *c, enum format format, int n,
			char said[256])
{
	int ends[2];
	fflush(NULL);
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		signal(SIGPIPE, SIG_IGN);
		dup2(ends[1], STDERR_FILENO);
		static struct writer *w; /* it may exit without closing it: that is no leak */
		w = writer_open(out, c, N, &(struct writer_options){ .format = format });
		for (int i = 0; i < n; i++)
			writer_row(w, rows[0]);
		writer_close(w);
		_exit(99);
	}
	close(ends[1]);
	ssize_t got = read(ends[0], said, 255);
	said[got > 0 ? got : 0] = '\0';
	close(ends[0]);
	int status;
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_full_disk(void **state)
{
	static const enum format some[] = { FORMAT_CSV, FORMAT_JSONL, FORMAT_TABLE };
	char said[256];
	(void)state;
	for (size_t i = 0; i < countof(some); i++)
		for (int n = 1; n < 100000; n *= 100) {
			FILE *full = fopen("/dev/full", "w");
			assert_int_equal(child_status(full, columns, some[i], n, said), STATUS_ENV);
			assert_string_equal(
			    said, "crm: cannot write the output: No space left on device\n");
			fclose(full);
		}
}

static void test_closed_pipe(void **state)
{
	char said[256];
	(void)state;
	for (int n = 1; n < 100000; n *= 100) {
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		close(ends[0]);
		FILE *out = fdopen(ends[1], "w");
		assert_int_equal(child_status(out, columns, FORMAT_CSV, n, said), STATUS_OK);
		assert_string_equal(said, "");
		fclose(out);
	}
}

static void test_refs_need_id(void **state)
{
	static const struct column none[N] = { { .name = BYTES("name") } };
	char said[256];
	(void)state;
	assert_int_equal(child_status(stdout, none, FORMAT_REFS, 1, said), STATUS_USAGE);
	assert_string_equal(said, "crm: references need the column id\n");
}

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < nformats; i++) {
		assert_ptr_equal(format_by_name(str_of(formats[i].name)), &formats[i]);
		assert_ptr_equal(format_def(formats[i].format), &formats[i]);
	}
	assert_null(format_by_name(STR("xml")));
	assert_null(format_def(FORMAT_AUTO));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),	       cmocka_unit_test(test_table_width),
		cmocka_unit_test(test_table_alike),    cmocka_unit_test(test_table_references),
		cmocka_unit_test(test_json_string),    cmocka_unit_test(test_flush),
		cmocka_unit_test(test_full_disk),      cmocka_unit_test(test_closed_pipe),
		cmocka_unit_test(test_refs_need_id),   cmocka_unit_test(test_names),
		cmocka_unit_test(test_table_currency),
	};
	setenv("LC_ALL", "C", 1); /* as in cron */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
