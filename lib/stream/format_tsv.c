/* Tab-separated values, in and out: a line is a record; tab, line ends and backslash are escaped.
 */
#include <stdlib.h>

#include "core/buf.h"
#include "stream/reader_impl.h"
#include "stream/writer_impl.h"

/* The letter behind the backslash, or 0 for bytes that stand for themselves. */
static const char escape[256] = { ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\' };

/* A backslash before any other letter is a plain one: C:\Program Files. */
static bool unescape(char letter, char *out)
{
	switch (letter) {
	case 't':
		*out = '\t';
		return true;
	case 'n':
		*out = '\n';
		return true;
	case 'r':
		*out = '\r';
		return true;
	case '\\':
		*out = '\\';
		return true;
	default:
		return false;
	}
}

static struct cell tsv_cell(struct str s, struct arena *a)
{
	char *text = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && unescape(s.p[i + 1], &text[n]))
			i++;
		else
			text[n] = s.p[i];
		n++;
	}
	return (struct cell){ n ? CELL_TEXT : CELL_ABSENT, { text, n } };
}

/* NULL with diag: it is no text, or too many. */
static struct cell *tsv_cells(const struct reader *r, struct str line, struct row *row, size_t *n,
			      struct arena *a, struct diag *d)
{
	struct str rest = line.p ? line : STR(""), piece;
	*n = 1;
	for (size_t i = 0; i < line.n; i++)
		*n += line.p[i] == '\t';
	if (!reader_text(r, line, row, d) || !reader_few(*n, "cells", d))
		return NULL;
	struct cell *cells = arena_new(a, struct cell, *n);
	for (size_t i = 0; str_cut(&rest, '\t', &piece); i++)
		cells[i] = tsv_cell(piece, a);
	return cells;
}

/* The next line that says something, without its end; *n is its length with it. */
static enum line_result next_line(struct reader *r, struct str *line, size_t *n)
{
	struct source *s = &r->source;
	for (;;) {
		enum line_result got = source_line(s, 0, n);
		if (got != LINE_HERE)
			return got;
		*line = source_chomp(s, str_sub(source_window(s), 0, *n));
		if (!reader_blank(r, *line, '\t'))
			return LINE_HERE;
		source_take(s, *n);
	}
}

static enum read_result tsv_next(struct reader *r, struct row *row, struct arena *a, struct diag *d)
{
	struct str line = { 0 };
	size_t n, ncells;
	enum line_result got = next_line(r, &line, &n);
	reader_begin(r, row, d);
	if (got == LINE_END)
		return READ_END;
	if (got == LINE_LONG)
		return reader_refuse_long(r, d);
	struct cell *cells = tsv_cells(r, line, row, &ncells, a, d);
	if (!cells)
		return reader_refuse(r, row, n, a);
	return reader_cells(r, row, cells, ncells, n, a, d);
}

static bool tsv_open(struct reader *r, struct diag *d)
{
	if (r->options.headless)
		return true;
	struct row row = { 0 };
	struct str line = { 0 };
	size_t n, ncells;
	enum line_result got = next_line(r, &line, &n);
	reader_begin(r, &row, d);
	if (got == LINE_END)
		return true;
	if (got == LINE_LONG)
		return diag_set(d, NULL, "the header is longer than %d MiB", RECORD_MAX >> 20);
	struct cell *cells = tsv_cells(r, line, &row, &ncells, &r->arena, d);
	if (!cells || !reader_set_columns(r, cells, ncells, line, d))
		return false;
	source_take(&r->source, n);
	return true;
}

const struct reader_ops tsv_reader = { .open = tsv_open, .next = tsv_next };

static void tsv_text(struct buf *b, struct str s)
{
	char *to = buf_room(b, 2 * s.n);
	for (size_t i = 0; i < s.n; i++) {
		size_t from = i;
		while (i < s.n && !escape[(unsigned char)s.p[i]])
			i++;
		if (i > from)
			memcpy(to, s.p + from, i - from);
		to += i - from;
		if (i < s.n) {
			*to++ = '\\';
			*to++ = escape[(unsigned char)s.p[i]];
		}
	}
	b->n = (size_t)(to - b->p);
}

static void tsv_row(struct writer *w, const struct cell *cells)
{
	for (size_t i = 0; i < w->n; i++) {
		if (i)
			buf_putc(&w->buf, '\t');
		if (cells[i].kind > CELL_NULL)
			tsv_text(&w->buf, cells[i].text);
	}
	buf_putc(&w->buf, '\n');
}

static void tsv_begin(struct writer *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (i)
			buf_putc(&w->buf, '\t');
		tsv_text(&w->buf, w->columns[i].name);
	}
	buf_putc(&w->buf, '\n');
}

const struct writer_ops tsv_writer = { .begin = tsv_begin, .row = tsv_row };
