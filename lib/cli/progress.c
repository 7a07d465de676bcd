/* How far a long run is. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "core/clock.h"

enum { EVERY = 256 /* rows between looks at the clock */ };

void progress_start(struct progress *p, bool quiet)
{
	*p = (struct progress){ .on = !quiet && isatty(STDERR_FILENO) };
	p->shown = p->start = clock_seconds();
}

double progress_seconds(const struct progress *p)
{
	return clock_seconds() - p->start;
}

void progress_show(struct progress *p, const char *what, long n, uint64_t done, uint64_t total)
{
	if (!p->on || n % EVERY)
		return;
	double now = clock_seconds(), since = now - p->start;
	if (since < 0.5 || now - p->shown < 0.1)
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
