/*
 * A folder that is there whole or not at all: its files are written into another one
 * beside it, synced, and the two change places.  A run that fails leaves the old one as
 * it was.
 */
#ifndef CRM_CORE_OUTFOLDER_H
#define CRM_CORE_OUTFOLDER_H

#include <stdio.h>

#include "core/base.h"

struct outfolder {
	char *path, *temporary;
	FILE *file; /* the one being written */
	char *name; /* of it */
};

/*
 * Dies with STATUS_ENV where it cannot be made.  What is there under that name must be a
 * folder; its files go when the new ones come, so a folder with files that `ours` does
 * not know is refused (STATUS_REFUSED), and nothing touched.
 */
void outfolder_open(struct outfolder *o, const char *path, bool (*ours)(const char *name));

/* The next file, to write to; the one before is synced and closed. */
FILE *outfolder_file(struct outfolder *o, const char *name);

/* Puts the folder into its place; dies with STATUS_ENV where that fails. */
void outfolder_commit(struct outfolder *o);

#endif
