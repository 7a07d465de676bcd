/* Temporary files and folders that nobody finds afterwards. */
#include "core/temporary.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* A list, newest first: a signal may come at any time, and what is linked in is whole. */
static struct leftover {
	struct leftover *next;
	char *path; /* NULL: forgotten */
} * leftovers;

static const int deadly[] = { SIGINT, SIGTERM, SIGHUP };

/* Files before the folder that they are in.  Nothing here may allocate: see end_by. */
static void remove_leftovers(void)
{
	for (struct leftover *l = leftovers; l; l = l->next)
		if (l->path && unlink(l->path) != 0)
			rmdir(l->path);
}

static void end_by(int sig)
{
	remove_leftovers();
	signal(sig, SIG_DFL);
	raise(sig);
}

/* Those that end a program as its user wishes, where nobody else looks after them. */
static void catch_signals(void)
{
	for (size_t i = 0; i < countof(deadly); i++) {
		struct sigaction was, now = { .sa_handler = end_by };
		if (sigaction(deadly[i], NULL, &was) == 0 && was.sa_handler == SIG_DFL)
			sigaction(deadly[i], &now, NULL);
	}
}

/* Between the making of a file and its entry nothing may come. */
static void hold_signals(sigset_t *before)
{
	sigset_t held;
	sigemptyset(&held);
	for (size_t i = 0; i < countof(deadly); i++)
		sigaddset(&held, deadly[i]);
	sigprocmask(SIG_BLOCK, &held, before);
}

static void let_signals(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

void temporary_add(const char *path)
{
	static bool registered;
	if (!registered && atexit(remove_leftovers) == 0) {
		registered = true;
		catch_signals();
	}
	struct leftover *l = xmalloc(sizeof *l);
	*l = (struct leftover){ leftovers, xstrdup(path) };
	leftovers = l;
}

void temporary_forget(const char *path)
{
	for (struct leftover *l = leftovers; path && l; l = l->next)
		if (l->path && !strcmp(l->path, path)) {
			char *gone = l->path;
			l->path = NULL;
			free(gone);
		}
}

int temporary_file(char *path)
{
	sigset_t before;
	hold_signals(&before);
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		temporary_add(path);
	let_signals(&before);
	return fd;
}

bool temporary_folder(char *path)
{
	sigset_t before;
	hold_signals(&before);
	bool made = mkdtemp(path) != NULL;
	if (made)
		temporary_add(path);
	let_signals(&before);
	return made;
}

char *temporary_template(const char *name)
{
	const char *folder = getenv("TMPDIR");
	folder = folder && *folder ? folder : "/tmp";
	size_t n = strlen(folder) + strlen(name) + sizeof "/.XXXXXX";
	char *path = xmalloc(n);
	snprintf(path, n, "%s/%s.XXXXXX", folder, name);
	return path;
}

FILE *temporary_nameless(void)
{
	char *path = temporary_template("crm");
	sigset_t before;
	hold_signals(&before);
	int fd = mkostemp(path, O_CLOEXEC);
	FILE *f = fd >= 0 && unlink(path) == 0 ? fdopen(fd, "w+") : NULL;
	let_signals(&before);
	if (!f)
		die(STATUS_ENV, "cannot make a temporary file %s:", path);
	free(path);
	return f;
}
