/* The rows that crm-import could not take. */
#include "cli/import_rejects.h"

#include "core/buf.h"
#include "domain/import_map.h"
#include "stream/writer.h"

void rejects_open(struct rejects *r, const char *path)
{
	*r = (struct rejects){ 0 };
	outfile_open(&r->out, path);
}

static void put(struct rejects *r, struct buf *b)
{
	fwrite(b->p, 1, b->n, r->out.file); /* checked by outfile_commit */
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

/* The delimiter is what stands behind the first cell of the header. */
static char find_delimiter(struct str header, bool tsv)
{
	size_t i = 0;
	if (tsv)
		return '\t';
	if (header.n && header.p[0] == '"') {
		for (i = 1; i < header.n; i++) {
			if (header.p[i] == '"' && (i + 1 == header.n || header.p[i + 1] != '"'))
				break;
			i += header.p[i] == '"';
		}
		return i + 1 < header.n ? header.p[i + 1] : ',';
	}
	while (i < header.n && !strchr(",;\t|:", header.p[i]))
		i++;
	return i < header.n ? header.p[i] : ',';
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

static void put_header(struct rejects *r)
{
	struct buf b = { 0 };
	buf_put(&b, r->header);
	for (size_t i = 0; i < NREJECT_COLUMNS; i++)
		buf_printf(&b, "%c%s", r->delimiter, import_reject_columns[i]);
	buf_putc(&b, '\n');
	put(r, &b);
}

bool rejects_stream(struct rejects *r, const struct reader *in, struct diag *d)
{
	size_t n;
	const struct str *names = reader_columns(in, &n);
	enum format format = reader_format(in);
	struct rejects now = *r;
	now.json = format == FORMAT_JSON || format == FORMAT_JSONL;
	now.tsv = format == FORMAT_TSV;
	now.header = reader_header(in);
	if (!now.json && !n && format != FORMAT_REFS)
		return true; /* nothing is in it */
	if (format == FORMAT_REFS) {
		now.header = STR("id");
		now.columns = 1;
	} else if (!now.json && !own_columns(names, n, &now.columns, d)) {
		return false;
	}
	now.delimiter = n > 1 ? find_delimiter(now.header, now.tsv) : ',';
	now.again = now.columns < n;
	if (now.again)
		now.header = str_sub(now.header, 0, cell_start(&now, now.header, now.columns) - 1);
	if (r->started)
		return (r->json == now.json && str_eq(r->header, now.header)) ||
		       diag_set(d, NULL,
				"it has other columns than the first file; with --rejects "
				"such files are imported one by one");
	now.header = arena_str(&now.arena, now.header);
	now.started = true;
	*r = now;
	if (!r->json)
		put_header(r);
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
		size_t end = r->again ? cell_start(r, raw, r->columns) : raw.n + 1;
		buf_put(&b, str_sub(raw, 0, end - 1));
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

/* The object without its last brace, and without what an earlier run added. */
static struct str open_object(struct str raw)
{
	static const char added[] = "\"reject_line\":";
	struct str s = str_trim(raw);
	s.n -= s.n > 0;
	for (size_t i = s.n; i > 0; i--)
		if (str_starts(str_sub(s, i, s.n), added) &&
		    (s.p[i - 1] == ',' || s.p[i - 1] == '{'))
			return str_sub(s, 0, i - (s.p[i - 1] == ','));
	return s;
}

static void put_object(struct rejects *r, const struct spooled *item, struct str reason)
{
	struct buf b = { 0 };
	struct str object = item->unreadable ? STR("{") : open_object(item->raw);
	bool empty = str_trim(str_sub(object, 1, object.n)).n == 0;
	for (size_t i = 0; i < object.n; i++) /* a pretty-printed one goes on one line */
		buf_putc(&b, object.p[i] == '\n' || object.p[i] == '\r' ? ' ' : object.p[i]);
	buf_printf(&b, "%s\"reject_line\":%ld,\"reject_reason\":", empty ? "" : ",", item->line);
	json_put_string(&b, reason);
	if (item->unreadable) {
		buf_puts(&b, ",\"reject_raw\":");
		json_put_string(&b, item->raw);
	}
	buf_puts(&b, "}\n");
	put(r, &b);
}

void rejects_put(struct rejects *r, const struct spooled *item, struct str reason)
{
	if (r->json)
		put_object(r, item, reason);
	else
		put_row(r, item, reason);
}

void rejects_commit(struct rejects *r)
{
	outfile_commit(&r->out);
	arena_free(&r->arena);
}
