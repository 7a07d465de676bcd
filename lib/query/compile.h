/* What lib/query/compile.c and its comparisons share; for nobody else. */
#ifndef CRM_QUERY_COMPILE_H
#define CRM_QUERY_COMPILE_H

#include "query/parse.h"

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

/* A NODE_COMPARE, without brackets around it. */
void put_compare(const struct compiler *c, const struct node *n);

#endif
