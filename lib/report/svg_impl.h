/* What the files that draw SVG share. Private to lib/report. */
#ifndef CRM_REPORT_SVG_IMPL_H
#define CRM_REPORT_SVG_IMPL_H

#include "report/chart_impl.h"

/* A picture being drawn from the top down. All lengths are CSS pixels. */
struct svg {
	const struct chart *c;
	struct svg_place place;
	double width, y; /* y: all above is drawn */
	bool brief;	 /* figures are shortened: the whole ones have no room */
	struct buf body;
	struct arena arena;
};

/* -- svg_text.c: text has a width before anybody has chosen a font -- */

enum face { FACE_TITLE, FACE_TEXT, FACE_SOFT, FACE_SMALL, FACE_FIGURE, FACE_LABEL };
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
enum { SVG_LINES = 4 }; /* no label has more lines */

/* How wide it is at most, in the usual fonts: as in DejaVu Sans, the widest of them. */
double svg_text_width(struct str s, enum face face);

/*
 * s in at most `most` (SVG_LINES) lines of that width, broken at blanks, or within a word
 * that is wider; the last has … in its middle where there is no room for all (*cut).  How many
 * lines: 0 where s is blank.
 */
size_t svg_wrap(struct str s, enum face face, double width, size_t most,
		struct str lines[SVG_LINES], bool *cut, struct arena *a);

/* One line of text with its baseline at y. */
void svg_text(struct svg *v, double x, double y, enum anchor anchor, enum face face, struct str s);

/* A label within width, its lines centred on y; its whole text in a <title> where it is cut. */
void svg_label(struct svg *v, double x, double y, enum anchor anchor, enum face face, double width,
	       size_t most, struct str s);

/* The same from x on, below what is drawn; moves y behind it. */
void svg_paragraph(struct svg *v, double x, enum face face, size_t most, struct str s);

/* -- svg.c -- */

/* The class of the line of a reference: dashes, and dots for another one. */
static inline const char *svg_reference(const struct svg *v, size_t series)
{
	return chart_further(v->c, series) ? "ref dots" : "ref";
}

/* To a tenth, as printed by %g. */
static inline double px(double v)
{
	return round(v * 10) / 10 + 0.0;
}

/* Appends "<title>…</title>" */
void svg_title(struct svg *v, struct str words);

/* One entry of a legend: the series' swatch and name. */
struct svg_key {
	enum { KEY_BAR, KEY_LINE, KEY_REFERENCE } shape;
	size_t series;
	struct str name;
};
void svg_legend(struct svg *v, const struct svg_key *keys, size_t n);

void svg_rect(struct svg *v, const char *class, double x, double y, double w, double h);

/* A bar in the colour and pattern of the series. */
void svg_bar(struct svg *v, size_t series, double x, double y, double w, double h,
	     struct str words);
/* The mark of a point of the series, in its own shape. */
void svg_mark(struct svg *v, size_t series, double x, double y, bool shown, struct str words);

enum { SVG_COLOURS = CHART_LOOKS, SVG_STEPS = 7 };

/* Of series i on white: "#0072b2". */
const char *svg_colour(size_t i);

/* -- svg_plot.c, svg_grid.c: what is drawn of a kind, from y down -- */
void svg_plot(struct svg *v);
void svg_pareto(struct svg *v);
void svg_funnel(struct svg *v);
void svg_heat(struct svg *v);

#endif
