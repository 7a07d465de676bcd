/*
 * Cells of people's files: what spreadsheets did to them is undone where that can be done
 * for certain, and noted.
 *
 *   ="0912"  '0912          the text itself
 *   #N/A #REF! NULL N/A -   empty: not mentioned
 *   912345678               0912345678, a number of a region where it needs the 0
 *   8.4912345678E+10        84912345678; 6.28E+12 is kept as a phone number, refused as a key
 *   45231                   2023-11-01, in the column of a date
 *   1710235800[000]         2024-03-12T09:30:00Z, in the column of an instant
 *   12/3/85                 12/3/1985: up to ten years from now, a birthday up to this year
 *   03/04/2024              waits until all was read: see import_mend_settle
 *
 * The first two are for CSV and TSV alone.  Rows with an id of their own, as crm-export
 * writes them, stay as they are.
 */
#ifndef CRM_DOMAIN_IMPORT_MEND_H
#define CRM_DOMAIN_IMPORT_MEND_H

#include "domain/import_notes.h"
#include "schema/schema.h"
#include "stream/reader.h"

/* What the dates of a field in one input say about their order: lines, 0 for none. */
struct import_days {
	const struct field *field;
	unsigned source;
	long proof[3]; /* by enum date_order: the first that can only be read so */
	struct str text[3];
};

/* { .mender = import_mender, .schema = s } is a good new one. */
struct import_mend {
	struct mender mender; /* for struct codec */
	const struct schema *schema;
	bool ordered; /* the order of dates is known: it is that of the settings */
	bool table;   /* the stream at hand is CSV or TSV: JSON says itself what is text */
	struct import_notes notes;
	struct arena arena;
	struct import_days *days;
	size_t ndays, room;
	unsigned source; /* of the row at hand, and its line */
	long line;
};

extern const struct mender import_mender;

/*
 * The row as it was meant, cell by cell, whatever fields they are for; new cells belong to
 * the arena.  It is the one at hand from now on.
 */
struct row import_mend_row(struct import_mend *m, unsigned source, const struct row *row,
			   struct arena *a);

/*
 * Reads the dates of the record (of input `source`, from `line`) that waited for their
 * order: that of the first date of the field, in the same input, that can only be read in
 * one way.  False with diag: there is none, or there are two.
 */
bool import_mend_settle(struct import_mend *m, struct record *r, const struct codec *c,
			struct diag *d);

void import_mend_free(struct import_mend *m);

#endif
