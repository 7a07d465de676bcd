/* Charts on a terminal: bars of block characters with their figures in a column. */
#include "core/shorten.h"
#include "report/text_impl.h"

static double columns_of(struct str s, const void *of)
{
	(void)of;
	return (double)utf8_width(s);
}

void text_cell(struct text *t, struct str s, size_t width, bool right)
{
	s = shorten(table_text(s, &t->arena), (double)width, columns_of, NULL, &t->arena);
	size_t n = utf8_width(s), fill = n < width ? width - n : 0;
	text_repeat(t, " ", right ? fill : 0);
	buf_put(t->out, s);
	text_repeat(t, " ", right ? 0 : fill);
}

void text_repeat(struct text *t, const char *one, size_t n)
{
	while (n--)
		buf_puts(t->out, one);
}

/* The six colours that terminals have, black and white left out. */
void text_series(struct text *t, size_t i)
{
	static const int colours[] = { 34, 33, 32, 35, 36, 31 };
	if (t->colour)
		buf_printf(t->out, "\033[%dm", colours[chart_look(t->c, i) % countof(colours)]);
}

void text_plain(struct text *t)
{
	if (t->colour)
		buf_puts(t->out, "\033[0m");
}

void text_end(struct text *t)
{
	while (t->out->n && t->out->p[t->out->n - 1] == ' ')
		t->out->n--;
	buf_putc(t->out, '\n');
}

size_t text_widest(struct text *t, const struct str *texts, size_t n, size_t most)
{
	size_t widest = 0;
	for (size_t i = 0; i < n; i++) {
		size_t width = utf8_width(table_text(texts[i], &t->arena));
		widest = width > widest ? width : widest;
	}
	return widest < most ? widest : most;
}

void text_legend(struct text *t, const char *const *marks, size_t nmarks)
{
	size_t used = 0;
	for (size_t i = 0; i < t->c->nseries; i++) {
		struct str name = table_text(t->c->series[i].name, &t->arena);
		size_t width = utf8_width(name) + 2;
		width = width < t->width ? width : t->width;
		if (used && used + 2 + width > t->width) {
			text_end(t);
			used = 0;
		}
		text_repeat(t, " ", used ? 2 : 0);
		text_series(t, i);
		buf_puts(t->out,
			 t->c->series[i].reference ? text_reference(t->c, i) : marks[i % nmarks]);
		text_plain(t);
		buf_putc(t->out, ' ');
		text_cell(t, name, width - 2, false);
		used += width + (used ? 2 : 0);
	}
	text_end(t);
}

/* Text over several lines, broken at blanks. */
static void put_paragraph(struct text *t, struct str s, bool bold)
{
	struct str word;
	size_t used = 0;
	if (!s.n)
		return;
	buf_puts(t->out, bold && t->colour ? "\033[1m" : "");
	s = table_text(s, &t->arena);
	while (str_cut(&s, ' ', &word)) {
		size_t width = utf8_width(word);
		width = width < t->width ? width : t->width;
		if (used && used + 1 + width > t->width) {
			text_end(t);
			used = 0;
		}
		text_repeat(t, " ", used ? 1 : 0);
		text_cell(t, word, width, false);
		used += width + (used ? 1 : 0);
	}
	text_plain(t);
	text_end(t);
}

/* -- bars -- */

static const char *const shades[] = { "█", "▓", "▒", "░", "#", "=", "+", "-" };

struct bars {
	struct scale scale;
	size_t label, name, room, value, share; /* columns of each part of a line */
	size_t zero;				/* of room: where 0 is */
	double *running;			/* of Pareto, or NULL */
};

static double cells_of(const struct bars *b, double v)
{
	return v / (b->scale.hi - b->scale.lo) * (double)b->room;
}

/* From 0 to the right, to an eighth of a column; the last bit is shown where there is any. */
static size_t put_right(struct text *t, double cells)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	size_t n = (size_t)(cells * 8 + .5);
	n = n ? n : 1;
	text_repeat(t, "█", n / 8);
	buf_puts(t->out, eighths[n % 8]);
	return n / 8 + (n % 8 > 0);
}

