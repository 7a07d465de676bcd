/* Verbs whose last operand is a value: move REF… STAGE, lose REF… REASON. */
#ifndef CRM_CLI_TRAILING_H
#define CRM_CLI_TRAILING_H

#include "cli/command.h"

/*
 * Takes the last operand that is no term and no assignment away if it is one of the
 * field's values (by key or label) and returns `field=key`; NULL if it is none, or if
 * the operands assign to the field themselves.  With `wanted` (what it is: "stage") neither is a
 * usage error that names the nearest value.
 */
char *trailing_value(struct crm *crm, const struct entity *e, const char *field, const char *wanted,
		     int *argc, char **argv);

#endif
