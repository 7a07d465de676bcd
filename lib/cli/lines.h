/* Lines of deals, quotes and orders on the command line, and other parts of records. */
#ifndef CRM_CLI_LINES_H
#define CRM_CLI_LINES_H

#include "cli/crud.h"

/* add, with --lines: the stream holds the lines of the one record that is made. */
int lines_add_whole(struct crm *crm, int argc, char **argv);

int lines_list(struct crm *crm, int argc, char **argv);
int lines_add(struct crm *crm, int argc, char **argv);
int lines_set(struct crm *crm, int argc, char **argv);
int lines_rm(struct crm *crm, int argc, char **argv);

/* Prints the parts (records of type `part`) of the records that the operands name or select. */
int parts_list(struct crm *crm, const struct entity *part, int argc, char **argv);

/* One word that names a record of that type; a wrong one ends the program. */
int64_t record_named(struct crm *crm, const struct entity *e, const char *word);

extern const struct option_def lines_options[]; /* of add: --lines */

/* clang-format off */
#define LINE_VERBS                                                                                 \
	{ "lines", "[REF…] [TERM…] [-]", "print the lines",                                        \
	  NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, lines_list },                  \
	{ "add-line", "REF [FIELD=VALUE…] [-]", "add a line, or one for each record of a stream",  \
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT, NULL, lines_add },                                \
	{ "set-line", "[LINE…] [TERM…] FIELD=VALUE… [-]", "change lines",                          \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, lines_set },                  \
	{ "rm-line", "[LINE…] [TERM…] [-]", "remove lines",                                        \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, lines_rm }

#define ADD_WITH_LINES                                                                             \
	{ "add", "[FIELD=VALUE…] [-]", "make records from assignments, or from a stream",          \
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, lines_options, lines_add_whole }
/* clang-format on */

#endif
