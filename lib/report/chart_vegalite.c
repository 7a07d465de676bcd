/*
 * A chart as a Vega-Lite specification, for those who restyle it.  The data is a row for each
 * series and category, with the figure exact and as people read it; what is drawn of them
 * is a template a kind.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/money.h"
#include "report/svg_impl.h"
#include "stream/writer.h"

/* A number as JSON has it: the exact one, else the shortest that reads back the same. */
static void put_number(struct buf *b, const struct chart_value *v, struct arena *a)
{
	int64_t value;
	int scale;
	char digits[40] = "null";
	if (chart_drawn(v) && v->number.n && decimal_parse(v->number, &value, &scale)) {
		buf_put(b, decimal_print(value, scale, a));
		return;
	}
	for (int n = 15; chart_drawn(v) && n <= 17; n++) {
		snprintf(digits, sizeof digits, "%.*g", n, v->is);
		if (strtod(digits, NULL) == v->is)
			break;
	}
	buf_puts(b, digits);
}

static void put_pair(struct buf *b, const char *key, struct str text)
{
	buf_printf(b, "\"%s\":", key);
	json_put_string(b, text);
}

static void put_row(struct buf *b, const struct chart *c, size_t i, size_t k, const double *running,
		    struct arena *a)
{
	const struct chart_series *s = &c->series[i];
	buf_puts(b, i || k ? ",\n{" : "\n{");
	put_pair(b, "category", c->categories[k]);
	buf_puts(b, ",");
	put_pair(b, "series", s->name);
	buf_printf(b, ",\"index\":%zu,\"reference\":%s,\"value\":", i,
		   s->reference ? "true" : "false");
	put_number(b, &s->values[k], a);
	if (s->low && s->high) {
		buf_puts(b, ",\"low\":");
		put_number(b, &s->low[k], a);
		buf_puts(b, ",\"high\":");
		put_number(b, &s->high[k], a);
	}
	if (running && i == 0) {
		struct chart_value share = { .has = true, .is = running[k] };
		buf_puts(b, ",\"running\":");
		put_number(b, &share, a);
	}
	buf_puts(b, ",");
	put_pair(b, "text", chart_number(c, &s->values[k], a));
	buf_puts(b, "}");
}

static void put_data(struct buf *b, const struct chart *c, struct arena *a)
{
	double sum, *running = c->kind == CHART_PARETO ? chart_running(c, &sum, a) : NULL;
	buf_puts(b, "\"data\":{\"values\":[");
	for (size_t i = 0; i < c->nseries; i++)
		for (size_t k = 0; k < c->ncategories; k++)
			put_row(b, c, i, k, running, a);
	buf_puts(b, "]},\n");
}

/*
 * What a kind draws, with ' for ".  $x and $y are the channels of categories and values (turned
 * where bars lie), $c and $v their definitions, $s the colour of the series, $n their names;
 * $B, $R and $L are layers of what not every chart has: a band, references of bars and of
 * lines, a layer each; $h is where a heat map turns dark.
 */
