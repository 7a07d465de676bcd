/*
 * The frame of a picture: size, words for those who do not see it, title, legend, note; its
 * colours and patterns.  Colours are written out in each class and not as variables, which
 * the programs that turn SVG into other formats do not know.
 */
#include "core/markup.h"
#include "report/svg_impl.h"

/* After Okabe and Ito, darker or lighter where that is needed to be told from the background:
 * 3 : 1 on white and on the panels of a page, light and dark (tests/unit/chart.c). */
static const struct {
	const char *light, *dark;
} colours[SVG_COLOURS] = {
	{ "#0072b2", "#56b4e9" }, { "#d55e00", "#ff8c42" }, { "#00875f", "#2fc39a" },
	{ "#b5548c", "#e59ac4" }, { "#9a6a00", "#e6b800" }, { "#2b87c0", "#9fd3ff" },
	{ "#5b5b5b", "#b8bec5" }, { "#7a3db8", "#b79cf0" },
};

/* Of a heat map, from little to much; text on them in ink or in the colour of paper. */
static const struct {
	const char *light, *light_text, *dark, *dark_text;
} steps[SVG_STEPS] = {
	{ "#eff5fb", "#1c1e21", "#1f2c38", "#e6e8eb" },
	{ "#d3e5f5", "#1c1e21", "#23405a", "#e6e8eb" },
	{ "#aed1ec", "#1c1e21", "#2a567c", "#e6e8eb" },
	{ "#7db4dd", "#1c1e21", "#2f6896", "#e6e8eb" },
	{ "#4a93c7", "#101214", "#4b8cc2", "#101214" },
	{ "#1f6fa8", "#ffffff", "#79b0de", "#101214" },
	{ "#0a4a78", "#ffffff", "#b3d6f2", "#101214" },
};

/* What is there besides the series. */
static const struct {
	const char *class, *property, *light, *dark;
} inks[] = {
	{ "t", "fill", "#1c1e21", "#e6e8eb" },	     { "q", "fill", "#5c636b", "#9aa3ad" },
	{ "paper", "fill", "#ffffff", "#15181c" },   { "grid", "stroke", "#d9dde2", "#343a41" },
	{ "axis", "stroke", "#767d85", "#7d868f" },  { "ref", "stroke", "#1c1e21", "#e6e8eb" },
	{ "hatch", "stroke", "#ffffff", "#15181c" }, { "halo", "stroke", "#ffffff", "#15181c" },
};

const char *svg_colour(size_t i)
{
	return colours[i % SVG_COLOURS].light;
}

static void put_colours(struct buf *b, bool dark)
{
	for (size_t i = 0; i < countof(inks); i++)
		buf_printf(b, ".crm-chart .%s{%s:%s}", inks[i].class, inks[i].property,
			   dark ? inks[i].dark : inks[i].light);
	for (size_t i = 0; i < SVG_COLOURS; i++) {
		const char *colour = dark ? colours[i].dark : colours[i].light;
		buf_printf(b, ".crm-chart .f%zu{fill:%s}.crm-chart .l%zu{stroke:%s}", i, colour, i,
			   colour);
	}
	for (size_t i = 0; i < SVG_STEPS; i++)
		buf_printf(b, ".crm-chart .h%zu{fill:%s}.crm-chart .x%zu{fill:%s}", i,
			   dark ? steps[i].dark : steps[i].light, i,
			   dark ? steps[i].dark_text : steps[i].light_text);
}

/* Paper is light, whatever the screen was. */
void chart_style(struct buf *out)
{
	buf_puts(out,
		 ".crm-chart text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,"
		 "'Noto Sans','DejaVu Sans',sans-serif;font-size:12px;white-space:pre}"
		 ".crm-chart .s{font-size:11px}.crm-chart .b{font-weight:600}"
		 ".crm-chart .big{font-size:15px}"
		 ".crm-chart .line{fill:none;stroke-width:2;stroke-linejoin:round;"
		 "stroke-linecap:round}.crm-chart .band{opacity:.22}.crm-chart .neck{opacity:.3}"
		 ".crm-chart .hit{fill:none;stroke:none;pointer-events:all}"
		 ".crm-chart .ref{fill:none;stroke-width:2;stroke-dasharray:5 3}"
		 ".crm-chart .dots{stroke-width:3.5;stroke-linecap:round;stroke-dasharray:0 6}"
		 ".crm-chart .hatch{fill:none;stroke-width:1.4;opacity:.75}"
		 ".crm-chart .halo{stroke-width:3px;paint-order:stroke;stroke-linejoin:round}\n");
	put_colours(out, false);
	buf_puts(out, "\n@media screen and (prefers-color-scheme:dark){");
	put_colours(out, true);
	buf_puts(out, "}\n@media print{.crm-chart{print-color-adjust:exact}}\n");
}

