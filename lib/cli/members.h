/* add, remove, members: of campaigns and segments. */
#ifndef CRM_CLI_MEMBERS_H
#define CRM_CLI_MEMBERS_H

#include "cli/crud.h"

/* The verbs of crm-campaign and crm-segment; which of the two is crm->entity. */
int members_add(struct crm *crm, int argc, char **argv);
int members_remove(struct crm *crm, int argc, char **argv);
int campaign_members(struct crm *crm, int argc, char **argv);
int campaign_mark(struct crm *crm, int argc, char **argv);
int segment_members(struct crm *crm, int argc, char **argv);

#endif
