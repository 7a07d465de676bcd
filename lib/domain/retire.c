/* Somebody leaves. */
#include "domain/retire.h"

/*
 * What of a type is still to be worked on; a type that is not here has no end.  Orders
 * are sales from their confirmation on, and sales stay with whoever made them.
 */
static const struct {
	const char *entity, *open;
} endings[] = {
	{ "lead", " and status not in ('disqualified', 'converted')" },
	{ "deal", " and exists (select 1 from stage s where s.pipeline = t0.pipeline"
		  " and s.key = t0.stage and s.kind = 'open')" },
	{ "activity", " and status = 'planned'" },
	{ "ticket", " and status not in ('resolved', 'closed')" },
	{ "quote", " and status in ('draft', 'sent')" },
	{ "order", " and status = 'draft'" },
	{ "campaign", " and status <> 'done'" },
};

/* The field by which records are somebody's to look after; history has an owner of its time. */
static const struct field *responsible(const struct entity *e)
{
	const char *name = !strcmp(e->name, "team") ? "manager" : "owner";
	const struct field *f = entity_field(e, str_of(name));
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & F_PART)
			return NULL;
	return f && f->type == &type_ref && !strcmp(f->ref, "user") ? f : NULL;
}

static struct stmt *open_records(struct store *s, const struct entity *e, const struct field *f,
				 int64_t user, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select t0.id from ");
	sql_stored(&q, e);
	sql_add(&q, " t0 where ");
	sql_at(&q, 0, f);
	sql_add(&q, " = ");
	sql_int(&q, user);
	for (size_t i = 0; i < countof(endings); i++)
		if (!strcmp(endings[i].entity, e->name))
			sql_add_literal(&q, endings[i].open);
	sql_add(&q, " order by t0.id");
	struct stmt *rows = db_query(s->db, &q);
	sql_free(&q);
	return rows;
}

/* All ids first: what is written changes what is asked. */
static int64_t *ids_of(struct stmt *rows, size_t *n, struct arena *a)
{
	size_t room = 64;
	int64_t *ids = arena_new(a, int64_t, room);
	for (*n = 0; stmt_step(rows); ++*n) {
		if (*n == room) {
			int64_t *more = arena_new(a, int64_t, room * 2);
			ids = memcpy(more, ids, room * sizeof *ids);
			room *= 2;
		}
		ids[*n] = stmt_value(rows, 0).i;
	}
	stmt_close(rows);
	return ids;
}

static bool hand_over(struct store *s, const struct entity *e, const struct field *f, int64_t id,
		      int64_t to, struct diag *d)
{
	struct arena a = { 0 };
	struct record r = record_new(e, &a);
	r.id = id;
	r.values[field_index(e, f)] = to ? value_int(to) : value_null();
	bool ok = store_put(s, &r, 0, &a, d) != WROTE_NOTHING;
	if (!ok)
		d->source = ref_print(e, id, &d->arena);
	arena_free(&a);
	return ok;
}

bool retire_hand_over(struct store *s, int64_t user, int64_t to, struct handed **out, size_t *n,
		      struct arena *a, struct diag *d)
{
	*out = arena_new(a, struct handed, s->schema.nentities);
	*n = 0;
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *e = s->schema.entities[i];
		const struct field *f = responsible(e);
		size_t have;
		if (!f)
			continue;
		int64_t *ids = ids_of(open_records(s, e, f, user, a), &have, a);
		for (size_t j = 0; j < have; j++)
			if (!hand_over(s, e, f, ids[j], to, d))
				return false;
		if (have)
			(*out)[(*n)++] = (struct handed){ e, (long)have };
	}
	return true;
}
