/* Headings of tables that are no fields of a record type. */
#ifndef CRM_CLI_HEADING_H
#define CRM_CLI_HEADING_H

#include "cli/command.h"
#include "schema/label.h"

struct heading {
	const char *name;    /* machine formats, in every language */
	const char *en, *vi; /* tables */
	bool right;
};

/* What people read: $CRM_LANG, else the database's language, else English. */
enum language crm_language(const struct crm *crm);

/*
 * A writer of a list that is no record type's own, headed in the language that people read:
 * of its columns those that -f names, in its order ("+NAME" and "*": all; references are the
 * column id whatever it says).  A wrong name ends the program with STATUS_USAGE.
 */
struct writer *list_writer(struct crm *crm, FILE *out, const struct heading *h, size_t n,
			   struct writer_options o);

/* The same on stdout, as -o says. */
struct writer *heading_writer(struct crm *crm, const struct heading *h, size_t n);

#endif
