/* crm-dedupe's verbs. */
#ifndef CRM_CLI_DEDUPE_H
#define CRM_CLI_DEDUPE_H

#include "cli/command.h"
#include "domain/dedupe.h"

int dedupe_run_find(struct crm *crm, int argc, char **argv);
int dedupe_run_explain(struct crm *crm, int argc, char **argv);

int dedupe_run_merge(struct crm *crm, int argc, char **argv);
int dedupe_run_unmerge(struct crm *crm, int argc, char **argv);

extern const struct option_def dedupe_find_options[], dedupe_merge_options[],
    dedupe_unmerge_options[];

#endif
