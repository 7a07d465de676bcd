/* crm-report's verbs for the reports that no relation can say. */
#ifndef CRM_CLI_STUDIES_H
#define CRM_CLI_STUDIES_H

#include "cli/command.h"

/* Appends a verb for each to the n that are there; how many there are then, at most room. */
size_t study_verbs(struct verb *verbs, size_t n, size_t room);

#endif
