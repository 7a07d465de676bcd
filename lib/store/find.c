/* Records by what they are matched by. */
#include "store/internal.h"

/* One record a question: nearly always there is one, or none, and the statement is kept. */
static size_t find(struct store *s, void (*table)(struct sql *, const struct entity *),
		   const struct entity *e, const struct field *f, struct str key, int64_t *ids,
		   size_t n)
{
	struct arena a = { 0 };
	struct value id = value_int(0);
	size_t found = 0;
	while (found < n) {
		struct sql q = { .arena = &a };
		sql_add(&q, "select id from ");
		table(&q, e);
		sql_add(&q, " where ");
		sql_key_column(&q, f);
		sql_add(&q, " = ");
		sql_text(&q, key);
		sql_add(&q, " and id > ");
		sql_param(&q, id);
		sql_add(&q, " order by id limit 1");
		id = store_one(s, &q);
		sql_free(&q);
		if (id.kind != V_INT)
			break;
		ids[found++] = id.i;
	}
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
	return find(s, sql_stored, e, f, key, ids, n);
}

int64_t *store_ids(struct store *s, const struct sql *q, size_t *n, struct arena *a)
{
	struct stmt *stmt = store_kept(s, q);
	int64_t *ids = stmt_ids(stmt, n, a);
	stmt_reset(stmt);
	return ids;
}
