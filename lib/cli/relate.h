/* How contacts and accounts are related, and by what else they are known. */
#ifndef CRM_CLI_RELATE_H
#define CRM_CLI_RELATE_H

#include "cli/writes.h"

int relate(struct crm *crm, int argc, char **argv);
int unrelate(struct crm *crm, int argc, char **argv);
int relations(struct crm *crm, int argc, char **argv);
int add_identity(struct crm *crm, int argc, char **argv);
int identities(struct crm *crm, int argc, char **argv);

/* clang-format off */
#define IDENTITY_VERBS                                                                             \
	{ "add-identity", "REF FIELD=VALUE…", "note a further email, phone, zalo, facebook, or "   \
	  "source and external_id", NEED_WRITE | TAKES_LIST, NULL, add_identity },                 \
	{ "identities", "[REF…] [TERM…] [-]", "print by what else they are known",                 \
	  NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, identities }
#define RELATION_VERBS                                                                             \
	{ "relate", "REF KIND REF [note=TEXT]", "say what the second one is to the first",         \
	  NEED_WRITE | TAKES_LIST, NULL, relate },                                                 \
	{ "unrelate", "REF [KIND] REF", "say it no more", NEED_WRITE | TAKES_LIST, NULL, unrelate }, \
	{ "relations", "[REF…] [TERM…] [-]", "print who is what to whom",                          \
	  NEED_READ | TAKES_WHERE | TAKES_INPUT | TAKES_COLUMNS, NULL, relations }
/* clang-format on */

#endif
