/* What the files that draw bars and lines share. Private to lib/report. */
#ifndef CRM_REPORT_SVG_PLOT_H
#define CRM_REPORT_SVG_PLOT_H

#include "report/svg_impl.h"

/* Categories along one axis, values along the other: which of them lies, plot_point knows. */
struct plot {
	struct svg *v;
	bool lying;
	double left, top, along, across; /* where it begins; lengths of the two axes */
	double pitch, head, band;	 /* of a category: head, for its label, and band */
	double labels;			 /* room of those before the bars */
	struct scale scale;
	size_t bars; /* beside each other in a band */
};

struct point {
	double x, y;
};

static inline double plot_value(const struct plot *p, double v)
{
	return scale_at(&p->scale, v) * p->across;
}

/* So many pixels along the categories, and up the values. */
static inline struct point plot_point(const struct plot *p, double along, double up)
{
	if (p->lying)
		return (struct point){ p->left + up, p->top + along };
	return (struct point){ p->left + along, p->top + p->across - up };
}

/* Along the categories: where the band of one begins, and its middle. */
static inline double plot_start(const struct plot *p, size_t k)
{
	return (double)k * p->pitch + p->head;
}
static inline double plot_middle(const struct plot *p, size_t k)
{
	return plot_start(p, k) + p->band / 2;
}

/* A straight line between two such points. */
void plot_line(struct plot *p, const char *class, double along1, double up1, double along2,
	       double up2);

/* -- svg_bars.c -- */

/* What is printed beside the bar of series i in category k: its value, or that of the stack;
 * short where v->brief. */
struct str plot_beside(struct svg *v, size_t i, size_t k);

/* Prints it at the end of a bar, or where there is room for it. */
void plot_print(struct plot *p, size_t i, size_t k, double along, double from, double to,
		double room);

void plot_bars(struct plot *p); /* and references */

/* -- svg_lines.c -- */
void plot_lines(struct plot *p);
void plot_running(struct plot *p, const double *shares, double sum); /* of Pareto */

#endif
