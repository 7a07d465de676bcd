/* What the files of templates share.  Private to lib/query/template*.c. */
#ifndef CRM_QUERY_TEMPLATE_IMPL_H
#define CRM_QUERY_TEMPLATE_IMPL_H

#include "query/select.h"
#include "query/template.h"

/* Where the value of a tag comes from. */
struct slot {
	enum { SLOT_NONE, SLOT_WORD, SLOT_FIELD, SLOT_LINE, SLOT_LINES } from;
	bool raw;     /* as machines have it */
	size_t index; /* of the word, or of the path */
};

/* Fields of one record type, read twice: as people see them, and as machines do. */
struct reading {
	struct query_context context;
	struct path *paths;
	struct select what;
	struct cursor *cursors[2]; /* by raw; NULL: no path */
	const struct cell *cells[2];
};

struct filler {
	struct store *store;
	struct arena arena; /* of the bindings */
	const struct template *const *templates;
	struct slot **slots; /* of each template's nodes */
	struct reading record, line;
	bool has_lines;
	int64_t id;
};

/*
 * Finds out what every name of the templates means; false: one was reported to `wrong`.
 * m->slots, m->record.paths and m->line.paths have room for all.
 */
bool template_bind(struct filler *m, size_t n, const struct template_words *words,
		   void (*wrong)(void *ctx, struct diag *d), void *ctx);

#endif
