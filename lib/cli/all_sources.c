/* What crm-import all reads. */
#include "cli/all_sources.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/temporary.h"

static void add(struct all_sources *s, struct crm *crm, const char *path, const char *type)
{
	s->items = arena_grow(&crm->arena, s->items, s->n, &s->room, sizeof *s->items);
	bool standard = !s->folder && !strcmp(path, "-");
	s->items[s->n++] = (struct all_source){ .path = path,
						.name = standard ? "<stdin>" : path,
						.type = type,
						.fd = standard ? STDIN_FILENO : -1 };
}

static int visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void add_file(struct all_sources *s, struct crm *crm, const char *folder, const char *name)
{
	const char *part = all_part_of(name);
	const char *path = arena_printf(&crm->arena, "%s/%s", folder, name).p;
	if (!part)
		die(STATUS_REFUSED, "%s: its name is no record type's; nothing was written", path);
	if (!strcmp(part, ALL_CONFIG))
		s->config = path;
	else
		add(s, crm, path, part);
}

static void add_folder(struct all_sources *s, struct crm *crm, const char *path)
{
	struct dirent **files;
	int n = scandir(path, &files, visible, alphasort);
	if (n < 0)
		die(STATUS_ENV, "cannot read %s:", path);
	for (int i = 0; i < n; i++) {
		add_file(s, crm, path, arena_str(&crm->arena, str_of(files[i]->d_name)).p);
		free(files[i]);
	}
	free(files);
	if (!s->n && !s->config)
		die(STATUS_REFUSED, "%s: there is nothing in it", path);
}

/* All that is to come from `from`, in a file without a name; its descriptor. */
static int copy(int from, const char *name)
{
	enum { BLOCK = 1 << 16 };
	FILE *to = temporary_nameless();
	char *block = xrealloc(NULL, BLOCK);
	for (ssize_t n; (n = read(from, block, BLOCK)) != 0;) {
		if (n < 0 && errno == EAGAIN) /* somebody made it non-blocking */
			poll(&(struct pollfd){ .fd = from, .events = POLLIN }, 1, -1);
		else if (n < 0 && errno != EINTR)
			die(STATUS_ENV, "cannot read %s:", name);
		if (n > 0 && fwrite(block, 1, (size_t)n, to) != (size_t)n)
			die(STATUS_ENV, "cannot write a temporary file:");
	}
	free(block);
	if (fflush(to) != 0)
		die(STATUS_ENV, "cannot write a temporary file:");
	int fd = dup(fileno(to));
	fclose(to);
	if (fd < 0)
		die(STATUS_ENV, "cannot keep a temporary file:");
	return fd;
}

/* A pipe gives what is in it only once. */
static void make_readable_again(struct all_source *source)
{
	struct stat st;
	bool standard = source->fd >= 0;
	if ((standard ? fstat(source->fd, &st) : stat(source->path, &st)) != 0)
		die(STATUS_ENV, "cannot read %s:", source->name);
	if (S_ISREG(st.st_mode)) {
		source->start = standard ? lseek(source->fd, 0, SEEK_CUR) : 0;
		return;
	}
	FILE *in = standard ? stdin : fopen(source->path, "re");
	if (!in)
		die(STATUS_ENV, "cannot read %s:", source->name);
	source->fd = copy(fileno(in), source->name);
	if (!standard)
		fclose(in);
}

void all_sources_find(struct all_sources *s, struct crm *crm, int argc, char **argv)
{
	struct stat st;
	s->folder = argc && strcmp(argv[0], "-") && stat(argv[0], &st) == 0 && S_ISDIR(st.st_mode);
	if (!argc && isatty(STDIN_FILENO))
		usage(crm, "import what? Name a file or folder of crm-export all, or pipe it in");
	if (s->folder && argc > 1)
		usage(crm, "one folder at a time");
	if (s->folder && option(crm, "rejects"))
		usage(crm, "--rejects is for one stream; of a folder import the files one by one");
	if (s->folder)
		add_folder(s, crm, argv[0]);
	for (int i = 0; !s->folder && i < argc; i++)
		add(s, crm, argv[i], NULL);
	if (!argc)
		add(s, crm, "-", NULL);
	s->names = arena_new(&crm->arena, const char *, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		make_readable_again(&s->items[i]);
		s->names[i] = s->items[i].name;
	}
}

struct reader *all_sources_open(struct crm *crm, const struct all_source *source, bool want_raw)
{
	if (source->fd < 0)
		return reader_for(crm, source->path, want_raw);
	if (lseek(source->fd, (off_t)source->start, SEEK_SET) < 0)
		die(STATUS_ENV, "cannot read %s again:", source->name);
	return reader_on(crm, source->fd, source->name, want_raw);
}
