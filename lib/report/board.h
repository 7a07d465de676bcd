/* A leaderboard: what was counted, ranked, and set against targets.  Private to lib/report. */
#ifndef CRM_REPORT_BOARD_H
#define CRM_REPORT_BOARD_H

#include "report/report.h"

/*
 * Of rows with the figures actual, target, due and previous: the columns measure (the report's
 * part), the dimensions, period, rank … needed_per_day, currency (empty of counts).
 */
bool board_give(struct job *j, struct kept *rows, struct answer *out, struct diag *d);

#endif