/* clang-format off */
static const char *const templates[] = {
	[CHART_BAR] =
		"'encoding':{'$x':$c,'$y':$v},\n'layer':[\n"
		"{'transform':[{'filter':'!datum.reference'}],'mark':{'type':'bar','tooltip':true},"
		"'encoding':{'$xOffset':{'field':'series','sort':$n},$s}}$R]",
	[CHART_STACKED] =
		"'encoding':{'$x':$c,'$y':$v},\n'layer':[\n"
		"{'transform':[{'filter':'!datum.reference'}],'mark':{'type':'bar','tooltip':true},"
		"'encoding':{'order':{'field':'index'},$s}}$R]",
	[CHART_LINE] =
		"'encoding':{'$x':$c},\n'layer':[\n$B"
		"{'transform':[{'filter':'!datum.reference'}],"
		"'mark':{'type':'line','point':true,'tooltip':true},"
		"'encoding':{'$y':$v,'strokeDash':{'field':'series','sort':$n},$s}}$L]",
	[CHART_FUNNEL] =
		"'transform':[{'filter':'datum.index == 0'}],\n'encoding':{'y':$c},\n'layer':[\n"
		"{'mark':{'type':'bar','tooltip':true},'encoding':{'x':{'field':'value',"
		"'type':'quantitative','stack':'center','axis':null}}},\n"
		"{'mark':{'type':'text','align':'left'},'encoding':{'text':{'field':'text'},"
		"'x':{'value':570}}}]",
	[CHART_HEAT] =
		"'transform':[{'filter':'isValid(datum.value)'}],\n"
		"'encoding':{'x':$c,'y':{'field':'series','type':'ordinal','sort':$n,'title':$t}},\n"
		"'layer':[\n{'mark':{'type':'rect','tooltip':true},'encoding':{'color':{"
		"'field':'value','type':'quantitative','title':null,'scale':{'scheme':'blues'}}}},\n"
		"{'mark':'text','encoding':{'text':{'field':'text'},'color':{"
		"'condition':{'test':'datum.value > $h','value':'white'},'value':'black'}}}]",
	[CHART_PARETO] =
		"'transform':[{'filter':'isValid(datum.running)'}],\n'encoding':{'y':$c},\n"
		"'resolve':{'scale':{'x':'independent'}},\n'layer':[\n"
		"{'mark':{'type':'bar','tooltip':true},'encoding':{'x':$v}},\n"
		"{'mark':{'type':'line','point':true,'color':'#d55e00','tooltip':true},'encoding':{"
		"'order':{'field':'running'},'x':{'field':'running','type':'quantitative',"
		"'scale':{'domain':[0,1]},'axis':{'orient':'top','format':'.0%'},'title':$r}}}]",
};
static const char band_layer[] =
	"{'transform':[{'filter':'isValid(datum.low) && isValid(datum.high)'}],"
	"'mark':{'type':'area','opacity':0.22},'encoding':{'$y':{'field':'low',"
	"'type':'quantitative'},'$y2':{'field':'high'},$s}},\n";
/* clang-format on */

static void put_title(struct buf *b, struct str title)
{
	if (title.n)
		json_put_string(b, title);
	else
		buf_puts(b, "null");
}

/* The names in their order: Vega-Lite would sort them.  all: those of references, too. */
static void put_names(struct buf *b, const struct chart *c, bool all)
{
	const char *comma = "[";
	for (size_t i = 0; i < c->nseries; i++) {
		if (c->series[i].reference && !all)
			continue;
		buf_puts(b, comma);
		json_put_string(b, c->series[i].name);
		comma = ",";
	}
	buf_puts(b, *comma == '[' ? "[]" : "]");
}

/* A target and a year before stand in one chart: each looks its own way. */
static const struct {
	const char *colour, *dashes;
} references[] = { { "#1c1e21", "[5,3]" }, { "#a65e00", "[1,3]" } };

static size_t reference_number(const struct chart *c, size_t series)
{
	size_t n = 0;
	for (size_t i = 0; i < series; i++)
		n += c->series[i].reference;
	return n % countof(references);
}

static void put_colour(struct buf *b, const struct chart *c)
{
	buf_puts(b, "\"color\":{\"field\":\"series\",\"type\":\"nominal\",\"title\":");
	put_title(b, c->series_title);
	buf_puts(b, c->nseries < 2 ? ",\"legend\":null" : "");
	buf_puts(b, ",\"scale\":{\"domain\":");
	put_names(b, c, true);
	buf_puts(b, ",\"range\":[");
	for (size_t i = 0; i < c->nseries; i++)
		buf_printf(b, "%s\"%s\"", i ? "," : "",
			   c->series[i].reference ? references[reference_number(c, i)].colour
						  : svg_colour(chart_look(c, i) % SVG_COLOURS));
	buf_puts(b, "]}}");
}

static void put_categories(struct buf *b, const struct chart *c)
{
	buf_puts(b, "{\"field\":\"category\",\"type\":\"ordinal\",\"title\":");
	put_title(b, c->category_title);
	buf_puts(b, ",\"sort\":[");
	for (size_t k = 0; k < c->ncategories; k++) {
		buf_puts(b, k ? "," : "");
		json_put_string(b, c->categories[k]);
	}
	buf_puts(b, "]}");
}

