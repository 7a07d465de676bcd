/* What crm-assign says of leads, pools and people. */
#ifndef CRM_CLI_ASSIGN_SHOW_H
#define CRM_CLI_ASSIGN_SHOW_H

#include "cli/command.h"
#include "domain/assign.h"

/* Ends the program where what is configured is right no longer. */
struct assigner *assigner_for(struct crm *crm);

int assign_run_explain(struct crm *crm, int argc, char **argv);
int assign_run_pools(struct crm *crm, int argc, char **argv);
int assign_run_duty(struct crm *crm, int argc, char **argv);

/* Assignment records; of `lost` those of leads that somebody lost. */
int assign_run_history(struct crm *crm, int argc, char **argv);
int assign_run_lost(struct crm *crm, int argc, char **argv);

#endif
