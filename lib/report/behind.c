/* The records behind the figures. */
#include <stdlib.h>

#include "report/job.h"

/* In rising order, each once; returns how many are left. */
static size_t in_order(int64_t *ids, size_t n)
{
	size_t kept = 0;
	if (n > 1)
		qsort(ids, n, sizeof *ids, int64_cmp);
	for (size_t i = 0; i < n; i++)
		if (!kept || ids[kept - 1] != ids[i])
			ids[kept++] = ids[i];
	return kept;
}

static const struct field *whole_of(const struct feed *f)
{
	const char *behind = f->source->behind;
	return behind ? entity_field(f->context.entity, str_of(behind)) : NULL;
}

static const struct entity *type_behind(struct job *j, const struct feed *f)
{
	const struct field *ref = whole_of(f);
	return ref ? schema_entity(j->context->schema, str_of(ref->ref)) : f->context.entity;
}

/* What the records are part of. */
static int64_t *wholes(struct job *j, struct feed *f, size_t *n, struct arena *a)
{
	struct sql q = { .arena = &j->arena }, condition = { .arena = &j->arena };
	struct joins joins = { .arena = &j->arena, .schema = j->context->schema };
	if (f->where)
		node_sql(f->where, &f->context, &joins, &condition);
	sql_add(&q, "select ");
	sql_at(&q, 0, whole_of(f));
	sql_add(&q, " from ");
	sql_table(&q, f->context.entity);
	sql_add(&q, " t0");
	joins_sql(&joins, &q);
	if (f->where) {
		sql_add(&q, " where ");
		sql_append(&q, &condition);
	}
	struct stmt *rows = db_query(j->store->db, &q);
	int64_t *ids = stmt_ids(rows, n, a);
	stmt_close(rows);
	sql_free(&q);
	sql_free(&condition);
	return ids;
}

static int64_t *behind_feed(struct job *j, struct feed *f, size_t *n, struct arena *a)
{
	struct select what = { .context = &f->context, .where = f->where, .limit = -1 };
	return whole_of(f) ? wholes(j, f, n, a) : select_ids(j->store, &what, n, a);
}

bool report_behind(struct job *j, const struct entity **of, int64_t **ids, size_t *n,
		   struct arena *a, struct diag *d)
{
	const struct feed *first = NULL;
	*ids = NULL;
	*n = 0;
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++) {
		size_t more;
		if (!feed_reads(f) || f->source->until) /* targets stand beside the figures */
			continue;
		if (first && type_behind(j, f) != *of)
			return diag_set(d, NULL, "--rows: name one part of the report: %s or %s",
					first->source->name, f->source->name);
		first = first ? first : f;
		*of = type_behind(j, f);
		int64_t *its = behind_feed(j, f, &more, a), *all = arena_new(a, int64_t, *n + more);
		if (*n)
			memcpy(all, *ids, *n * sizeof *all);
		if (more)
			memcpy(all + *n, its, more * sizeof *all);
		*ids = all;
		*n = in_order(all, *n + more);
	}
	return first || diag_set(d, NULL, "--rows: report %s is of no records", j->report->name);
}
