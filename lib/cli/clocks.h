/* crm-ticket sla, crm-lead sla: which promises will be broken. */
#ifndef CRM_CLI_CLOCKS_H
#define CRM_CLI_CLOCKS_H

#include "cli/operands.h"

extern const struct option_def clocks_options[];
int clocks_show(struct crm *crm, int argc, char **argv);

#endif
