/*
 * versus: times commands side by side.
 *
 *   versus ROUNDS <CASES
 *
 * A case is a line `name TAB ours TAB theirs [TAB before]`, each a shell command;
 * `before` runs untimed before either.  Every round runs all cases, ours and theirs
 * in turn, so that a slow moment of the machine hits both.  Prints a table of the
 * medians, and of the median of the rounds' ratios.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base.h"

enum { MAX_CASES = 64, MAX_ROUNDS = 99 };

struct match {
	char *name, *ours, *theirs, *before;
	double mine[MAX_ROUNDS], yours[MAX_ROUNDS], ratio[MAX_ROUNDS];
};

extern char **environ;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds that the shell command took; a failing one ends the bench. */
static double run(char *command)
{
	char sh[] = "sh", c[] = "-c", *argv[] = { sh, c, command, NULL };
	pid_t child;
	int status;
	double start = now();
	if (posix_spawn(&child, "/bin/sh", NULL, NULL, argv, environ) != 0)
		die(STATUS_ENV, "cannot run sh:");
	if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
		die(STATUS_ENV, "failed: %s", command);
	return now() - start;
}

static void play(struct match *m, int round)
{
	if (m->before)
		run(m->before);
	m->mine[round] = run(m->ours);
	if (m->before)
		run(m->before);
	m->yours[round] = run(m->theirs);
	m->ratio[round] = m->mine[round] / m->yours[round];
}

static int by_size(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static double median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, by_size);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static int read_cases(struct match *m)
{
	char *line = NULL;
	size_t size = 0;
	int n = 0;
	while (n < MAX_CASES && getline(&line, &size, stdin) > 0) {
		char *rest = line;
		line[strcspn(line, "\n")] = '\0';
		m[n] = (struct match){ .name = strsep(&rest, "\t"), .ours = strsep(&rest, "\t") };
		m[n].theirs = strsep(&rest, "\t");
		m[n].before = rest;
		if (!m[n].theirs)
			die(STATUS_USAGE, "case %d: name, ours, theirs expected", n + 1);
		n++;
		line = NULL; /* the case keeps it until the end */
	}
	free(line);
	return n;
}

int main(int argc, char **argv)
{
	static struct match matches[MAX_CASES];
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 3;
	program_name = "versus";
	if (rounds < 1 || rounds > MAX_ROUNDS)
		die(STATUS_USAGE, "rounds: 1 to %d", MAX_ROUNDS);
	int n = read_cases(matches);
	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < n; i++)
			play(&matches[i], r);
	printf("%-28s %10s %10s %8s\n", "medians", "crm (ms)", "other (ms)", "ratio");
	for (int i = 0; i < n; i++) {
		struct match *m = &matches[i];
		printf("%-28s %10.1f %10.1f %8.2f\n", m->name, 1e3 * median(m->mine, rounds),
		       1e3 * median(m->yours, rounds), median(m->ratio, rounds));
		free(m->name);
	}
	return fflush(stdout) == 0 ? STATUS_OK : STATUS_ENV;
}
