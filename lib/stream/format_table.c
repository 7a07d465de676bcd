/*
 * Tables for people, aligned by libsmartcols.  Fitting them to the terminal is
 * done here: wide columns give way first and say so with … (in the middle where
 * cells would else look the same), numbers and references are shown whole or not at all.
 */
#include <ctype.h>
#include <langinfo.h>
#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>

#include "core/map.h"
#include "core/shorten.h"
#include "core/utf8.h"
#include "stream/writer_impl.h"

enum {
	NARROWEST = 8, /* no column is cut below this, nor below its widest reference */
	READABLE = 12, /* nor below this where columns are missing anyway */
};

static const struct str more = { "…", sizeof "…" - 1 };

struct table {
	struct arena arena; /* of all text */
	struct str *texts;  /* row after row; the first row is the headings */
	size_t rows, size;
	size_t *widths;	   /* of the columns */
	size_t *narrowest; /* that they may be cut to */
	bool *wordy;	   /* a column has a cell that is more than a number, a day, a time */
	size_t *order;	   /* in which the columns stand */
};

/* cron and ssh give no locale; names are UTF-8 all the same.  LC_NUMERIC is left alone. */
static void need_utf8(void)
{
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

/*
 * One character made harmless: controls become their pictures (ESC ␛), bytes that
 * are no text and what turns the direction of writing U+FFFD.
 */
static void put_visible(struct buf *b, const char *p, size_t n)
{
	int32_t c = n ? utf8_code((struct str){ p, n }, n) : 0xfffd;
	if (c == '\t')
		buf_putc(b, ' ');
	else if (c < 0x20 || c == 0x7f)
		buf_put(b, (struct str){ (char[]){ (char)0xe2, (char)0x90,
						   (char)(c == 0x7f ? 0xa1 : 0x80 + c) },
					 3 });
	else if (!n || (c >= 0x80 && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
		 (c >= 0x2066 && c <= 0x2069))
		buf_put(b, STR("\xef\xbf\xbd"));
	else
		buf_put(b, (struct str){ p, n });
}

struct str table_text(struct str s, struct arena *a)
{
	struct buf b = { 0 };
	ptrdiff_t end = str_find(s, '\n');
	struct str line = end < 0 ? s : str_sub(s, 0, (size_t)end);
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	for (size_t i = 0, n; i < line.n; i += n ? n : 1) {
		n = utf8_char(str_sub(line, i, line.n));
		put_visible(&b, line.p + i, n);
	}
	if (end >= 0 && (size_t)end + 1 < s.n)
		buf_put(&b, more);
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

static struct str *new_row(struct writer *w)
{
	struct table *t = w->state;
	if (t->rows == t->size) {
		t->size = t->size ? t->size * 2 : 32;
		t->texts = xrealloc(t->texts, t->size * (w->n ? w->n : 1) * sizeof *t->texts);
	}
	return t->texts + t->rows++ * w->n;
}

static void put(struct writer *w, struct str *texts, size_t i, struct str s)
{
	struct table *t = w->state;
	texts[i] = table_text(s, &t->arena);
	size_t width = utf8_width(texts[i]);
	if (width > t->widths[i])
		t->widths[i] = width;
}

/* deal-12, SO-2026-0001, also as a branch of a tree: └─ deal-12 */
static bool is_reference(struct str s)
{
	size_t digits = 0, start = 0;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80 || (start == i && s.p[i] == ' '))
			start = i + 1;
	while (digits < s.n && isdigit((unsigned char)s.p[s.n - digits - 1]))
		digits++;
	for (size_t i = start; i < s.n; i++)
		if (!isalnum((unsigned char)s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
			return false;
	return digits && digits < s.n && s.p[s.n - digits - 1] == '-';
}

static bool is_wordy(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!memchr("0123456789 +-:./", s.p[i], sizeof "0123456789 +-:./" - 1))
			return true;
	return false;
}

static void table_begin(struct writer *w)
{
	struct table *t = xcalloc(1, sizeof *t);
	w->state = t;
	t->widths = xcalloc(w->n, sizeof *t->widths);
	t->narrowest = xcalloc(w->n, sizeof *t->narrowest);
	t->wordy = xcalloc(w->n, sizeof *t->wordy);
	t->order = xcalloc(w->n, sizeof *t->order);
	for (size_t i = 0; i < w->n; i++)
		t->order[i] = i;
	struct str *texts = new_row(w);
	for (size_t i = 0; i < w->n; i++)
		put(w, texts, i, w->columns[i].label.n ? w->columns[i].label : w->columns[i].name);
}

static void table_row(struct writer *w, const struct cell *cells)
{
	struct str *texts = new_row(w);
	struct table *t = w->state;
	for (size_t i = 0; i < w->n; i++) {
		put(w, texts, i, cells[i].kind > CELL_NULL ? cells[i].text : (struct str){ 0 });
		t->wordy[i] = t->wordy[i] || is_wordy(texts[i]);
		size_t width = is_reference(texts[i]) ? utf8_width(texts[i]) : NARROWEST;
		if (width > t->narrowest[i])
			t->narrowest[i] = width;
	}
}

/* Half of a number, a day or a reference is worth nothing. */
static bool may_be_cut(const struct writer *w, size_t i)
{
	const struct table *t = w->state;
	return t->wordy[i] && !w->columns[i].right && !str_is(w->columns[i].name, "id");
}

/* How wide column i is where no column is wider than `most` that may be cut. */
static size_t width_within(const struct writer *w, size_t i, size_t most)
{
	const struct table *t = w->state;
	if (most < t->narrowest[i])
		most = t->narrowest[i];
	return may_be_cut(w, i) && t->widths[i] > most ? most : t->widths[i];
}

/* Width of the first n columns then, with what says that others are missing. */
static size_t total_width(const struct writer *w, size_t n, size_t most)
{
	const struct table *t = w->state;
	size_t total = n ? n - 1 : 0;
	for (size_t i = 0; i < n; i++)
		total += width_within(w, t->order[i], most);
	return total + (n < w->n ? 2 : 0); /* " …" */
}

/* Amounts would be misread without their currency, which is the last column of many. */
static void bring_currency(struct writer *w)
{
	struct table *t = w->state;
	size_t currency = 0, figure = 0;
	while (currency < w->n && !str_is(w->columns[currency].name, "currency"))
		currency++;
	while (figure < currency && !w->columns[figure].right)
		figure++;
	if (currency == w->n)
		return;
	memmove(t->order + figure + 1, t->order + figure, (currency - figure) * sizeof *t->order);
	t->order[figure] = currency;
}

/* Sets the columns' widths so that they fit; returns how many of them do. */
static size_t fit(struct writer *w)
{
	struct table *t = w->state;
	size_t room = (size_t)w->options.width, n = w->n, most = room;
	if (w->options.width <= 0)
		return n;
	while (most > NARROWEST && total_width(w, n, most) > room)
		most--;
	if (total_width(w, n, most) > room) {
		most = most < READABLE ? READABLE : most;
		bring_currency(w);
	}
	while (n && total_width(w, n, most) > room)
		n--;
	while (most < room && total_width(w, n, most + 1) <= room)
		most++; /* what the missing ones leave */
	for (size_t i = 0; i < n; i++)
		t->widths[t->order[i]] = width_within(w, t->order[i], most);
	return n;
}

struct str table_cut(struct str s, size_t width, struct arena *a)
{
	if (s.n <= width || utf8_width(s) <= width)
		return s;
	size_t end = 0, used = 1;
	for (size_t n; end < s.n; end += n) {
		n = utf8_char(str_sub(s, end, s.n));
		used += utf8_width(str_sub(s, end, n));
		if (used > width)
			break;
	}
	return arena_printf(a, "%.*s%s", (int)end, s.p, more.p);
}

static double columns_of(struct str s, const void *of)
{
	(void)of;
	return (double)utf8_width(s);
}

/* Whether cells that differ would look the same, cut at their ends. */
static bool cut_alike(struct writer *w, size_t i)
{
	struct table *t = w->state;
	struct map seen = { 0 }; /* what is left of a cell → its row */
	bool alike = false;
	for (size_t row = 1; row < t->rows && !alike; row++) {
		struct str text = t->texts[row * w->n + i];
		struct str cut = table_cut(text, t->widths[i], &t->arena);
		if (cut.p == text.p)
			continue;
		int64_t *before = map_at(&seen, cut);
		alike = *before && !str_eq(t->texts[(size_t)*before * w->n + i], text);
		*before = (int64_t)row;
	}
	map_free(&seen);
	return alike;
}

static void *must(void *p)
{
	if (!p)
		die(STATUS_ENV, "out of memory for a table");
	return p;
}

static void add_column(struct writer *w, struct libscols_table *scols, size_t at, size_t shown)
{
	struct table *t = w->state;
	bool all = at < shown;
	size_t i = t->order[at];
	struct str heading = all ? table_cut(t->texts[i], t->widths[i], &t->arena) : more;
	int flags = all && w->columns[i].right ? SCOLS_FL_RIGHT : 0;
	struct libscols_column *c = must(scols_table_new_column(scols, heading.p, 0, flags));
	scols_column_set_safechars(c, "\\"); /* else \x stands for itself as \x5cx */
	if (w->options.colour)
		scols_cell_set_color(scols_column_get_header(c), "\033[1m");
}

static void add_rows(struct writer *w, struct libscols_table *scols, size_t shown)
{
	struct table *t = w->state;
	bool *alike = arena_new(&t->arena, bool, shown);
	for (size_t at = 0; at < shown; at++)
		alike[at] = may_be_cut(w, t->order[at]) && cut_alike(w, t->order[at]);
	for (size_t row = 1; row < t->rows; row++) {
		struct libscols_line *line = must(scols_table_new_line(scols, NULL));
		struct str *texts = t->texts + row * w->n;
		for (size_t at = 0; at < shown; at++) {
			size_t i = t->order[at];
			struct str text = alike[at] ? shorten(texts[i], (double)t->widths[i],
							      columns_of, NULL, &t->arena)
						    : table_cut(texts[i], t->widths[i], &t->arena);
			if (text.n && scols_line_set_data(line, at, text.p) != 0)
				must(NULL);
		}
	}
}

/* An empty cell at the end is nothing, and not its column's width of blanks. */
static void put_lines(struct buf *b, struct str text)
{
	struct str line;
	while (str_cut(&text, '\n', &line)) {
		while (line.n && line.p[line.n - 1] == ' ')
			line.n--;
		buf_put(b, line);
		buf_putc(b, '\n');
	}
}

static void print(struct writer *w)
{
	struct libscols_table *scols = must(scols_new_table());
	size_t shown = fit(w);
	char *text = NULL;
	need_utf8();
	scols_table_set_termforce(scols, SCOLS_TERMFORCE_NEVER);
	scols_table_enable_colors(scols, w->options.colour);
	for (size_t i = 0; i < shown; i++)
		add_column(w, scols, i, shown);
	if (shown < w->n)
		add_column(w, scols, shown, shown);
	add_rows(w, scols, shown);
	scols_print_table_to_string(scols, &text);
	put_lines(&w->buf, str_of(must(text)));
	free(text);
	scols_unref_table(scols);
}

/* A table without rows is silent. */
static void table_end(struct writer *w)
{
	struct table *t = w->state;
	if (w->rows && w->n)
		print(w);
	arena_free(&t->arena);
	free(t->texts);
	free(t->widths);
	free(t->narrowest);
	free(t->wordy);
	free(t->order);
	free(t);
}

const struct writer_ops table_writer = {
	.human = true,
	.begin = table_begin,
	.row = table_row,
	.end = table_end,
};
