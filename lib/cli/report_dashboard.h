/* crm-report dashboard: the figures of a day on one page. */
#ifndef CRM_CLI_REPORT_DASHBOARD_H
#define CRM_CLI_REPORT_DASHBOARD_H

#include "cli/command.h"

extern const struct option_def report_dashboard_options[];
int report_dashboard(struct crm *crm, int argc, char **argv);

#endif
