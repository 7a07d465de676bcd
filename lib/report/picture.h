/*
 * Pictures of an answer: what the report's row says suits it, drawn of the rows that are
 * there.  Amounts are exact and in major units, and each currency has a picture of its own.
 */
#ifndef CRM_REPORT_PICTURE_H
#define CRM_REPORT_PICTURE_H

#include "report/page.h"
#include "report/report.h"

struct picture_ask {
	const struct picture *picture;
	const char *main; /* the values where the picture names none; NULL: the first figure */
	bool part;	  /* the first column is the report's part: each has its picture */
	bool each;	  /* a row is a bar, whatever else it is of (what C makes) */
	/*
	 * With that: the columns that make series, as --by has them, and the category where a
	 * period takes its place; NULL: neither.
	 */
	const char *by;
	bool sorted; /* somebody chose the order, and so what is cut: the last */
	struct report_facts facts;
};

/* Whether it makes the rows itself. */
static inline bool picture_each(const struct report *r)
{
	return (r->compute && !r->compute_when) || r->finish;
}

/* ranked: what its option of that name says, or NULL. */
static inline const char *picture_main(const struct report *r, const char *ranked)
{
	return r->ranked && ranked ? ranked : r->main;
}

/* by, period: as asked for, or NULL. */
static inline const char *picture_by(const struct report *r, const char *by, const char *period)
{
	return !r->each ? NULL : by ? by : period && !r->own_period ? "" : NULL;
}

struct pictures {
	struct chart *charts;
	size_t n; /* 0: there is nothing along which to draw, or nothing to draw */
};

/* In the arena.  c: for people. */
struct pictures pictures_of(const struct kept *k, const struct picture_ask *ask,
			    const struct codec *c, struct arena *a);

/* One <svg>, or, of several, one below the other in one. */
void pictures_svg(const struct pictures *p, int width, struct buf *out);

/*
 * The rows as a table of a page; in the arena.  figures: the names of those that it shows,
 * separated by blanks, where they are filled in some row; NULL: all.  from: its first column.
 */
struct page_table answer_table(const struct kept *k, const char *figures, size_t from,
			       const struct codec *c, struct arena *a);

/* Whether the name is among words that are separated by blanks; "*" is all. */
bool is_among(const char *words, struct str name);

#endif
