/* For the tests of lib/stream: inputs from memory, and what a reader made of them as text. */
#ifndef CRM_TEST_STREAM_FIXTURE_H
#define CRM_TEST_STREAM_FIXTURE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/buf.h"
#include "stream/reader.h"

/* A struct str for static tables, which may not hold compound literals. */
#define BYTES(literal)                          \
	{                                       \
		"" literal, sizeof(literal) - 1 \
	}

static inline int fd_of(struct str bytes)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n ||
	    lseek(fd, 0, SEEK_SET) != 0)
		abort();
	return fd;
}

/*
 * One cell: - absent, ~ null, else its text in a mark of its kind: 'text' #number
 * ?bool [list].
 */
static inline void put_cell(struct buf *b, const struct cell *c)
{
	static const struct {
		const char *before, *after;
	} marks[] = {
		[CELL_ABSENT] = { "-", "" },   [CELL_NULL] = { "~", "" },
		[CELL_TEXT] = { "'", "'" },    [CELL_NUMBER] = { "#", "" },
		[CELL_BOOL] = { "?", "" },     [CELL_LIST] = { "[", "]" },
		[CELL_JSON] = { "json:", "" },
	};
	buf_puts(b, marks[c->kind].before);
	buf_escape(b, c->text);
	buf_puts(b, marks[c->kind].after);
}

/* "17 a='x' b=- <raw>\n" for a row, "18! message <raw>\n" for a refusal. */
static inline void put_result(struct buf *b, enum read_result got, const struct row *row,
			      const struct diag *d)
{
	buf_printf(b, "%ld%s", row->line, got == READ_BAD ? "!" : "");
	if (got == READ_BAD) {
		buf_printf(b, " %s%s", d->field ? d->field : "", d->field ? ": " : "");
		buf_escape(b, d->message);
	}
	for (size_t i = 0; i < row->n; i++) {
		buf_printf(b, " %.*s=", (int)row->names[i].n, row->names[i].p);
		put_cell(b, &row->cells[i]);
	}
	if (row->raw.p) {
		buf_puts(b, " <");
		buf_escape(b, row->raw);
		buf_putc(b, '>');
	}
	buf_putc(b, '\n');
}

/* All that a reader makes of fd, as text in the arena; "!line message" if it will not open. */
static inline const char *transcript(int fd, const struct reader_options *o, struct arena *out)
{
	struct buf b = { 0 };
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	struct reader *r = reader_open(fd, "test", o, &d);
	if (!r)
		buf_printf(&b, "!%ld %.*s\n", d.line, (int)d.message.n, d.message.p);
	for (enum read_result got; r && (got = reader_next(r, &row, &a, &d)) != READ_END;) {
		put_result(&b, got, &row, &d);
		arena_reset(&a);
	}
	reader_close(r);
	arena_free(&a);
	diag_free(&d);
	const char *text = buf_copy(&b, out).p;
	buf_free(&b);
	return text;
}

/* Where the real inputs are. */
static inline const char *data_dir(void)
{
	const char *dir = getenv("CRM_TEST_DATA");
	return dir ? dir : "../shared/data";
}

static inline bool has_data(const char *folder)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", data_dir(), folder);
	if (access(path, R_OK) == 0)
		return true;
	fprintf(stderr, "# skipped: no %s\n", path);
	return false;
}

/* The whole file, in the arena; p is NULL if it is not there. */
static inline struct str slurp(const char *path, struct arena *a)
{
	struct buf b = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (struct str){ 0 };
	for (ssize_t n; (n = read(fd, buf_room(&b, 65536), 65536)) > 0;)
		b.n += (size_t)n;
	close(fd);
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return text;
}

#endif
