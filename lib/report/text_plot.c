/* Lines and heat maps on a terminal. */
#include "report/text_impl.h"

enum { ROWS = 10 };

static const char *const marks[] = { "●", "○", "◆", "▲", "■", "+", "x", "*" };

/* A character for each place, and the series that it belongs to. */
struct canvas {
	struct scale scale;
	size_t left, width, n;	   /* columns of the ticks, of the picture; categories */
	const char *at[ROWS][512]; /* NULL: a blank; row 0 is the lowest */
	size_t series[ROWS][512];
};

static size_t column_of(const struct canvas *p, double k)
{
	double each = (double)p->width / (double)p->n;
	size_t column = (size_t)((k + .5) * each);
	return column < p->width ? column : p->width - 1;
}

static size_t row_of(const struct canvas *p, double v)
{
	double row = scale_at(&p->scale, v) * (ROWS - 1) + .5;
	return row < 0 ? 0 : row >= ROWS ? ROWS - 1 : (size_t)row;
}

static void put_point(struct canvas *p, double k, double v, const char *mark, size_t series,
		      bool over)
{
	size_t x = column_of(p, k), y = row_of(p, v);
	if (p->at[y][x] && !over)
		return;
	p->at[y][x] = mark;
	p->series[y][x] = series;
}

/* Dots between two points that follow each other. */
static void join(struct canvas *p, size_t k, double from, double to, const char *dot, size_t series)
{
	size_t x1 = column_of(p, (double)k - 1), x2 = column_of(p, (double)k);
	for (size_t x = x1 + 1; x < x2; x++) {
		double share = (double)(x - x1) / (double)(x2 - x1);
		put_point(p, (double)k - 1 + share, from + (to - from) * share, dot, series, false);
	}
}

static void put_series(struct canvas *p, const struct chart *c, size_t i)
{
	const struct chart_series *s = &c->series[i];
	const char *line = text_reference(c, i);
	for (size_t k = 0; k < c->ncategories; k++)
		if (chart_drawn(&s->values[k]))
			put_point(p, (double)k, s->values[k].is,
				  s->reference ? line : marks[i % countof(marks)], i,
				  !s->reference);
	for (size_t k = 1; k < c->ncategories; k++)
		if (chart_drawn(&s->values[k]) && chart_drawn(&s->values[k - 1]))
			join(p, k, s->values[k - 1].is, s->values[k].is, s->reference ? line : "·",
			     i);
}

/* The band lies below all else. */
static void put_band(struct canvas *p, const struct chart *c, size_t i)
{
	const struct chart_series *s = &c->series[i];
	for (size_t k = 0; s->low && s->high && k < c->ncategories; k++) {
		if (!chart_drawn(&s->low[k]) || !chart_drawn(&s->high[k]))
			continue;
		for (size_t y = row_of(p, s->low[k].is); y <= row_of(p, s->high[k].is); y++) {
			size_t x = column_of(p, (double)k);
			p->at[y][x] = p->at[y][x] ? p->at[y][x] : "░";
			p->series[y][x] = i;
		}
	}
}

