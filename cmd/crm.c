/* crm: one name for all programs: `crm lead list` runs `crm-lead list`. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/command.h"
#include "core/buf.h"
#include "schema/check.h"

static struct arena arena;

/* The folder that this program is in: its family stands beside it. */
static const char *own_folder(void)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path);
	while (n > 0 && path[n - 1] != '/')
		n--;
	return n > 0 && (size_t)n < sizeof path
		   ? arena_str(&arena, (struct str){ path, (size_t)n }).p
		   : "";
}

static const char *program_path(const char *name)
{
	return arena_printf(&arena, "%scrm-%s", own_folder(), name).p;
}

/* crm-NAME beside this program, else wherever $PATH has it; returns if there is none. */
static void run(const char *name, char **argv)
{
	const char *path = program_path(name);
	char *zeroth = arena_alloc(&arena, strlen(path) + 1);
	memcpy(zeroth, path, strlen(path));
	argv[0] = zeroth;
	execv(path, argv);
	if (errno == ENOENT)
		execvp(arena_printf(&arena, "crm-%s", name).p, argv);
	if (errno != ENOENT)
		die(STATUS_ENV, "cannot run crm-%s:", name);
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* A file crm-NAME that can be run. */
static bool is_program(const char *file)
{
	return !strncmp(file, "crm-", 4) && !strchr(file, '.') &&
	       access(program_path(file + 4), X_OK) == 0;
}

/* The names behind crm-, in order. */
static const char **programs(size_t *n)
{
	const char *folder = own_folder();
	const char **names = NULL;
	size_t room = 0;
	DIR *dir = opendir(*folder ? folder : ".");
	*n = 0;
	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (!is_program(e->d_name))
			continue;
		if (*n == room) {
			const char **more = arena_new(&arena, const char *, room * 2 + 32);
			if (names)
				memcpy(more, names, *n * sizeof *names);
			names = more;
			room = room * 2 + 32;
		}
		names[(*n)++] = arena_str(&arena, str_of(e->d_name + 4)).p;
	}
	if (dir)
		closedir(dir);
	if (*n)
		qsort(names, *n, sizeof *names, by_name);
	return names;
}

/* Each program says itself what it is for, in one line. */
static void print_summary(const char *name)
{
	char line[256] = "";
	int ends[2];
	fflush(stdout);
	if (pipe(ends) != 0)
		die(STATUS_ENV, "cannot make a pipe:");
	pid_t child = fork();
	if (child < 0)
		die(STATUS_ENV, "cannot start crm-%s:", name);
	if (child == 0) {
		char summary[] = "--one-line-help", *argv[] = { NULL, summary, NULL };
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		run(name, argv);
		_exit(STATUS_ENV);
	}
	close(ends[1]);
	FILE *in = fdopen(ends[0], "r");
	if (in && !fgets(line, sizeof line, in))
		line[0] = '\0';
	if (in)
		fclose(in);
	waitpid(child, NULL, 0);
	printf("  %-14s %s", name, *line ? line : "\n");
}

static void check_stdout(void)
{
	if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE)
		die(STATUS_ENV, "cannot write the output:");
}

static int help(void)
{
	size_t n;
	const char **names = programs(&n);
	puts("usage: crm PROGRAM …\n\n`crm lead list` runs `crm-lead list`; `crm help lead` "
	     "explains "
	     "it.\n\nPrograms:");
	for (size_t i = 0; i < n; i++)
		print_summary(names[i]);
	puts("\nThe manual: man 7 crm");
	check_stdout();
	return STATUS_OK;
}

static _Noreturn void no_program(const char *word)
{
	size_t n;
	const char **names = programs(&n);
	const char *near = nearest(str_of(word), names, n);
	die(STATUS_USAGE, "no program %s%s%s%s (see crm help)", quoted(str_of(word), &arena),
	    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* crm --complete [PROGRAM] word…: the program itself knows what may follow. */
static int complete_program(int argc, char **argv)
{
	size_t n;
	const char **names = programs(&n);
	const char *prefix = argc ? argv[0] : "";
	if (argc > 1) {
		char option[] = "--complete", *name = argv[0];
		char **passed = arena_new(&arena, char *, (size_t)argc + 2);
		passed[1] = option;
		memcpy(passed + 2, argv + 1, (size_t)(argc - 1) * sizeof *argv);
		run(name, passed);
		return STATUS_OK;
	}
	for (size_t i = 0; i < n; i++)
		if (!strncmp(names[i], prefix, strlen(prefix)))
			puts(names[i]);
	check_stdout();
	return STATUS_OK;
}

/* crm help lead add: crm-lead add --help */
static _Noreturn int help_about(int argc, char **argv)
{
	char option[] = "--help";
	char **passed = arena_new(&arena, char *, (size_t)argc + 2);
	memcpy(passed + 1, argv + 1, (size_t)(argc - 1) * sizeof *argv);
	passed[argc] = option;
	run(argv[0], passed);
	no_program(argv[0]);
}

int main(int argc, char **argv)
{
	static const char *const help_words[] = { "help", "--help", "-h", NULL };
	static const char *const version_words[] = { "--version", "-V", NULL };
	const char *word = argc > 1 ? argv[1] : NULL;
	program_name = "crm";
	signal(SIGPIPE, SIG_IGN);
	if (!word)
		die(STATUS_USAGE, "what is to be done? crm help lists the programs");
	if (!strcmp(word, "--complete"))
		return complete_program(argc - 2, argv + 2);
	if (is_one_of(str_of(word), help_words))
		return argc > 2 ? help_about(argc - 2, argv + 2) : help();
	if (is_one_of(str_of(word), version_words)) {
		printf("crm %s\n", program_version);
		check_stdout();
		return STATUS_OK;
	}
	if (word[0] == '-')
		die(STATUS_USAGE, "no option %s (see crm help)", quoted(str_of(word), &arena));
	run(word, argv + 1);
	no_program(word);
}
