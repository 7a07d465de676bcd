/* What the files that draw charts with characters share. Private to lib/report. */
#ifndef CRM_REPORT_TEXT_IMPL_H
#define CRM_REPORT_TEXT_IMPL_H

#include "core/utf8.h"
#include "report/chart_impl.h"
#include "stream/writer.h"

struct text {
	const struct chart *c;
	size_t width; /* columns of the terminal */
	bool colour;
	struct buf *out;
	struct arena arena;
};

/* Appends s, shortened or filled up to so many columns. */
void text_cell(struct text *t, struct str s, size_t width, bool right);

/* n times the same character; nothing where n is 0. */
void text_repeat(struct text *t, const char *one, size_t n);

/* What follows is in the colour of the series; text_plain ends it. */
void text_series(struct text *t, size_t i);
void text_plain(struct text *t);

/* Takes the blanks at the end of the line away and ends it. */
void text_end(struct text *t);

/* Widest of the texts, at most `most`. */
size_t text_widest(struct text *t, const struct str *texts, size_t n, size_t most);

/* The line of a reference, and another one of the next. */
static inline const char *text_reference(const struct chart *c, size_t series)
{
	return chart_further(c, series) ? "┄" : "─";
}

/* "● this year  ○ last year": the marks of the series and their names, in lines. */
void text_legend(struct text *t, const char *const *marks, size_t nmarks);

/* -- text_plot.c -- */
void text_line(struct text *t);
void text_heat(struct text *t);

#endif
