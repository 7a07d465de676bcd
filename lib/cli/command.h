/*
 * How programs speak.  A program is a table of verbs; parsing, --help, man page
 * and completion come from that table.
 */
#ifndef CRM_CLI_COMMAND_H
#define CRM_CLI_COMMAND_H

#include "core/outfile.h"
#include "query/query.h"
#include "query/ref.h"
#include "query/select.h"
#include "store/store.h"
#include "stream/reader.h"
#include "stream/writer.h"

struct crm;
struct target;

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_INT };

/* One row an option. */
struct option_def {
	const char *name; /* "where" */
	char letter;	  /* 'w', or 0 */
	enum option_kind kind;
	const char *operand; /* "EXPR" */
	const char *help;    /* lower case, no full stop */
	const char *values;  /* for completion: "csv json …", or NULL */
};

/* What a verb needs before it runs, and which options it shares with others. */
enum need {
	NEED_READ = 1 << 0,   /* a database to read: --as-of */
	NEED_WRITE = 1 << 1,  /* a database to write: -n --reason --once --wait --max --if-rev */
	TAKES_WHERE = 1 << 2, /* -w */
	TAKES_LIST = 1 << 3,  /* -f -s -l --offset */
	TAKES_INPUT =
	    1 << 4, /* reads a record stream: -i --delimiter --encoding --ignore-unknown */
	TAKES_COLUMNS = 1 << 6, /* -f, of a list that is no record type's own (list_writer) */
	TAKES_FIELDS = 1 << 5,	/* its operands name fields of the command's record type */
	/* What the acting user's role must give, whatever the verb goes on to do. */
	NEED_EXPORT = 1 << 12,	/* the right to export */
	NEED_SQL = 1 << 13,	/* that, and to read all */
	NEED_ADMIN = 1 << 14,	/* an admin */
	DEFAULT_VERB = 1 << 20, /* what is done where no verb is named */
	FAILS_FOR_NOW =
	    1 << 21,	       /* mail systems run it: no database is STATUS_BUSY, not STATUS_ENV */
	WRITES_NEWS = 1 << 22, /* NEED_READ, and NEED_WRITE where --new is given */
};

struct verb {
	const char *name;     /* "list"; "" for a program without verbs */
	const char *operands; /* "[TERM…]" */
	const char *help;     /* lower case, no full stop */
	unsigned need;
	const struct option_def *options; /* its own; ends with a row without name; or NULL */
	int (*run)(struct crm *, int argc, char **argv); /* argv: the operands alone */
};

struct command {
	const char *name; /* record type it is about ("contact"), or the program ("import") */
	const char *help;
	const struct verb *verbs; /* end with a row without name */
	const char *entity; /* record type where it is not `name`; NULL: by name, if there is one */
	const char *note;   /* what --help says at its end, or NULL */
};

/* State of one run. */
struct crm {
	const struct command *command;
	const struct verb *verb;
	const struct entity *entity;  /* that the command is about, or NULL */
	const struct entity *printed; /* what a writer prints, where that is another; or NULL */
	const struct entity *again;   /* what --once prints again, where that is another; or NULL */
	struct store *store;	      /* open if the verb needs it */
	struct node *within;	      /* what every selection of this run is within; NULL: all */
	/* Makes a row of stdin one of the record type's fields, for `add`; NULL: it is one. */
	bool (*prepare)(struct crm *, struct row *, struct arena *, struct diag *);
	struct resolver resolver;
	struct arena arena; /* lives as long as the process */
	struct diag diag;   /* of the command line */
	char *line;	    /* the command line, for the history */
	const char **words; /* the operands, NULL behind the last */
	struct option_value {
		const struct option_def *def;
		const char *text;
		int64_t number;
	} * values;
	size_t nvalues;
	struct outfile out;    /* --out: stdout goes there */
	struct target *stream; /* targets_read's, or NULL */
	long refused;	       /* inputs that were refused: status 1 at the end */
	long left_out;	       /* likewise; but the others were taken */
};

extern const char program_version[]; /* "0.1" */

/* The whole life of a program; main() returns its value. */
int crm_main(const struct command *command, int argc, char **argv);

/* The value of an option; NULL or `none` where it was not given. */
const char *option(const struct crm *crm, const char *name);
bool option_on(const struct crm *crm, const char *name);
int64_t option_int(const struct crm *crm, const char *name, int64_t none);
/* Seconds of --NAME 10min, 2h, 3d …; `none` where it was not given; ends in usage() if it is none.
 */
int64_t option_delay(const struct crm *crm, const char *name, int64_t none);
int lock_wait(const struct crm *crm); /* --wait, for store_begin: seconds or DB_PATIENT */

/* "try crm-lead --help" and STATUS_USAGE. */
_Noreturn void usage(const struct crm *crm, const char *fmt, ...) printf_like(2, 3);

/* Reports crm->diag and exits with `status`. */
_Noreturn void refuse(struct crm *crm, enum status status);

/* So many of a run are printed; how many more there were is said at its end. */
enum { COMPLAINTS = 20 };

/* Reports d and counts it: the program will end with STATUS_REFUSED. */
void complain(struct crm *crm, struct diag *d);
/* The same of what keeps the others from nothing. */
void leave_out(struct crm *crm, struct diag *d);

/* --db, $CRM_DB, or the place under $XDG_DATA_HOME. */
const char *database_path(struct crm *crm);

/* The database to read, for what works without one too; NULL where it cannot be opened. */
struct store *store_quiet(struct crm *crm);

/* All option tables of a verb, the common ones first, for help and completion. */
size_t option_tables(const struct verb *v, const struct option_def *tables[8]);
const struct option_def *option_find(const struct verb *v, struct str name, char letter);

/* Parses argv, fills crm->values; operands are left in argv[0…]; returns how many. */
int options_parse(struct crm *crm, int argc, char **argv);

/* help.c */
void help_print(struct crm *crm, FILE *out);

/* complete.c: prints candidates for the last of words. */
int complete(const struct command *command, int nwords, char **words);

/* Context for the query language on record type e. */
struct query_context query_context(struct crm *crm, const struct entity *e);

/* A writer on out as -o, --excel and the terminal say. */
struct writer *writer_for(struct crm *crm, FILE *out, const struct column *columns, size_t n);
struct writer_options writer_options(struct crm *crm, FILE *out);

/* The reader on stdin or a file ("-": stdin), as -i and friends say; dies where it cannot be read.
 */
struct reader *reader_for(struct crm *crm, const char *file, bool want_raw);
struct reader *reader_for_table(struct crm *crm, const char *file, const struct reader_options *o);
/* The same on what is open already; `source` names it in messages. */
struct reader *reader_on(struct crm *crm, int fd, const char *source, bool want_raw);

/* Closes it; says what reader_remark has to say of it, unless -q. */
void reader_done(struct crm *crm, struct reader *in, const char *source);

#endif
