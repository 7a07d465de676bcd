/* What man pages say about a program, from its tables: mdoc for man/fill.awk. */
#ifndef CRM_CLI_MDOC_H
#define CRM_CLI_MDOC_H

#include "cli/command.h"

/*
 * `--mdoc PART [WHAT]`: prints synopsis, verbs or options of the program, fields of a
 * record type (the program's, or WHAT), the value types, or the picklists.
 * Returns the exit status: usage where there is no such part.
 */
int mdoc(const struct command *command, int nwords, char **words);

#endif
