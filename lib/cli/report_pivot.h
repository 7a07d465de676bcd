/* crm-report pivot: any fields of a record type against each other. */
#ifndef CRM_CLI_REPORT_PIVOT_H
#define CRM_CLI_REPORT_PIVOT_H

#include "cli/command.h"

extern const struct option_def report_pivot_options[];
int report_pivot(struct crm *crm, int argc, char **argv);

#endif
