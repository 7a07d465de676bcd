/* How far a long run is. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { EVERY = 256 /* rows between looks at the clock */ };

static double between(const struct timespec *a, const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) + (double)(b->tv_nsec - a->tv_nsec) / 1e9;
}

void progress_start(struct progress *p, bool quiet)
{
	*p = (struct progress){ .on = !quiet && isatty(STDERR_FILENO) };
	clock_gettime(CLOCK_MONOTONIC, &p->start);
	p->shown = p->start;
}

double progress_seconds(const struct progress *p)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return between(&p->start, &now);
}

void progress_show(struct progress *p, const char *what, long n, uint64_t done, uint64_t total)
{
	struct timespec now;
	if (!p->on || n % EVERY)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	double since = between(&p->start, &now);
	if (since < 0.5 || between(&p->shown, &now) < 0.1)
		return;
	p->shown = now;
	p->visible = true;
	fprintf(stderr, "\r\033[K%s %ld rows, %.0f a second", what, n, (double)n / since);
	if (total)
		fprintf(stderr, ", %.0f %%", 100 * (double)done / (double)total);
	fflush(stderr);
}

void progress_clear(struct progress *p)
{
	if (p->visible)
		fputs("\r\033[K", stderr);
	p->visible = false;
}
