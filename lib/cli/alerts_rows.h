/* Alerts as rows. */
#ifndef CRM_CLI_ALERTS_ROWS_H
#define CRM_CLI_ALERTS_ROWS_H

#include <stdio.h>

#include "cli/command.h"
#include "report/alert.h"

/*
 * Prints them with the figures of the kinds that are asked for; a table shows what all kinds
 * have, unless -f names more.
 */
void alerts_rows(struct crm *crm, FILE *out, const struct alerts_asked *asked,
		 const struct alert_list *l);

#endif
