/*
 * A file that is there whole or not at all: written beside its place, synced,
 * renamed.  A run that fails leaves the old one as it was.
 */
#ifndef CRM_CORE_OUTFILE_H
#define CRM_CORE_OUTFILE_H

#include <stdio.h>

#include "core/base.h"

struct outfile {
	FILE *file; /* to write to; NULL: not open */
	char *path, *temporary;
};

/*
 * From now on no output takes the place of this database, or of a part of it such as
 * its -wal: whoever has it open would go on writing into what is there no more.  The
 * text must stay.
 */
void outfile_spare(const char *path);

/* Whether both are there and the same, under whatever names. */
bool same_file(const char *a, const char *b);

/*
 * "-" is stdout; what is no regular file (a pipe, /dev/full) is written
 * directly; a link stays one.  Dies with STATUS_ENV where it cannot be made, with
 * STATUS_USAGE where it is the database.
 */
void outfile_open(struct outfile *o, const char *path);

/* Puts it into its place; dies with STATUS_ENV where that fails. */
void outfile_commit(struct outfile *o);

/*
 * The same in two steps, with a commit of something else in between: all that may
 * well fail (a full disk), and the rename.  Should that fail all the same, the
 * temporary file stays and is named.
 */
void outfile_prepare(struct outfile *o);
void outfile_publish(struct outfile *o);

/* Takes it back; exit does so too with what was not committed. */
void outfile_discard(struct outfile *o);

#endif
