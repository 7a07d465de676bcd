/* Blocks of bytes that wait in a temporary file, for what memory has no room for. */
#ifndef CRM_CORE_OVERFLOW_H
#define CRM_CORE_OVERFLOW_H

#include <stdio.h>

#include "core/buf.h"

/* { 0 } is a good empty one, which has no file yet. */
struct overflow {
	FILE *file;
	size_t n;	   /* blocks */
	off_t first, last; /* where in the file the first of them is, and where they end */
};

/* Puts the block behind the others; false: the disk does not take it, nor is it to be asked again.
 */
bool overflow_put(struct overflow *o, struct str block);

/* Takes the first of them, of which there is one, into `block`; false: it cannot be read. */
bool overflow_get(struct overflow *o, struct buf *block);

void overflow_free(struct overflow *o);

#endif
