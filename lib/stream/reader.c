/* Record streams coming in: telling formats apart, and what all of them share. */
#include "stream/reader_impl.h"

#include <errno.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/map.h"
#include "core/utf8.h"
#include "stream/header.h"
#include "stream/table_row.h"

bool is_ref(struct str line)
{
	size_t i = 0;
	while (i < line.n && ((line.p[i] >= 'a' && line.p[i] <= 'z') || line.p[i] == '_'))
		i++;
	if (i == 0 || i == line.n || line.p[i] != '-')
		return false;
	size_t digits = ++i;
	while (i < line.n && is_digit(line.p[i]))
		i++;
	return i > digits && i == line.n;
}

/*
 * Tabs mean TSV, whose cells stand as they are.  Spreadsheets write theirs with the quotes
 * of CSV: in UTF-16, behind "sep=", or with a header that shows them.
 */
static bool is_tsv(const struct reader *r, struct str header)
{
	return r->options.delimiter == '\t' && !r->source.encoding && !r->sep &&
	       str_find(header, '"') < 0;
}

static void sniff_table(struct reader *r)
{
	bool told = r->options.delimiter, open = r->format == FORMAT_AUTO;
	struct str line = header_first(r);
	if (open && !told && (is_card(line) || str_starts(line, "X-REJECT-")))
		r->format = FORMAT_VCF;
	else if (open && !told && is_ref(str_trim(line)))
		r->format = FORMAT_REFS;
	if (r->format == FORMAT_VCF || r->format == FORMAT_REFS)
		return;
	if (r->format == FORMAT_TSV)
		r->options.delimiter = '\t';
	struct str header = header_find(r);
	if (open)
		r->format = !told && is_tsv(r, header) ? FORMAT_TSV : FORMAT_CSV;
}

static void sniff(struct reader *r)
{
	size_t start = 0; /* of the first byte that is not blank */
	int c = source_peek(&r->source, 0);
	while (c == ' ' || c == '\t' || c == '\r' || c == '\n')
		c = start < RECORD_MAX ? source_peek(&r->source, ++start) : -1;
	if (r->format == FORMAT_AUTO && !r->options.delimiter && (c == '{' || c == '['))
		r->format = c == '{' ? FORMAT_JSONL : FORMAT_JSON;
	else
		sniff_table(r);
}

static bool check_options(const struct reader_options *o, struct diag *d)
{
	const struct format_def *f = format_def(o->format);
	if (o->format != FORMAT_AUTO && (!f || !f->read))
		return diag_set(d, NULL, "%s cannot be read", f ? f->name : "this format");
	char c = o->delimiter;
	if (c == '"' || c == '\n' || c == '\r' || (unsigned char)c >= 0x80)
		return diag_set(d, NULL, "a delimiter is one plain character, not a quote");
	return true;
}

static bool start(struct reader *r, struct diag *d)
{
	const char *encoding = r->options.encoding;
	if (!source_begin(&r->source, encoding && !strcmp(encoding, ENCODING_AUTO), d))
		return false;
	if (r->format != FORMAT_JSON && r->format != FORMAT_JSONL)
		sniff(r);
	r->ops = format_def(r->format)->read;
	return !r->ops->open || r->ops->open(r, d);
}

struct reader *reader_open(int fd, const char *source, const struct reader_options *o,
			   struct diag *d)
{
	diag_clear(d);
	d->source = str_of(source);
	d->line = d->column = 0;
	struct reader *r = xcalloc(1, sizeof *r);
	r->options = *o;
	r->format = o->format;
	bool named = o->encoding && strcmp(o->encoding, ENCODING_AUTO);
	if (check_options(o, d) &&
	    source_open(&r->source, fd, source, named ? o->encoding : NULL, d) && start(r, d)) {
		reader_check(r);
		return r;
	}
	reader_check(r);
	reader_close(r);
	return NULL;
}

const struct cell *row_cell(const struct row *row, const char *name)
{
	for (size_t i = 0; i < row->n; i++)
		if (str_is(row->names[i], name))
			return &row->cells[i];
	return NULL;
}

