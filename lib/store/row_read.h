/*
 * Reading a record out of its row.  Most of a type's columns are empty in most rows: which
 * ones are filled is learned from the first few, and of the others the engine is only asked
 * whether they are empty.  For lib/store alone.
 */
#ifndef CRM_STORE_ROW_READ_H
#define CRM_STORE_ROW_READ_H

#include <string.h>

#include "schema/schema.h"

struct store;
struct stmt;

/* A set of a record type's fields, by their number. */
struct field_mask {
	uint64_t bits[FIELDS_MAX / 64];
};

static inline struct field_mask mask_full(void)
{
	struct field_mask m;
	memset(&m, 0xff, sizeof m);
	return m;
}

static inline bool mask_has(const struct field_mask *m, size_t i)
{
	return m->bits[i / 64] >> (i % 64) & 1;
}

static inline void mask_add(struct field_mask *m, size_t i)
{
	m->bits[i / 64] |= (uint64_t)1 << (i % 64);
}

/* The first of them from there on; FIELDS_MAX: there is none. */
static inline size_t mask_next(const struct field_mask *m, size_t from)
{
	uint64_t bits = from < FIELDS_MAX ? m->bits[from / 64] >> (from % 64) : 0;
	while (!bits && (from = (from / 64 + 1) * 64) < FIELDS_MAX)
		bits = m->bits[from / 64];
	return bits ? from + (size_t)__builtin_ctzll(bits) : FIELDS_MAX;
}

/* Statements for rows of one type, always asked the same way; { 0 } is a good new one. */
struct row_reader {
	struct stmt *all, *some; /* some: of rows that have nothing but the mask's columns */
	struct field_mask mask;
	unsigned learned; /* rows that were read by `all` */
	int64_t last;	  /* that was read by `some`, */
	int64_t writes;	  /* db_writes then, */
	bool open;	  /* and it stands there still */
};

/* Which rows: of the table itself, or of what may be read. */
enum row_of { ROW_STORED, ROW_READABLE };

/*
 * The record of that id; false: there is none.  keys: NULL, or room for one a field, set where
 * the field has one.  All texts are in `a`.  Ids that come in order cost least: the next row is
 * where the engine stands.
 */
bool row_read(struct store *s, struct row_reader *k, const struct entity *e, int64_t id,
	      enum row_of of, struct record *out, struct value *keys, struct arena *a);

void row_reader_close(struct row_reader *k);

/* While a statement is under way the engine drops no table and no index. */
void row_readers_rest(struct store *s);

#endif
