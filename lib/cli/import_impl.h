/* What the parts of crm-import share: its runs, and what these share.  Private to import_*.c. */
#ifndef CRM_CLI_IMPORT_IMPL_H
#define CRM_CLI_IMPORT_IMPL_H

#include "cli/import_rejects.h"
#include "cli/progress.h"
#include "cli/writes.h"
#include "domain/import.h"
#include "domain/import_preset.h"

enum { SHOWN_MAX = 20 }; /* refusals that are told one by one */

/* One command: all that goes in within one transaction, or one after the other with --batch. */
struct job {
	struct crm *crm;
	struct run **runs; /* those to which others refer come first */
	size_t nruns;
	const char **files, **names; /* names: for messages */
	struct rejects **rejects_of; /* by file */
	int nfiles;
	const struct entity *type; /* that was given, or NULL */
	const char *family;	   /* of presets, the columns choose among them; "": of all */
	struct outfile summary;
	struct writes writes;
	struct progress progress;
	long header_line;
	bool dry, quiet, print, rejecting;
	bool doomed;	/* nothing will be committed any more */
	bool committed; /* something was */
	long batch, in_batch;
	double locked;	    /* when the batch began, see core/clock.h */
	double commit_took; /* the last one, in seconds */
	long rows,
	    settled_rows; /* put in; of these, from the first, those whose outcome is final */
	long settled[IMPORT_RESULTS]; /* what became of those */
	long pending;
	int64_t left, change_set; /* left: of --max */
};

/* The rows of one record type, and of one preset: of one file or several. */
struct run {
	struct job *job;
	struct import im;
	struct rejects *rejects; /* one for each kind of columns */
	struct import_mend mend;
	struct import_preset preset; /* name NULL: none */
	const char *first;	     /* the name of its first file */
	int nfiles;
};

/* Settles job->files, those of a plan in place of it. */
void import_files(struct job *job, int n, char **files);

/* Whether the file, which may not be there yet, is one of the inputs. */
bool import_is_input(const struct job *job, const char *file);

/* Before writes_begin: many rows for an empty database go in alone, see store_alone. */
void import_alone(struct job *job);

/* Takes up the options that are about all rows. */
void import_set_up(struct job *job);

/* A run for crm->entity as the options have it, with the preset (NULL: none). */
struct run *import_run_new(struct job *job, const struct import_preset *preset);

/* Finds, or opens, where rows of the file go that are refused.  Ends where it is none. */
void import_rejects_for(struct run *run, const struct reader *in, unsigned number);

/* Reads one of the files to its end; into the run, or (NULL) the one that its columns choose. */
void import_read_file(struct job *job, struct run *run, unsigned number);

/*
 * Takes --preset up, with the TYPE that was given (or NULL), and settles crm->entity.
 * False: the columns of each file choose among job->family.
 */
bool import_preset_take(struct job *job, const struct entity *type, struct import_preset *preset);

/* The run of the preset for such a row; its cells may be missing.  Ends where there is none. */
struct run *import_preset_run(struct job *job, unsigned number, const struct row *row);

/* How many of the names a preset asks for: of is the struct crm. */
size_t import_preset_known(const void *of, const struct str *names, size_t n);

/* Adds to the message that a preset understands the columns, where one does. */
void import_preset_suggest(struct crm *crm, const struct row *header, struct diag *d);

/* The lock is held now, and everything was read. */
void import_start_job(struct job *job);

/* Puts in what the run has read, telling of each row that is refused. */
void import_put_rows(struct run *r);

/* Commits all of it, or takes it back, and prints what was asked for. */
void import_finish_job(struct job *job);

/* "email: "x" is not an e-mail address": what is wrong, without where. */
struct str import_reason(const struct diag *d, struct arena *a);

/* Tells "NAME: read 3, created 2, …" of all the results, with `end` behind it. */
void import_results_tell(const char *name, long read, const long *results, const char *end);

/* The same as the members of a JSON object. */
void import_results_json(FILE *out, long read, const long *results);

/* Adds what became of the rows of all runs. */
void import_sum(const struct job *job, long *read, long *results);

/* "; committed" or why not. */
const char *import_end(const struct job *job);

/* Tells how many links wait for records, where some do. */
void import_pending_tell(const struct job *job);

/*
 * Should the program die between these two, the accounting is printed all the same
 * where a batch was committed.
 */
void account_arm(struct job *job);
void account_disarm(void);

/* Tells what became of the rows, and writes the summary; the exit status. */
int account(struct job *job);

/* Writes --summary, where it was asked for. */
void account_summary(struct job *job);

#endif
