/* What the readers of the single formats share with reader.c.  Private to lib/stream. */
#ifndef CRM_STREAM_READER_IMPL_H
#define CRM_STREAM_READER_IMPL_H

#include "stream/reader.h"
#include "stream/source.h"

struct reader_ops {
	/* Reads the header, where there is one.  NULL: nothing to do. */
	bool (*open)(struct reader *r, struct diag *d);
	/* row is zeroed, d cleared.  d->line and row->line are set by reader_begin. */
	enum read_result (*next)(struct reader *r, struct row *row, struct arena *a,
				 struct diag *d);
	void (*close)(struct reader *r); /* frees state.  NULL: nothing to do. */
	struct str (*remark)(const struct reader *r, struct arena *a); /* NULL: none */
};

extern const struct reader_ops csv_reader, tsv_reader, json_reader, refs_reader, vcf_reader;

struct reader {
	const struct reader_ops *ops;
	enum format format;
	struct reader_options options;
	struct source source;
	struct arena arena;	 /* of the header */
	struct str header;	 /* its line */
	const struct str *names; /* of the columns */
	size_t n;		 /* columns; 0: not known yet */
	bool guarded;		 /* see reader_guarded */
	bool sep;		 /* "sep=;" stood first */
	long passed, header_line;
	size_t swallowed; /* see reader_swallowed */
	void *state;	  /* of the format */
};

/* As reader_next, but where read(2) fails the stream ends; reader_check dies of it. */
enum read_result reader_try(struct reader *r, struct row *row, struct arena *a, struct diag *d);
void reader_check(const struct reader *r);

/* The record starts here: sets row->line and d->line. */
void reader_begin(struct reader *r, struct row *row, struct diag *d);

/*
 * Ends with a refusal of the n bytes at the start of the window: takes them, sets
 * row->raw.  d has been filled in.
 */
enum read_result reader_refuse(struct reader *r, struct row *row, size_t n, struct arena *a);

/* Whether the line begins a card. */
bool is_card(struct str line);

/* Refuses a record over RECORD_MAX: takes the line on which it starts, and names the column. */
enum read_result reader_refuse_long(struct reader *r, struct diag *d);

/* Whether a record has no more than PARTS_MAX of these ("cells"); false with diag. */
bool reader_few(size_t n, const char *parts, struct diag *d);

/*
 * Makes the cells of the header (raw) the columns; one without a name is "column 3".
 * False with diag where no column has one, or two have the same.
 */
bool reader_set_columns(struct reader *r, const struct cell *cells, size_t n, struct str raw,
			struct diag *d);

/*
 * Ends a CSV or TSV record of n bytes: takes them, and hands out the cells (which
 * belong to a), or refuses them where they are more or fewer than the columns.
 */
enum read_result reader_cells(struct reader *r, struct row *row, const struct cell *cells,
			      size_t ncells, size_t n, struct arena *a, struct diag *d);

/* Whether a CSV or TSV line says nothing; with one column an empty line is a record. */
bool reader_blank(const struct reader *r, struct str line, char delimiter);

/* Whether line is one typed reference, such as lead-42, and nothing else. */
bool is_ref(struct str line);

/* The position of the first name that stood before, and where that was; n: all differ. */
size_t names_doubled(const struct str *names, size_t n, size_t *before);

/* table_row.c */
/* Whether record text is UTF-8, or has become it, without a NUL; sets row->sound.  Else diag. */
bool reader_text(const struct reader *r, struct str raw, struct row *row, struct diag *d);

#endif
