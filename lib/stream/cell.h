/* One value as a stream carries it: what readers give and writers take. */
#ifndef CRM_STREAM_CELL_H
#define CRM_STREAM_CELL_H

#include "core/arena.h"
#include "core/base.h"

enum cell_kind {
	CELL_ABSENT, /* CSV `,,`: not mentioned */
	CELL_NULL,   /* JSON null, CSV `""`: cleared */
	CELL_TEXT,
	CELL_NUMBER, /* text is the exact decimal; bare in JSON */
	CELL_BOOL,   /* text is "true" or "false"; bare in JSON */
	CELL_LIST,   /* text is the values joined with ';'; an array in JSON */
	CELL_NAME,   /* text of somebody's name: 12 is no id */
	CELL_JSON,   /* text is a JSON array that is no such list: of objects, say; bare in JSON */
};

struct cell {
	enum cell_kind kind;
	struct str text;
};

static inline struct cell cell_null(void)
{
	return (struct cell){ CELL_NULL, { 0 } };
}

/* Null where the text is empty. */
static inline struct cell cell_text(struct str s)
{
	return (struct cell){ s.n ? CELL_TEXT : CELL_NULL, s };
}

static inline struct cell cell_int(int64_t n, struct arena *a)
{
	return (struct cell){ CELL_NUMBER, arena_printf(a, "%lld", (long long)n) };
}

enum format {
	FORMAT_AUTO, /* readers: sniff; writers: table on a terminal, jsonl off it */
	FORMAT_CSV,
	FORMAT_TSV,
	FORMAT_JSON,
	FORMAT_JSONL,
	FORMAT_REFS,
	FORMAT_VCF,
	FORMAT_ICS,
	FORMAT_TABLE,
	FORMAT_HTML,
	FORMAT_SVG,
	FORMAT_CHART,
	FORMAT_VEGALITE,
};

/* One row a format: its name and what it can do.  A new format is one file and one row. */
struct reader_ops;
struct writer_ops;
struct format_def {
	const char *name;
	enum format format;
	const struct reader_ops *read;	/* NULL: cannot be read */
	const struct writer_ops *write; /* NULL: cannot be written */
	const char *help;
};
extern const struct format_def formats[];
extern const size_t nformats;

const struct format_def *format_by_name(struct str name); /* NULL: none */
const struct format_def *format_def(enum format f);

#endif