enum read_result reader_try(struct reader *r, struct row *row, struct arena *a, struct diag *d)
{
	*row = (struct row){ 0 };
	diag_clear(d);
	d->source = str_of(r->source.name);
	d->line = d->column = 0;
	r->swallowed = 0;
	enum read_result got = r->ops->next(r, row, a, d);
	return r->source.failed ? READ_END : got; /* what came last may be half a record */
}

void reader_check(const struct reader *r)
{
	if (!r->source.failed)
		return;
	errno = r->source.failed;
	die(STATUS_ENV, "cannot read %s:", r->source.name);
}

enum read_result reader_next(struct reader *r, struct row *row, struct arena *a, struct diag *d)
{
	enum read_result got = reader_try(r, row, a, d);
	if (got == READ_END)
		reader_check(r);
	return got;
}

enum format reader_format(const struct reader *r)
{
	return r->format;
}

struct str reader_header(const struct reader *r)
{
	return r->header;
}

char reader_delimiter(const struct reader *r)
{
	if (r->format == FORMAT_TSV)
		return '\t';
	return r->format == FORMAT_CSV ? r->options.delimiter : ',';
}

const char *reader_encoding(const struct reader *r)
{
	return r->source.encoding;
}

long reader_passed(const struct reader *r)
{
	return r->passed;
}

long reader_header_line(const struct reader *r)
{
	return r->header_line;
}

bool reader_guarded(const struct reader *r)
{
	return r->guarded;
}

const struct str *reader_columns(const struct reader *r, size_t *n)
{
	bool has = r->format == FORMAT_CSV || r->format == FORMAT_TSV || r->format == FORMAT_VCF;
	*n = has ? r->n : 0;
	return has ? r->names : NULL;
}

struct str reader_remark(const struct reader *r, struct arena *a)
{
	return r->ops->remark ? r->ops->remark(r, a) : (struct str){ 0 };
}

size_t reader_swallowed(const struct reader *r)
{
	return r->swallowed;
}

uint64_t reader_bytes(const struct reader *r)
{
	return r->source.bytes;
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	if (r->ops && r->ops->close)
		r->ops->close(r);
	source_close(&r->source);
	arena_free(&r->arena);
	free(r);
}

void reader_begin(struct reader *r, struct row *row, struct diag *d)
{
	row->line = d->line = r->source.line;
}

static void take_raw(struct reader *r, struct row *row, size_t n, struct arena *a)
{
	struct str raw = source_chomp(&r->source, str_sub(source_window(&r->source), 0, n));
	if (r->options.want_raw)
		row->raw = arena_str(a, raw);
	source_take(&r->source, n);
}

enum read_result reader_refuse(struct reader *r, struct row *row, size_t n, struct arena *a)
{
	row->n = 0;
	take_raw(r, row, n, a);
	return READ_BAD;
}

/* The column in whose cell the line at the start of the window passes RECORD_MAX, or NULL. */
static const char *column_at_limit(const struct reader *r)
{
	struct str line = str_sub(source_window(&r->source), 0, RECORD_MAX);
	char delimiter = reader_delimiter(r);
	bool quotes = false;
	size_t column = 0;
	for (size_t i = 0; i < line.n; i++) {
		quotes ^= line.p[i] == '"' && r->format == FORMAT_CSV;
		column += line.p[i] == delimiter && !quotes;
	}
	return column < r->n ? r->names[column].p : NULL;
}

enum read_result reader_refuse_long(struct reader *r, struct diag *d)
{
	diag_set(d, column_at_limit(r), "the record is longer than %d MiB", RECORD_MAX >> 20);
	source_skip_line(&r->source); /* raw stays empty: it is too long to be kept */
	return READ_BAD;
}

bool reader_few(size_t n, const char *parts, struct diag *d)
{
	return n <= PARTS_MAX || diag_set(d, NULL, "more than %d %s", PARTS_MAX, parts);
}

/* A name and where it stood, to be sorted. */
struct placed {
	struct str name;
	size_t at;
};

static int by_name(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int c = str_cmp(x->name, y->name);
	return c ? c : (x->at > y->at) - (x->at < y->at);
}

