/*
 * Bars, lines and Pareto: categories along one axis, values along the other.  Bars of
 * categories without an order lie, so that each has its label; all else stands.  What is
 * drawn does not know which: plot_point turns it.
 */
#include "report/svg_plot.h"

enum { NARROW = 400 }; /* pixels: a picture for a phone */

void plot_line(struct plot *p, const char *class, double along1, double up1, double along2,
	       double up2)
{
	struct point a = plot_point(p, along1, up1), b = plot_point(p, along2, up2);
	buf_printf(&p->v->body, "<path class=\"%s\" d=\"M%g %gL%g %g\"/>\n", class, px(a.x),
		   px(a.y), px(b.x), px(b.y));
}

/* -- axes -- */

static void value_axis(struct plot *p)
{
	const struct chart *c = p->v->c;
	struct scale *s = &p->scale;
	for (long i = 0; i <= scale_steps(s); i++) {
		double at = scale_value(s, i), up = plot_value(p, at);
		struct str text = scale_tick(s, at, c, &p->v->arena);
		bool zero = fabs(at) < s->step / 2;
		struct point q = plot_point(p, p->lying ? p->along : 0, up);
		plot_line(p, zero ? "axis" : "grid", 0, up, p->along, up);
		if (p->lying)
			svg_text(p->v, q.x, q.y + 15, ANCHOR_MIDDLE, FACE_SMALL, text);
		else
			svg_text(p->v, q.x - 6, q.y + 4, ANCHOR_END, FACE_SMALL, text);
	}
}

static double widest_tick(const struct plot *p)
{
	double widest = 0;
	for (long i = 0; i <= scale_steps(&p->scale); i++) {
		struct str text =
		    scale_tick(&p->scale, scale_value(&p->scale, i), p->v->c, &p->v->arena);
		double width = svg_text_width(text, FACE_SMALL);
		widest = width > widest ? width : widest;
	}
	return widest;
}

static bool words_fit(struct str s, double width)
{
	struct str word;
	while (str_cut(&s, ' ', &word))
		if (svg_text_width(word, FACE_SMALL) > width)
			return false;
	return true;
}

/* Whether every so-manieth label fits below its categories, in two lines, no word broken. */
static bool labels_fit(struct svg *v, size_t stride, double width)
{
	struct str lines[SVG_LINES];
	bool cut;
	for (size_t k = 0; k < v->c->ncategories; k += stride) {
		svg_wrap(v->c->categories[k], FACE_SMALL, width, 2, lines, &cut, &v->arena);
		if (cut || !words_fit(v->c->categories[k], width))
			return false;
	}
	return true;
}

/* Where the middle of a label below is, and half of its width: it stays in the picture. */
static double label_middle(const struct plot *p, size_t k, double room, double *half)
{
	double x = p->left + plot_middle(p, k), width = p->v->width;
	*half = svg_text_width(p->v->c->categories[k], FACE_SMALL) / 2;
	*half = *half < room / 2 ? *half : room / 2;
	return x < *half ? *half : x > width - *half ? width - *half : x;
}

/* Labels below: all, or evenly chosen ones; where even one alone is too long it is cut. */
static void standing_labels(struct plot *p)
{
	struct svg *v = p->v;
	size_t n = v->c->ncategories, stride = 1;
	while (stride < n && !labels_fit(v, stride, (double)stride * p->band - 6))
		stride++;
	double room = (double)stride * p->band - 6, end = -1, half;
	double last = label_middle(p, n - 1, room, &half) - half;
	for (size_t k = 0; k < n; k++) {
		double x = label_middle(p, k, room, &half);
		bool chosen = k % stride == 0, outside = v->c->outside && k == n - 1;
		if (!outside && (!chosen || x - half < end || (v->c->outside && x + half > last)))
			continue; /* another one was moved onto it */
		end = x + half;
		svg_label(v, x, p->top + p->across + 20, ANCHOR_MIDDLE, FACE_SMALL, room, 2,
			  v->c->categories[k]);
	}
}