/* The bars of Pareto end where its shares do. */
static void put_values(struct buf *b, const struct chart *c, struct arena *a)
{
	static const char *const ticks[] = { [CHART_COUNT] = ",d",
					     [CHART_NUMBER] = ",",
					     [CHART_MONEY] = ".3~s",
					     [CHART_SHARE] = ".0%" };
	struct chart_value sum = { .has = true };
	buf_puts(b, "{\"field\":\"value\",\"type\":\"quantitative\",\"title\":");
	put_title(b, chart_value_title(c, a));
	if (c->kind == CHART_PARETO) {
		chart_running(c, &sum.is, a);
		buf_puts(b, ",\"scale\":{\"domain\":[0,");
		put_number(b, &sum, a);
		buf_puts(b, "]}");
	}
	buf_printf(b, ",\"axis\":{\"format\":\"%s\"%s}}", ticks[c->unit],
		   c->unit == CHART_COUNT ? ",\"tickMinStep\":1" : "");
}

static bool has_band(const struct chart *c)
{
	for (size_t i = 0; i < c->nseries; i++)
		if (c->series[i].low && c->series[i].high)
			return true;
	return false;
}

static void put_template(struct buf *b, const struct chart *c, const char *template,
			 struct arena *a);

static void put_references(struct buf *b, const struct chart *c, bool lines, struct arena *a)
{
	for (size_t i = 0; i < c->nseries; i++) {
		if (!c->series[i].reference)
			continue;
		buf_printf(b, ",\n{\"transform\":[{\"filter\":\"datum.index == %zu\"}],\"mark\":{",
			   i);
		if (lines)
			buf_printf(b, "\"type\":\"line\",\"strokeDash\":%s",
				   references[reference_number(c, i)].dashes);
		else
			buf_puts(b, "\"type\":\"tick\",\"thickness\":2");
		put_template(b, c,
			     lines ? ",'tooltip':true},'encoding':{'$y':$v,$s}}"
				   : ",'tooltip':true},'encoding':{$s}}",
			     a);
	}
}

static void put_part(struct buf *b, const struct chart *c, char part, struct arena *a)
{
	bool lying = !c->ordered && c->kind != CHART_LINE;
	double lo = 0, hi = 0;
	switch (part) {
	case 'x':
	case 'y':
		buf_putc(b, lying == (part == 'y') ? 'x' : 'y');
		break;
	case 'c':
		put_categories(b, c);
		break;
	case 'v':
		put_values(b, c, a);
		break;
	case 's':
		put_colour(b, c);
		break;
	case 'n':
		put_names(b, c, false);
		break;
	case 't':
		put_title(b, c->series_title);
		break;
	case 'r':
		json_put_string(b, str_of(chart_running_label(c)));
		break;
	case 'h':
		chart_range(c, &lo, &hi);
		put_number(b, &(struct chart_value){ .has = true, .is = lo + (hi - lo) * .6 }, a);
		break;
	case 'B':
		put_template(b, c, has_band(c) ? band_layer : "", a);
		break;
	default:
		put_references(b, c, part == 'L', a);
	}
}

static void put_template(struct buf *b, const struct chart *c, const char *template,
			 struct arena *a)
{
	for (const char *p = template; *p; p++)
		if (*p == '$')
			put_part(b, c, *++p, a);
		else
			buf_putc(b, *p == '\'' ? '"' : *p);
}

/* What one view has in it, which may stand among others. */
static void put_view(const struct chart *c, struct buf *out)
{
	struct arena a = { 0 };
	buf_puts(out, "\"title\":{");
	put_pair(out, "text", c->title);
	buf_puts(out, ",");
	put_pair(out, "subtitle", c->subtitle);
	buf_puts(out, "},\n");
	put_pair(out, "description", c->note);
	buf_puts(out, ",\n\"width\":560,\n");
	put_data(out, c, &a);
	put_template(out, c, templates[c->kind], &a);
	arena_free(&a);
}

void chart_vegalite(const struct chart *charts, size_t n, struct buf *out)
{
	buf_puts(out, "{\"$schema\":\"https://vega.github.io/schema/vega-lite/v5.json\",\n");
	buf_puts(out, n > 1 ? "\"vconcat\":[{\n" : "");
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, i ? "},\n{\n" : "");
		put_view(&charts[i], out);
	}
	buf_puts(out, n > 1 ? "}]}\n" : "}\n");
}
