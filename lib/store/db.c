/* What the seam offers whatever the engine. */
#include "store/db.h"

struct stmt *db_query(struct db *db, const struct sql *q)
{
	struct stmt *s = db_prepare(db, q);
	for (size_t i = 0; i < q->nparams; i++)
		stmt_bind(s, i + 1, &q->params[i]);
	return s;
}

void db_run(struct db *db, const struct sql *q)
{
	struct stmt *s = db_query(db, q);
	while (stmt_step(s))
		;
	stmt_close(s);
}

int64_t db_int(struct db *db, const struct sql *q, int64_t none)
{
	struct stmt *s = db_query(db, q);
	struct value v = stmt_step(s) ? stmt_value(s, 0) : value_null();
	stmt_close(s);
	return v.kind == V_INT ? v.i : none;
}

int64_t *stmt_ids(struct stmt *s, size_t *n, struct arena *a)
{
	size_t room = 0;
	int64_t *ids = arena_grow(a, NULL, 0, &room, sizeof *ids);
	for (*n = 0; stmt_step(s); ++*n) {
		ids = arena_grow(a, ids, *n, &room, sizeof *ids);
		ids[*n] = stmt_value(s, 0).i;
	}
	return ids;
}

int64_t *db_ids(struct db *db, const struct sql *q, size_t *n, struct arena *a)
{
	struct stmt *s = db_query(db, q);
	int64_t *ids = stmt_ids(s, n, a);
	stmt_close(s);
	return ids;
}
