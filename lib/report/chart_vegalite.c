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
	buf_printf(b, ",\"reference\":%s,\"value\":", s->reference ? "true" : "false");
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

/* What a kind draws.  $x and $y are the channels of categories and values (turned where bars
 * lie), $c and $v their definitions, $s the colour of the series. */
#define ONLY(what) "\"transform\":[{\"filter\":\"" what "\"}],"
#define FIGURES ONLY("!datum.reference")
#define REFERENCES ONLY("datum.reference")
static const char *const templates[] = {
	[CHART_BAR] = "\"encoding\":{\"$x\":$c,\"$y\":$v},\n\"layer\":[\n"
		      "{" FIGURES "\"mark\":{\"type\":\"bar\",\"tooltip\":true},"
		      "\"encoding\":{\"$xOffset\":{\"field\":\"series\",\"sort\":null},$s}},\n"
		      "{" REFERENCES "\"mark\":{\"type\":\"tick\",\"thickness\":2,"
		      "\"tooltip\":true}}]",
	[CHART_STACKED] = "\"encoding\":{\"$x\":$c,\"$y\":$v},\n\"layer\":[\n"
			  "{" FIGURES "\"mark\":{\"type\":\"bar\",\"tooltip\":true},"
			  "\"encoding\":{$s}},\n"
			  "{" REFERENCES "\"mark\":{\"type\":\"tick\",\"thickness\":2,"
			  "\"tooltip\":true}}]",
	[CHART_LINE] =
	    "\"encoding\":{\"$x\":$c},\n\"layer\":[\n"
	    "{" ONLY(
		"isValid(datum.low) && isValid(datum.high)") "\"mark\":{\"type\":\"area\","
							     "\"opacity\":0.22},\"encoding\":{\"$"
							     "y\":{\"field\":\"low\","
							     "\"type\":\"quantitative\"},\"$y2\":{"
							     "\"field\":\"high\"},$s}},\n"
							     "{" FIGURES
							     "\"mark\":{\"type\":\"line\","
							     "\"point\":true,\"tooltip\":true},"
							     "\"encoding\":{\"$y\":$v,"
							     "\"strokeDash\":{\"field\":\"series\","
							     "\"sort\":null},$s}},\n"
							     "{" REFERENCES
							     "\"mark\":{\"type\":\"line\","
							     "\"strokeDash\":[5,3],\"color\":\"#"
							     "555555\","
							     "\"tooltip\":true},\"encoding\":{\"$"
							     "y\":$v,\"detail\":{\"field\":"
							     "\"series\"}}}]",
	[CHART_FUNNEL] =
	    "\"encoding\":{\"y\":$c,\"x\":{\"field\":\"value\",\"type\":\"quantitative\","
	    "\"stack\":\"center\",\"axis\":null}},\n\"layer\":[\n"
	    "{\"mark\":{\"type\":\"bar\",\"tooltip\":true}},\n"
	    "{\"mark\":\"text\",\"encoding\":{\"text\":{\"field\":\"text\"},"
	    "\"color\":{\"value\":\"#ffffff\"}}}]",
	[CHART_HEAT] = "\"encoding\":{\"x\":$c,\"y\":{\"field\":\"series\",\"type\":\"ordinal\","
		       "\"sort\":null,\"title\":$t}},\n\"layer\":[\n"
		       "{\"mark\":{\"type\":\"rect\",\"tooltip\":true},\"encoding\":{\"color\":{"
		       "\"field\":\"value\",\"type\":\"quantitative\",\"title\":null}}},\n"
		       "{\"mark\":\"text\",\"encoding\":{\"text\":{\"field\":\"text\"}}}]",
	[CHART_PARETO] =
	    "\"encoding\":{\"y\":$c},\n\"resolve\":{\"scale\":{\"x\":\"independent\"}},\n"
	    "\"layer\":[\n"
	    "{" ONLY(
		"isValid(datum.running)") "\"mark\":{\"type\":\"bar\",\"tooltip\":true},"
					  "\"encoding\":{\"x\":$v}},\n"
					  "{" ONLY(
					      "isValid(datum.running)") "\"mark\":{\"type\":"
									"\"line\",\"point\":true,"
									"\"color\":\"#d55e00\","
									"\"tooltip\":true},"
									"\"encoding\":{\"order\":{"
									"\"field\":\"running\"},"
									"\"x\":{\"field\":"
									"\"running\",\"type\":"
									"\"quantitative\",\"axis\":"
									"{\"orient\":\"top\","
									"\"format\":\".0%\"},"
									"\"title\":$r}}}]",
};

static void put_title(struct buf *b, struct str title)
{
	if (title.n)
		json_put_string(b, title);
	else
		buf_puts(b, "null");
}

static void put_colour(struct buf *b, const struct chart *c)
{
	buf_puts(b,
		 "\"color\":{\"field\":\"series\",\"type\":\"nominal\",\"sort\":null,\"title\":");
	put_title(b, c->series_title);
	buf_puts(b, c->nseries < 2 ? ",\"legend\":null" : "");
	buf_puts(b, ",\"scale\":{\"range\":[");
	for (size_t i = 0; i < SVG_COLOURS; i++)
		buf_printf(b, "%s\"%s\"", i ? "," : "", svg_colour(i));
	buf_puts(b, "]}}");
}

static void put_part(struct buf *b, const struct chart *c, char part, struct arena *a)
{
	static const char *const ticks[] = { [CHART_COUNT] = ",d",
					     [CHART_NUMBER] = ",",
					     [CHART_MONEY] = ".3~s",
					     [CHART_SHARE] = ".0%" };
	bool lying = !c->ordered && c->kind != CHART_LINE;
	switch (part) {
	case 'x':
		buf_putc(b, lying ? 'y' : 'x');
		break;
	case 'y':
		buf_putc(b, lying ? 'x' : 'y');
		break;
	case 'c':
		buf_puts(b,
			 "{\"field\":\"category\",\"type\":\"ordinal\",\"sort\":null,\"title\":");
		put_title(b, c->category_title);
		buf_putc(b, '}');
		break;
	case 'v':
		buf_puts(b, "{\"field\":\"value\",\"type\":\"quantitative\",\"title\":");
		put_title(b, chart_value_title(c, a));
		buf_printf(b, ",\"axis\":{\"format\":\"%s\"}}", ticks[c->unit]);
		break;
	case 't':
		put_title(b, c->series_title);
		break;
	case 'r':
		json_put_string(b, str_of(chart_running_label(c)));
		break;
	default:
		put_colour(b, c);
	}
}

void chart_vegalite(const struct chart *c, struct buf *out)
{
	struct arena a = { 0 };
	buf_puts(out,
		 "{\"$schema\":\"https://vega.github.io/schema/vega-lite/v5.json\",\n\"title\":{");
	put_pair(out, "text", c->title);
	buf_puts(out, ",");
	put_pair(out, "subtitle", c->subtitle);
	buf_puts(out, "},\n");
	put_pair(out, "description", c->note);
	buf_puts(out, ",\n\"width\":560,\n");
	put_data(out, c, &a);
	for (const char *p = templates[c->kind]; *p; p++)
		if (*p == '$')
			put_part(out, c, *++p, &a);
		else
			buf_putc(out, *p);
	buf_puts(out, "}\n");
	arena_free(&a);
}
