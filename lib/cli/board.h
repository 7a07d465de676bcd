/* The pipelines as rows: their stages, and what is in them. */
#ifndef CRM_CLI_BOARD_H
#define CRM_CLI_BOARD_H

#include "cli/operands.h"

/* One row a stage and currency; in a table with the deals of the stage under it. */
int board_show(struct crm *crm, int argc, char **argv);

/* One row a stage, as configured. */
int board_stages(struct crm *crm, int argc, char **argv);

#endif
