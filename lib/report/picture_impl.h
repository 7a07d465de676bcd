/* What the files of a picture share. Private to lib/report. */
#ifndef CRM_REPORT_PICTURE_IMPL_H
#define CRM_REPORT_PICTURE_IMPL_H

#include "core/map.h"
#include "report/picture.h"

enum { VALUES_MAX = 8, DIMS_MAX = 16 };

/* The figures of one picture: a grid of series by categories. */
struct drawing {
	const struct picture_ask *ask;
	const struct codec *codec;
	struct arena *arena;
	const struct answer_column *columns;
	size_t n;
	enum unit unit;
	size_t category, currency; /* columns; n: none */
	size_t values[VALUES_MAX], nvalues;
	size_t dims[DIMS_MAX], ndims; /* their values tell series apart */
	size_t beside[VALUES_MAX], nbeside;
	bool cut;	/* -l left rows out */
	size_t running; /* column: what of the whole a row and those before it are; n: none */
	const struct kept_row *last;	   /* of its rows */
	struct map category_at, series_at; /* → number + 1 */
	struct str *categories;
	size_t ncategories, category_room;
	struct drawn_series {
		struct str name;
		struct value *values; /* one a category, as far as there is room; V_NONE: a gap */
		size_t room;
		bool reference;
	} * series;
	size_t nseries, nreferences, series_room; /* references are behind the others */
};

void drawing_take(struct drawing *g, const struct kept_row *row);

/* What people read of a value in that column; what is empty is called so. */
struct str drawing_text(const struct drawing *g, size_t column, const struct value *v);

/* Leaves those without a figure in any series away; how many these were. */
size_t drawing_leave_unknown(struct drawing *g);
/* Largest first, by the sum of the series. */
void drawing_sort_categories(struct drawing *g);
/* Leaves the first `most`; rest: the last of these is the sum of the others. */
void drawing_cut_categories(struct drawing *g, size_t most, bool rest);
void drawing_cut_series(struct drawing *g, size_t most, bool rest); /* the largest */

/* picture_looks.c */
void pictures_look(struct pictures *p, struct arena *a);

void drawing_fill(const struct drawing *g, struct chart *c);
void drawing_free(struct drawing *g);

#endif
