/*
 * What was odd about an input and what was made of it, counted for the accounting:
 * "leads.csv: phone: 2 numbers had lost their first 0, which was put back ("912345678"):
 * lines 4, 9".
 */
#ifndef CRM_DOMAIN_IMPORT_NOTES_H
#define CRM_DOMAIN_IMPORT_NOTES_H

#include "core/arena.h"

enum import_oddity {
	ODD_ENCODING,
	ODD_PREAMBLE,
	ODD_SHORT,
	ODD_EMPTY,
	ODD_FORMULA,
	ODD_APOSTROPHE,
	ODD_ZERO,
	ODD_DIGITS,
	ODD_DAMAGED,
	ODD_SERIAL,
	ODD_CENTURY,
	ODD_DAY_FIRST,
	ODD_MONTH_FIRST,
	ODD_YEAR_FIRST,
};

enum { NOTE_LINES = 10, NOTES_MAX = 256 };

struct import_note {
	enum import_oddity what;
	unsigned source;
	struct str where; /* field or column; empty: the whole input */
	long count;
	long lines[NOTE_LINES]; /* the first ones, rising; nlines of them */
	size_t nlines;
	struct str example; /* the first text; may be empty */
};

/* { 0 } is a good new one. */
struct import_notes {
	struct arena arena;
	struct import_note *items; /* in the order in which they came up; at most NOTES_MAX */
	size_t n;
};

/* Counts one; line 0: none to be named. */
void import_note(struct import_notes *n, enum import_oddity what, unsigned source, struct str where,
		 long line, struct str example);

/* The same for `count` at once. */
void import_note_many(struct import_notes *n, enum import_oddity what, unsigned source,
		      struct str where, long count, struct str example);

/* Its name in JSON: "damaged". */
const char *import_note_name(const struct import_note *note);

/* As above, without the input's name. */
struct str import_note_text(const struct import_note *note, struct arena *a);

void import_notes_free(struct import_notes *n);

#endif
