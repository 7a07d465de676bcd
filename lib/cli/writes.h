/*
 * A writing command from lock to print: all or nothing, the records that were
 * written printed after the commit, in the order in which they came.
 */
#ifndef CRM_CLI_WRITES_H
#define CRM_CLI_WRITES_H

#include "cli/operands.h"
#include "core/map.h"

struct writes {
	struct crm *crm;
	struct target *items; /* what was written or found unchanged, in order; with -q none */
	size_t n, room;
	int64_t changed; /* how many of them really were */
	struct map seen; /* whose rev was the one of --if-rev before anything was written */
	FILE *shown;	 /* what will be printed instead of the list, or NULL */
};

/* Takes the lock, for a change set as the options have it. */
void writes_lock(struct crm *crm);

/*
 * Takes the lock, once -f is known to be right for what will be printed.  False when --once says
 * that it was done before: the records of that time are in the list, and nothing but writes_end is
 * left to do.
 */
bool writes_begin(struct writes *w, struct crm *crm);

/*
 * store_put, with --max and --if-rev, remembering the record.  The rev of a line is that of the
 * deal, quote or order that it is a line of, as it was before this run.  Refusals are complained
 * about by the caller.
 */
enum wrote writes_put(struct writes *w, struct record *r, unsigned flags, struct arena *a,
		      struct diag *d);

/* The part of --if-rev, for what is written otherwise.  False with diag. */
bool writes_rev(struct writes *w, const struct target *t, struct arena *a, struct diag *d);

/* Counts one record towards --max that was written besides, and is not printed. */
void writes_count(struct writes *w);

/* store_remove, with --max and --if-rev.  False with diag. */
bool writes_remove(struct writes *w, const struct target *t, struct arena *a, struct diag *d);

void writes_add(struct writes *w, const struct entity *e, int64_t id);

/* Prints the records as they are now, to be shown by writes_end: for what is going to be removed.
 */
void writes_show(struct writes *w, const struct target *t, size_t n);

/*
 * Commits (with -n: takes back) and prints the records of the list; if anything was
 * refused all is taken back and nothing printed.  Returns the exit status.
 */
int writes_end(struct writes *w);

/* Prints records in the order given, one table or stream a record type. */
void print_records(struct crm *crm, FILE *out, const struct target *items, size_t n);

/* The same for ids of one type; without any a table or CSV still has its heading. */
void print_ids(struct crm *crm, const struct entity *e, const int64_t *ids, size_t n);

/* The fields that a card of that type is made of; a usage error where there are none. */
struct str card_fields(struct crm *crm, const struct entity *e);

/* The columns that the format shows unless -f says otherwise. */
void default_fields(struct crm *crm, const struct query_context *q, enum format f,
		    struct path **paths, size_t *n);
void chosen_fields(struct crm *crm, const struct query_context *q, enum format f,
		   struct path **paths, size_t *n);

#endif
