/*
 * CSV by RFC 4180, in and out.
 *
 * libcsv gets one physical line at a time, unless no quote is in it and its cells are
 * simply what stands between the delimiters.  Strict as it is told to be, a
 * record goes on in the next line exactly when the number of quotes so far is
 * odd.  Nothing is taken from the window before the record is whole, so where a
 * quote is wrong only its first line is given up, however much it swallowed.
 */
#include <csv.h>
#include <stdlib.h>

#include "core/buf.h"
#include "stream/csv_formula.h"
#include "stream/reader_impl.h"
#include "stream/writer_impl.h"

struct csv {
	struct csv_parser parser;
	struct buf text;    /* of the cells so far, a NUL behind each */
	struct buf line;    /* one with its formulas quoted */
	struct cell *cells; /* their text.p is set when the record is whole */
	size_t n, size;
	bool open;  /* the last cell so far is within its quotes */
	size_t fed; /* bytes of the record that the parser was given */
};

/* Blanks are data, and lines are ended by us. */
static int never(unsigned char c)
{
	(void)c;
	return 0;
}

static void parser_reset(struct reader *r)
{
	struct csv *csv = r->state;
	csv_free(&csv->parser);
	csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
	csv_set_delim(&csv->parser, (unsigned char)r->options.delimiter);
	csv_set_space_func(&csv->parser, never);
	csv_set_term_func(&csv->parser, never);
	csv_set_realloc_func(&csv->parser, xrealloc);
}

static void add_cell(struct csv *csv, enum cell_kind kind, struct str text)
{
	if (csv->n > PARTS_MAX) /* enough to refuse it */
		return;
	if (csv->n == csv->size) {
		csv->size = csv->size ? csv->size * 2 : 64;
		csv->cells = xrealloc(csv->cells, csv->size * sizeof *csv->cells);
	}
	csv->cells[csv->n++] = (struct cell){ kind, { NULL, text.n } };
	buf_put(&csv->text, text);
	buf_putc(&csv->text, '\0');
}

/* libcsv's callback: p is NULL for a cell that is empty without quotes. */
static void put_cell(void *p, size_t n, void *state)
{
	add_cell(state, n ? CELL_TEXT : p ? CELL_NULL : CELL_ABSENT, (struct str){ p, n });
}

static bool has_quotes(struct str s)
{
	return s.n && memchr(s.p, '"', s.n);
}

/* The cells of a record that has no quotes. */
static void split(struct csv *csv, struct str line, char delimiter)
{
	struct str cell;
	while (str_cut(&line, delimiter, &cell))
		add_cell(csv, cell.n ? CELL_TEXT : CELL_ABSENT, cell);
}

/*
 * False for a quote where none may be.  libcsv lets its buffer grow in blocks; as
 * they are by default, a long cell takes time by the square of its length.
 */
static bool parse(struct csv *csv, struct str s)
{
	size_t size = csv_get_buffer_size(&csv->parser);
	csv_set_blk_size(&csv->parser, size > s.n ? size : s.n + 1);
	return csv_parse(&csv->parser, s.p, s.n, put_cell, NULL, csv) == s.n;
}

/* The cells of the record, copied into the arena. */
static struct cell *own_cells(struct csv *csv, struct arena *a)
{
	struct cell *cells = arena_new(a, struct cell, csv->n);
	const char *p = arena_str(a, buf_str(&csv->text)).p;
	for (size_t i = 0; i < csv->n; i++) {
		cells[i] = csv->cells[i];
		cells[i].text.p = p;
		p += cells[i].text.n + 1;
	}
	return cells;
}

static void take_off_guards(struct cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str *s = &cells[i].text;
		if (s->n && s->p[0] == '\'' && csv_is_formula(*s))
			*s = str_sub(*s, 1, s->n - 1);
	}
}

static bool odd_quotes(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	bool odd = false;
	while (p < end && (p = memchr(p, '"', (size_t)(end - p)))) {
		odd = !odd;
		p++;
	}
	return odd;
}

/* What is wrong is in the cell that would have come next. */
static void bad_quote(struct reader *r, struct diag *d, const char *what)
{
	struct csv *csv = r->state;
	if (csv->n < r->n)
		diag_set(d, r->names[csv->n].p, "%s", what);
	else
		diag_set(d, NULL, "cell %zu: %s", csv->n + 1, what);
}

