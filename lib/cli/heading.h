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

/* The n columns of a table, headed in the language that people read; in crm->arena. */
struct column *heading_columns(struct crm *crm, const struct heading *h, size_t n);

/* writer_for stdout, with these columns. */
struct writer *heading_writer(struct crm *crm, const struct heading *h, size_t n);

#endif
