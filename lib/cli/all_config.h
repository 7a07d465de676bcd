/*
 * The configuration that comes with an export of everything.
 *
 * Rows are understood by the configuration: custom fields, lists, stages.  So one that
 * changes something here is applied before any row is read, in the transaction that the
 * rows go into.
 */
#ifndef CRM_CLI_ALL_CONFIG_H
#define CRM_CLI_ALL_CONFIG_H

#include "cli/command.h"
#include "core/buf.h"

struct all_config {
	struct str text;
	const char *source; /* for messages; NULL: none came */
	bool differs;	    /* it is to be applied: it is not what is configured here, or wrong */
	bool applied;
	long mistakes;
	struct crm *crm;
	size_t differences;
	struct buf lines; /* of the differences */
};

/* From a folder; dies where it cannot be read. */
void all_config_read(struct all_config *c, struct crm *crm, const char *path);

/*
 * From a stream, in place of a record.  `late`: rows came before.  False with diag: it
 * would change what these were understood by, or is another than the one before.
 */
bool all_config_take(struct all_config *c, struct crm *crm, struct str text, const char *source,
		     long line, bool late, struct diag *d);

/*
 * Makes it the configuration, within the writing transaction.  False: mistakes were
 * reported.  Record types are new copies afterwards.
 */
bool all_config_apply(struct all_config *c);

/* Tells how many differences there were; a dry run tells each. */
void all_config_account(struct all_config *c);

#endif