/* The line on which a record begins, as CSV has it. */
static struct str mended(struct reader *r, struct str line)
{
	struct csv *csv = r->state;
	csv->line.n = 0;
	if (r->options.ragged && csv_quote_formulas(line, r->options.delimiter, &csv->line))
		return buf_str(&csv->line);
	return line;
}

enum gather { GATHER_DONE, GATHER_END, GATHER_LONG, GATHER_BAD };

/* n bytes since the quote, which opens `below` lines below the record's first, were no end of it.
 */
static enum gather unclosed(struct reader *r, size_t n, long below, struct diag *d,
			    const char *what)
{
	struct str where =
	    below ? arena_printf(&d->arena, "in line %ld", d->line + below) : STR("here");
	r->swallowed = n;
	bad_quote(r, d, arena_printf(&d->arena, "the quote that opens %s %s", where.p, what).p);
	return GATHER_BAD;
}

enum inside { STAYS_OPEN, CLOSES, STRAY };

/* How a line goes on that begins within quotes. */
static enum inside inside(struct str line, char delimiter)
{
	const char *p = line.p, *end = line.p + line.n;
	for (; p < end && (p = memchr(p, '"', (size_t)(end - p))); p += 2) {
		char next = p + 1 < end ? p[1] : delimiter;
		if (next != '"')
			return next == delimiter ? CLOSES : STRAY;
	}
	return STAYS_OPEN;
}

/*
 * Gives the parser the record's line that stands `at` bytes into it.  Within quotes it waits
 * for the end of the cell: a quote that is never closed would be in memory twice, with all
 * that it swallowed.  False for a quote where none may be.
 */
static bool feed(struct reader *r, struct str line, size_t at)
{
	struct csv *csv = r->state;
	if (csv->open) {
		enum inside in = inside(line, r->options.delimiter);
		struct str due =
		    str_sub(source_window(&r->source), csv->fed, at + line.n - csv->fed);
		if (in != CLOSES || !parse(csv, due))
			return in == STAYS_OPEN;
	} else {
		struct str text = mended(r, line);
		if (!has_quotes(text))
			split(csv, text, r->options.delimiter);
		else if (!parse(csv, text))
			return false;
	}
	csv->open ^= odd_quotes(line);
	csv->fed = at + line.n;
	return true;
}

/* Parses the record at the start of the window; *n is its length with the line end. */
static enum gather gather(struct reader *r, size_t *n, struct diag *d)
{
	struct csv *csv = r->state;
	csv->n = csv->text.n = *n = 0;
	csv->open = false;
	long lines = 0, opened = 0;
	do {
		size_t length, before = csv->n;
		enum line_result got = source_line(&r->source, *n, &length);
		if (csv->open && got == LINE_LONG)
			return unclosed(r, *n, opened, d, "is not closed within 64 MiB");
		if (csv->open && got == LINE_END)
			return unclosed(r, *n, opened, d, "is never closed");
		if (got != LINE_HERE)
			return got == LINE_LONG ? GATHER_LONG : GATHER_END;
		struct str line = str_sub(source_window(&r->source), *n, length);
		if (!feed(r, source_chomp(&r->source, line), *n)) {
			bad_quote(r, d, "a quote inside; quote the whole cell and double it");
			return GATHER_BAD;
		}
		*n += length;
		if (csv->n != before) /* what is open is a cell of this line */
			opened = lines;
		lines++;
	} while (csv->open);
	csv_fini(&csv->parser, put_cell, NULL, csv);
	if (!csv->n) /* an empty line, which libcsv passes over */
		add_cell(csv, CELL_ABSENT, (struct str){ 0 });
	return GATHER_DONE;
}

static void skip_blank_lines(struct reader *r)
{
	struct source *s = &r->source;
	size_t n;
	while (source_line(s, 0, &n) == LINE_HERE &&
	       reader_blank(r, str_sub(source_window(s), 0, n), r->options.delimiter))
		source_take(s, n);
}

static size_t first_line(struct reader *r)
{
	size_t n = 0;
	source_line(&r->source, 0, &n);
	return n;
}

