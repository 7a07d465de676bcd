/* What the writers of the single formats share with writer.c.  Private to lib/stream. */
#ifndef CRM_STREAM_WRITER_IMPL_H
#define CRM_STREAM_WRITER_IMPL_H

#include "core/buf.h"
#include "stream/writer.h"

struct writer_ops {
	bool human;			 /* people read it */
	void (*begin)(struct writer *w); /* NULL: nothing to do */
	void (*row)(struct writer *w, const struct cell *cells);
	void (*end)(struct writer *w); /* also frees state.  NULL: nothing to do */
};

extern const struct writer_ops csv_writer, tsv_writer, json_writer, jsonl_writer, refs_writer,
    table_writer, vcf_writer;

struct writer {
	const struct writer_ops *ops;
	FILE *out;
	const struct column *columns;
	size_t n;
	struct writer_options options;
	struct buf buf; /* what the format wrote and out has not yet got */
	size_t rows;
	void *state;		       /* of the format */
	struct column *chosen_columns; /* where not all are printed; else NULL */
	struct cell *chosen_cells;     /* room for a row of them */
};

#endif
