/* What has no axes: the funnel, and heat maps. */
#include "core/markup.h"
#include "report/svg_impl.h"

static double widest_of(const struct str *texts, size_t n, enum face face, double most)
{
	double widest = 0;
	for (size_t i = 0; i < n; i++) {
		double width = svg_text_width(texts[i], face) + 1;
		widest = width > widest ? width : widest;
	}
	return widest < most ? widest : most;
}

/* -- funnel -- */

enum { STEP = 40, BAR = 26 };

static double step_width(const struct chart *c, size_t k, double room)
{
	const struct chart_value *v = &c->series[0].values[k];
	double lo, hi;
	chart_range(c, &lo, &hi);
	return chart_drawn(v) && v->is > 0 ? fmax(v->is / hi * room, 2) : 0;
}

/* How one step narrows into the next. */
static void put_neck(struct svg *v, double centre, double top, double from, double to)
{
	buf_printf(&v->body, "<path class=\"f0 neck\" d=\"M%g %gL%g %gL%g %gL%g %gz\"/>\n",
		   px(centre - from / 2), px(top + BAR), px(centre + from / 2), px(top + BAR),
		   px(centre + to / 2), px(top + STEP), px(centre - to / 2), px(top + STEP));
}

/* The first series alone, whatever the others are. */
void svg_funnel(struct svg *v)
{
	const struct chart *c = v->c;
	struct str *values = arena_new(&v->arena, struct str, c->ncategories);
	for (size_t k = 0; k < c->ncategories; k++) {
		struct str rate = chart_rate(c, k, &v->arena);
		struct str value = chart_number(c, &c->series[0].values[k], &v->arena);
		values[k] =
		    rate.n ? arena_printf(&v->arena, "%.*s · %s", (int)value.n, value.p, rate.p)
			   : value;
	}
	double left = widest_of(c->categories, c->ncategories, FACE_TEXT, v->width * .33) + 10;
	double right = widest_of(values, c->ncategories, FACE_FIGURE, v->width * .4) + 10;
	double room = v->width - left - right, centre = left + room / 2;
	svg_paragraph(v, 0, FACE_SMALL, 2, chart_value_title(c, &v->arena));
	for (size_t k = 0; k < c->ncategories; k++) {
		double top = v->y + (double)k * STEP, middle = top + BAR / 2.0;
		double width = step_width(c, k, room);
		double next = k + 1 < c->ncategories ? step_width(c, k + 1, room) : 0;
		svg_bar(v, 0, centre - width / 2, top, width, BAR, chart_words(c, 0, k, &v->arena));
		if (width > 0 && next > 0)
			put_neck(v, centre, top, width, next);
		svg_label(v, left - 10, middle, ANCHOR_END, FACE_TEXT, left - 10, 2,
			  c->categories[k]);
		svg_label(v, v->width, middle, ANCHOR_END, FACE_FIGURE, right - 10, 2, values[k]);
	}
	v->y += (double)c->ncategories * STEP - (STEP - BAR) + 6;
	svg_paragraph(v, 0, FACE_SMALL, 2,
		      str_of(label(c->language, "%: of the step before", "%: so với bước trước")));
}

/* -- heat map -- */

struct grid {
	double left, top, width, height; /* of a cell */
	double lo, hi;
	bool figures; /* there is room for them */
};

static size_t heat_step(const struct grid *g, double v)
{
	double at = g->hi > g->lo ? (v - g->lo) / (g->hi - g->lo) : v != 0;
	size_t step = (size_t)(at * SVG_STEPS);
	return step < SVG_STEPS ? step : SVG_STEPS - 1;
}

