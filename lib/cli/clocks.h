/* crm-ticket sla: which tickets will break their promise. */
#ifndef CRM_CLI_CLOCKS_H
#define CRM_CLI_CLOCKS_H

#include "cli/operands.h"

extern const struct option_def clocks_options[];
int clocks_show(struct crm *crm, int argc, char **argv);

#endif
