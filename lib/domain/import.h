/*
 * Bringing records in: rows are read and checked, wait in a spool, and are put in
 * one after the other while the lock is held.  No I/O: the caller reads, commits,
 * writes the rejects and says what happened.
 *
 *   import_open, import_row for each row, [the lock], import_start,
 *   import_next until IMPORT_END, import_finish, [commit], import_free
 */
#ifndef CRM_DOMAIN_IMPORT_H
#define CRM_DOMAIN_IMPORT_H

#include "domain/import_map.h"
#include "core/idset.h"
#include "domain/import_kin.h"
#include "domain/import_mend.h"
#include "domain/match.h"
#include "query/ref.h"
#include "schema/spool.h"

/* What became of a row. */
enum imported {
	IMPORT_CREATED,
	IMPORT_UPDATED,
	IMPORT_UNCHANGED,
	IMPORT_DUPLICATE, /* the record was in this input before: by its id, or its match fields */
	IMPORT_SKIPPED,	  /* it is there, and --on-match or --on-duplicate leave it as it is */
	IMPORT_REJECTED,  /* diag */
	IMPORT_RESULTS,
	IMPORT_END = IMPORT_RESULTS,
	IMPORT_LATE, /* never handed out */
};

/* What is done with a row whose record is there. */
enum import_policy { IMPORT_CREATE, IMPORT_UPDATE, IMPORT_FILL, IMPORT_SKIP, IMPORT_REFUSE };

enum { IMPORT_MATCH_MAX = 8, IMPORT_CREATE_MAX = 8 };

struct import {
	/* set by the caller */
	struct store *store;
	struct resolver *resolver;
	const struct entity *entity;
	struct import_map map;
	bool ignore_unknown;
	bool keep_raw;	 /* rows that are refused will be asked for their text */
	bool partial;	 /* a refused row leaves the others in */
	bool in_batches; /* somebody else may write meanwhile: indexes stay */
	enum import_policy on_match, on_duplicate;
	struct import_mend *mend;   /* of cells, the caller's; NULL: they are taken as they stand */
	const char *const *sources; /* names of the inputs, for messages */

	/* what happened: read is the sum of results */
	long read, results[IMPORT_RESULTS];
	long refused; /* of the rejected ones, those that were so when they were read */
	long made; /* further records: of a row, or because a reference named what was not there */
	long changed;		   /* further records of a row that were there */
	long further;		   /* further numbers and addresses that cards brought */
	long known[MATCH_NOTHING]; /* created, though somebody had the number, address or code */
	struct import_rest rest;   /* what was not known here, see import_map.h */

	/* its own */
	const struct field *match[IMPORT_MATCH_MAX];
	size_t nmatch;
	struct import_twins *twins;
	int64_t before; /* the last id from before this input */
	const struct entity *create[IMPORT_CREATE_MAX];
	size_t ncreate;
	struct import_plan plan;
	struct spool spool,
	    late;	   /* late: they name a record of their own type that is yet to come */
	bool names_itself; /* a row names a record of its own type */
	bool last_pass;
	long pass; /* rows of this pass that were not late */
	struct idset seen;
	struct import *parts;  /* further records of each row, in the map's order */
	size_t nparts, *order; /* the order in which they are put in; nparts: the row's own */
	struct import_wire {
		const struct field *field;
		size_t from; /* the same numbers */
	} * wires;
	size_t nwires;
	struct spooled *items; /* of a part: its records in this row */
	size_t nitems, room;
	int64_t last;	  /* the record of the last row; 0: it was refused, or passed over */
	bool passed_over; /* it was */
	bool is_part;
	bool leads;  /* the row's own record refers to it */
	bool common; /* it refers to none that is the row's alone: other rows may be about it */
	struct import_shared {
		struct buf key; /* of the last row: what rows of one record share */
		size_t column;
		unsigned layout; /* of the rows whose column it is */
		bool goes_on;	 /* the row at hand does */
	} shared;
	struct import_difference {  /* of the record at hand, its line that says the difference */
		size_t which;	    /* the part */
		struct record line; /* values NULL: there is none */
		struct arena arena;
	} difference;
	struct map
	    missing; /* "account\nname" → the next account's id when there was none so called */
	struct import_kin kin;
	bool bulk; /* indexes are dropped meanwhile */
};

/*
 * Settles the lists of match fields and types to create, and checks the map's own
 * values.  False with diag.
 */
bool import_open(struct import *im, struct diag *d);

/* The next stream begins. */
void import_stream(struct import *im);

/*
 * Whether the header's columns can be understood; to be asked once a stream, where the
 * format has one.  False with diag.
 */
bool import_header(struct import *im, const struct str *names, size_t n, struct diag *d);

/* How many of the names are columns that it understands, see struct reader_options. */
size_t import_known(const void *im, const struct str *names, size_t n);

/* Takes a row, or what reader_next refused (then d says why). */
void import_row(struct import *im, unsigned source, enum read_result got, const struct row *row,
		struct arena *a, struct diag *d);

/* All was read, and the store is in a writing transaction. */
void import_start(struct import *im);

/*
 * Puts the next row in; item is that row, item->record the record as it is now.
 * Rows that name a record of their own type which comes after them are put in
 * behind all others.
 */
enum imported import_next(struct import *im, struct spooled *item, struct arena *a, struct diag *d);

/* To be called before the commit. */
void import_finish(struct import *im);

void import_free(struct import *im);

#endif
