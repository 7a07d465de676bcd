/* The rows that crm-import could not take. */
#include "cli/import_rejects.h"

#include <strings.h>

#include "core/buf.h"
#include "domain/import_map.h"
#include "stream/json.h"
#include "stream/vcard.h"
#include "stream/writer.h"

void rejects_open(struct rejects *r, const char *path)
{
	*r = (struct rejects){ .path = path };
	outfile_open(&r->out, path);
}

static void put(struct rejects *r, struct buf *b)
{
	fwrite(b->p, 1, b->n, r->out.file); /* checked by outfile_prepare */
	buf_free(b);
}

/* Where the cell number `n`, from 0, begins; one past the end where there are fewer. */
static size_t cell_start(const struct rejects *r, struct str row, size_t n)
{
	bool quotes = false;
	for (size_t i = 0; i < row.n && n; i++) {
		if (row.p[i] == '"' && !r->tsv)
			quotes = !quotes;
		else if (row.p[i] == r->delimiter && !quotes && --n == 0)
			return i + 1;
	}
	return n ? row.n + 1 : 0;
}

static size_t count_cells(const struct rejects *r, struct str row)
{
	size_t n = 1, at = 0;
	while (n < r->columns && (at += cell_start(r, str_sub(row, at, row.n), 1)) <= row.n)
		n++;
	return n;
}

static bool is_reject_column(struct str name)
{
	for (size_t i = 0; i < NREJECT_COLUMNS; i++)
		if (str_is(name, import_reject_columns[i]))
			return true;
	return false;
}

/* How many of the columns are the file's own; false with diag where ours stand among them. */
static bool own_columns(const struct str *names, size_t n, size_t *own, struct diag *d)
{
	size_t ours = 0;
	for (size_t i = 0; i < n; i++)
		ours += is_reject_column(names[i]);
	*own = n - ours;
	for (size_t i = *own; i < n; i++)
		if (!is_reject_column(names[i]))
			return diag_set(d, NULL, "the reject_ columns must be the last ones");
	return !ours || ours == NREJECT_COLUMNS ||
	       diag_set(d, NULL, "a part of the reject_ columns is missing");
}

/* Tabs between cells with the quotes of CSV are told from TSV by a header that shows some. */
static void put_header(struct rejects *r)
{
	struct buf b = { 0 };
	const char *quote = r->delimiter == '\t' && !r->tsv ? "\"" : "";
	buf_put(&b, r->header);
	for (size_t i = 0; i < NREJECT_COLUMNS; i++)
		buf_printf(&b, "%c%s%s%s", r->delimiter, quote, import_reject_columns[i], quote);
	buf_puts(&b, r->guarded ? "\r\n" : "\n");
	put(r, &b);
}

/* Says in what the rows are written, whatever the options of the run that reads them again. */
static void put_start(struct rejects *r, bool decoded)
{
	if (decoded || r->guarded)
		fputs("\xef\xbb\xbf", r->out.file);
	if (!r->json && !r->cards)
		put_header(r);
}

bool rejects_stream(struct rejects *r, const struct reader *in, bool *other, struct diag *d)
{
	size_t n;
	const struct str *names = reader_columns(in, &n);
	enum format format = reader_format(in);
	struct rejects now = *r;
	*other = false;
	now.json = format == FORMAT_JSON || format == FORMAT_JSONL;
	now.tsv = format == FORMAT_TSV;
	now.cards = format == FORMAT_VCF;
	now.header = reader_header(in);
	if (!now.json && !n && format != FORMAT_REFS)
		return true; /* nothing is in it */
	if (format == FORMAT_REFS) {
		now.header = STR("id");
		now.columns = 1;
	} else if (!now.json && !now.cards && !own_columns(names, n, &now.columns, d)) {
		return false;
	}
	now.delimiter = reader_delimiter(in);
	now.again = now.columns < n;
	if (n) /* behind them: what an earlier run added, or empty cells */
		now.header = str_sub(now.header, 0, cell_start(&now, now.header, now.columns) - 1);
	now.guarded = reader_guarded(in);
	*other = r->started &&
		 (r->json != now.json || r->cards != now.cards || r->guarded != now.guarded ||
		  r->delimiter != now.delimiter || !str_eq(r->header, now.header));
	if (r->started)
		return !*other ||
		       diag_set(d, NULL,
				"it has other columns than the first file; with --rejects "
				"such files are imported one by one");
	now.header = arena_str(&now.arena, now.header);
	now.started = true;
	*r = now;
	put_start(r, reader_encoding(in) != NULL);
	return true;
}

