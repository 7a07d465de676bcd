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
	struct buf buf;		    /* being written, or all of it */
	FILE *file;		    /* once it was too much for memory */
	char *block;		    /* what the file is read by */
	size_t at;		    /* reading: position in buf, where there is no file */
	long n;			    /* records put */
	bool mentioned[FIELDS_MAX]; /* by field index: whether any of them says something of it */
};

/* One of them, with what is kept beside it. */
struct spooled {
	struct record record;
	long line;
	unsigned source;    /* which input it is from */
	struct str raw;	    /* its text; may be empty */
	struct str further; /* of struct row; may be empty */
	struct str field;   /* of `refused`; may be empty */
	struct str refused; /* why it is no record; empty: it is a good one */
	bool unreadable;    /* its text could not even be taken apart */
	bool absent;	    /* there is none: it keeps the place */
};

void spool_put_item(struct spool *s, const struct spooled *item);

/* After the last put: start (again) with the first. */
void spool_rewind(struct spool *s);

/* The next one, its texts in `a`; false after the last. */
bool spool_get_item(struct spool *s, struct spooled *item, struct arena *a);

/* The same for records alone. */
void spool_put(struct spool *s, const struct record *r, long line, struct str raw);
bool spool_get(struct spool *s, struct record *r, long *line, struct str *raw, struct arena *a);

void spool_free(struct spool *s);

#endif
