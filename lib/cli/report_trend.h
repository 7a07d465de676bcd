/* crm-report trend: a measure of any report over time. */
#ifndef CRM_CLI_REPORT_TREND_H
#define CRM_CLI_REPORT_TREND_H

#include "cli/command.h"

extern const struct option_def report_trend_options[];
int report_trend(struct crm *crm, int argc, char **argv);

#endif
