/* Tables of a page: read aloud, sorted, taken away as CSV. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/markup.h"
#include "report/page_impl.h"
#include "schema/label.h"

enum { MANY = 9, MOST = 12 }; /* columns; that many have room on paper in larger type */

static void put_headings(const struct page_table *t, struct buf *out)
{
	buf_puts(out, "<thead><tr>");
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct column *c = &t->columns[i];
		buf_printf(out, "<th scope=col%s>", c->right ? " class=n" : "");
		markup_put(out, c->label.n ? c->label : c->name);
		buf_puts(out, "</th>");
	}
	buf_puts(out, "</tr></thead>\n");
}

/* A day, a reference, a code of a currency: nothing is gained where it is broken. */
static bool is_word(struct str s)
{
	enum { WORD_MOST = 16 };
	return s.n && s.n <= WORD_MOST && !memchr(s.p, ' ', s.n);
}

/* The first cell of a row names it, unless it is empty. */
static void put_row(const struct page_table *t, size_t row, struct buf *out)
{
	buf_puts(out, "<tr>");
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct page_cell *cell = &t->cells[row * t->ncolumns + i];
		bool names = i == 0 && cell->text.n;
		buf_puts(out, names ? "<th scope=row" : "<td");
		buf_puts(out, t->columns[i].right   ? " class=n"
			      : is_word(cell->text) ? " class=w"
						    : "");
		if (cell->none && cell->text.n) {
			buf_puts(out, " data-v=\"\"");
		} else if (cell->number.n && !str_eq(cell->number, cell->text)) {
			buf_puts(out, " data-v=\"");
			markup_put(out, cell->number);
			buf_puts(out, "\"");
		}
		buf_puts(out, ">");
		markup_put(out, cell->text);
		buf_puts(out, names ? "</th>" : "</td>");
	}
	buf_puts(out, "</tr>\n");
}

static void put_rows(const struct page_table *t, size_t from, size_t to, const char *part,
		     struct buf *out)
{
	if (from == to)
		return;
	buf_printf(out, "<%s>\n", part);
	for (size_t row = from; row < to; row++)
		put_row(t, row, out);
	buf_printf(out, "</%s>\n", part);
}

/* As crm writes CSV everywhere. */
static char *csv_of(const struct page_table *t, size_t *n)
{
	char *bytes = NULL;
	FILE *f = open_memstream(&bytes, n);
	if (!f)
		die(STATUS_ENV, "out of memory for a page");
	struct writer *w = writer_open(f, t->columns, t->ncolumns,
				       &(struct writer_options){ .format = FORMAT_CSV });
	struct cell *cells = xcalloc(t->ncolumns + 1, sizeof *cells);
	for (size_t row = 0; row + t->ntotals < t->nrows; row++) {
		for (size_t i = 0; i < t->ncolumns; i++) {
			const struct page_cell *c = &t->cells[row * t->ncolumns + i];
			struct str text = c->none || c->number.n ? c->number : c->text;
			cells[i] = (struct cell){ text.n ? CELL_TEXT : CELL_NULL, text };
		}
		writer_row(w, cells);
	}
	writer_close(w);
	fclose(f);
	free(cells);
	return bytes;
}

static void put_link(const struct page_panel *panel, struct buf *out)
{
	size_t n = 0;
	char *bytes = csv_of(panel->table, &n);
	buf_puts(out, "<p class=csv><a download=\"");
	markup_put(out, panel->name);
	buf_puts(out, ".csv\" href=\"data:text/csv;charset=utf-8,");
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (isascii(c) && (isalnum(c) || strchr("-._~", c)))
			buf_putc(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
	buf_puts(out, "\" aria-label=\"CSV: ");
	markup_put(out, panel->heading);
	buf_puts(out, "\">CSV</a></p>\n");
	free(bytes);
}

void page_put_table(enum language l, const struct page_panel *panel, struct buf *out)
{
	const struct page_table *t = panel->table;
	buf_puts(out, "<div class=wide role=region tabindex=0 aria-label=\"");
	buf_puts(out, label(l, "Table: ", "Bảng: "));
	markup_put(out, panel->heading);
	buf_puts(out, "\">\n");
	buf_puts(out, t->ncolumns > MOST   ? "<table class='many most'>"
		      : t->ncolumns > MANY ? "<table class=many>"
					   : "<table>");
	buf_puts(out, "\n<caption>");
	markup_put(out, panel->heading);
	buf_puts(out, "</caption>\n");
	put_headings(t, out);
	put_rows(t, 0, t->nrows - t->ntotals, "tbody", out);
	put_rows(t, t->nrows - t->ntotals, t->nrows, "tfoot", out);
	buf_puts(out, "</table>\n</div>\n");
	put_link(panel, out);
}