size_t names_doubled(const struct str *names, size_t n, size_t *before)
{
	size_t first = n;
	struct placed *sorted = xcalloc(n, sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct placed){ names[i], i };
	qsort(sorted, n, sizeof *sorted, by_name);
	for (size_t i = 1; i < n; i++) {
		if (sorted[i].at < first && str_eq(sorted[i].name, sorted[i - 1].name)) {
			first = sorted[i].at;
			*before = sorted[i - 1].at;
		}
	}
	free(sorted);
	return first;
}

static bool is_known(const struct reader *r, struct str name)
{
	return r->options.known && r->options.known(r->options.of, &name, 1);
}

/* The second "Ghi chú" of a header is "Ghi chú 2", unless another column is called that. */
static void number_doubled(struct arena *a, struct str *names, size_t n)
{
	struct map last = { 0 }; /* the last number of each name; 0: it did not come yet */
	for (size_t i = 0; i < n; i++)
		map_at(&last, names[i]);
	for (size_t i = 0; i < n; i++) {
		struct str name = names[i];
		int64_t *number = map_at(&last, name);
		while (*number && map_find(&last, names[i]))
			names[i] =
			    arena_printf(a, "%.*s %lld", (int)name.n, name.p, (long long)++*number);
		*map_at(&last, names[i]) = 1;
	}
	map_free(&last);
}

bool reader_set_columns(struct reader *r, const struct cell *cells, size_t n, struct str raw,
			struct diag *d)
{
	if (!reader_few(n, "columns", d))
		return false;
	struct str *names = arena_new(&r->arena, struct str, n);
	size_t named = 0; /* up to the last one */
	for (size_t i = 0; i < n; i++) {
		names[i] = arena_str(&r->arena, str_trim(cells[i].text));
		if (names[i].n)
			named = i + 1;
		else
			names[i] = arena_printf(&r->arena, "column %zu", i + 1);
	}
	while (r->options.ragged && named && n > named && !is_known(r, names[n - 1]))
		n--; /* nothing may stand in them */
	if (!named)
		return diag_set(d, NULL, "the columns have no names");
	if (r->options.ragged)
		number_doubled(&r->arena, names, n);
	size_t before, at = names_doubled(names, n, &before);
	if (at < n)
		return diag_set(d, NULL, "column %zu has the name of column %zu, %s", at + 1,
				before + 1, quoted(names[at], &r->arena));
	r->names = names;
	r->n = n;
	r->header = arena_str(&r->arena, raw);
	r->header_line = d->line;
	return true;
}

/* Makes the columns of a headless stream: "1", "2", … */
static void number_columns(struct reader *r, size_t n)
{
	struct str *names = arena_new(&r->arena, struct str, n);
	for (size_t i = 0; i < n; i++)
		names[i] = arena_printf(&r->arena, "%zu", i + 1);
	r->names = names;
	r->n = n;
}

enum read_result reader_cells(struct reader *r, struct row *row, const struct cell *cells,
			      size_t ncells, size_t n, struct arena *a, struct diag *d)
{
	if (!reader_few(ncells, "cells", d))
		return reader_refuse(r, row, n, a);
	if (!r->n)
		number_columns(r, ncells);
	bool ragged = r->options.ragged && !r->options.headless;
	if (ragged && !(cells = table_row(r->n, cells, ncells, a, d)))
		return reader_refuse(r, row, n, a);
	if (!ragged && ncells != r->n) {
		diag_set(d, NULL, "%zu cells, but there are %zu columns", ncells, r->n);
		return reader_refuse(r, row, n, a);
	}
	take_raw(r, row, n, a);
	row->n = r->n;
	row->missing = ncells < r->n ? r->n - ncells : 0;
	row->names = r->names;
	row->cells = cells;
	row->layout = 1;
	return READ_ROW;
}

/* Rows of nothing but delimiters are what spreadsheets make of the empty rows below a table. */
bool reader_blank(const struct reader *r, struct str line, char delimiter)
{
	if (r->n == 1 || (!r->n && r->options.headless))
		return false;
	for (size_t i = 0; i < line.n; i++)
		if (!memchr(" \t\r\n\v\f", line.p[i], 6) &&
		    !(r->options.ragged && line.p[i] == delimiter))
			return false;
	return r->options.ragged || str_find(line, delimiter) < 0;
}
