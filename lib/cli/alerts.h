/* The verbs of crm-alert. */
#ifndef CRM_CLI_ALERTS_H
#define CRM_CLI_ALERTS_H

#include "cli/command.h"

extern const struct option_def alert_options[];

int alerts_print(struct crm *crm, int argc, char **argv); /* those that hold; --new: the news */
int alerts_kinds(struct crm *crm, int argc, char **argv); /* what is raised, and when */

#endif
