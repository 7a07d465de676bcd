/* targets, set-target, rm-target: what users and teams are to reach. */
#ifndef CRM_CLI_TARGET_FIGURES_H
#define CRM_CLI_TARGET_FIGURES_H

#include "cli/crud.h"

/* Of the command's record type, user or team. */
int target_figures_list(struct crm *crm, int argc, char **argv);
int target_figures_set(struct crm *crm, int argc, char **argv);
int target_figures_rm(struct crm *crm, int argc, char **argv);

/* clang-format off */
#define TARGET_VERBS                                                                               \
	{ "targets", "[REF…] [TERM…]", "print target figures, all or theirs",                      \
	  NEED_READ | TAKES_WHERE | TAKES_LIST, NULL, target_figures_list },                       \
	{ "set-target", "[REF…] [TERM…] [-] MEASURE FIGURE PERIOD",                                \
	  "say what they are to reach in a period (revenue 500tr 2026-Q4)",                        \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, target_figures_set },         \
	{ "rm-target", "[TARGET…] [TERM…] [-]", "remove target figures",                           \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, target_figures_rm }
/* clang-format on */

#endif