static enum read_result csv_next(struct reader *r, struct row *row, struct arena *a, struct diag *d)
{
	struct csv *csv = r->state;
	size_t n;
	skip_blank_lines(r);
	reader_begin(r, row, d);
	switch (gather(r, &n, d)) {
	case GATHER_END:
		return READ_END;
	case GATHER_LONG:
		parser_reset(r);
		return reader_refuse_long(r, d);
	case GATHER_BAD:
		parser_reset(r);
		return reader_refuse(r, row, first_line(r), a);
	case GATHER_DONE:
		break;
	}
	if (!reader_text(r, str_sub(source_window(&r->source), 0, n), row, d))
		return reader_refuse(r, row, n, a);
	struct cell *cells = own_cells(csv, a);
	if (r->guarded)
		take_off_guards(cells, csv->n);
	return reader_cells(r, row, cells, csv->n, n, a, d);
}

static bool csv_open(struct reader *r, struct diag *d)
{
	r->state = xcalloc(1, sizeof(struct csv));
	csv_init(&((struct csv *)r->state)->parser, 0);
	parser_reset(r);
	if (r->options.headless)
		return true;
	struct row row = { 0 };
	size_t n;
	skip_blank_lines(r);
	reader_begin(r, &row, d);
	enum gather got = gather(r, &n, d);
	if (got == GATHER_END)
		return true;
	if (got == GATHER_LONG)
		return diag_set(d, NULL, "the header is longer than %d MiB", RECORD_MAX >> 20);
	struct str raw = source_chomp(&r->source, str_sub(source_window(&r->source), 0, n));
	struct csv *csv = r->state;
	if (got == GATHER_BAD || !reader_text(r, raw, &row, d) ||
	    !reader_set_columns(r, own_cells(csv, &r->arena), csv->n, raw, d))
		return false;
	r->guarded = r->source.marked && n > raw.n + 1; /* a mark and CRLF, as --excel writes */
	source_take(&r->source, n);
	return true;
}

static void csv_close(struct reader *r)
{
	struct csv *csv = r->state;
	csv_free(&csv->parser);
	buf_free(&csv->text);
	buf_free(&csv->line);
	free(csv->cells);
	free(csv);
}

const struct reader_ops csv_reader = { .open = csv_open, .next = csv_next, .close = csv_close };

/* A cell with one of these in it is quoted. */
static const bool special[256] = { [','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool needs_quotes(struct str s)
{
	if (is_blank(s.p[0]) || is_blank(s.p[s.n - 1]))
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (special[(unsigned char)s.p[i]])
			return true;
	return false;
}

/* All at `to` has room for: each byte doubled, two quotes, and the guard. */
static char *put_quoted(char *to, struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	while (p < end) {
		const char *quote = memchr(p, '"', (size_t)(end - p));
		size_t n = (size_t)((quote ? quote + 1 : end) - p);
		memcpy(to, p, n);
		to += n;
		p += n;
		if (quote)
			*to++ = '"';
	}
	return to;
}

static bool is_text(const struct cell *c)
{
	return c->kind == CELL_TEXT || c->kind == CELL_LIST;
}

static void csv_cell(struct writer *w, const struct cell *c)
{
	struct str s = c->text;
	if (!s.n || c->kind <= CELL_NULL) {
		if (c->kind == CELL_TEXT)
			buf_puts(&w->buf, "\"\"");
		return;
	}
	char *to = buf_room(&w->buf, 2 * s.n + 3);
	bool guard = w->options.excel && is_text(c) && csv_is_formula(s), quotes = needs_quotes(s);
	if (quotes)
		*to++ = '"';
	if (guard)
		*to++ = '\'';
	if (quotes) {
		to = put_quoted(to, s);
		*to++ = '"';
	} else {
		memcpy(to, s.p, s.n);
		to += s.n;
	}
	w->buf.n = (size_t)(to - w->buf.p);
}

static void csv_row(struct writer *w, const struct cell *cells)
{
	for (size_t i = 0; i < w->n; i++) {
		if (i)
			buf_putc(&w->buf, ',');
		csv_cell(w, &cells[i]);
	}
	if (w->options.excel)
		buf_putc(&w->buf, '\r');
	buf_putc(&w->buf, '\n');
}

static void csv_begin(struct writer *w)
{
	struct cell *heading = xcalloc(w->n, sizeof *heading);
	for (size_t i = 0; i < w->n; i++)
		heading[i] = (struct cell){ CELL_TEXT, w->columns[i].name };
	if (w->options.excel)
		buf_puts(&w->buf, "\xef\xbb\xbf");
	csv_row(w, heading);
	free(heading);
}

const struct writer_ops csv_writer = { .begin = csv_begin, .row = csv_row };