static void put_bar(struct text *t, const struct bars *b, size_t i, const struct chart_value *v)
{
	size_t used = b->zero;
	double cells = chart_drawn(v) ? cells_of(b, v->is) : 0;
	size_t left = cells < 0 ? (size_t)(-cells + .5) : 0;
	left = cells < 0 && !left ? 1 : left < b->zero ? left : b->zero;
	text_repeat(t, " ", b->zero - left);
	text_series(t, i);
	if (t->c->series[i].reference && cells > 0) {
		size_t n = cells > 1 ? (size_t)cells : 1;
		text_repeat(t, "─", n - 1);
		buf_puts(t->out, "┤");
		used += n;
	} else {
		text_repeat(t, "█", left);
		used += cells > 0 ? put_right(t, cells) : 0;
	}
	text_plain(t);
	text_repeat(t, " ", b->room + 1 > used ? b->room + 1 - used : 0);
}

/* Columns of each part are those between the ends of the sums, so that no rounding adds up. */
static void put_stack(struct text *t, const struct bars *b, size_t k)
{
	size_t below = (size_t)(cells_of(b, -chart_stack(t->c, k, true)) + .5), used = b->zero;
	below = below < b->zero ? below : b->zero;
	text_repeat(t, " ", b->zero - below);
	for (int up = 0; up < 2; up++) {
		double sum = 0;
		size_t at = 0;
		for (size_t n = 0; n < t->c->nseries; n++) {
			size_t i = up ? n : t->c->nseries - 1 - n; /* outwards from 0 */
			const struct chart_value *v = &t->c->series[i].values[k];
			if (t->c->series[i].reference || !chart_drawn(v) || (v->is < 0) == up)
				continue;
			sum += fabs(v->is);
			size_t end = (size_t)(cells_of(b, sum) + .5);
			text_series(t, i);
			text_repeat(t, shades[i % countof(shades)], end - at);
			at = end;
		}
		used += up ? at : 0;
	}
	text_plain(t);
	text_repeat(t, " ", b->room + 1 > used ? b->room + 1 - used : 0);
}

static bool is_stack(const struct chart *c)
{
	return c->kind == CHART_STACKED;
}

/* What stands in the column of figures; short where that would leave no room for bars. */
static struct str figure(struct text *t, size_t i, size_t k, bool brief)
{
	const struct chart_value *v = &t->c->series[i].values[k];
	if (is_stack(t->c) && !t->c->series[i].reference)
		return chart_short(t->c, chart_stack(t->c, k, false) + chart_stack(t->c, k, true),
				   &t->arena);
	return brief && chart_drawn(v) ? chart_short(t->c, v->is, &t->arena)
				       : chart_number(t->c, v, &t->arena);
}

static size_t figures_width(struct text *t, bool brief)
{
	size_t widest = 0;
	for (size_t i = 0; i < t->c->nseries; i++)
		for (size_t k = 0; k < t->c->ncategories; k++) {
			size_t width = utf8_width(figure(t, i, k, brief));
			widest = width > widest ? width : widest;
		}
	return widest;
}

/* Whether series i has a line of its own: of those of a stack only the first has, and of what
 * figures are held against what there is. */
static bool has_line(const struct chart *c, size_t i, size_t k)
{
	if (c->series[i].reference && !chart_drawn(&c->series[i].values[k]))
		return false;
	if (is_stack(c))
		for (size_t j = 0; j < i; j++)
			if (!c->series[j].reference && !c->series[i].reference)
				return false;
	return c->kind != CHART_PARETO || i == 0;
}

