/* What compiles conditions, and the search behind them: for lib/query alone. */
#ifndef CRM_QUERY_COMPILE_H
#define CRM_QUERY_COMPILE_H

#include "query/parse.h"
#include "store/store.h"

struct compiler {
	const struct query_context *qc;
	struct joins *j;
	struct sql *q;
};

/* One condition out of many; `of` says of what. */
typedef void emit(const struct compiler *c, const void *of, size_t i);

/* Conditions from .. to-1 with and or or between them, in bracketed pieces where they are many. */
void put_chain(const struct compiler *c, enum node_kind kind, emit *put, const void *of,
	       size_t from, size_t to);

/*
 * What the search text of a record contains (any of it) that a word finds.  A number, or
 * any part of one, is also looked for by its digits: the search text has those typed and
 * those of E.164, so that a part with the trunk prefix needs both.
 */
struct needles {
	struct str text[3];
	size_t n;
};
struct needles search_needles(struct str folded, const struct query_context *qc);

/*
 * What the search index of the base is asked, to be put into search_where: it finds
 * every record that the condition is true of, and more.  Empty where the records are
 * better read without it.
 */
struct str search_question(struct store *s, const struct node *where,
			   const struct query_context *qc);

/* A NODE_COMPARE, without brackets around it. */
void put_compare(const struct compiler *c, const struct node *n);

#endif
