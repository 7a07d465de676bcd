/* Readers at their limits: live pipes, records without end, bounded memory and time. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/resource.h>
#include <sys/wait.h>

#include "stream_fixture.h"

static void test_depth(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	(void)state;
	for (int i = 0; i < 70; i++)
		buf_puts(&b, "{\"a\":");
	buf_puts(&b, "\n{\"a\":1}\n");
	int fd = fd_of(buf_str(&b));
	assert_string_equal(transcript(fd, &(struct reader_options){ 0 }, &a),
			    "1! nested deeper than 64 levels\n2 a=#1\n");
	close(fd);
	buf_free(&b);
	arena_free(&a);
}

/* A record is handed out as soon as it is whole: the pipe stays open, so a read too many hangs. */
static void test_live(void **state)
{
	static const struct {
		const char *first, *second;
	} examples[] = {
		{ "a,b\r\n1,2\r\n", "\"3\n\",4\n" }, { "a\tb\n1\t2\n", "3\t4\n" },
		{ "lead-1\n", "lead-2\n" },	     { "{\"a\":1}", "\n{\"a\":2}" },
		{ "[{\"a\":1}", ",{\"a\":2}]" },
	};
	struct arena a = { 0 };
	(void)state;
	alarm(20);
	for (size_t i = 0; i < countof(examples); i++) {
		int ends[2];
		struct diag d = { 0 };
		struct row row;
		assert_int_equal(pipe(ends), 0);
		assert_true(write(ends[1], examples[i].first, strlen(examples[i].first)) > 0);
		struct reader *r = reader_open(ends[0], "pipe", &(struct reader_options){ 0 }, &d);
		assert_non_null(r);
		assert_int_equal(reader_next(r, &row, &a, &d), READ_ROW);
		assert_true(write(ends[1], examples[i].second, strlen(examples[i].second)) > 0);
		assert_int_equal(reader_next(r, &row, &a, &d), READ_ROW);
		close(ends[1]);
		assert_int_equal(reader_next(r, &row, &a, &d), READ_END);
		reader_close(r);
		close(ends[0]);
	}
	alarm(0);
	arena_free(&a);
}

