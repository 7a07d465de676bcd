/* Several change sets undone in one transaction. */
#ifndef CRM_CLI_UNDO_SETS_H
#define CRM_CLI_UNDO_SETS_H

#include "cli/command.h"

struct undo_sets {
	int64_t *id; /* the newest first */
	size_t n;
	int64_t first, last; /* of the only one, the changes that are meant; 0: all */
};

/*
 * Undoes them one by one, with --force and --max; sets->id become the numbers of the
 * undos.  What stands in the way is complained about.  Returns what becomes of the
 * configuration, a line each, in the crm's arena.
 */
struct str undo_sets(struct crm *crm, struct undo_sets *sets);

#endif
