/* Events come in as other systems have them; whom they are about is found here. */
#ifndef CRM_CLI_EVENTS_H
#define CRM_CLI_EVENTS_H

#include "cli/crud.h"

extern const struct option_def events_options[];
int events_add(struct crm *crm, int argc, char **argv);
int events_match(struct crm *crm, int argc, char **argv);

#endif
