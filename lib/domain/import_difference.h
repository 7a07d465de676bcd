/*
 * Lines of an order that comes with its lines: which of them is there already, and what is missing
 * to what the order comes to.  Private to import*.c.
 */
#ifndef CRM_DOMAIN_IMPORT_DIFFERENCE_H
#define CRM_DOMAIN_IMPORT_DIFFERENCE_H

#include "domain/import.h"

/*
 * The line of the same whole, not yet taken by a row, that is about the same product, or else
 * has the same description; one of which the row would change nothing comes first.  0: none.
 */
int64_t import_line_find(struct import *part, const struct record *line, struct arena *a);

/* The line, of a part that is a difference, waits until all lines of its whole have come. */
void import_difference_wait(struct import *im, size_t which, const struct record *line);

/* They have: puts in what is missing.  Dies where that is refused. */
void import_difference_put(struct import *im);

#endif
