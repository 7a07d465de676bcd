/*
 * Reading a record out of its row.  Most of a type's columns are empty in most rows: which
 * ones are filled is learned from the first few, and of the others the engine is only asked
 * whether they are empty.  For lib/store alone.
 */
#ifndef CRM_STORE_ROW_READ_H
#define CRM_STORE_ROW_READ_H

#include "schema/mask.h"

struct store;
struct stmt;

/* Statements for rows of one type, always asked the same way; { 0 } is a good new one. */
struct row_reader {
	struct stmt *all, *some; /* some: of rows that have nothing but the mask's columns */
	struct field_mask mask;
	unsigned learned; /* rows that were read by `all` */
	int64_t last;	  /* that was read by `some`, */
	int64_t writes;	  /* db_writes then, */
	bool open;	  /* and it stands there still */
};

/*
 * Which rows: of the table itself, or of what may be read.  Lent is one of the table, within
 * a transaction that writes, whose texts hold until another row is read there.
 */
enum row_of { ROW_STORED, ROW_READABLE, ROW_LENT };

/*
 * The record of that id; false: there is none.  keys: NULL, or room for one a field, set where
 * the field has one.  All texts are in `a`, but for a lent one's.  Ids that come in order cost
 * least: the next row is where the engine stands.
 */
bool row_read(struct store *s, struct row_reader *k, const struct entity *e, int64_t id,
	      enum row_of of, struct record *out, struct value *keys, struct arena *a);

void row_reader_close(struct row_reader *k);

/* While a statement is under way the engine drops no table and no index. */
void row_readers_rest(struct store *s);

#endif