/* A cell in quotes, or for TSV with its blanks and backslashes escaped. */
static void put_cell(const struct rejects *r, struct buf *b, struct str s)
{
	if (!r->tsv)
		buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!r->tsv && c == '"')
			buf_puts(b, "\"\"");
		else if (r->tsv && (c == '\t' || c == '\n' || c == '\r' || c == '\\'))
			buf_printf(b, "\\%c",
				   c == '\t'   ? 't'
				   : c == '\n' ? 'n'
				   : c == '\r' ? 'r'
					       : c);
		else
			buf_putc(b, c);
	}
	if (!r->tsv)
		buf_putc(b, '"');
}

static void put_row(struct rejects *r, const struct spooled *item, struct str reason)
{
	struct buf b = { 0 };
	struct str raw = item->raw, kept = { 0 };
	if (item->unreadable) {
		for (size_t i = 1; i < r->columns; i++)
			buf_putc(&b, r->delimiter);
		kept = raw;
	} else {
		buf_put(&b, str_sub(raw, 0, cell_start(r, raw, r->columns) - 1));
		for (size_t n = count_cells(r, raw); n < r->columns; n++)
			buf_putc(&b, r->delimiter);
		if (r->again) {
			size_t last = cell_start(r, raw, r->columns + REJECT_RAW);
			kept = str_sub(raw, last, raw.n);
		}
	}
	buf_printf(&b, "%c%ld%c", r->delimiter, item->line, r->delimiter);
	put_cell(r, &b, reason);
	buf_putc(&b, r->delimiter);
	if (item->unreadable)
		put_cell(r, &b, kept);
	else
		buf_put(&b, kept); /* as it stood */
	buf_putc(&b, '\n');
	put(r, &b);
}

static void put_on_one_line(struct buf *b, struct str pretty)
{
	for (size_t i = 0; i < pretty.n; i++)
		buf_putc(b, pretty.p[i] == '\n' || pretty.p[i] == '\r' ? ' ' : pretty.p[i]);
}

/* The members but those that an earlier run added; handed out is what its reject_raw says. */
static struct str put_members(struct buf *b, struct str object, struct arena *a)
{
	struct str raw = { 0 };
	struct json_member m;
	for (size_t at = 0; json_next_member(object, &at, &m, a);) {
		if (str_is(m.key, import_reject_columns[REJECT_RAW]))
			raw = m.value;
		if (is_reject_column(m.key))
			continue;
		put_on_one_line(b, m.text);
		buf_putc(b, ',');
	}
	return str_is(raw, "\"\"") || str_is(raw, "null") ? (struct str){ 0 } : raw;
}

static void put_object(struct rejects *r, const struct spooled *item, struct str reason)
{
	struct arena scratch = { 0 };
	struct buf b = { 0 };
	struct str kept = { 0 };
	buf_putc(&b, '{');
	if (!item->unreadable)
		kept = put_members(&b, item->raw, &scratch);
	buf_printf(&b, "\"reject_line\":%ld,\"reject_reason\":", item->line);
	json_put_string(&b, reason);
	if (item->unreadable || kept.n)
		buf_puts(&b, ",\"reject_raw\":");
	if (item->unreadable)
		json_put_string(&b, item->raw);
	else
		put_on_one_line(&b, kept);
	buf_puts(&b, "}\n");
	put(r, &b);
	arena_free(&scratch);
}

/* What stands outside of cards has the reason before it. */
static void put_card(struct rejects *r, const struct spooled *item, struct str reason)
{
	struct buf b = { 0 };
	struct str raw = item->raw;
	ptrdiff_t lf = str_find(raw, '\n');
	size_t n = raw.n >= 5 && !strncasecmp(raw.p, "BEGIN", 5) && lf > 0 ? (size_t)lf + 1 : 0;
	buf_put(&b, str_sub(raw, 0, n));
	buf_printf(&b, "X-REJECT-LINE:%ld\nX-REJECT-REASON:", item->line);
	vcard_escape(&b, reason);
	buf_putc(&b, '\n');
	buf_put(&b, str_sub(raw, n, raw.n));
	buf_putc(&b, '\n');
	put(r, &b);
}

void rejects_put(struct rejects *r, const struct spooled *item, struct str reason)
{
	if (r->cards)
		put_card(r, item, reason);
	else if (r->json)
		put_object(r, item, reason);
	else
		put_row(r, item, reason);
}

void rejects_prepare(struct rejects *r)
{
	outfile_prepare(&r->out);
}

void rejects_publish(struct rejects *r)
{
	outfile_publish(&r->out);
	arena_free(&r->arena);
}

void rejects_discard(struct rejects *r)
{
	outfile_discard(&r->out);
	arena_free(&r->arena);
}
