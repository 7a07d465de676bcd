/* Clusters of records, as operands or as crm-dedupe find prints them. */
#ifndef CRM_CLI_DEDUPE_CLUSTERS_H
#define CRM_CLI_DEDUPE_CLUSTERS_H

#include "cli/command.h"
#include "domain/merge.h"

struct cluster {
	struct merge_ref *refs;
	size_t n, room;
};

struct clusters {
	struct cluster *list;
	size_t n, room;
};

/*
 * The operands, one cluster, or those of stdin: rows with cluster, id and verdict, of which
 * only `same` counts unless --review is given.  Clusters of a single record are left out.
 * In crm->arena; what is wrong in the stream is complained about.
 */
void clusters_read(struct crm *crm, int argc, char **argv, struct clusters *out);

#endif
