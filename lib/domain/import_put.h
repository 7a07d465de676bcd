/* Putting one row into the store.  Private to import.c. */
#ifndef CRM_DOMAIN_IMPORT_PUT_H
#define CRM_DOMAIN_IMPORT_PUT_H

#include "domain/import.h"

/* IMPORT_LATE: nothing was written, it names a record that may come yet. */
enum imported import_put(struct import *im, struct spooled *item, struct arena *a, struct diag *d);

/*
 * One further record of the row, whose records have these ids by now (0: not yet, or none); its own
 * is added.  False with diag: it is refused.
 */
bool import_put_part(struct import *im, size_t which, struct record *r, int64_t *ids, bool *wrote,
		     struct arena *a, struct diag *d);

#endif
