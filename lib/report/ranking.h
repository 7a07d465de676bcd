/* Rows by the size of a figure, with their rank and what of the whole they are. */
#ifndef CRM_REPORT_RANKING_H
#define CRM_REPORT_RANKING_H

#include "report/report.h"

/*
 * Gives the rows with the largest figure `by` first, amounts within each currency and all within
 * each period: with a column rank before them (equal figures have the same, the next one counts
 * them all; no figure, no rank), and behind them share, of the sum of the figures, and
 * cumulative_share, of this row and those before it; both are null where the sum is not above 0.
 * False with diag.
 */
bool ranking_give(struct job *j, struct kept *rows, const char *by, struct answer *out,
		  struct diag *d);

#endif
