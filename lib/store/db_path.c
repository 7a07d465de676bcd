/* Where a database is, and whether it stays as it is. */
#include "store/db_path.h"

#include <stdlib.h>

#include "core/buf.h"

bool path_check(const char *path, bool made, struct diag *d)
{
	struct stat st;
	if (!strncmp(path, "file:", 5))
		return true;
	if (strstr(path, "://"))
		return diag_set(d, NULL, "this build knows no database engine for %s",
				quoted(str_of(path), &d->arena));
	return made || stat(path, &st) == 0 ||
	       diag_set(d, NULL, "there is no database at %s; make one with crm-init",
			quoted(str_of(path), &d->arena));
}

void path_refuse(const char *path, struct diag *d, const char *why)
{
	if (!d->message.n)
		diag_set(d, NULL, "cannot open %s: %s", quoted(str_of(path), &d->arena), why);
}

const char *still_begin(struct still *s, const char *path, struct arena *a, struct diag *d)
{
	struct buf uri = { 0 };
	struct stat wal;
	if (stat(path, &s->was) != 0 ||
	    (stat(arena_printf(a, "%s-wal", path).p, &wal) == 0 && wal.st_size)) {
		diag_set(d, NULL,
			 "cannot open %s: what was written last is still in the file -wal beside "
			 "it, and no other can be made there; whoever may write there, run "
			 "crm-doctor once",
			 quoted(str_of(path), &d->arena));
		return NULL;
	}
	s->path = xstrdup(path);
	buf_puts(&uri, "file:");
	for (const char *p = path; *p; p++)
		if (strchr("?#%", *p))
			buf_printf(&uri, "%%%02x", (unsigned)*p);
		else
			buf_putc(&uri, *p);
	buf_puts(&uri, "?immutable=1");
	const char *name = buf_copy(&uri, a).p;
	buf_free(&uri);
	return name;
}

void still_end(struct still *s)
{
	struct stat now;
	const struct timespec *was = &s->was.st_mtim, *is = &now.st_mtim;
	if (s->path && (stat(s->path, &now) != 0 || now.st_ino != s->was.st_ino ||
			now.st_size != s->was.st_size || is->tv_sec != was->tv_sec ||
			is->tv_nsec != was->tv_nsec))
		die(STATUS_BUSY, "the database was written to while it was read; try again");
	free(s->path);
}
