/* Bars, stacks of them, and the values at their ends. */
#include "report/svg_plot.h"

/* What is printed beside the bar of series i in category k, its series' value or the stack's. */
struct str plot_beside(struct svg *v, size_t i, size_t k)
{
	const struct chart *c = v->c;
	size_t stacked = 0;
	for (size_t s = 0; s < c->nseries; s++)
		stacked += c->kind == CHART_STACKED && !c->series[s].reference;
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
	svg_bar(p->v, i, a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, w, h,
		chart_words(p->v->c, i, k, &p->v->arena));
}

/* The bars of one category, and the values at their ends. */
static void put_band(struct plot *p, size_t k)
{
	const struct chart *c = p->v->c;
	bool stacked = c->kind == CHART_STACKED;
	double free = p->band > 60 && !p->lying ? p->band - 48 : p->band * .22;
	double thick = (p->band - free) / (double)p->bars, start = (double)k * p->band + free / 2;
	double ends[2] = { 0, 0 }, zero = plot_value(p, 0);
	size_t slot = 0, last = c->nseries;
	for (size_t i = 0; i < c->nseries && (c->kind != CHART_PARETO || i < 1); i++) {
		const struct chart_value *x = &c->series[i].values[k];
		if (c->series[i].reference)
			continue;
		double along = start + (stacked ? 0 : thick * (double)slot++);
		if (!chart_drawn(x))
			continue;
		double *end = &ends[stacked ? x->is < 0 : 0], from = stacked ? *end : 0;
		put_bar(p, i, k, along, thick > 3 ? thick - 1 : thick, plot_value(p, from),
			plot_value(p, from + x->is));
		*end = from + x->is;
		last = i;
		if (!stacked && c->kind != CHART_PARETO)
			plot_print(p, i, k, along + thick / 2, zero, plot_value(p, x->is),
				   p->bars == 1 ? p->band - 4 : thick);
	}
	if (stacked && last < c->nseries)
		plot_print(p, last, k, start + thick / 2, zero,
			   plot_value(p, ends[0] > 0 || ends[1] == 0 ? ends[0] : ends[1]),
			   p->band - 4);
}

/* A target of bars: a dashed line across the bars of its category. */
void plot_references(struct plot *p)
{
	const struct chart *c = p->v->c;
	for (size_t i = 0; i < c->nseries; i++)
		for (size_t k = 0; c->series[i].reference && k < c->ncategories; k++) {
			const struct chart_value *x = &c->series[i].values[k];
			if (!chart_drawn(x))
				continue;
			double up = plot_value(p, x->is), start = (double)k * p->band;
			buf_puts(&p->v->body, "<g>");
			svg_title(p->v, chart_words(c, i, k, &p->v->arena));
			plot_line(p, "ref", start + p->band * .03, up, start + p->band * .97, up);
			buf_puts(&p->v->body, "</g>\n");
		}
}

void plot_bars(struct plot *p)
{
	for (size_t k = 0; k < p->v->c->ncategories; k++)
		put_band(p, k);
	plot_references(p);
}
