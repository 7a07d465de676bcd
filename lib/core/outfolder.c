/* Folders that appear whole. */
#include "core/outfolder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/temporary.h"

static char *join(const char *folder, const char *name)
{
	size_t n = strlen(folder) + strlen(name) + 2;
	char *path = xmalloc(n);
	snprintf(path, n, "%s/%s", folder, name);
	return path;
}

static bool is_dots(const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..");
}

/* The folder and the files in it; what is no file of ours keeps it alive. */
static void remove_folder(const char *path)
{
	DIR *d = opendir(path);
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		char *file = is_dots(e->d_name) ? NULL : join(path, e->d_name);
		if (file)
			unlink(file);
		free(file);
	}
	closedir(d);
	rmdir(path);
}

static void check_files(const char *path, bool (*ours)(const char *name))
{
	DIR *d = opendir(path);
	if (!d)
		die(STATUS_ENV, "cannot read %s:", path);
	for (struct dirent *e; (e = readdir(d));)
		if (!is_dots(e->d_name) && !ours(e->d_name))
			die(STATUS_REFUSED,
			    "%s/%s is none of the files that come into this folder;"
			    " move it away, or name another folder",
			    path, e->d_name);
	closedir(d);
}

void outfolder_open(struct outfolder *o, const char *path, bool (*ours)(const char *name))
{
	struct stat st;
	bool there = stat(path, &st) == 0;
	if (there)
		check_files(path, ours);
	char *full = there ? realpath(path, NULL) : xstrdup(path);
	if (!full)
		die(STATUS_ENV, "cannot write %s:", path);
	for (size_t n = strlen(full); n > 1 && full[n - 1] == '/'; n--)
		full[n - 1] = '\0';
	size_t n = strlen(full) + sizeof ".XXXXXX";
	*o = (struct outfolder){ .path = full, .temporary = xmalloc(n) };
	snprintf(o->temporary, n, "%s.XXXXXX", full);
	mode_t mask = umask(0);
	umask(mask);
	if (!temporary_folder(o->temporary))
		die(STATUS_ENV, "cannot write %s:", path);
	if (chmod(o->temporary, there ? st.st_mode & 07777 : 0777 & ~mask) != 0)
		die(STATUS_ENV, "cannot write %s:", path);
}

static void close_file(struct outfolder *o)
{
	if (!o->file)
		return;
	if (fflush(o->file) != 0 || ferror(o->file) || fsync(fileno(o->file)) != 0 ||
	    fclose(o->file) != 0)
		die(STATUS_ENV, "cannot write %s/%s:", o->path, o->name);
	free(o->name);
	o->file = NULL;
	o->name = NULL;
}

FILE *outfolder_file(struct outfolder *o, const char *name)
{
	close_file(o);
	char *path = join(o->temporary, name);
	o->name = xstrdup(name);
	temporary_add(path);
	o->file = fopen(path, "wxe");
	if (!o->file)
		die(STATUS_ENV, "cannot write %s/%s:", o->path, name);
	free(path);
	return o->file;
}

/* A file system that cannot sync a folder is no reason to fail. */
static void sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

/* In one step where the system can; the old folder is then under the temporary name. */
static bool exchange(const char *a, const char *b)
{
#ifdef RENAME_EXCHANGE
	if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0)
		return true;
#else
	(void)a, (void)b;
#endif
	return false;
}

/* In two, so that for a moment there is none, but never half a one. */
static bool replace(const struct outfolder *o)
{
	size_t n = strlen(o->temporary) + sizeof ".old";
	char *old = xmalloc(n);
	snprintf(old, n, "%s.old", o->temporary);
	bool ok = rename(o->path, old) == 0;
	if (ok && rename(o->temporary, o->path) != 0) {
		int why = errno;
		ok = false;
		if (rename(old, o->path) != 0)
			warn("the old folder is in %s", old);
		errno = why;
	}
	if (ok)
		remove_folder(old);
	free(old);
	return ok;
}

void outfolder_commit(struct outfolder *o)
{
	close_file(o);
	sync_folder(o->temporary);
	if (exchange(o->temporary, o->path))
		remove_folder(o->temporary);
	else if (rename(o->temporary, o->path) != 0 && !replace(o))
		die(STATUS_ENV, "cannot replace %s:", o->path);
	temporary_forget(o->temporary);
	char *parent = xstrdup(o->path);
	sync_folder(dirname(parent));
	free(parent);
	free(o->path);
	free(o->temporary);
	*o = (struct outfolder){ 0 };
}