/* Labels before the bars, or above them. */
static void lying_labels(struct plot *p)
{
	struct svg *v = p->v;
	for (size_t k = 0; k < v->c->ncategories; k++)
		if (p->head > 0)
			svg_label(v, 0, p->top + (double)k * p->pitch + p->head / 2 + 2,
				  ANCHOR_START, FACE_LABEL, v->width, 1, v->c->categories[k]);
		else
			svg_label(v, p->labels, p->top + plot_middle(p, k), ANCHOR_END, FACE_TEXT,
				  p->labels, 2, v->c->categories[k]);
}

/* -- the whole -- */

static void put_legend(struct svg *v)
{
	const struct chart *c = v->c;
	struct svg_key *keys = arena_new(&v->arena, struct svg_key, c->nseries);
	if (c->nseries == 1 && !c->series[0].reference)
		return;
	for (size_t i = 0; i < c->nseries; i++)
		keys[i] = (struct svg_key){ c->series[i].reference  ? KEY_REFERENCE
					    : c->kind == CHART_LINE ? KEY_LINE
								    : KEY_BAR,
					    c->series[i].reference ? i : chart_look(c, i),
					    c->series[i].name };
	svg_legend(v, keys, c->nseries);
}

/* Widest value to print beside bars that end above, or below, 0. */
static double widest_value(struct svg *v, bool below)
{
	double widest = 0;
	for (size_t i = 0; i < v->c->nseries; i++)
		for (size_t k = 0; k < v->c->ncategories; k++) {
			const struct chart_value *x = &v->c->series[i].values[k];
			if (v->c->series[i].reference || !chart_drawn(x) ||
			    (v->c->kind != CHART_STACKED && (x->is < 0) != below))
				continue;
			double width = svg_text_width(plot_beside(v, i, k), FACE_FIGURE);
			widest = width > widest ? width : widest;
		}
	double lo, hi;
	chart_range(v->c, &lo, &hi);
	return (below ? lo < 0 : hi > 0) ? widest + 6 : 0;
}

static double widest_label(struct svg *v, double most)
{
	double widest = 0;
	for (size_t k = 0; k < v->c->ncategories; k++) {
		double width = svg_text_width(v->c->categories[k], FACE_TEXT) + 1;
		widest = width > widest ? width : widest;
	}
	return widest < most ? widest : most;
}

/* Whether one of the labels takes two lines in that width. */
static bool any_wraps(struct svg *v, double width)
{
	struct str lines[SVG_LINES];
	bool cut;
	for (size_t k = 0; k < v->c->ncategories; k++)
		if (svg_wrap(v->c->categories[k], FACE_TEXT, width, 2, lines, &cut, &v->arena) > 1)
			return true;
	return false;
}

/* The scale of bars that lie, with as many ticks as have room between what stands before and
 * after; half a tick stands out at each end. */
static void lay_values(struct plot *p, double before, double after)
{
	for (int most = 8; most >= 2; most--) {
		p->scale = chart_scale(p->v->c, most);
		double tick = widest_tick(p), edge = fmax(tick / 2, 10);
		p->left = fmax(before, edge);
		p->across = fmax(p->v->width - p->left - fmax(after, edge), 20);
		if ((double)scale_steps(&p->scale) * (tick + 12) <= p->across)
			break;
	}
}

/* gap: behind the values.  Where the picture is narrow labels stand above their bars. */
static void lay_lying(struct plot *p, double gap)
{
	struct svg *v = p->v;
	v->brief = widest_value(v, false) + widest_value(v, true) > v->width * .25;
	p->lying = true;
	p->head = v->width < NARROW ? 18 : 0;
	p->labels = p->head > 0 ? 0 : widest_label(v, v->width * .36);
	lay_values(p, p->labels + (p->head > 0 ? 0 : 8) + widest_value(v, true),
		   widest_value(v, false) + gap);
	p->band = p->bars == 1 ? 26 : 14 * (double)p->bars + 8;
	p->band = !p->head && p->band < 34 && any_wraps(v, p->labels) ? 34 : p->band;
	p->band = p->head > 0 && p->bars == 1 ? 20 : p->band;
	p->pitch = p->head + p->band;
	p->along = p->pitch * (double)v->c->ncategories;
	p->top = v->y;
}

