/* Bars, stacks of them, and the values at their ends. */
#include "report/svg_plot.h"

/* What is printed beside the bar of series i in category k, its series' value or the stack's. */
struct str plot_beside(struct svg *v, size_t i, size_t k)
{
	const struct chart *c = v->c;
	size_t stacked = 0;
	for (size_t s = 0; s < c->nseries; s++)
		stacked += c->kind == CHART_STACKED && !c->series[s].reference;
	if (stacked < 2 && v->brief && chart_drawn(&c->series[i].values[k]))
		return chart_short(c, c->series[i].values[k].is, &v->arena);
	if (stacked < 2)
		return chart_number(c, &c->series[i].values[k], &v->arena);
	double above = chart_stack(c, k, false), below = chart_stack(c, k, true);
	return chart_short(c, above + below, &v->arena);
}

void plot_print(struct plot *p, size_t i, size_t k, double along, double from, double to,
		double room)
{
	struct svg *v = p->v;
	struct str text = plot_beside(v, i, k);
	bool below = to < from;
	struct point q = plot_point(p, along, to);
	if (p->lying)
		svg_text(v, q.x + (below ? -4 : 4), q.y + 4, below ? ANCHOR_END : ANCHOR_START,
			 FACE_FIGURE, text);
	else if (svg_text_width(text, FACE_FIGURE) <= room)
		svg_text(v, q.x, q.y + (below ? 13 : -5), ANCHOR_MIDDLE, FACE_FIGURE, text);
}

static void put_bar(struct plot *p, size_t i, size_t k, double along, double thick, double from,
		    double to)
{
	struct point a = plot_point(p, along, from), b = plot_point(p, along + thick, to);
	double w = fabs(a.x - b.x), h = fabs(a.y - b.y);
	svg_bar(p->v, chart_look(p->v->c, i), a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, w, h,
		chart_words(p->v->c, i, k, &p->v->arena));
}

/* Along the categories: where the first bar of category k begins, and how thick each is. */
static double place_bars(const struct plot *p, size_t k, double *thick)
{
	double free = fmax(p->band * .22, p->band - 44 * (double)p->bars);
	*thick = (p->band - free) / (double)p->bars;
	return plot_start(p, k) + free / 2;
}

/* The bars of one category. */
static void put_band(struct plot *p, size_t k)
{
	const struct chart *c = p->v->c;
	bool stacked = c->kind == CHART_STACKED;
	double ends[2] = { 0, 0 }, thick, along = place_bars(p, k, &thick);
	for (size_t i = 0; i < c->nseries && (c->kind != CHART_PARETO || i < 1); i++) {
		const struct chart_value *x = &c->series[i].values[k];
		if (c->series[i].reference)
			continue;
		if (chart_drawn(x)) {
			double *end = &ends[stacked ? x->is < 0 : 0], from = stacked ? *end : 0;
			*end = from + x->is;
			put_bar(p, i, k, along, thick > 3 ? thick - 1 : thick, plot_value(p, from),
				plot_value(p, *end));
		}
		along += stacked ? 0 : thick;
	}
}

/* Their figures: each bar's, or a stack's sum at its end. */
static void put_figures(struct plot *p, size_t k)
{
	const struct chart *c = p->v->c;
	bool stacked = c->kind == CHART_STACKED;
	double thick, along = place_bars(p, k, &thick) + thick / 2, zero = plot_value(p, 0);
	for (size_t i = 0; i < c->nseries; i++) {
		const struct chart_value *x = &c->series[i].values[k];
		if (c->series[i].reference || (stacked && !chart_drawn(x)))
			continue;
		double above = chart_stack(c, k, false), below = chart_stack(c, k, true);
		double end = !stacked ? x->is : above > 0 ? above : below;
		if (chart_drawn(x))
			plot_print(p, i, k, along, zero, plot_value(p, end),
				   p->bars == 1 ? p->band - 4 : thick);
		if (stacked)
			return;
		along += thick;
	}
}

/* A target of bars: a dashed line across the bars of its category. */
static void put_references(struct plot *p)
{
	const struct chart *c = p->v->c;
	for (size_t i = 0; i < c->nseries; i++)
		for (size_t k = 0; c->series[i].reference && k < c->ncategories; k++) {
			const struct chart_value *x = &c->series[i].values[k];
			if (!chart_drawn(x))
				continue;
			double up = plot_value(p, x->is), start = plot_start(p, k);
			buf_puts(&p->v->body, "<g>");
			svg_title(p->v, chart_words(c, i, k, &p->v->arena));
			plot_line(p, svg_reference(p->v, i), start + p->band * .03, up,
				  start + p->band * .97, up);
			buf_puts(&p->v->body, "</g>\n");
		}
}

void plot_bars(struct plot *p)
{
	size_t n = p->v->c->ncategories;
	for (size_t k = 0; k < n; k++)
		put_band(p, k);
	put_references(p);
	for (size_t k = 0; k < n && p->v->c->kind != CHART_PARETO; k++)
		put_figures(p, k);
}
