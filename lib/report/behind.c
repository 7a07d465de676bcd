/* The records behind the figures. */
#include <stdlib.h>

#include "report/job.h"

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* What the records are part of, each once. */
static int64_t *wholes(struct job *j, struct feed *f, const struct entity **of, size_t *n,
		       struct arena *a)
{
	const struct field *ref = entity_field(f->context.entity, str_of(f->source->behind));
	struct sql q = { .arena = &j->arena }, condition = { .arena = &j->arena };
	struct joins joins = { .arena = &j->arena, .schema = j->context->schema };
	size_t all, kept = 0;
	if (f->where)
		node_sql(f->where, &f->context, &joins, &condition);
	sql_add(&q, "select ");
	sql_at(&q, 0, ref);
	sql_add(&q, " from ");
	sql_table(&q, f->context.entity);
	sql_add(&q, " t0");
	joins_sql(&joins, &q);
	if (f->where) {
		sql_add(&q, " where ");
		sql_append(&q, &condition);
	}
	struct stmt *rows = db_query(j->store->db, &q);
	int64_t *ids = stmt_ids(rows, &all, a);
	stmt_close(rows);
	sql_free(&q);
	sql_free(&condition);
	if (all > 1)
		qsort(ids, all, sizeof *ids, by_size);
	for (size_t i = 0; i < all; i++)
		if (!kept || ids[kept - 1] != ids[i])
			ids[kept++] = ids[i];
	*of = schema_entity(j->context->schema, str_of(ref->ref));
	*n = kept;
	return ids;
}

bool report_behind(struct job *j, const struct entity **of, int64_t **ids, size_t *n,
		   struct arena *a, struct diag *d)
{
	struct feed *f = NULL;
	for (size_t i = 0; i < j->nfeeds; i++)
		if (feed_reads(&j->feeds[i])) {
			if (f)
				return diag_set(d, NULL,
						"--rows: name one part of the report: %s or %s",
						f->source->name, j->feeds[i].source->name);
			f = &j->feeds[i];
		}
	if (!f)
		return diag_set(d, NULL, "--rows: report %s is of no records", j->report->name);
	*of = f->context.entity;
	struct select what = { .context = &f->context, .where = f->where, .limit = -1 };
	*ids = f->source->behind ? wholes(j, f, of, n, a) : select_ids(j->store, &what, n, a);
	return true;
}
