/* How far a long run is: one line on stderr, only on a terminal, only after half a second. */
#ifndef CRM_CLI_PROGRESS_H
#define CRM_CLI_PROGRESS_H

#include "core/base.h"

struct progress {
	bool on; /* stderr is a terminal, and nobody asked for quiet */
	bool visible;
	double start, shown; /* see core/clock.h */
};

void progress_start(struct progress *p, bool quiet);

/* n rows are done, `done` of `total` bytes (total 0: not known). Cheap enough for every row. */
void progress_show(struct progress *p, const char *what, long n, uint64_t done, uint64_t total);

/* Before anything else is written to the terminal. */
void progress_clear(struct progress *p);

double progress_seconds(const struct progress *p); /* since the start */

#endif
