/* crm-report list: a verb of its own, which needs no database. */
#ifndef CRM_CLI_REPORT_LIST_H
#define CRM_CLI_REPORT_LIST_H

#include "cli/command.h"

int report_list(struct crm *crm, int argc, char **argv);

#endif
