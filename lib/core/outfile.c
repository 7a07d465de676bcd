/* Files that appear whole: temporary file, fsync, rename. */
#include "core/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/temporary.h"

/* The permissions of the file that is replaced, or those of a new one. */
static mode_t mode_for(const struct stat *old)
{
	if (old)
		return old->st_mode & 07777;
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static void open_beside(struct outfile *o, const struct stat *old)
{
	size_t n = strlen(o->path) + sizeof ".XXXXXX";
	o->temporary = xcalloc(1, n);
	snprintf(o->temporary, n, "%s.XXXXXX", o->path);
	int fd = temporary_file(o->temporary);
	if (fd < 0 || fchmod(fd, mode_for(old)) != 0 || !(o->file = fdopen(fd, "w")))
		die(STATUS_ENV, "cannot write %s:", o->path);
}

bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static const char *database;

void outfile_spare(const char *path)
{
	database = path;
}

static void check_spared(const char *path)
{
	static const char *const parts[] = { "", "-wal", "-shm", "-journal" };
	for (size_t i = 0; database && i < countof(parts); i++) {
		size_t n = strlen(database) + strlen(parts[i]) + 1;
		char *part = xcalloc(1, n);
		snprintf(part, n, "%s%s", database, parts[i]);
		if (same_file(part, path))
			die(STATUS_USAGE, "%s is the database itself", path);
		free(part);
	}
}

void outfile_open(struct outfile *o, const char *path)
{
	struct stat st;
	*o = (struct outfile){ 0 };
	check_spared(path);
	if (!strcmp(path, "-")) {
		o->file = stdout;
		return;
	}
	bool there = stat(path, &st) == 0;
	o->path = there ? realpath(path, NULL) : xstrdup(path);
	if (!o->path) /* a pipe has no other name */
		o->path = xstrdup(path);
	if (!there || S_ISREG(st.st_mode))
		open_beside(o, there ? &st : NULL);
	else if (!(o->file = fopen(o->path, "we")))
		die(STATUS_ENV, "cannot write %s:", path);
}

static void release(struct outfile *o)
{
	temporary_forget(o->temporary);
	free(o->temporary);
	free(o->path);
	*o = (struct outfile){ 0 };
}

/* So that the new name outlives a power cut; a file system that cannot is no reason to fail. */
static void sync_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

static const char *name_of(const struct outfile *o)
{
	return o->path ? o->path : "the output";
}

void outfile_prepare(struct outfile *o)
{
	if (!o->file)
		return;
	if (fflush(o->file) != 0 || ferror(o->file) ||
	    (o->temporary && fsync(fileno(o->file)) != 0))
		die(STATUS_ENV, "cannot write %s:", name_of(o));
}

void outfile_publish(struct outfile *o)
{
	if (!o->file)
		return;
	if (o->temporary && rename(o->temporary, o->path) != 0) {
		temporary_forget(
		    o->temporary); /* what it is about may have been committed: it stays */
		die(STATUS_ENV, "cannot replace %s, what belongs there is in %s:", o->path,
		    o->temporary);
	}
	if (o->path && fclose(o->file) != 0)
		die(STATUS_ENV, "cannot write %s:", name_of(o));
	if (o->temporary)
		sync_folder(o->path);
	release(o);
}

void outfile_commit(struct outfile *o)
{
	outfile_prepare(o);
	outfile_publish(o);
}

void outfile_discard(struct outfile *o)
{
	if (!o->file)
		return;
	if (o->path)
		fclose(o->file);
	if (o->temporary)
		unlink(o->temporary);
	release(o);
}