static void lay_standing(struct plot *p)
{
	struct svg *v = p->v;
	p->across = v->width < NARROW ? 170 : 210;
	p->scale = chart_scale(v->c, v->width < NARROW ? 5 : 7);
	p->left = widest_tick(p) + 8;
	p->along = v->width - p->left;
	p->pitch = p->band = p->along / (double)v->c->ncategories;
	p->top = v->y + 16; /* room of a value above the highest bar */
}

/* Bars that stand beside each other, or one stack. */
static size_t bars_of(const struct chart *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->nseries; i++)
		n += !c->series[i].reference;
	return c->kind != CHART_BAR || !n ? 1 : n;
}

void svg_plot(struct svg *v)
{
	const struct chart *c = v->c;
	struct plot p = { .v = v, .bars = bars_of(c) };
	bool lying = c->kind != CHART_LINE && !c->ordered;
	struct str title = chart_value_title(c, &v->arena);
	put_legend(v);
	if (!lying) {
		svg_paragraph(v, 0, FACE_SMALL, 2, title);
		lay_standing(&p);
		value_axis(&p);
		standing_labels(&p);
	} else {
		svg_paragraph(v, 0, FACE_SMALL, 2, c->category_title);
		lay_lying(&p, 0);
		value_axis(&p);
	}
	if (c->kind == CHART_LINE)
		plot_lines(&p);
	else
		plot_bars(&p);
	if (lying)
		lying_labels(&p);
	v->y = p.top + (lying ? p.along + 22 : p.across + 36);
	svg_paragraph(v, p.left, FACE_SMALL, 2, lying ? title : c->category_title);
}

/* The other axis: shares of the sum, which lies where the running line ends. */
static void share_axis(struct plot *p, double sum)
{
	for (int tenths = 0; tenths <= 10; tenths += p->across < 250 ? 5 : 2) {
		double up = plot_value(p, sum * tenths / 10);
		struct point q = plot_point(p, 0, up);
		plot_line(p, "axis", -4, up, 0, up);
		svg_text(p->v, q.x, q.y - 7, ANCHOR_MIDDLE, FACE_SMALL,
			 chart_percent(p->v->c, tenths / 10.0, &p->v->arena));
	}
}

/* Bars begin where the line does, so both axes say the same: 100 % is the sum. */
void svg_pareto(struct svg *v)
{
	const struct chart *c = v->c;
	struct plot p = { .v = v, .bars = 1 };
	double sum, *shares = chart_running(c, &sum, &v->arena);
	struct svg_key keys[] = { { KEY_BAR, 0, c->series[0].name },
				  { KEY_LINE, 1, str_of(chart_running_label(c)) } };
	svg_legend(v, keys + !keys[0].name.n, (size_t)2 - !keys[0].name.n);
	svg_paragraph(v, 0, FACE_SMALL, 2, c->category_title);
	v->y += 16;
	lay_lying(&p, 12);
	value_axis(&p);
	if (sum > 0)
		share_axis(&p, sum);
	plot_bars(&p);
	if (sum > 0)
		plot_running(&p, shares, sum);
	lying_labels(&p);
	for (size_t k = 0; k < c->ncategories; k++)
		svg_text(v, v->width, p.top + plot_middle(&p, k) + 4, ANCHOR_END, FACE_FIGURE,
			 plot_beside(v, 0, k));
	v->y = p.top + p.along + 22;
	svg_paragraph(v, p.left, FACE_SMALL, 2, chart_value_title(c, &v->arena));
}
