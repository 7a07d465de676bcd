/* Figures against another time. Private to lib/report. */
#ifndef CRM_REPORT_COMPARE_H
#define CRM_REPORT_COMPARE_H

#include "report/job.h"

/* previous, change (both of that unit) and change_pct: COMPARED columns; the place behind. */
struct answer_column *compared_columns(const struct job *j, struct answer_column *c,
				       enum unit unit);

/* Their values: change is null where there is no figure before, change_pct of nothing, too. */
void compare_values(const struct value *is, const struct value *was, struct value values[COMPARED]);

/*
 * A report in C, answered for the job's time with its `main` beside that of the time before; what
 * was before alone has rows, too.  False with diag.
 */
bool compare_answer(struct job *j, struct answer *out, struct diag *d);

#endif
