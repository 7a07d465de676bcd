/* Lines with gaps, their points and bands, and the running share of Pareto. */
#include "report/svg_plot.h"

static const char *const dashes[] = { "", "8 4", "2 4", "10 4 2 4", "14 5" };

/* Points of the values from one gap to the next; *k is moved behind them. */
static size_t put_run(struct plot *p, const struct chart_value *values, size_t *k)
{
	size_t n = 0;
	while (*k < p->v->c->ncategories && !chart_drawn(&values[*k]))
		++*k;
	for (; *k < p->v->c->ncategories && chart_drawn(&values[*k]); ++*k, n++) {
		struct point q = plot_point(p, plot_middle(p, *k), plot_value(p, values[*k].is));
		buf_printf(&p->v->body, "%c%g %g", n ? 'L' : 'M', px(q.x), px(q.y));
	}
	return n;
}

static void put_path(struct plot *p, size_t i)
{
	const struct chart_series *s = &p->v->c->series[i];
	struct buf *b = &p->v->body;
	size_t look = chart_look(p->v->c, i);
	if (s->reference)
		buf_printf(b, "<path class=\"%s\" d=\"", svg_reference(p->v, i));
	else
		buf_printf(b, "<path class=\"line l%zu\" stroke-dasharray=\"%s\" d=\"",
			   look % SVG_COLOURS,
			   look % countof(dashes) ? dashes[look % countof(dashes)] : "none");
	for (size_t k = 0; k < p->v->c->ncategories;)
		put_run(p, s->values, &k);
	buf_puts(b, "\"/>\n");
}

static void put_series_band(struct plot *p, size_t i)
{
	const struct chart_series *s = &p->v->c->series[i];
	size_t n = p->v->c->ncategories;
	for (size_t k = 0, end; s->low && s->high && k < n; k = end + 1) {
		for (end = k; end < n && chart_drawn(&s->low[end]) && chart_drawn(&s->high[end]);)
			end++;
		if (end == k)
			continue;
		buf_printf(&p->v->body, "<path class=\"band f%zu\" d=\"",
			   chart_look(p->v->c, i) % SVG_COLOURS);
		for (size_t j = 0; j < 2 * (end - k); j++) {
			bool up = j < end - k;
			size_t at = up ? k + j : k + 2 * (end - k) - 1 - j;
			struct point q =
			    plot_point(p, plot_middle(p, at),
				       plot_value(p, up ? s->high[at].is : s->low[at].is));
			buf_printf(&p->v->body, "%c%g %g", j ? 'L' : 'M', px(q.x), px(q.y));
		}
		buf_puts(&p->v->body, "z\"/>\n");
	}
}

static void put_points(struct plot *p, size_t i)
{
	const struct chart *c = p->v->c;
	const struct chart_value *values = c->series[i].values;
	for (size_t k = 0; k < c->ncategories; k++) {
		if (!chart_drawn(&values[k]))
			continue;
		bool alone = (!k || !chart_drawn(&values[k - 1])) &&
			     (k + 1 == c->ncategories || !chart_drawn(&values[k + 1]));
		double along = plot_middle(p, k), up = plot_value(p, values[k].is);
		struct point q = plot_point(p, along, up);
		svg_mark(p->v, chart_look(c, i), q.x, q.y,
			 (p->band >= 12 && !c->series[i].reference) || alone,
			 chart_words(c, i, k, &p->v->arena));
		if (c->nseries == 1 && !c->series[i].low)
			plot_print(p, i, k, along, up, up, p->band - 4);
	}
}

void plot_lines(struct plot *p)
{
	for (size_t i = 0; i < p->v->c->nseries; i++)
		put_series_band(p, i);
	for (size_t i = 0; i < p->v->c->nseries; i++) {
		put_path(p, i);
		put_points(p, i);
	}
}

void plot_running(struct plot *p, const double *shares, double sum)
{
	const struct chart *c = p->v->c;
	buf_puts(&p->v->body, "<path class=\"line l1\" d=\"");
	for (size_t k = 0; k < c->ncategories; k++) {
		struct point q = plot_point(p, plot_middle(p, k), plot_value(p, shares[k] * sum));
		buf_printf(&p->v->body, "%c%g %g", k ? 'L' : 'M', px(q.x), px(q.y));
	}
	buf_puts(&p->v->body, "\"/>\n");
	for (size_t k = 0; k < c->ncategories; k++) {
		struct point q = plot_point(p, plot_middle(p, k), plot_value(p, shares[k] * sum));
		struct str share = chart_percent(c, shares[k], &p->v->arena);
		svg_mark(p->v, 1, q.x, q.y, true,
			 arena_printf(&p->v->arena, "%.*s · %s: %s", (int)c->categories[k].n,
				      c->categories[k].p, chart_running_label(c), share.p));
	}
}
