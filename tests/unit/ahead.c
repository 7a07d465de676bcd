/* Rows that a second thread reads are those that the reader hands out. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/socket.h>
#include <sys/wait.h>

#include "core/utf8.h"
#include "stream/ahead.h"
#include "stream_fixture.h"

/* As transcript() of the fixture. */
static const char *transcript_ahead(int fd, const struct reader_options *o, struct arena *out)
{
	struct buf b = { 0 };
	struct diag d = { 0 };
	struct ahead_row next;
	struct arena folded = { 0 };
	struct reader *r = reader_open(fd, "test", o, &d);
	assert_non_null(r);
	struct ahead *h = ahead_open(r);
	for (enum read_result got; (got = ahead_next(h, &next, &d)) != READ_END;) {
		assert_string_equal(d.source.p, "test");
		assert_string_equal(utf8_fold(STR("Đặng Thị Tổng"), &folded).p, "dang thi tong");
		arena_reset(&folded);
		assert_int_equal(d.line, next.row.line);
		put_result(&b, got, &next.row, &d);
	}
	assert_int_equal(ahead_next(h, &next, &d), READ_END);
	assert_int_equal(next.bytes, lseek(fd, 0, SEEK_END));
	ahead_close(h);
	reader_close(r);
	arena_free(&folded);
	diag_free(&d);
	const char *text = buf_copy(&b, out).p;
	buf_free(&b);
	return text;
}

/* Which row comes at i: short ones, some over two lines, some refused, some very long. */
static void put_row(struct buf *b, int i, char delimiter)
{
	static const char *const names[] = { "Tổng giám đốc", "TỔNG  CỘNG", "Tong cong", "" };
	buf_printf(b, "%s%d%c", names[(size_t)i % 5 % countof(names)], i, delimiter);
	if (i % 1001 > 998)
		for (int n = 0; n < 1 << 18; n++)
			buf_puts(b, "01234567");
	else if (i % 89 == 0)
		buf_puts(b, "a \" b");
	else if (i % 97 == 0)
		buf_puts(b, "\xff");
	else if (i % 7 == 0)
		buf_puts(b, "\"a\nb\"");
	buf_putc(b, '\n');
}

static void test_tables(void **state)
{
	(void)state;
	for (const char *delimiter = ",\t"; *delimiter; delimiter++) {
		struct arena a = { 0 };
		struct buf b = { 0 };
		buf_printf(&b, "id%cname\n", *delimiter);
		for (int i = 0; i < 4000; i++)
			put_row(&b, i, *delimiter);
		int fd = fd_of(buf_str(&b));
		const struct reader_options o = { .want_raw = true, .ragged = true };
		const char *wanted = transcript(fd, &o, &a);
		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
		assert_string_equal(transcript_ahead(fd, &o, &a), wanted);
		close(fd);
		buf_free(&b);
		arena_free(&a);
	}
}

/* The names change from row to row. */
static void test_objects(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "{\"a%d\":%d}\n%s", i % 3, i, i % 10 ? "" : "{\n");
	int fd = fd_of(buf_str(&b));
	const char *wanted = transcript(fd, &(struct reader_options){ 0 }, &a);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_string_equal(transcript_ahead(fd, &(struct reader_options){ 0 }, &a), wanted);
	close(fd);
	buf_free(&b);
	arena_free(&a);
}

/* Takes three rows, and no more, of far more than one batch. */
static void test_stop(void **state)
{
	struct buf b = { 0 };
	struct diag d = { 0 };
	struct ahead_row next;
	(void)state;
	buf_puts(&b, "id,name\n");
	for (int i = 0; i < 5000; i++)
		put_row(&b, 1, ',');
	int fd = fd_of(buf_str(&b));
	struct reader *r = reader_open(fd, "test", &(struct reader_options){ 0 }, &d);
	struct ahead *h = ahead_open(r);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ahead_next(h, &next, &d), READ_ROW);
		assert_int_equal(next.row.line, i + 2);
	}
	ahead_close(h);
	reader_close(r);
	close(fd);
	buf_free(&b);
	diag_free(&d);
}

/* How a program ends that reads what comes from the other end of a connection that is reset. */
static void read_all(int fd)
{
	struct diag d = { 0 };
	struct ahead_row next;
	struct reader *r = reader_open(fd, "test", &(struct reader_options){ 0 }, &d);
	struct ahead *h = ahead_open(r);
	while (ahead_next(h, &next, &d) == READ_ROW)
		if (next.row.cells[0].text.n != 1)
			_exit(1); /* half a row */
	_exit(2);
}

static void test_failure(void **state)
{
	int ends[2], status;
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	assert_int_equal(write(ends[0], "unread", 6), 6);
	assert_int_equal(write(ends[1], "a\n1\n2\n345", 9), 9);
	close(ends[1]); /* with something unread: a reset behind what was written */
	pid_t child = fork();
	if (!child)
		read_all(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), STATUS_ENV);
	close(ends[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_failure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
