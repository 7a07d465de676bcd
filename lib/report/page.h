/*
 * One HTML page that needs nothing else: opens from disk, mails, prints, fits a phone.
 * No request leaves it (its Content-Security-Policy says so); it is whole without
 * JavaScript, which only sorts the tables.
 *
 * page_begin, then panels, then page_end.  All text is escaped here.
 */
#ifndef CRM_REPORT_PAGE_H
#define CRM_REPORT_PAGE_H

#include "report/chart.h"
#include "stream/writer.h"

struct page {
	enum language language;
	struct str title;
	struct str as_of, zone; /* for people; empty: not said */
	struct str period, filter;
	struct str command; /* the command line that makes this page */
	unsigned panels;    /* so far: kept by page_panel */
};

/* A figure on its own, and how it moved. */
enum page_move { MOVE_UNKNOWN, MOVE_UP, MOVE_DOWN, MOVE_NONE };
struct page_kpi {
	struct str label, value; /* value empty: "–" */
	enum page_move move;
	enum { TONE_NEUTRAL, TONE_GOOD, TONE_BAD } tone;
	struct str change;  /* "12.5%": without the arrow and the word, which are put here */
	struct str against; /* "last month"; may be empty */
};

struct page_cell {
	struct str text;   /* for people; empty: nothing known */
	struct str number; /* what a table sorts by and the CSV file holds: the exact decimal, a
			      date; empty: the text */
	bool none;	   /* the text is but the word for it: in the CSV file it is empty */
};

struct page_table {
	const struct column *columns; /* names are those of the CSV file */
	size_t ncolumns;
	const struct page_cell *cells; /* row after row */
	size_t nrows;
	size_t ntotals; /* the last of the rows: sums, which stay below when sorted and are not in
			   the CSV file */
};

/* What is NULL or 0 is not put; a panel without any of it says "no data". */
struct page_panel {
	struct str heading; /* never empty */
	struct str name;    /* of the CSV file, without ".csv": the report's */
	struct str note;    /* definition, rates used, … */
	struct str command; /* the command line that prints these figures */
	const struct page_kpi *kpis;
	size_t nkpis;
	const struct chart *chart;
	const struct page_table *table;
	bool wide; /* the whole width, beside no other panel */
};

void page_begin(const struct page *p, struct buf *out);
void page_panel(struct page *p, const struct page_panel *panel, struct buf *out);
void page_end(const struct page *p, struct buf *out);

/*
 * What every page begins with: doctype, <html>, charset, viewport, policy, and the style that
 * pages share followed by `style`.  The caller goes on with <title>…</title></head>.
 * script: the page has ours.
 */
void page_top(enum language l, bool script, const char *style, struct buf *out);

#endif
