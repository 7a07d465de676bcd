/*
 * A picture of figures: a plain description, and who draws it.
 *
 * Knows nothing of reports: whoever has figures fills a struct chart and hands it to
 * one of the renderers.  The same chart gives the same bytes, in any locale.  Values
 * that are missing, infinite or no number are gaps; no category or no value at all
 * gives a picture that says "no data".  Text is anything that people typed: each
 * renderer makes it harmless for what it writes.
 */
#ifndef CRM_REPORT_CHART_H
#define CRM_REPORT_CHART_H

#include "core/buf.h"
#include "schema/schema.h"

enum chart_kind {
	CHART_BAR,     /* several series: side by side */
	CHART_STACKED, /* one upon the other; negative values go the other way from 0 */
	CHART_LINE,    /* over categories in their order */
	CHART_FUNNEL,  /* the first series; each category a step */
	CHART_HEAT,    /* a cell for each series (rows, the first on top) and category (columns) */
	CHART_PARETO,  /* bars of the first series and their running share of the whole, as a line;
			  the categories come largest first; negative values add nothing to it */
};

/* What the figures are: how an axis writes its ticks. */
enum chart_unit {
	CHART_COUNT,  /* whole numbers: no tick lies between them */
	CHART_NUMBER, /* days, minutes, grades */
	CHART_MONEY,  /* major units: 12.5 is twelve and a half dollars; ticks "1.2M", "12 tr" */
	CHART_SHARE,  /* 0 to 1; ticks in % */
};

struct chart_value {
	bool has;	   /* false: a gap */
	double is;	   /* what is drawn */
	struct str text;   /* for people, as it is to be printed: "1.250.000 ₫"; empty: written by
			      chart_number() */
	struct str number; /* for machines: the exact decimal; empty: the shortest that reads back
			      as `is` */
};

/*
 * One value a category.  A reference (a target, last year) is drawn as a thin dashed line
 * over the others, another one dotted, and is never stacked.
 */
struct chart_series {
	struct str name; /* may be empty where it is the only one */
	bool reference;
	size_t look; /* number of its colour, from 1; 0: its place */
	const struct chart_value *values;
	/* A band around the line of CHART_LINE: both or neither; a gap in one is a gap. */
	const struct chart_value *low, *high;
};

struct chart {
	enum chart_kind kind;
	/* The categories come in an order of their own (periods, hours): bars stand, and labels
	 * that have no room are left out evenly.  Else bars lie, and each has its label. */
	bool ordered;
	bool outside; /* the last one is none of these, such as (none): its label always stays */
	enum language language;
	char group, point; /* of numbers, where the house writes them so; 0: as the language does */
	enum chart_unit unit;
	const char *currency; /* of CHART_MONEY: ISO 4217, named in the axis' title; or NULL */
	double whole; /* of CHART_PARETO: what is drawn and what is not; 0: the sum of what is */
	struct str title, subtitle;
	struct str category_title, value_title; /* of the axes; empty: none */
	struct str series_title;      /* of the rows of a heat map; of Vega-Lite's legend */
	struct str note;	      /* as of when, zone, filters: a line below */
	struct str left_out;	      /* how much of what there is is drawn; the note has it too */
	const struct str *categories; /* labels, for people */
	size_t ncategories;
	const struct chart_series *series;
	size_t nseries;
};

/* A value as the chart prints it: its text, else the number written for people ("1,234.5",
 * "1.234,5", "12.5%"); "–" for a gap. */
struct str chart_number(const struct chart *c, const struct chart_value *v, struct arena *a);

/* Where an SVG stands. */
struct svg_place {
	int width;   /* CSS pixels, at least 240; the height follows from what is drawn */
	unsigned id; /* a page's pictures have different ones: of their elements' ids */
	bool inside; /* a page that has put chart_style() and its own background: neither is put,
		      * nor the title, which is the panel's heading */
};

/*
 * Appends one <svg> element: well-formed XML 1.0, selectable text, a <title> on each mark,
 * light and dark, nothing from elsewhere.  Labels are wrapped, then cut in the middle with …
 * (their whole text is in a <title>); their widths are those of a wide font, so that no other one
 * is cut. Bars that lie make it as high as there are categories: of many the caller takes the
 * first.
 */
void chart_svg(const struct chart *c, struct svg_place place, struct buf *out);

/* The CSS of the pictures, for classes below .crm-chart. */
void chart_style(struct buf *out);

/*
 * Appends lines of at most `width` columns (at least 40), in UTF-8 as all tables are, each
 * ended by \n.  colour: series and headings in colour (ANSI).
 */
void chart_text(const struct chart *c, size_t width, bool colour, struct buf *out);

/*
 * Appends a Vega-Lite v5 specification with the data in it: one JSON object and \n.  Several
 * charts stand one below the other (vconcat).
 */
void chart_vegalite(const struct chart *charts, size_t n, struct buf *out);

#endif
