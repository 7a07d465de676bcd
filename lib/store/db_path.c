/* Where a database is, and whether it stays as it is. */
#include "store/db_path.h"

#include <stdlib.h>

#include "core/buf.h"
#include "store/db.h"

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

const char *db_at_rest(const char *path, struct arena *a)
{
	static const char *const rests[] = { "-wal", "-journal" };
	struct buf uri = { 0 };
	for (size_t i = 0; i < countof(rests); i++) {
		struct stat rest;
		if (stat(arena_printf(a, "%s%s", path, rests[i]).p, &rest) == 0 && rest.st_size)
			return NULL;
	}
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

const char *still_begin(struct still *s, const char *path, struct arena *a, struct diag *d)
{
	const char *uri = db_at_rest(path, a);
	if (stat(path, &s->was) != 0 || !uri) {
		diag_set(d, NULL,
			 "cannot open %s: what was written last is still in the file -wal or "
			 "-journal beside it, and no other can be made there; whoever may write "
			 "there, run crm-doctor once",
			 quoted(str_of(path), &d->arena));
		return NULL;
	}
	s->path = xstrdup(path);
	return uri;
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
