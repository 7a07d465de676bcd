/* For the fuzzers of lib/stream: reads all records of an input, and checks what is promised of
 * them. */
#ifndef CRM_FUZZ_STREAM_INPUT_H
#define CRM_FUZZ_STREAM_INPUT_H

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/utf8.h"
#include "stream/reader.h"

static inline void check_row(const struct row *row, long before)
{
	if (row->line < before || !row->layout || row->missing > row->n)
		abort();
	for (size_t i = 0; i < row->n; i++) {
		struct str s = row->cells[i].text;
		if (!utf8_valid(s) || str_find(s, '\0') >= 0 || !utf8_valid(row->names[i]))
			abort();
	}
}

static inline void read_through(const uint8_t *data, size_t n, const struct reader_options *o)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	struct diag d = { 0 };
	struct arena a = { 0 };
	struct row row;
	long line = 1;
	struct reader *r = reader_open(fd, "fuzz", o, &d);
	for (enum read_result got; r && (got = reader_next(r, &row, &a, &d)) != READ_END;) {
		if (got == READ_ROW)
			check_row(&row, line);
		else if (!d.message.n)
			abort();
		line = row.line;
		arena_reset(&a);
	}
	reader_close(r);
	arena_free(&a);
	diag_free(&d);
	close(fd);
}

#endif
