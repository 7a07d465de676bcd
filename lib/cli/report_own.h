/* crm-report run: a user's own report. */
#ifndef CRM_CLI_REPORT_OWN_H
#define CRM_CLI_REPORT_OWN_H

#include "cli/command.h"

extern const struct option_def report_own_options[];
int report_own(struct crm *crm, int argc, char **argv);

#endif
