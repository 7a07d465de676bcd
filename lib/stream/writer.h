/*
 * Record streams going out.  Rows and columns, not a tree: a format is one file
 * and one row of formats[].  Output is buffered; every write is checked.
 */
#ifndef CRM_STREAM_WRITER_H
#define CRM_STREAM_WRITER_H

#include <stdio.h>

#include "stream/cell.h"

struct arena;

struct column {
	struct str name;  /* machine formats: header, key */
	struct str label; /* tables: heading; empty: the name */
	bool right;	  /* tables: numbers */
};

struct writer_ops;

struct writer_options {
	enum format format;	      /* FORMAT_AUTO: table where out is a terminal, else jsonl */
	bool excel;		      /* CSV: BOM, CRLF, formula cells guarded with ' */
	bool colour;		      /* tables: bold heading (the caller knows NO_COLOR) */
	const struct writer_ops *ops; /* of a format that one program alone writes; or NULL */
	bool vcard4;		      /* vCards of version 4.0, else 3.0 */
	int width;		      /* tables: columns of the terminal; 0: do not cut */
	/* The columns to print, by their places, in this order; NULL: all.  The caller's. */
	const size_t *chosen;
	size_t nchosen;
};

struct writer;

/*
 * What vCards are made of: a column of this name holds what struct row says in `further`,
 * and relations (the field "relation", what the other one is to them, their name).
 */
#define COLUMN_FURTHER "further"

/* out stays the caller's.  The strings in columns must outlive the writer. */
struct writer *writer_open(FILE *out, const struct column *columns, size_t n,
			   const struct writer_options *o);

/* cells: one a column. */
void writer_row(struct writer *w, const struct cell *cells);

/* Hands on what is buffered (tables keep their rows to the end): for streams that are followed
 * live. */
void writer_flush(struct writer *w);

/* The columns of a card, the first that is one: whether a record type has it is asked of
 * `has`.  Comma-separated, in the arena; empty where there is no name. */
struct str vcard_fields(bool (*has)(void *context, const char *field, struct str text),
			void *context, struct arena *a);

/* Whether people read it (tables): local times, grouped numbers. */
bool writer_human(const struct writer *w);

/*
 * Writes what the format needs at the end (`]`, the table; CSV's header even with
 * no rows), flushes and frees.  Write errors: EPIPE ends the process quietly with
 * status 0; any other dies with STATUS_ENV, as soon as it is noticed.
 */
void writer_close(struct writer *w);

/* The first line, with … where more follow, made harmless for a terminal. */
struct str table_text(struct str s, struct arena *a);

/* s, cut between characters with … at the end where it is wider than it may be. */
struct str table_cut(struct str s, size_t width, struct arena *a);

/* Appends s as a JSON string with its quotes; control characters escaped, UTF-8 kept as it is. */
struct buf;
void json_put_string(struct buf *b, struct str s);

/* Appends the cell as JSON: numbers and truth values bare, a list as an array. */
void json_put_cell(struct buf *b, const struct cell *c);

#endif
