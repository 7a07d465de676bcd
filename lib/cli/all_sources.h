/*
 * What crm-import all reads: the files of a folder, or streams.  Each can be read from
 * its beginning more than once; what comes through a pipe is copied first.
 */
#ifndef CRM_CLI_ALL_SOURCES_H
#define CRM_CLI_ALL_SOURCES_H

#include "cli/all.h"

struct all_source {
	const char *path, *name; /* name: for messages */
	const char *type;	 /* of a folder's file: whose records these are; ALL_COUNTER; or
				    NULL: the rows say it themselves */
	int fd;			 /* -1: opened anew each time */
	int64_t start;		 /* where it begins in fd */
};

struct all_sources {
	struct all_source *items;
	const char **names; /* of each */
	size_t n, room;
	const char *config; /* the folder's config.yaml, or NULL */
	bool folder;
};

/* As the operands say; dies where there is nothing to read.  All memory is crm->arena's. */
void all_sources_find(struct all_sources *s, struct crm *crm, int argc, char **argv);

/* A reader at its beginning. */
struct reader *all_sources_open(struct crm *crm, const struct all_source *source, bool want_raw);

#endif
