/*
 * Records going out as rows, for every program that prints them: what a writer gets are
 * the fields, and for vCards what else is known of the people (identities, relations).
 */
#ifndef CRM_CLI_ROWS_H
#define CRM_CLI_ROWS_H

#include "cli/command.h"

struct rows {
	struct crm *crm;
	const struct entity *entity;
	struct writer *writer;
	size_t n;	    /* columns of the records */
	struct cell *cells; /* n and one more; NULL: the format has no room for more */
	struct arena arena; /* of the row at hand */
};

/* `what` and its paths must outlive it. */
void rows_open(struct rows *r, struct crm *crm, FILE *out, const struct select *what,
	       const struct writer_options *o);

/* The row of that record as a cursor gave it. */
void rows_put(struct rows *r, const struct cell *cells, int64_t id);

void rows_close(struct rows *r);

/*
 * What else the people are known by, as struct row has it in `further`: their identities,
 * and their relations as cards have them.  In the arena; empty where there is nothing.
 */
struct str further_of(struct crm *crm, const struct entity *e, int64_t id, struct arena *a);

#endif
