/* The further records of a row: a contact's company, second number, note.  Private to import*.c. */
#ifndef CRM_DOMAIN_IMPORT_PARTS_H
#define CRM_DOMAIN_IMPORT_PARTS_H

#include "domain/import.h"

/* Makes an import of each part of the map, and settles who comes before whom.  False with diag. */
bool import_parts_open(struct import *im, struct diag *d);

/* Lays the maps of the parts on the row's columns; false with diag. */
bool import_parts_bind(struct import *im, const struct row *row, bool fixed, struct diag *d);

/*
 * Reads the row's further records into the items of the parts, in `c->arena`.  False with
 * diag: one of them is wrong.
 */
bool import_parts_row(struct import *im, const struct row *row, struct codec *c, struct diag *d);

/* Whether there is any. */
bool import_parts_any(const struct import *im);

/* Lets them wait, or nothing where the row was refused. */
void import_parts_spool(struct import *im, bool wanted);

/* One more item of a part. */
void import_parts_add(struct import *part, const struct spooled *item, struct arena *a);

/* The same steps as of the row's own spool. */
void import_parts_start(struct import *im);
void import_parts_fetch(struct import *im, struct arena *a);
void import_parts_late(struct import *im);
void import_parts_turn(struct import *im); /* what was late is next */

/* The records of the row as they were read: what was tried in vain is tried again with these. */
struct import_row_copy {
	struct record *records;
	size_t n;
};
void import_parts_copy(const struct import *im, const struct spooled *own,
		       struct import_row_copy *to, struct arena *a);
void import_parts_restore(struct import *im, struct spooled *own,
			  const struct import_row_copy *from);

/* Fills the fields of r that refer to records of the same row, whose ids are known by now. */
void import_parts_wire(const struct import *im, size_t which, struct record *r, const int64_t *ids);

/* Has the message say that it is about that further record: "deal.amount". */
void import_parts_blame(const struct import *im, size_t which, struct diag *d);

void import_parts_free(struct import *im);

#endif
