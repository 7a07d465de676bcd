/* crm-report watch: a report or the dashboard, drawn anew when the data change. */
#ifndef CRM_CLI_REPORT_WATCH_H
#define CRM_CLI_REPORT_WATCH_H

#include "cli/command.h"

int report_watch(struct crm *crm, int argc, char **argv);

#endif