/* A file, of which read(2) gives as much as is asked for. */
static int huge_file(const char *before, const char *piece, int n, const char *after)
{
	FILE *f = tmpfile();
	assert_non_null(f);
	fputs(before, f);
	for (int i = 0; i < n; i++)
		fputs(piece, f);
	fputs(after, f);
	assert_int_equal(fflush(f), 0);
	int fd = dup(fileno(f));
	fclose(f);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* A child writes before, n × piece, after; returns the end to read from. */
static int huge_input(const char *before, const char *piece, int n, const char *after)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	if (fork() == 0) {
		FILE *out = fdopen(ends[1], "w");
		fputs(before, out);
		for (int i = 0; i < n; i++)
			fputs(piece, out);
		fputs(after, out);
		fclose(out);
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

static long peak_kib(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

/* Records over RECORD_MAX cost bounded memory, and what follows them is read. */
static void test_huge(void **state)
{
	static char kib[1024 + 1], lines[1024 + 1];
	static const struct {
		const char *before, *piece, *after, *first, *last;
	} examples[] = {
		{ "a,b\n1,", kib, "\n3,4\n", "2! b: the record is longer than 64 MiB\n3 a='3'",
		  "b='4'\n" },
		{ "a,b\n1,\"", kib, "\"\n3,4\n", "2! b: the record is longer than 64 MiB\n3 a='3'",
		  "b='4'\n" },
		{ "a,b\n1,\"\n", lines, "3,4\n",
		  "2! b: the quote that opens here is not closed within 64 MiB\n3! 1 cells",
		  "b='4'\n" },
		{ "a\tb\n1\t", kib, "\n3\t4\n", "2! b: the record is longer than 64 MiB\n3 a='3'",
		  "b='4'\n" },
		{ "{\"a\":\"", kib, "\"}\n{\"a\":2}",
		  "1! a: the record is longer than 64 MiB\n2 a=#2", "a=#2\n" },
		{ "[{\"b\":\"", kib, "\"},{\"a\":2}]",
		  "1! b: the record is longer than 64 MiB\n1 a=#2", "a=#2\n" },
		{ "[{\"b\":\"", kib, "\",{}},{\"a\":2}]\n{\"a\":3}",
		  "1! b: the record is longer than 64 MiB\n2 a=#3", "the array is never closed\n" },
		{ "[{\"a\":0},", kib, "]\n,{\"a\":2}]", "1 a=#0\n1! not JSON: \"xxx", "a=#2\n" },
	};
	(void)state;
	memset(kib, 'x', 1024);
	memset(lines, 'x', 1023);
	lines[1023] = '\n';
	for (size_t i = 0; i < 2 * countof(examples); i++) {
		struct arena a = { 0 };
		size_t k = i / 2;
		int fd = (i % 2 ? huge_file : huge_input)(examples[k].before, examples[k].piece,
							  100 * 1024, examples[k].after);
		const char *got = transcript(fd, &(struct reader_options){ 0 }, &a);
		assert_memory_equal(got, examples[k].first, strlen(examples[k].first));
		const char *end = got + strlen(got) - strlen(examples[k].last);
		assert_string_equal(end, examples[k].last);
		close(fd);
		if (i % 2 == 0)
			wait(NULL);
		arena_free(&a);
	}
#ifndef __SANITIZE_ADDRESS__
	assert_true(peak_kib() < 4 * (RECORD_MAX >> 10));
#else
	(void)peak_kib;
#endif
}

/* Of a record no more than PARTS_MAX are taken; what follows it is read. */
static void test_parts(void **state)
{
	static const struct {
		const char *before, *piece;
		int n;
		const char *after, *wanted;
	} examples[] = {
		{ "a,b\n", ",", PARTS_MAX - 1, "\n3,4\n",
		  "2! 100000 cells, but there are 2 columns\n3 a='3' b='4'\n" },
		{ "a,b\n", ",", PARTS_MAX, "\n3,4\n",
		  "2! more than 100000 cells\n3 a='3' b='4'\n" },
		{ "a,b\n", "\"\",", PARTS_MAX, "\n3,4\n",
		  "2! more than 100000 cells\n3 a='3' b='4'\n" },
		{ "a\tb\n1", "\t", PARTS_MAX, "\n3\t4\n",
		  "2! more than 100000 cells\n3 a='3' b='4'\n" },
		{ "a", ",a", PARTS_MAX, "\n", "!1 more than 100000 columns\n" },
		{ "a", "\ta", PARTS_MAX, "\n", "!1 more than 100000 cells\n" },
		{ "[{\"a\":[0", ",0", PARTS_MAX, "]},{\"a\":2}]",
		  "1! more than 100000 values\n1 a=#2\n" },
		{ "{\"a\":[[]", ",{}", PARTS_MAX / 2, "]}\n{\"a\":2}",
		  "1! more than 100000 values\n2 a=#2\n" },
	};
	(void)state;
	for (size_t i = 0; i < countof(examples); i++) {
		struct arena a = { 0 };
		int fd = huge_file(examples[i].before, examples[i].piece, examples[i].n,
				   examples[i].after);
		assert_string_equal(transcript(fd, &(struct reader_options){ 0 }, &a),
				    examples[i].wanted);
		close(fd);
		arena_free(&a);
	}
}

/* Time stays linear where many lines are wrong. */
static void test_many_strays(void **state)
{
	static const char *const lines[] = { "1,\"x\n", "5\" x,2\n", "\"\"\"\"x,2\n", "{\n",
					     "{\"a\":[1,\n" };
	(void)state;
	alarm(60);
	for (size_t i = 0; i < countof(lines); i++) {
		struct buf b = { 0 };
		struct arena a = { 0 };
		if (lines[i][0] != '{')
			buf_puts(&b, "a,b\n");
		for (int n = 0; n < 20000; n++)
			buf_puts(&b, lines[i]);
		int fd = fd_of(buf_str(&b));
		assert_non_null(strchr(transcript(fd, &(struct reader_options){ 0 }, &a), '!'));
		close(fd);
		buf_free(&b);
		arena_free(&a);
	}
	alarm(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_depth),	    cmocka_unit_test(test_live),
		cmocka_unit_test(test_many_strays), cmocka_unit_test(test_huge),
		cmocka_unit_test(test_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