void svg_title(struct svg *v, struct str words)
{
	buf_puts(&v->body, "<title>");
	markup_put(&v->body, words);
	buf_puts(&v->body, "</title>");
}

void svg_rect(struct svg *v, const char *class, double x, double y, double w, double h)
{
	buf_printf(&v->body, "<rect class=\"%s\" x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"/>\n",
		   class, px(x), px(y), px(w), px(h));
}

/* The first series is plain; those whose colours are the same again have other patterns. */
static const char *const patterns[] = { NULL,	  "M0 8L8 0", "M0 0L8 8",
					"M0 4H8", "M4 0V8",   "M0 8L8 0M0 0L8 8" };

static size_t pattern_of(size_t series)
{
	return (series % SVG_COLOURS + series / SVG_COLOURS) % countof(patterns);
}

void svg_bar(struct svg *v, size_t series, double x, double y, double w, double h, struct str words)
{
	const char *class = arena_printf(&v->arena, "f%zu", series % SVG_COLOURS).p;
	buf_puts(&v->body, "<g>");
	svg_title(v, words);
	svg_rect(v, class, x, y, w, h);
	if (pattern_of(series))
		buf_printf(&v->body,
			   "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\""
			   " fill=\"url(#crm-p%zu-%u)\"/>",
			   px(x), px(y), px(w), px(h), pattern_of(series), v->place.id);
	buf_puts(&v->body, "</g>\n");
}

void svg_mark(struct svg *v, size_t series, double x, double y, bool shown, struct str words)
{
	static const char *const shapes[] = {
		"m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z", /* dot, square, triangle, diamond */
		"m-3.2-3.2h6.4v6.4h-6.4z",
		"m0-4.2l4.2 7.4h-8.4z",
		"m0-4.6l4.6 4.6-4.6 4.6-4.6-4.6z",
	};
	buf_puts(&v->body, "<g>");
	svg_title(v, words);
	if (shown)
		buf_printf(&v->body, "<path class=\"f%zu\" d=\"M%g %g%s\"/>", series % SVG_COLOURS,
			   px(x), px(y), shapes[series % countof(shapes)]);
	buf_printf(&v->body, "<circle class=\"hit\" cx=\"%g\" cy=\"%g\" r=\"7\"/></g>\n", px(x),
		   px(y));
}

static void put_swatch(struct svg *v, const struct svg_key *key, double x, double y)
{
	if (key->shape == KEY_BAR) {
		svg_bar(v, key->series, x, y - 6, 16, 12, key->name);
		return;
	}
	if (key->shape == KEY_REFERENCE)
		buf_printf(&v->body, "<path class=\"%s\" d=\"M%g %gh18\"/>",
			   svg_reference(v, key->series), px(x), px(y));
	else
		buf_printf(&v->body, "<path class=\"line l%zu\" d=\"M%g %gh18\"/>",
			   key->series % SVG_COLOURS, px(x), px(y));
	if (key->shape == KEY_LINE)
		svg_mark(v, key->series, x + 9, y, true, key->name);
}

void svg_legend(struct svg *v, const struct svg_key *keys, size_t n)
{
	double x = 0, height = 20, room = v->width - 24;
	for (size_t i = 0; i < n; i++) {
		double width = svg_text_width(keys[i].name, FACE_TEXT);
		width = width < room ? width : room;
		if (x > 0 && x + 24 + width > v->width) {
			x = 0;
			v->y += height;
		}
		put_swatch(v, &keys[i], x, v->y + height / 2);
		svg_label(v, x + 24, v->y + height / 2, ANCHOR_START, FACE_TEXT, width + 1, 1,
			  keys[i].name);
		x += 24 + width + 16;
	}
	v->y += n ? height + 6 : 0;
}

static void put_patterns(const struct svg *v, struct buf *out)
{
	bool used[countof(patterns)] = { false };
	for (size_t i = 0; v->c->kind != CHART_HEAT && i < v->c->nseries; i++)
		used[pattern_of(chart_look(v->c, i))] = true;
	for (size_t i = 1; i < countof(patterns); i++)
		if (used[i])
			buf_printf(out,
				   "<pattern id=\"crm-p%zu-%u\" width=\"8\" height=\"8\""
				   " patternUnits=\"userSpaceOnUse\"><path class=\"hatch\""
				   " d=\"%s\"/></pattern>\n",
				   i, v->place.id, patterns[i]);
}

