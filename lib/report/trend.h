/* A measure over time: its moving average, and how it stands to its own past. */
#ifndef CRM_REPORT_TREND_H
#define CRM_REPORT_TREND_H

#include "report/report.h"

enum { TREND_WINDOW = 3, TREND_WINDOW_MAX = 1000 };

struct trend {
	const char *measure; /* a column of figures; NULL: the report's `main`, or its first */
	int64_t window;	     /* periods, 1 to TREND_WINDOW_MAX */
};

/*
 * Gives, for each row that the job counts in a period: the measure; moving_average, over the
 * period and the window − 1 before it; baseline, over the window periods before it; change and
 * change_pct from the baseline; and whether the period is complete: over, and whole in what was
 * asked for.  An average over periods that are not all there, or one of which has no figure, is
 * null.  False with diag: no such measure, or the report is none of rows in time.
 */
bool trend_give(struct job *j, const struct trend *t, struct answer *out, struct diag *d);

#endif
