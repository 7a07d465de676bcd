/* What crm-import does once its options are known. */
#ifndef CRM_CLI_IMPORT_H
#define CRM_CLI_IMPORT_H

#include "cli/command.h"

/* argv: TYPE, which a preset makes needless, and the files. */
int import_run(struct crm *crm, int argc, char **argv);

/* crm-import presets: all there are. */
int import_list_presets(struct crm *crm, int argc, char **argv);

/* The record type that the word names, in the singular or the plural; else a usage error. */
const struct entity *entity_operand(struct crm *crm, const char *word);

#endif
