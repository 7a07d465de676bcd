/* crm-order pay, refund and return. */
#ifndef CRM_CLI_PAYMENTS_H
#define CRM_CLI_PAYMENTS_H

#include "cli/writes.h"

extern const struct option_def payment_options[]; /* --on */

int payments_pay(struct crm *crm, int argc, char **argv);
int payments_refund(struct crm *crm, int argc, char **argv);
int payments_return(struct crm *crm, int argc, char **argv);

#endif
