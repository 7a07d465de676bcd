/*
 * The whole database at once: crm-export all, crm-import all.
 *
 * One JSON Lines stream, or a folder with a file a record type.  A stream's lines tell
 * themselves apart: {"config": YAML} comes first and is the configuration but for teams
 * and users, which are records; {"counter": TYPE, "next": N} says which ids and numbers
 * were given out; everything else is a record whose id says its type.  In a folder they
 * are config.yaml, counter.csv and lead.csv, deal.csv …
 */
#ifndef CRM_CLI_ALL_H
#define CRM_CLI_ALL_H

#include "cli/command.h"

#define ALL_CONFIG "config"
#define ALL_CONFIG_FILE "config.yaml"
#define ALL_COUNTER "counter"
#define ALL_NEXT "next"

int export_all(struct crm *crm, int argc, char **argv);
int import_all(struct crm *crm, int argc, char **argv);

/*
 * What a file of a folder is about, by its name without the end: a type's name,
 * ALL_COUNTER or ALL_CONFIG; NULL: none of ours.
 */
const char *all_part_of(const char *file);

#endif