/* One series that never falls below 0 is an area of columns, to an eighth of a row. */
static void put_area(struct canvas *p, const struct chart *c)
{
	static const char *const eighths[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	size_t each = p->width / p->n, wide = each > 2 ? each - 1 : each;
	for (size_t k = 0; k < p->n; k++) {
		const struct chart_value *v = &c->series[0].values[k];
		size_t n =
		    chart_drawn(v) ? (size_t)(scale_at(&p->scale, v->is) * ROWS * 8 + .5) : 0;
		size_t start = k * each;
		for (size_t y = 0; y * 8 < n && y < ROWS; y++)
			for (size_t x = start; x < start + wide; x++)
				p->at[y][x] = eighths[n - y * 8 >= 8 ? 7 : (n - 1) % 8];
	}
}

/* The tick of that row; empty where there is none. */
static struct str tick_of(struct text *t, const struct canvas *p, size_t row, bool area)
{
	const struct scale *s = &p->scale;
	for (long i = 0; i <= scale_steps(s); i++) {
		double v = scale_value(s, i);
		size_t at = area ? (size_t)(scale_at(s, v) * ROWS) : row_of(p, v) + 1;
		if ((at ? at - 1 : 0) == row && (at || !area))
			return scale_tick(s, v, t->c, &t->arena);
	}
	return (struct str){ 0 };
}

/* As many labels of categories as have room, each below its point. */
static void put_labels(struct text *t, const struct canvas *p)
{
	size_t at = 0;
	text_repeat(t, " ", p->left + 2);
	for (size_t k = 0; k < p->n; k++) {
		struct str s = table_text(t->c->categories[k], &t->arena);
		size_t width = utf8_width(s), x = column_of(p, (double)k);
		x = x > width / 2 ? x - width / 2 : 0;
		x = x + width > p->width ? p->width > width ? p->width - width : 0 : x;
		if ((at && x < at + 1) || width > p->width)
			continue;
		text_repeat(t, " ", x - at);
		text_cell(t, s, width, false);
		at = x + width;
	}
	text_end(t);
}

static void put_canvas(struct text *t, const struct canvas *p, bool area)
{
	for (size_t y = ROWS; y-- > 0;) {
		struct str tick = tick_of(t, p, y, area);
		text_cell(t, tick, p->left, true);
		buf_puts(t->out, tick.n ? " ┤" : " │");
		for (size_t x = 0; x < p->width; x++) {
			if (!p->at[y][x]) {
				buf_putc(t->out, ' ');
				continue;
			}
			text_series(t, p->series[y][x]);
			buf_puts(t->out, p->at[y][x]);
			text_plain(t);
		}
		text_end(t);
	}
}

void text_line(struct text *t)
{
	const struct chart *c = t->c;
	struct canvas *p = arena_new(&t->arena, struct canvas, 1);
	p->scale = chart_scale(c, 4);
	p->n = c->ncategories;
	for (long i = 0; i <= scale_steps(&p->scale); i++) {
		double v = scale_value(&p->scale, i);
		size_t width = utf8_width(scale_tick(&p->scale, v, c, &t->arena));
		p->left = width > p->left ? width : p->left;
	}
	p->width = t->width - p->left - 2;
	p->width = p->width < countof(p->at[0]) ? p->width : countof(p->at[0]);
	bool area = c->nseries == 1 && !c->series[0].low && !c->series[0].reference &&
		    p->scale.lo >= 0 && p->n <= p->width;
	for (size_t i = c->nseries; i-- > 0 && !area;)
		put_series(p, c, i);
	for (size_t i = 0; i < c->nseries && !area; i++)
		put_band(p, c, i);
	p->width = area ? p->width / p->n * p->n : p->width;
	if (area)
		put_area(p, c);
	if (c->nseries > 1)
		text_legend(t, marks, countof(marks));
	put_canvas(t, p, area);
	put_labels(t, p);
}

/* The shade of a figure; where all are the same the darkest, of nothing the lightest. */
static const char *shade_of(double v, double lo, double hi)
{
	static const char *const shades[] = { "░", "▒", "▓", "█" };
	const double all = countof(shades), same = v != 0 ? all : 0;
	double at = hi > lo ? (v - lo) / (hi - lo) * all : same;
	return shades[at < all ? (size_t)at : countof(shades) - 1];
}

/* What the shades mean, one figure where there is no other; and what goes across. */
static void put_shades(struct text *t, double lo, double hi)
{
	struct str from = chart_short(t->c, lo, &t->arena), to = chart_short(t->c, hi, &t->arena);
	struct str scale = arena_printf(&t->arena, "%s %s", shade_of(lo, lo, hi), from.p);
	if (hi > lo)
		scale = arena_printf(&t->arena, "%s ░▒▓█ %s", from.p, to.p);
	buf_put(t->out, scale);
	if (t->c->category_title.n) {
		buf_puts(t->out, "   → ");
		text_cell(t, t->c->category_title, t->width - utf8_width(scale) - 5, false);
	}
	text_end(t);
}

/* A cell of a heat map: its shade, and the figure where there is room. */
static void put_cell(struct text *t, const struct chart_value *v, double lo, double hi,
		     size_t width, bool figures)
{
	if (!chart_drawn(v)) {
		text_repeat(t, " ", width);
		return;
	}
	const char *shade = shade_of(v->is, lo, hi);
	text_repeat(t, shade, figures ? 1 : width - (width > 2));
	if (figures)
		text_cell(t, chart_number(t->c, v, &t->arena), width - 2, true);
	text_repeat(t, " ", figures || width > 2);
}

/* Columns of a cell: as wide as its figures and headings are, where all cells have that room. */
static size_t cell_width(struct text *t, size_t room, bool *figures)
{
	const struct chart *c = t->c;
	size_t widest = 1, headings = text_widest(t, c->categories, c->ncategories, SIZE_MAX) + 1;
	for (size_t i = 0; i < c->nseries; i++)
		for (size_t k = 0; k < c->ncategories; k++) {
			struct str text = chart_number(c, &c->series[i].values[k], &t->arena);
			size_t width = utf8_width(text);
			widest = width > widest ? width : widest;
		}
	*figures = room >= widest + 2;
	size_t width = *figures ? widest + 2 : room < 3 ? room : 3;
	width = width < headings && headings <= room ? headings : width;
	return width ? width : 1; /* more columns than the terminal has */
}

/* Headings, as many as have room. */
static void put_headings(struct text *t, size_t left, size_t width)
{
	const struct chart *c = t->c;
	size_t widest = text_widest(t, c->categories, c->ncategories, 16) + 1;
	size_t stride = (widest + width - 1) / width;
	text_cell(t, c->series_title, left, false);
	for (size_t k = 0; k + stride <= c->ncategories && left + (k + stride) * width <= t->width;
	     k += stride) {
		text_cell(t, c->categories[k], stride * width - 1, stride == 1);
		buf_putc(t->out, ' ');
	}
	text_end(t);
}

void text_heat(struct text *t)
{
	const struct chart *c = t->c;
	double lo, hi;
	bool figures;
	struct str *names = arena_new(&t->arena, struct str, c->nseries);
	for (size_t i = 0; i < c->nseries; i++)
		names[i] = c->series[i].name;
	size_t left = text_widest(t, names, c->nseries, t->width / 4);
	size_t width = cell_width(t, (t->width - left - 1) / c->ncategories, &figures);
	chart_range(c, &lo, &hi);
	put_shades(t, lo, hi);
	put_headings(t, left + 1, width);
	for (size_t i = 0; i < c->nseries; i++) {
		text_cell(t, names[i], left, false);
		buf_putc(t->out, ' ');
		text_series(t, 0);
		for (size_t k = 0; k < c->ncategories && left + 1 + (k + 1) * width <= t->width;
		     k++)
			put_cell(t, &c->series[i].values[k], lo, hi, width, figures);
		text_plain(t);
		text_end(t);
	}
}
