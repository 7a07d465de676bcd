/*
 * Records that wait: input is read to its end before the lock is taken.  A small
 * lot stays in memory, a large one goes to a temporary file.
 */
#ifndef CRM_SCHEMA_SPOOL_H
#define CRM_SCHEMA_SPOOL_H

#include <stdio.h>

#include "core/buf.h"
#include "schema/schema.h"

struct spool {
	const struct entity *entity;
	struct buf buf; /* being written, or the block being read */
	FILE *file;     /* once it was too much for memory */
	size_t at;      /* reading: position in buf */
	long n;         /* records put */
};

/* line and raw are kept beside the record; raw may be empty. */
void spool_put(struct spool *s, const struct record *r, long line, struct str raw);

/* After the last put: start (again) with the first. */
void spool_rewind(struct spool *s);

/* The next record, its texts in `a`; false after the last. */
bool spool_get(struct spool *s, struct record *r, long *line, struct str *raw, struct arena *a);

void spool_free(struct spool *s);

#endif
