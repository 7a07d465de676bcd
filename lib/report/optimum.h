/* The highest point of a function of a few variables. */
#ifndef CRM_REPORT_OPTIMUM_H
#define CRM_REPORT_OPTIMUM_H

#include <stdbool.h>
#include <stddef.h>

enum { VARIABLES_MAX = 8 };

struct hill {
	size_t n; /* variables */
	double (*height)(const double *at, const void *of);
	const void *of;
	const double *limits; /* the i-th variable lies from -limits[i] to limits[i] */
};

/*
 * Climbs from `at`, which becomes the top, by steps that depend on nothing but these: the
 * same start gives the same bytes.  A height that is no number counts as infinitely deep.
 * Returns the height; `at_limit` (n of them) says which variables ran to the edge, where a
 * function that rises for ever in their direction leaves them.
 */
double optimum_find(const struct hill *h, double *at, bool *at_limit);

#endif
