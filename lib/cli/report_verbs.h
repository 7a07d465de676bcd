/* The verbs of crm-report: one for every report, with the options that its row has. */
#ifndef CRM_CLI_REPORT_VERBS_H
#define CRM_CLI_REPORT_VERBS_H

#include "cli/command.h"
#include "report/report.h"

/*
 * `first` (ending in a row without name), then a verb for each report, which `run` runs; they
 * live as long as the process.
 */
const struct verb *report_verbs(const struct verb *first, int (*run)(struct crm *, int, char **));

/* Every option of every report and of the dashboard, each once, behind those of `own`. */
const struct option_def *report_all_options(const struct option_def *own,
					    const struct option_def *dashboard);

/* What the command line asks of the report r. */
struct report_options report_asked(struct crm *crm, const struct report *r);

#endif
