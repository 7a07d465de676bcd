/* Putting one row into the store.  Private to import.c. */
#ifndef CRM_DOMAIN_IMPORT_PUT_H
#define CRM_DOMAIN_IMPORT_PUT_H

#include "domain/import.h"

/* IMPORT_LATE: nothing was written, it names a record that may come yet. */
enum imported import_put(struct import *im, struct spooled *item, struct arena *a, struct diag *d);

#endif
