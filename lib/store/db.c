/* What the seam offers whatever the engine. */
#include "store/db_beside.h"
#include "store/db_impl.h"

struct stmt *stmt_bind_all(struct stmt *s, const struct value *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		stmt_bind(s, i + 1, &v[i]);
	return s;
}

struct stmt *db_query(struct db *db, const struct sql *q)
{
	return stmt_bind_all(db_prepare(db, q), q->params, q->nparams);
}

void db_run(struct db *db, const struct sql *q)
{
	struct stmt *s = db_query(db, q);
	while (stmt_step(s))
		;
	stmt_close(s);
}

/* The engine adds up each(…) of every row, which is to call it, and comes to nothing. */
static void each_sql(struct db *db, const struct sql *q, struct sql *all, size_t *columns)
{
	struct stmt *s = db_prepare(db, q);
	struct buf names = { 0 };
	*columns = stmt_columns(s);
	for (size_t i = 0; i < *columns; i++)
		buf_printf(&names, "%sc%zu", i ? ", " : "", i);
	stmt_close(s);
	sql_add(all, "with r (");
	buf_put(&all->text, buf_str(&names));
	sql_add(all, ") as (");
	sql_append(all, q);
	sql_add(all, ") select each(");
	buf_put(&all->text, buf_str(&names));
	sql_add(all, ") from r");
	buf_free(&names);
}

struct stmt *each_prepare(struct db *db, const struct sql *q, size_t *columns)
{
	struct sql all = { .arena = q->arena };
	each_sql(db, q, &all, columns);
	struct stmt *s = *columns ? db_query(db, &all) : NULL;
	sql_free(&all);
	return s;
}

void db_each(struct db *db, const struct sql *q, row_taker *take, void *of)
{
	if (beside_each(db, q, take, of))
		return;
	struct each *each = &db_state(db)->each, outer = *each;
	size_t columns;
	struct stmt *s = each_prepare(db, q, &columns);
	*each = (struct each){ s, take, of };
	stmt_step(s);
	*each = outer;
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
