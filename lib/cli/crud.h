/* add list show set edit rm count: once, for every record type. */
#ifndef CRM_CLI_CRUD_H
#define CRM_CLI_CRUD_H

#include "cli/writes.h"

int crud_add(struct crm *crm, int argc, char **argv);
int crud_list(struct crm *crm, int argc, char **argv);
int crud_show(struct crm *crm, int argc, char **argv);
int crud_set(struct crm *crm, int argc, char **argv);
int crud_edit(struct crm *crm, int argc, char **argv);
int crud_rm(struct crm *crm, int argc, char **argv);
int crud_count(struct crm *crm, int argc, char **argv);

/* `set`, with assignments of the program's own (`fixed`, NULL-terminated) before the user's. */
int set_with(struct crm *crm, int argc, char **argv, const char *const *fixed);

/* clang-format off */
#define CRUD_VERBS                                                                                 \
	{ "add", "[FIELD=VALUE…] [-]", "make records from assignments, or from a stream",          \
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, NULL, crud_add },                  \
	CRUD_VERBS_BUT_ADD

/* For programs whose `add` does more. */
#define CRUD_VERBS_BUT_ADD                                                                         \
	{ "list", "[TERM…] [REF…] [-]", "print records that match",                                \
	  NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, NULL, crud_list },    \
	{ "show", "[REF…] [-]", "print records, every field",                                      \
	  NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, NULL, crud_show },    \
	{ "set", "[REF…] [TERM…] FIELD=VALUE… [-]", "change records",                              \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, NULL, crud_set },    \
	{ "edit", "[REF…] [TERM…] [-]", "change records in an editor",                             \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, NULL, crud_edit },   \
	{ "rm", "[REF…] [TERM…] [-]", "remove records",                                            \
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, NULL, crud_rm },     \
	{ "count", "[TERM…] [REF…] [-]", "print how many records match",                           \
	  NEED_READ | TAKES_WHERE | TAKES_INPUT | TAKES_FIELDS, NULL, crud_count }
/* clang-format on */

#endif
