/*
 * Temporary files and folders that nobody finds afterwards: whatever is not kept goes
 * when the program ends, by exit, by die(), or by SIGINT, SIGTERM or SIGHUP.
 */
#ifndef CRM_CORE_TEMPORARY_H
#define CRM_CORE_TEMPORARY_H

#include <stdio.h>

#include "core/base.h"

/*
 * mkostemp and mkdtemp, as POSIX has them: `path` ends in XXXXXX, which is replaced; it
 * stays the caller's.  -1 and false with errno where it cannot be made.
 */
int temporary_file(char *path);
bool temporary_folder(char *path);

/* The same for a file that somebody else makes under that name, in a temporary folder. */
void temporary_add(const char *path);

/* It is gone, or is to stay: the end has nothing to do with it any more. */
void temporary_forget(const char *path);

/*
 * A file without a name, to write and read again, in $TMPDIR (else /tmp), for the caller
 * to close.  Dies with STATUS_ENV where it cannot be made.
 */
FILE *temporary_nameless(void);

/* A template for temporary_file in $TMPDIR (else /tmp), on the heap: the caller's to free. */
char *temporary_template(const char *name);

#endif
