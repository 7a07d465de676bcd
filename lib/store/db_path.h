/* Where a database is, whatever the engine.  Private to lib/store. */
#ifndef CRM_STORE_DB_PATH_H
#define CRM_STORE_DB_PATH_H

#include <sys/stat.h>

#include "core/arena.h"
#include "core/diag.h"

/* Whether a database may be asked for there (`made`: one that is missing is made); else a diag. */
bool path_check(const char *path, bool made, struct diag *d);

/* Says that it cannot be opened, and why, where nobody said so yet. */
void path_refuse(const char *path, struct diag *d, const char *why);

/*
 * A file that is read without the files beside it by which readers and writers agree:
 * in a folder where one may not write, or on a full disk, they cannot be made.
 */
struct still {
	char *path; /* NULL: it is read like any other */
	struct stat was;
};

/*
 * The URI by which the engine takes the file for one that nobody writes to, in `a`.
 * NULL with diag: the file alone is not the whole, see db_at_rest.
 */
const char *still_begin(struct still *s, const char *path, struct arena *a, struct diag *d);

/* Dies (STATUS_BUSY) where the file was written to since, so what was read may be nothing whole. */
void still_end(struct still *s);

#endif
