/* What part of the history crm-log is asked for. */
#ifndef CRM_CLI_LOG_OPTIONS_H
#define CRM_CLI_LOG_OPTIONS_H

#include "cli/command.h"
#include "store/log.h"

/*
 * --set, --after, --user, --program, --type, --from, --to into f, whose texts live as long as
 * the process.  A wrong one, or a user whom neither the database nor its history knows, ends
 * the program; of a program that never wrote anything it is said (not with --follow).
 */
void log_options_read(struct crm *crm, struct log_filter *f);

#endif
