/* Reading single records, and removing them. */
#include "store/internal.h"

struct writer_entity *store_writer_of(struct store *s, const struct entity *e)
{
	return &s->writer->entity[entity_index(s, e)];
}

static void sql_columns(struct sql *q, const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++) {
		if (i)
			sql_add(q, ", ");
		sql_column(q, &e->fields[i]);
	}
}

static struct stmt *get_statement(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select ");
	sql_columns(&q, e);
	sql_add(&q, " from ");
	sql_table(&q, e);
	sql_add(&q, " where id = $1");
	struct stmt *stmt = db_prepare(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

bool store_get(struct store *s, const struct entity *e, int64_t id, struct record *out,
	       struct arena *a)
{
	struct writer_entity *w = s->writer ? store_writer_of(s, e) : NULL;
	struct stmt *q = w ? w->get : NULL;
	if (!q)
		q = get_statement(s, e);
	if (w)
		w->get = q;
	stmt_bind(q, 1, &(struct value){ .kind = V_INT, .i = id });
	bool found = stmt_step(q);
	if (found) {
		*out = record_new(e, a);
		out->id = id;
		for (size_t i = 0; i < e->nfields; i++) {
			out->values[i] = stmt_value(q, i);
			if (out->values[i].kind == V_TEXT)
				out->values[i].s = arena_str(a, out->values[i].s);
		}
		money_scales(out, &s->settings);
	}
	stmt_reset(q);
	if (!w)
		stmt_close(q);
	return found;
}

/* Asked of one type many times in a row: the statement of the last one is kept. */
bool store_exists(struct store *s, const struct entity *e, int64_t id)
{
	struct stmt **kept = s->writer ? &store_writer_of(s, e)->exists : &s->exists;
	if (!s->writer && s->exists_of != e) {
		stmt_close(s->exists);
		s->exists = NULL;
		s->exists_of = e;
	}
	if (!*kept) {
		struct arena a = { 0 };
		struct sql sql = { .arena = &a };
		sql_add(&sql, "select 1 from ");
		sql_table(&sql, e);
		sql_add(&sql, " where id = $1");
		*kept = db_prepare(s->db, &sql);
		sql_free(&sql);
		arena_free(&a);
	}
	stmt_bind(*kept, 1, &(struct value){ .kind = V_INT, .i = id });
	bool found = stmt_step(*kept);
	stmt_reset(*kept);
	return found;
}

static const struct field *ref_to(const struct entity *from, size_t i, const struct entity *to)
{
	const struct field *f = &from->fields[i];
	return f->type == &type_ref && !strcmp(f->ref, to->name) ? f : NULL;
}

static void select_referring(struct sql *q, const struct entity *from, const struct field *f,
			     int64_t id)
{
	sql_add(q, "select id from ");
	sql_table(q, from);
	sql_add(q, " where ");
	sql_column(q, f);
	sql_add(q, " = ");
	sql_int(q, id);
	sql_add(q, " order by id");
}

/* Parts go with the whole; anything else that refers to it holds it. */
static bool remove_referring(struct store *s, const struct entity *from, const struct field *f,
			     const struct entity *e, int64_t id, struct arena *a, struct diag *d)
{
	struct sql q = { .arena = a };
	select_referring(&q, from, f, id);
	for (;;) {
		int64_t other = db_int(s->db, &q, 0);
		bool self = from == e && other == id;
		if (!other || self)
			break;
		if (!(f->flags & F_PART)) {
			diag_set(d, NULL, "%s-%lld still refers to it (%s)", from->name,
				 (long long)other, f->name);
			sql_free(&q);
			return false;
		}
		if (!store_remove(s, from, other, a, d))
			break;
	}
	sql_free(&q);
	return !d->message.n;
}

bool store_remove(struct store *s, const struct entity *e, int64_t id, struct arena *a,
		  struct diag *d)
{
	struct record old;
	if (!store_get(s, e, id, &old, a))
		return diag_set(d, NULL, "there is no %s-%lld", e->name, (long long)id);
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *from = s->schema.entities[i];
		for (size_t j = 0; j < from->nfields; j++) {
			const struct field *f = ref_to(from, j, e);
			if (f && !remove_referring(s, from, f, e, id, a, d))
				return false;
		}
	}
	row_delete(s, e, id, a);
	history_delete(s, &old);
	return derive(s, &old, NULL, PUT_TRUSTED, a, d);
}
