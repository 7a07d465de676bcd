/* crm-call: a call noted in one line, and whom to ring next. */
#ifndef CRM_CLI_CALLS_H
#define CRM_CLI_CALLS_H

#include "cli/crud.h"

extern const struct option_def calls_next_options[];

int calls_log(struct crm *crm, int argc, char **argv);
int calls_next(struct crm *crm, int argc, char **argv);
int calls_claims(struct crm *crm, int argc, char **argv);

#endif
