/* A text in a private file, and the user's editor on it. */
#include "cli/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/buf.h"

/* The one whose file is there. */
static struct editor *current;

static void remove_file(const struct editor *ed)
{
	unlink(ed->path);
	rmdir(ed->folder);
}

static void say_kept(void)
{
	if (current)
		editor_keep(current);
}

void editor_open(struct editor *ed, const char *name, struct str text, struct arena *a)
{
	static bool registered;
	const char *tmp = getenv("TMPDIR");
	struct str folder =
	    arena_printf(a, "%s/%s.XXXXXX", tmp && *tmp ? tmp : "/tmp", program_name);
	char *made = memcpy(arena_alloc(a, folder.n + 1), folder.p, folder.n);
	if (!mkdtemp(made))
		die(STATUS_ENV, "cannot make a folder such as %s:", folder.p);
	*ed = (struct editor){ a, made, arena_printf(a, "%s/%s", made, name).p, text };
	if (!registered)
		atexit(say_kept);
	registered = true;
	current = ed;
	int fd = open(ed->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	size_t put = f ? fwrite(text.p, 1, text.n, f) : 0;
	if (!f || fclose(f) != 0 || put != text.n) {
		int why = errno;
		current = NULL;
		remove_file(ed);
		errno = why;
		die(STATUS_ENV, "cannot write %s:", ed->path);
	}
}

/* NULL: nobody named one. */
static const char *editor_command(void)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };
	for (size_t i = 0; i < countof(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return NULL;
}

/* The terminal, where there is one, or -1. */
static int terminal(void)
{
	return open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

/* An editor wants a terminal, where our input may be a stream and our output another's input. */
static void choose_files(posix_spawn_file_actions_t *files, int tty)
{
	if (!isatty(STDIN_FILENO) && tty >= 0)
		posix_spawn_file_actions_adddup2(files, tty, STDIN_FILENO);
	else if (!isatty(STDIN_FILENO))
		posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!isatty(STDOUT_FILENO))
		posix_spawn_file_actions_adddup2(files, tty >= 0 ? tty : STDERR_FILENO,
						 STDOUT_FILENO);
}

static int spawn(const struct editor *ed, int tty, pid_t *pid)
{
	const char *named = editor_command(), *command = named ? named : "vi";
	const char *script = arena_printf(ed->arena, "%s \"$@\"", command).p;
	const char *const argv[] = { "sh", "-c", script, command, ed->path, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t usual;
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	choose_files(&files, tty);
	sigemptyset(&usual); /* what we ignore it shall not */
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGQUIT);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	int failed = posix_spawn(pid, "/bin/sh", &files, &attributes,
				 (char *const *)(uintptr_t)argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

/* What interrupts the editor is for the editor. */
static int wait_for(pid_t pid)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
	int status;
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			die(STATUS_ENV, "cannot wait for the editor:");
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	return status;
}

bool editor_run(struct editor *ed)
{
	pid_t pid;
	int tty = terminal();
	if (tty < 0 && !editor_command()) {
		warn("no terminal to edit on, and neither VISUAL nor EDITOR is set");
		return false;
	}
	errno = spawn(ed, tty, &pid);
	if (errno)
		die(STATUS_ENV, "cannot run /bin/sh:");
	int status = wait_for(pid);
	if (tty >= 0)
		close(tty);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFEXITED(status))
		warn("the editor ended with status %d; nothing was changed", WEXITSTATUS(status));
	else
		warn("the editor was ended by signal %d; nothing was changed", WTERMSIG(status));
	return false;
}

bool editor_read(struct editor *ed, struct str *text)
{
	struct buf b = { 0 };
	FILE *f = fopen(ed->path, "re");
	bool good = f || errno == ENOENT;
	for (size_t got = 1; f && got;) {
		got = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f);
		b.n += got;
	}
	good = good && !(f && ferror(f));
	if (!good)
		warn("cannot read %s:", ed->path);
	if (f)
		fclose(f);
	*text = buf_copy(&b, ed->arena);
	buf_free(&b);
	return good;
}

bool editor_again(void)
{
	char answer[80];
	FILE *tty = isatty(STDERR_FILENO) ? fopen("/dev/tty", "r+e") : NULL;
	if (!tty)
		return false;
	fputs("Edit again? [Y/n] ", tty);
	fflush(tty);
	bool again = fgets(answer, sizeof answer, tty) && !strchr("nN", answer[0]);
	fclose(tty);
	return again;
}

void editor_done(struct editor *ed)
{
	remove_file(ed);
	current = NULL;
}

void editor_keep(struct editor *ed)
{
	struct str text;
	if (editor_read(ed, &text) && (!text.n || str_eq(text, ed->written)))
		remove_file(ed);
	else
		warn("the text is kept in %s", ed->path);
	current = NULL;
}
