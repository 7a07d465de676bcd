/* What the parts of crm-import share: its run.  Private to import_*.c. */
#ifndef CRM_CLI_IMPORT_IMPL_H
#define CRM_CLI_IMPORT_IMPL_H

#include "cli/import_rejects.h"
#include "cli/progress.h"
#include "cli/writes.h"
#include "domain/import.h"
#include "domain/import_preset.h"

enum { SHOWN_MAX = 20 }; /* refusals that are told one by one */

struct run {
	struct crm *crm;
	struct import im;
	struct rejects rejects;
	struct outfile summary;
	struct writes writes;
	struct progress progress;
	struct import_mend mend;
	long header_line;
	struct import_preset preset; /* name NULL: none, or not known yet */
	bool typed;		     /* a TYPE was given */
	bool ready;		     /* the map is known */
	char **files;
	int nfiles;
	bool dry, quiet, print, rejecting;
	bool in_place;	/* the rejects file is also read from */
	bool doomed;	/* nothing will be committed any more */
	bool committed; /* something was */
	long batch, in_batch;
	double locked;		 /* when the batch began, see core/clock.h */
	double commit_took;	 /* the last one, in seconds */
	long rows, settled_rows; /* read; of these, from the first, those whose outcome is final */
	long pending;
	int64_t most, change_set;
};

/* Reads one of the files to its end. */
void import_read_file(struct run *r, unsigned number);
/*
 * Takes --preset up, with the TYPE that was given (or NULL), and settles crm->entity.
 * False for "auto", which the columns of the first file settle.
 */
bool import_preset_take(struct run *r, const struct entity *type);

/*
 * "auto": settles which preset the file is for, and the map, by the header or by the
 * members of the first record, which is then to be taken before all others (true).
 */
bool import_preset_auto(struct run *r, unsigned number, struct reader *in, struct row *row,
			struct arena *a, struct diag *d);

/* How many of the names a preset asks for: of is the struct crm. */
size_t import_preset_known(const void *of, const struct str *names, size_t n);

/* Once crm->entity is known: what the preset says, and the options over it. */
void import_set_up_map(struct run *r);

/* Adds to the message that a preset understands the columns, where one does. */
void import_preset_suggest(struct run *r, const struct str *names, size_t n, struct diag *d);

/* Puts in what was read, telling of each row that is refused; the lock is held. */
void import_put_rows(struct run *r);

/* "email: "x" is not an e-mail address": what is wrong, without where. */
struct str import_reason(const struct diag *d, struct arena *a);

/* "read 3, created 2, …", of all the results. */
void import_results_print(struct buf *b, long read, const long *results);

/* The same as the members of a JSON object. */
void import_results_json(FILE *out, long read, const long *results);

/*
 * Should the program die between these two, the accounting is printed all the same
 * where a batch was committed.
 */
void account_arm(struct run *r);
void account_disarm(void);

/* Tells what became of the rows, and writes the summary; the exit status. */
int account(struct run *r);

/* Writes --summary, where it was asked for. */
void account_summary(struct run *r);

#endif
