/* absent, back, absences, rm-absence: when users are away. */
#ifndef CRM_CLI_ABSENCES_H
#define CRM_CLI_ABSENCES_H

#include "cli/crud.h"

int absence_add(struct crm *crm, int argc, char **argv);
int absence_end(struct crm *crm, int argc, char **argv);
int absence_list(struct crm *crm, int argc, char **argv);
int absence_rm(struct crm *crm, int argc, char **argv);

/* clang-format off */
#define ABSENCE_VERBS                                                                              \
	{ "absent", "LOGIN FROM [TO] [REASON]", "say when somebody is away and takes no new leads", \
	  NEED_WRITE | TAKES_LIST, NULL, absence_add },                                            \
	{ "back", "LOGIN…", "end the absence that is going on",                                    \
	  NEED_WRITE | TAKES_LIST, NULL, absence_end },                                            \
	{ "absences", "[ABSENCE…] [TERM…]", "print who is away when",                              \
	  NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, absence_list },                \
	{ "rm-absence", "[ABSENCE…] [TERM…] [-]", "remove absences",                               \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, absence_rm }
/* clang-format on */

#endif
