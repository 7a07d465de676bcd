/* Records of one type as rows of cells: what lists, exports and writers print. */
#ifndef CRM_QUERY_SELECT_H
#define CRM_QUERY_SELECT_H

#include "query/query.h"
#include "store/store.h"
#include "stream/writer.h"

struct select {
	const struct query_context *context;
	const struct path *paths;
	size_t npaths;
	const struct node *where;    /* NULL: all */
	const struct sort_key *sort; /* n 0: by id */
	size_t nsort;
	int64_t limit, offset; /* limit < 0: none */
};

/* The statement whose rows a cursor gives; it asks the search index where that is sooner. */
void select_sql(struct store *s, const struct select *what, struct sql *q);

struct cursor;

/* paths and what they point at must outlive the cursor. */
struct cursor *cursor_open(struct store *s, const struct select *what);

/* As above, but for single records: cursor_seek gives them one after the other. */
struct cursor *cursor_open_by_id(struct store *s, const struct select *what);
void cursor_seek(struct cursor *c, int64_t id);

/*
 * The next row: false at the end.  cells (npaths of them) live until the next call;
 * *id is the base record's.  human: local times, grouped numbers.
 */
bool cursor_next(struct cursor *c, bool human, const struct cell **cells, int64_t *id);
void cursor_close(struct cursor *c);

/* What people see in its place: "Account: Name". */
struct str path_label(const struct path *p, enum language l, struct arena *a);

/* Columns for a writer. */
struct column *select_columns(const struct select *what, struct arena *a);

/* Ids of the records that match, in order. */
int64_t *select_ids(struct store *s, const struct select *what, size_t *n, struct arena *a);

/* How many match (limit and offset do not count). */
int64_t select_count(struct store *s, const struct select *what);

#endif
