/* Which record a row of crm-import is about.  Private to import*.c. */
#ifndef CRM_DOMAIN_IMPORT_MATCH_H
#define CRM_DOMAIN_IMPORT_MATCH_H

#include "domain/import.h"

/* "email", "external" …, for --match; false with diag. */
bool import_match_add(struct import *im, struct str name, struct diag *d);

/* The lock is held, for so many rows: what was there before is known from here on. */
void import_match_start(struct import *im, int64_t rows);

/* Whether the index of that field is needed while rows are put in. */
bool import_match_needs(const struct import *im, const struct field *f);

enum found {
	FOUND_NOBODY,
	FOUND_MATCH, /* --match hit */
	FOUND_SAME,  /* an earlier import of the same row made it, and nothing of it has changed */
	FOUND_KNOWN, /* it has the same telephone number, e-mail address or tax code */
	FOUND_WRONG, /* several, or one that may not be seen: diag */
};

/*
 * Sets r->id to the record that the row is about: the first --match field that hits,
 * also among identities; else one from before this input that the row would not
 * change, each for one row, so that a file of two equal rows stays two records; else,
 * where --on-duplicate asks, the oldest who is known.  Its references are resolved.
 */
enum found import_find(struct import *im, struct record *r, struct arena *a, struct diag *d);

/* The fields that the record there has already are no longer mentioned. */
void import_fill_only(struct import *im, struct record *r, struct arena *a);

/*
 * Empty cells leave alone what a new record would have there all the same: its owner, a name made
 * of its parts, the time of what is done.
 */
void import_keep_given(struct import *im, struct record *r, struct arena *a);

/* Whether each row is looked up among those who are known. */
bool import_match_asks(const struct import *im);

/* Counts, of the created ones, who was known: for imports that could not ask row by row. */
void import_match_count(struct import *im);

void import_match_free(struct import *im);

#endif