static void put_cell(struct svg *v, const struct grid *g, size_t i, size_t k)
{
	const struct chart_value *value = &v->c->series[i].values[k];
	double x = g->left + (double)k * g->width, y = g->top + (double)i * g->height;
	if (!chart_drawn(value))
		return;
	size_t step = heat_step(g, value->is);
	buf_puts(&v->body, "<g>");
	svg_title(v, chart_words(v->c, i, k, &v->arena));
	buf_printf(&v->body, "<rect class=\"h%zu\" x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"/>",
		   step, px(x), px(y), px(g->width - 1), px(g->height - 1));
	if (g->figures) {
		buf_printf(&v->body,
			   "<text class=\"x%zu s\" x=\"%g\" y=\"%g\" text-anchor=\"middle\">", step,
			   px(x + g->width / 2), px(y + g->height / 2 + 4));
		markup_put(&v->body, chart_number(v->c, value, &v->arena));
		buf_puts(&v->body, "</text>");
	}
	buf_puts(&v->body, "</g>\n");
}

/* As many labels above the columns as have room. */
static void put_columns(struct svg *v, const struct grid *g)
{
	const struct chart *c = v->c;
	double widest = widest_of(c->categories, c->ncategories, FACE_SMALL, 1e6) + 4;
	size_t stride = (size_t)ceil(fmin(widest, 64) / g->width);
	for (size_t k = 0; k < c->ncategories; k += stride ? stride : 1)
		svg_label(v, g->left + ((double)k + .5) * g->width, g->top - 16, ANCHOR_MIDDLE,
			  FACE_SMALL, g->width * (double)stride - 2, 2, c->categories[k]);
}

/* What the shades mean, from the smallest figure to the largest; one where all are the same. */
static void put_shades(struct svg *v, const struct grid *g)
{
	size_t first = g->hi > g->lo ? 0 : heat_step(g, g->lo);
	size_t n = g->hi > g->lo ? SVG_STEPS : 1;
	struct str from = chart_short(v->c, g->lo, &v->arena),
		   to = chart_short(v->c, g->hi, &v->arena);
	double x = svg_text_width(from, FACE_SMALL) + 6;
	svg_text(v, 0, v->y + 11, ANCHOR_START, FACE_SMALL, from);
	for (size_t i = 0; i < n; i++) {
		const char *class = arena_printf(&v->arena, "h%zu", first + i).p;
		svg_rect(v, class, x + 18 * (double)i, v->y, 18, 14);
	}
	if (n > 1)
		svg_text(v, x + 18 * SVG_STEPS + 6, v->y + 11, ANCHOR_START, FACE_SMALL, to);
	v->y += 22;
}

static bool figures_fit(struct svg *v, double width)
{
	for (size_t i = 0; i < v->c->nseries; i++)
		for (size_t k = 0; k < v->c->ncategories; k++) {
			const struct chart_value *x = &v->c->series[i].values[k];
			if (chart_drawn(x) && svg_text_width(chart_number(v->c, x, &v->arena),
							     FACE_FIGURE) > width - 2)
				return false;
		}
	return true;
}

void svg_heat(struct svg *v)
{
	const struct chart *c = v->c;
	struct str *names = arena_new(&v->arena, struct str, c->nseries);
	struct grid g = { .height = 26 };
	for (size_t i = 0; i < c->nseries; i++)
		names[i] = c->series[i].name;
	chart_range(c, &g.lo, &g.hi);
	svg_paragraph(v, 0, FACE_SMALL, 2, chart_value_title(c, &v->arena));
	put_shades(v, &g);
	svg_paragraph(v, 0, FACE_SMALL, 2, c->category_title);
	g.left = widest_of(names, c->nseries, FACE_TEXT, v->width * .3) + 8;
	g.width = fmin((v->width - g.left) / (double)c->ncategories, 90);
	g.figures = figures_fit(v, g.width);
	g.top = v->y + 32;
	put_columns(v, &g);
	svg_label(v, 0, g.top - 16, ANCHOR_START, FACE_SMALL, g.left - 8, 2, c->series_title);
	for (size_t i = 0; i < c->nseries; i++) {
		svg_label(v, g.left - 8, g.top + ((double)i + .5) * g.height, ANCHOR_END, FACE_TEXT,
			  g.left - 8, 2, names[i]);
		for (size_t k = 0; k < c->ncategories; k++)
			put_cell(v, &g, i, k);
	}
	v->y = g.top + g.height * (double)c->nseries + 4;
}