static struct bars lay_bars(struct text *t, bool *brief)
{
	const struct chart *c = t->c;
	struct bars b = { 0 };
	struct str *names = arena_new(&t->arena, struct str, c->nseries);
	for (size_t i = 0; i < c->nseries; i++)
		names[i] = is_stack(c) && !c->series[i].reference ? STR("") : c->series[i].name;
	*brief = figures_width(t, false) > t->width / 3;
	b.value = figures_width(t, *brief);
	b.label = text_widest(t, c->categories, c->ncategories, t->width * 2 / 5);
	b.name = c->nseries > 1 && c->kind != CHART_PARETO
		     ? text_widest(t, names, c->nseries, t->width / 5) + 1
		     : 0;
	double lo, hi, sum;
	chart_range(c, &lo, &hi);
	b.scale = (struct scale){ lo, hi > lo ? hi : lo + 1, 1 };
	if (c->kind == CHART_PARETO) {
		b.running = chart_running(c, &sum, &t->arena);
		b.share = 6;
	}
	size_t taken = b.label + 1 + b.name + 1 + b.value + b.share;
	b.room = t->width > taken + 4 ? t->width - taken : 4;
	b.zero = (size_t)(cells_of(&b, -lo) + .5);
	return b;
}

static void text_bars(struct text *t)
{
	const struct chart *c = t->c;
	bool brief;
	struct bars b = lay_bars(t, &brief);
	if (is_stack(c))
		text_legend(t, shades, countof(shades));
	for (size_t k = 0; k < c->ncategories; k++)
		for (size_t i = 0, lines = 0; i < c->nseries; i++) {
			if (!has_line(c, i, k))
				continue;
			bool stack = is_stack(c) && !c->series[i].reference;
			text_cell(t, lines++ ? STR("") : c->categories[k], b.label, false);
			buf_putc(t->out, ' ');
			if (b.name)
				text_cell(t, stack ? STR("") : c->series[i].name, b.name, false);
			if (stack)
				put_stack(t, &b, k);
			else
				put_bar(t, &b, i, &c->series[i].values[k]);
			text_cell(t, figure(t, i, k, brief), b.value, true);
			if (b.running)
				text_cell(t, chart_percent(c, b.running[k], &t->arena), b.share,
					  true);
			text_end(t);
		}
}

static void text_funnel(struct text *t)
{
	const struct chart *c = t->c;
	double lo, hi;
	size_t label = text_widest(t, c->categories, c->ncategories, t->width * 2 / 5);
	size_t value = figures_width(t, false), room = t->width - label - value - 9;
	chart_range(c, &lo, &hi);
	room = label + value + 9 + 4 < t->width ? room : 4;
	for (size_t k = 0; k < c->ncategories; k++) {
		const struct chart_value *v = &c->series[0].values[k];
		bool any = chart_drawn(v) && v->is > 0;
		size_t n = any ? (size_t)(v->is / hi * (double)room + .5) : 0;
		n = any && !n ? 1 : n;
		text_cell(t, c->categories[k], label, false);
		buf_putc(t->out, ' ');
		text_repeat(t, " ", (room - n) / 2);
		text_series(t, 0);
		text_repeat(t, "█", n);
		text_plain(t);
		text_repeat(t, " ", room - n - (room - n) / 2 + 1);
		text_cell(t, figure(t, 0, k, false), value, true);
		text_cell(t, chart_rate(c, k, &t->arena), 7, true);
		text_end(t);
	}
}

static void (*const kinds[])(struct text *) = {
	[CHART_BAR] = text_bars,      [CHART_STACKED] = text_bars, [CHART_LINE] = text_line,
	[CHART_FUNNEL] = text_funnel, [CHART_HEAT] = text_heat,	   [CHART_PARETO] = text_bars,
};

void chart_text(const struct chart *c, size_t width, bool colour, struct buf *out)
{
	double lo, hi;
	struct text t = { .c = c, .width = width < 40 ? 40 : width, .colour = colour, .out = out };
	put_paragraph(&t, c->title, true);
	put_paragraph(&t, c->subtitle, false);
	if (c->title.n || c->subtitle.n)
		buf_putc(out, '\n');
	if (c->ncategories && chart_range(c, &lo, &hi)) {
		put_paragraph(&t, chart_value_title(c, &t.arena), false);
		kinds[c->kind](&t);
	} else {
		put_paragraph(&t, str_of(chart_no_data(c)), false);
	}
	if (c->note.n)
		buf_putc(out, '\n');
	put_paragraph(&t, c->note, false);
	arena_free(&t.arena);
}
