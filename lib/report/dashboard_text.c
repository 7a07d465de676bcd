/* The dashboard in a terminal: key figures, small charts, short tables. */
#include <stdio.h>
#include <stdlib.h>

#include "report/dashboard_impl.h"
#include "schema/label.h"

enum { MOST_ROWS = 10, CHART_WIDTH = 100 };

static void put_title(struct str text, bool colour, struct buf *out)
{
	buf_printf(out, "%s%.*s%s\n", colour ? "\033[1m" : "", (int)text.n, text.p,
		   colour ? "\033[0m" : "");
}

static void put_soft(struct str text, bool colour, struct buf *out)
{
	buf_printf(out, "%s%.*s%s\n", colour ? "\033[2m" : "", (int)text.n, text.p,
		   colour ? "\033[0m" : "");
}

/* A table, whose writer prints to a stream. */
struct sheet {
	FILE *stream;
	char *bytes;
	size_t n;
	struct writer *writer;
};

/* s stays where it is: the stream knows its fields. */
static void sheet_open(struct sheet *s, const struct column *columns, size_t n, size_t width,
		       bool colour)
{
	struct writer_options o = { .format = FORMAT_TABLE, .colour = colour, .width = (int)width };
	s->stream = open_memstream(&s->bytes, &s->n);
	if (!s->stream)
		die(STATUS_ENV, "out of memory for a table");
	s->writer = writer_open(s->stream, columns, n, &o);
}

static void sheet_close(struct sheet *s, struct buf *out)
{
	writer_close(s->writer);
	fclose(s->stream);
	buf_put(out, (struct str){ s->bytes, s->n });
	free(s->bytes);
}

static struct cell text_cell(struct str text)
{
	return (struct cell){ text.n ? CELL_TEXT : CELL_NULL, text };
}

static void put_kpi(const struct dashboard *d, struct writer *w, const struct page_kpi *k)
{
	static const char *const arrows[] = {
		[MOVE_UNKNOWN] = "", [MOVE_UP] = "▲", [MOVE_DOWN] = "▼", [MOVE_NONE] = "■"
	};
	struct str change = arena_printf(d->arena, "%s%s%.*s", arrows[k->move],
					 k->change.n ? " " : "", (int)k->change.n, k->change.p);
	const struct cell cells[] = { text_cell(k->label),
				      text_cell(k->value.n ? k->value : STR("–")),
				      text_cell(change), text_cell(k->against) };
	writer_row(w, cells);
}

static void put_kpis(const struct dashboard *d, size_t first, size_t end, size_t width, bool colour,
		     struct buf *out)
{
	enum language l = d->codec.settings->language;
	const struct column columns[] = {
		{ STR("name"), str_of(label(l, "Key figure", "Chỉ số")), false },
		{ STR("value"), str_of(label(l, "Now", "Hiện tại")), true },
		{ STR("change"), str_of(label(l, "Change", "Thay đổi")), true },
		{ STR("before"), d->before, true },
	};
	struct sheet s;
	sheet_open(&s, columns, countof(columns), width, colour);
	for (size_t i = first; i < end; i++) {
		const struct shown *p = &d->panels[i];
		for (size_t k = 0; k < p->now->kept.n; k++) {
			size_t row = dashboard_row(d, p->now, k);
			if (!dashboard_figure(p->now, row))
				continue;
			struct page_kpi kpi = dashboard_kpi(d, p, &p->now->kept.rows[row], false);
			put_kpi(d, s.writer, &kpi);
		}
	}
	sheet_close(&s, out);
	for (size_t i = first; i < end; i++)
		if (i == first || d->panels[i].now != d->panels[i - 1].now)
			put_soft(d->panels[i].now->command, colour, out);
}

static void put_table(const struct dashboard *d, const struct shown *p, size_t width, bool colour,
		      struct buf *out)
{
	struct page_table t = dashboard_table(d, p);
	struct cell *cells = arena_new(d->arena, struct cell, t.ncolumns);
	struct sheet s;
	sheet_open(&s, t.columns, t.ncolumns, width, colour);
	for (size_t row = 0; row < t.nrows && row < MOST_ROWS; row++) {
		for (size_t i = 0; i < t.ncolumns; i++)
			cells[i] = text_cell(t.cells[row * t.ncolumns + i].text);
		writer_row(s.writer, cells);
	}
	sheet_close(&s, out);
	if (t.nrows > MOST_ROWS)
		buf_printf(out, "… %zu\n", t.nrows - MOST_ROWS);
}

static void put_panel(const struct dashboard *d, const struct shown *p, size_t width, bool colour,
		      struct buf *out)
{
	struct pictures pictures = dashboard_pictures(d, p);
	put_title(dashboard_heading(p, &pictures, 0), colour, out);
	for (size_t i = 0; i < pictures.n; i++) {
		struct chart c = pictures.charts[i];
		if (i) {
			buf_putc(out, '\n');
			put_title(dashboard_heading(p, &pictures, i), colour, out);
		}
		c.title = STR("");
		c.note = c.left_out;
		chart_text(&c, width < CHART_WIDTH ? width : CHART_WIDTH, colour, out);
	}
	if (p->now->why.n)
		buf_printf(out, "%.*s\n", (int)p->now->why.n, p->now->why.p);
	else if (!pictures.n && p->now->kept.n)
		put_table(d, p, width, colour, out);
	else if (!pictures.n)
		buf_printf(out, "%s\n", label(d->codec.settings->language, "none", "không có"));
	put_soft(p->now->command, colour, out);
}

void dashboard_text(const struct dashboard *d, size_t width, bool colour, struct buf *out)
{
	facts_put(&d->facts, d->codec.settings->language, out);
	for (size_t i = 0; i < d->n;) {
		size_t end = dashboard_group(d, i);
		buf_puts(out, i ? "\n" : "");
		if (is_kpi(&d->panels[i]))
			put_kpis(d, i, end, width, colour, out);
		else
			put_panel(d, &d->panels[i], width, colour, out);
		i = end;
	}
}
