/* Whether an earlier import of the same row made a record.  Private to import_match.c. */
#ifndef CRM_DOMAIN_IMPORT_SAME_H
#define CRM_DOMAIN_IMPORT_SAME_H

#include "domain/import.h"

/*
 * Sets r->id to a record from before this input that the row would not change, each
 * for one row; false: there is none.  Its references are resolved.
 */
bool import_same(struct import *im, struct record *r, struct arena *a);

void import_same_free(struct import *im);

#endif
