/* Rows of a stream that `add` makes records of: the records themselves, or what they are about. */
#ifndef CRM_CLI_ABOUT_H
#define CRM_CLI_ABOUT_H

#include "cli/operands.h"
#include "schema/bind.h"

enum about {
	ABOUT_READ, /* the record stands in *r */
	ABOUT_BAD,  /* something of the row is wrong: diag */
	ABOUT_NONE, /* a new record cannot be about what the row is about: diag */
};

/* { .crm, .operands, .binding = { .entity, .ignore_unknown } } is a good new one. */
struct about_reader {
	struct crm *crm;
	const struct operands *operands; /* what the command line says, the stream does not */
	struct binding binding;		 /* of rows that are the records themselves */
	struct binding told;		 /* of rows about records of the type told.entity */
};

/*
 * The record of crm->entity that the row says.  One whose `id` is of another record type is about
 * that record, and has of the row's other columns those that are fields of the new record and not
 * of the other one; `subject` besides, and the `owner` of what is due (due_at).
 */
enum about about_read(struct about_reader *in, const struct row *row, struct record *r,
		      struct arena *a, struct diag *d);

void about_free(struct about_reader *in);

#endif
