/* What crm-doctor does. */
#ifndef CRM_CLI_DOCTOR_H
#define CRM_CLI_DOCTOR_H

#include "cli/command.h"

int doctor_check(struct crm *crm, int argc, char **argv);
int doctor_checklist(struct crm *crm, int argc, char **argv);
int doctor_mend(struct crm *crm, int argc, char **argv);
int doctor_backup(struct crm *crm, int argc, char **argv);
int doctor_restore(struct crm *crm, int argc, char **argv);
int doctor_vacuum(struct crm *crm, int argc, char **argv);

#endif
