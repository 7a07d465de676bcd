/*
 * A statement under construction.  Only string literals, names of the schema and
 * parameters can get in: injection is a type error, not a check.
 */
#ifndef CRM_STORE_SQL_H
#define CRM_STORE_SQL_H

#include "core/arena.h"
#include "core/buf.h"
#include "schema/schema.h"

/* Parameters become $1, $2 … in the order in which they come. */
struct sql {
	struct arena *arena; /* set by whoever makes it: { .arena = a } */
	struct buf text;     /* freed by sql_free */
	struct value *params;
	size_t nparams, room;
	struct {
		const struct entity *of; /* NULL: it is read whole */
		const char *as;
		bool where;
		bool filled; /* whether there is a value is all that is asked: stmt_filled */
	} pieces;	     /* see sql_in_pieces */
};

/*
 * A query that may be read piece by piece, cut by a key of these rows, by the name that it gives
 * them.  where: it ends with its condition, to which another can be added by "and"; else it has
 * none, and one can follow.
 */
void sql_in_pieces(struct sql *q, const struct entity *of, const char *as, bool where);

/* Appends literals: sql_add(q, "select ", "1").  The "" refuses anything else. */
#define sql_add(q, literal) sql_add_literal((q), "" literal "")
void sql_add_literal(struct sql *q, const char *literal);

/* Names, quoted: user → "user". */
void sql_table(struct sql *q, const struct entity *e);
/* main."lead": the stored table, whatever shadows it for who acts or as of when. */
void sql_stored(struct sql *q, const struct entity *e);
void sql_column(struct sql *q, const struct field *f);
void sql_key_column(struct sql *q, const struct field *f);   /* "phone_key" */
void sql_match_column(struct sql *q, const struct field *f); /* by which equals are found */

/* Table alias tN, and tN."column". */
void sql_alias(struct sql *q, size_t n);
void sql_at(struct sql *q, size_t alias, const struct field *f);

void sql_param(struct sql *q, struct value v);
void sql_text(struct sql *q, struct str s); /* sql_param of a text */
void sql_int(struct sql *q, int64_t i);

/* "contact" = 7: that a record of the type refers to that one by its field `name`. */
void sql_refers(struct sql *q, const struct entity *e, const char *name, int64_t id);

/*
 * Begins an insert of several rows for a transaction that is lost where one of them fails:
 * others may stay in it then.
 */
void sql_insert_rows(struct sql *q);

/* Appends another statement's text and parameters (renumbered). */
void sql_append(struct sql *q, const struct sql *part);

void sql_free(struct sql *q);

#endif
