/* Rows of a stream become records of a type. */
#ifndef CRM_SCHEMA_BIND_H
#define CRM_SCHEMA_BIND_H

#include "schema/schema.h"
#include "stream/reader.h"

/* Which column is which field; { .entity = e } is a good new one. */
struct binding {
	const struct entity *entity;
	bool ignore_unknown;
	unsigned layout;	     /* of the rows that `fields` is about */
	const struct field **fields; /* NULL: passed over */
	size_t n, room;
};

/*
 * Finds the fields of the row's columns, where its layout is new.  False with diag:
 * a column is no field (the nearest one is named) or two are the same one.
 */
bool bind_row(struct binding *b, const struct row *row, struct diag *d);

/*
 * The record that a bound row says; fields that are not mentioned are V_NONE.
 * r->id is its typed id, 0 if it has none.  Amounts are read in the currency that
 * the row names, else left for the store (a record that exists) or read in the
 * settings' (a new one).  False with diag.
 */
bool bind_record(const struct binding *b, const struct row *row, struct record *r, struct codec *c,
		 struct diag *d);

/* A cell and the field that it is for. */
struct bind_cell {
	const struct field *field; /* NULL: passed over */
	struct cell cell;
	const struct settings *settings; /* to read it by; NULL: the codec's */
	bool sound;			 /* its text is known to be: see struct row */
};

/* The one for the field (NULL: no field) among them; NULL: none is. */
struct bind_cell *bind_cell_for(struct bind_cell *cells, size_t n, const struct field *f);

/*
 * The same for cells whose fields are known.  c->currency "": it may be a record
 * that exists, so amounts without a currency are left for the store.
 */
bool bind_cells(const struct entity *e, const struct bind_cell *cells, size_t n, struct record *r,
		struct codec *c, struct diag *d);

/* "column "scor" is no field of lead; did you mean "score"?"; false. */
bool bind_unknown(const struct entity *e, struct str column, struct diag *d);

void binding_free(struct binding *b);

#endif
