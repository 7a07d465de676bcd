/*
 * The rows that crm-import could not take, to be mended and fed again.
 *
 * CSV and TSV: the header and the rows as they stood, with reject_line,
 * reject_reason and reject_raw behind.  A row that could not even be taken apart is
 * kept whole in reject_raw, its columns empty.  JSON: one object a line, the original
 * one with reject_line and reject_reason as its last keys; what is no object has
 * reject_raw.  Cards: as they stood, with X-REJECT-LINE and X-REJECT-REASON behind their
 * first line.  crm-import passes over these columns.
 */
#ifndef CRM_CLI_IMPORT_REJECTS_H
#define CRM_CLI_IMPORT_REJECTS_H

#include "core/diag.h"
#include "core/outfile.h"
#include "schema/spool.h"
#include "stream/reader.h"

struct rejects {
	const char *path;
	struct rejects *more; /* of streams with other columns */
	bool in_place;	      /* it is also read from */
	struct outfile out;
	struct arena arena;
	bool started; /* a stream said what the columns are */
	bool json, tsv, cards;
	bool guarded; /* as reader_guarded; the file is begun so that it is seen again */
	char delimiter;
	size_t columns;	   /* of the original rows */
	struct str header; /* of these */
	bool again;	   /* the rows are rejects of an earlier run: what was added is replaced */
};

void rejects_open(struct rejects *r, const char *path);

/*
 * The next stream, whose rows may come.  False with diag: its columns are none that can be
 * fed again, or (*other) others than those of the first.
 */
bool rejects_stream(struct rejects *r, const struct reader *in, bool *other, struct diag *d);

void rejects_put(struct rejects *r, const struct spooled *item, struct str reason);

/*
 * Brings all of it to the disk, which may fail; and puts the file into its place, an
 * empty one too.  Both do nothing where no file was opened, or it was discarded.
 */
void rejects_prepare(struct rejects *r);
void rejects_publish(struct rejects *r);

/* What stands at its place stays as it is. */
void rejects_discard(struct rejects *r);

#endif
