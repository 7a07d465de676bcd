/* What the renderers of a chart share. Private to lib/report. */
#ifndef CRM_REPORT_CHART_IMPL_H
#define CRM_REPORT_CHART_IMPL_H

#include <math.h>

#include "report/chart.h"

enum { CHART_LOOKS = 8 }; /* colours, which are told apart without patterns */

/* The number of the colour of a series. */
static inline size_t chart_look(const struct chart *c, size_t i)
{
	return c->series[i].look ? c->series[i].look - 1 : i;
}
#include "schema/label.h"

/* -- chart_scale.c: from figures to places -- */

/* Whether there is a figure to draw: no gap, finite, and not beyond what amounts can be. */
static inline bool chart_drawn(const struct chart_value *v)
{
	return v->has && isfinite(v->is) && fabs(v->is) <= 1e17;
}

/* Ticks at whole multiples of step, from lo to hi, which are two of them: 1, 2 or 5 × 10^n. */
struct scale {
	double lo, hi, step;
};

/*
 * The smallest such scale over lo … hi with at most `most` steps (at least 2).  whole: no
 * step below 1.
 */
struct scale scale_nice(double lo, double hi, int most, bool whole);

/* Where v is on it: 0 to 1. */
static inline double scale_at(const struct scale *s, double v)
{
	return (v - s->lo) / (s->hi - s->lo);
}

/* Its ticks: how many steps, and the value of the i-th. */
static inline long scale_steps(const struct scale *s)
{
	return lround((s->hi - s->lo) / s->step);
}
static inline double scale_value(const struct scale *s, long i)
{
	return s->lo + (double)i * s->step;
}

/* Whether a reference stands before that one: it must look different. */
static inline bool chart_further(const struct chart *c, size_t series)
{
	while (series-- > 0)
		if (c->series[series].reference)
			return true;
	return false;
}

/* Smallest and largest figure to draw, with 0 where bars begin there; stacks are summed.
 * False: there is no figure. */
bool chart_range(const struct chart *c, double *lo, double *hi);

/* What category k adds up to above or below 0. */
double chart_stack(const struct chart *c, size_t k, bool below);

/* The scale of the chart's value axis. */
struct scale chart_scale(const struct chart *c, int most);

/* The tick at v: all of one scale have the same unit and digits ("0.5M 1.0M", "12 tr"). */
struct str scale_tick(const struct scale *s, double v, const struct chart *c, struct arena *a);

/* A figure in three digits or so, as people say it: "1.23M", "12,5 tr". */
struct str chart_short(const struct chart *c, double v, struct arena *a);

/* Running shares of the whole, which *sum is then, one a category; all 0 where there is none. */
double *chart_running(const struct chart *c, double *sum, struct arena *a);

/* What people call them. */
static inline const char *chart_running_label(const struct chart *c)
{
	return label(c->language, "Cumulative share", "Tỷ lệ lũy kế");
}

/* "45%", "12.5%": one digit behind the point where it is below 10 %. */
struct str chart_percent(const struct chart *c, double share, struct arena *a);

/* Of the step before; empty for the first, where that was 0 or unknown, and where this is more,
 * as not all came through it. */
struct str chart_rate(const struct chart *c, size_t k, struct arena *a);

/* "Title of the axis (VND)". */
struct str chart_value_title(const struct chart *c, struct arena *a);

/* "Category · series: value", the words of a mark; the series only where it has a name. */
struct str chart_words(const struct chart *c, size_t series, size_t k, struct arena *a);

static inline const char *chart_no_data(const struct chart *c)
{
	return label(c->language, "no data", "không có dữ liệu");
}

#endif