/* Kind by kind: what draws it, what it is called. */
static const struct {
	void (*draw)(struct svg *v);
	const char *en, *vi;
} kinds[] = {
	[CHART_BAR] = { svg_plot, "Bar chart", "Biểu đồ cột" },
	[CHART_STACKED] = { svg_plot, "Stacked bar chart", "Biểu đồ cột chồng" },
	[CHART_LINE] = { svg_plot, "Line chart", "Biểu đồ đường" },
	[CHART_FUNNEL] = { svg_funnel, "Funnel", "Phễu" },
	[CHART_HEAT] = { svg_heat, "Heat map", "Bản đồ nhiệt" },
	[CHART_PARETO] = { svg_pareto, "Pareto chart", "Biểu đồ Pareto" },
};

/* For those who do not see it: what it is, and between what the figures lie. */
static void put_description(struct svg *v, bool data, struct buf *out)
{
	const struct chart *c = v->c;
	size_t least[2] = { 0 }, most[2] = { 0 };
	bool any = false;
	markup_put(out, str_of(label(c->language, kinds[c->kind].en, kinds[c->kind].vi)));
	for (size_t i = 0; data && i < c->nseries; i++)
		for (size_t k = 0; k < c->ncategories; k++) {
			const struct chart_value *x = &c->series[i].values[k];
			if (!chart_drawn(x))
				continue;
			if (!any || x->is < c->series[least[0]].values[least[1]].is)
				least[0] = i, least[1] = k;
			if (!any || x->is > c->series[most[0]].values[most[1]].is)
				most[0] = i, most[1] = k;
			any = true;
		}
	buf_puts(out, ". ");
	if (!any) {
		buf_puts(out, chart_no_data(c));
		return;
	}
	buf_puts(out, label(c->language, "Most: ", "Cao nhất: "));
	markup_put(out, chart_words(c, most[0], most[1], &v->arena));
	buf_puts(out, label(c->language, "; least: ", "; thấp nhất: "));
	markup_put(out, chart_words(c, least[0], least[1], &v->arena));
}

static void put_head(struct svg *v, bool data, double margin, double height, struct buf *out)
{
	double width = v->width + 2 * margin;
	unsigned id = v->place.id;
	buf_printf(out,
		   "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"crm-chart\""
		   " width=\"%g\" height=\"%g\" viewBox=\"%g %g %g %g\" role=\"img\""
		   " aria-labelledby=\"crm-t%u crm-d%u\" xml:lang=\"%s\">\n<title id=\"crm-t%u\">",
		   px(width), px(height), -margin, -margin, px(width), px(height), id, id,
		   language_name(v->c->language), id);
	markup_put(out, v->c->title);
	buf_printf(out, "</title>\n<desc id=\"crm-d%u\">", id);
	put_description(v, data, out);
	buf_puts(out, "</desc>\n");
	if (!v->place.inside) {
		buf_puts(out, "<style>\n");
		chart_style(out);
		buf_puts(out, "</style>\n");
	}
	buf_puts(out, "<defs>\n");
	put_patterns(v, out);
	buf_puts(out, "</defs>\n");
	if (!v->place.inside)
		buf_printf(
		    out,
		    "<rect class=\"paper\" x=\"%g\" y=\"%g\" width=\"100%%\" height=\"100%%\"/>\n",
		    -margin, -margin);
}

void chart_svg(const struct chart *c, struct svg_place place, struct buf *out)
{
	double margin = place.inside ? 2 : 16, lo, hi;
	struct svg v = { .c = c, .place = place };
	v.width = (place.width < 240 ? 240 : place.width) - 2 * margin;
	bool data = c->ncategories && chart_range(c, &lo, &hi);
	if (!place.inside)
		svg_paragraph(&v, 0, FACE_TITLE, 3, c->title);
	svg_paragraph(&v, 0, FACE_SOFT, 3, c->subtitle);
	v.y += v.y > 0 ? 6 : 0;
	if (data)
		kinds[c->kind].draw(&v);
	else
		svg_paragraph(&v, 0, FACE_TEXT, 1, str_of(chart_no_data(c)));
	v.y += c->note.n ? 6 : 0;
	svg_paragraph(&v, 0, FACE_SMALL, 4, c->note);
	put_head(&v, data, margin, v.y + 2 * margin, out);
	buf_put(out, buf_str(&v.body));
	buf_puts(out, "</svg>\n");
	buf_free(&v.body);
	arena_free(&v.arena);
}
