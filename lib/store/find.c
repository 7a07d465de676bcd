/* Records by what they are matched by. */
#include "store/internal.h"
#include "store/unseen.h"

static size_t find(struct store *s, void (*table)(struct sql *, const struct entity *),
		   const struct entity *e, const struct field *f, struct str key, int64_t *ids,
		   size_t n)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	size_t found = 0;
	sql_add(&q, "select id from ");
	table(&q, e);
	sql_add(&q, " where ");
	sql_key_column(&q, f);
	sql_add(&q, " = ");
	sql_text(&q, key);
	sql_add(&q, " order by id");
	struct stmt *stmt = store_kept(s, &q);
	while (found < n && stmt_step(stmt))
		ids[found++] = stmt_value(stmt, 0).i;
	stmt_reset(stmt);
	sql_free(&q);
	arena_free(&a);
	return found;
}

size_t store_find(struct store *s, const struct entity *e, const struct field *f, struct str key,
		  int64_t *ids, size_t n)
{
	return find(s, sql_table, e, f, key, ids, n);
}

size_t store_find_twins(struct store *s, const struct entity *e, const struct field *f,
			struct str key, int64_t *ids, size_t n)
{
	return unseen(s, e, f, key) ? 0 : find(s, sql_stored, e, f, key, ids, n);
}

int64_t *store_ids(struct store *s, const struct sql *q, size_t *n, struct arena *a)
{
	struct stmt *stmt = store_kept(s, q);
	int64_t *ids = stmt_ids(stmt, n, a);
	stmt_reset(stmt);
	return ids;
}
