/* Reading single records, and removing them. */
#include "store/internal.h"

struct writer_entity *store_writer_of(struct store *s, const struct entity *e)
{
	return &s->writer->entity[entity_index(s, e)];
}

/* Within a writing transaction each type's reader is kept, outside that of the last type. */
static struct row_reader *kept_get(struct store *s, const struct entity *e, enum row_of of)
{
	struct writer_entity *w = s->writer ? store_writer_of(s, e) : NULL;
	if (w)
		return of == ROW_STORED ? &w->read : &w->get;
	if (s->get_of != e || s->get_stored != (of == ROW_STORED)) {
		row_reader_close(&s->get);
		s->get_of = e;
		s->get_stored = of == ROW_STORED;
	}
	return &s->get;
}

static bool get(struct store *s, const struct entity *e, int64_t id, enum row_of of,
		struct record *out, struct arena *a)
{
	return row_read(s, kept_get(s, e, of), e, id, of, out, NULL, a);
}

/* With texts of its own. */
static struct record whole_copy(const struct record *from, struct arena *a)
{
	struct record r = record_copy(from, a);
	size_t size = 0;
	for (size_t i = 0; i < r.entity->nfields; i++)
		size += r.values[i].kind == V_TEXT ? r.values[i].s.n + 1 : 0;
	char *p = arena_take(a, size);
	for (size_t i = 0; i < r.entity->nfields; i++) {
		struct str *s = &r.values[i].s;
		if (r.values[i].kind != V_TEXT)
			continue;
		if (s->n)
			memcpy(p, s->p, s->n);
		p[s->n] = '\0';
		s->p = p;
		p += s->n + 1;
	}
	return r;
}

/* Who reads a record within the lock mostly writes it next, and it is read again as the old one. */
static void remember(struct store *s, const struct record *r)
{
	struct last_read *last = &s->writer->last;
	arena_reset(&last->arena);
	last->record = whole_copy(r, &last->arena);
	last->writes = db_writes(s->db);
}

static bool is_remembered(const struct store *s, const struct entity *e, int64_t id)
{
	const struct last_read *last = s->writer ? &s->writer->last : NULL;
	return last && id && last->record.id == id && last->record.entity == e &&
	       last->writes == db_writes(s->db);
}

bool record_read(struct store *s, const struct entity *e, int64_t id, struct record *out,
		 struct arena *a)
{
	if (before_read(s, e, id, out, a))
		return true;
	if (!is_remembered(s, e, id))
		return get(s, e, id, ROW_STORED, out, a);
	*out = whole_copy(&s->writer->last.record, a);
	return true;
}

/*
 * A transaction's statement serves both where there is no shadow; what follows from a
 * write sees all.
 */
bool store_get(struct store *s, const struct entity *e, int64_t id, struct record *out,
	       struct arena *a)
{
	settle_before(s, e, id);
	bool stored = s->writer && (!s->access.shadowed || s->writer->depth);
	if (!get(s, e, id, stored ? ROW_STORED : ROW_READABLE, out, a))
		return false;
	if (stored)
		remember(s, out);
	return true;
}

/*
 * Asked of one type many times in a row: the statement of the last one is kept.  What a writer
 * has found is there until it is removed, if what may be read does not depend on what it says.
 */
bool store_exists(struct store *s, const struct entity *e, int64_t id)
{
	struct stmt **kept = s->writer ? &store_writer_of(s, e)->exists : &s->exists;
	struct idset *there =
	    s->writer && !s->access.shadowed ? &store_writer_of(s, e)->there : NULL;
	if (there && idset_has(there, id))
		return true;
	if (there && before_has(s, e, id)) {
		idset_add(there, id);
		return true;
	}
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
	if (found && there)
		idset_add(there, id);
	return found;
}

bool store_filled(struct store *s, const struct entity *e, const struct field *f)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select 1 from ");
	sql_table(&q, e);
	sql_add(&q, " where ");
	sql_column(&q, f);
	sql_add(&q, " is not null limit 1");
	bool filled = db_int(s->db, &q, 0) != 0;
	sql_free(&q);
	arena_free(&a);
	return filled;
}

void found_forget(struct store *s)
{
	for (size_t i = 0; i < s->schema.nentities; i++)
		idset_free(&s->writer->entity[i].there);
	mains_forget(s);
	openings_forget(s);
}

bool record_exists(struct store *s, const struct entity *e, int64_t id)
{
	struct arena a = { 0 };
	struct record r;
	if (!s->access.shadowed)
		return store_exists(s, e, id);
	bool found = record_read(s, e, id, &r, &a);
	arena_free(&a);
	return found;
}

static const struct field *ref_to(const struct entity *from, size_t i, const struct entity *to)
{
	const struct field *f = &from->fields[i];
	return f->type == &type_ref && !strcmp(f->ref, to->name) ? f : NULL;
}

/* One that refers to itself goes anyway. */
static void select_referring(struct sql *q, const struct entity *from, const struct field *f,
			     const struct entity *e, int64_t id)
{
	sql_add(q, "select id from ");
	sql_stored(q, from);
	sql_add(q, " where ");
	sql_column(q, f);
	sql_add(q, " = ");
	sql_int(q, id);
	if (from == e) {
		sql_add(q, " and id <> ");
		sql_int(q, id);
	}
	sql_add(q, " order by id limit 1");
}

/* Whether another of its references that let go names somebody. */
static bool names_others(const struct record *r, const struct field *but)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		if (f != but && f->flags & F_LETS_GO && r->values[i].kind == V_INT)
			return true;
	}
	return false;
}

/* What a reference that holds nobody leaves behind: the record without it, or nothing. */
static bool let_go(struct store *s, const struct entity *from, const struct field *f, int64_t id,
		   struct arena *a, struct diag *d)
{
	struct record have, r = record_new(from, a);
	if (f->flags & F_LETS_GO && record_read(s, from, id, &have, a) && !names_others(&have, f))
		return store_remove(s, from, id, a, d);
	r.id = id;
	r.values[field_index(from, f)] = value_null();
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

/* Parts go with the whole, and who lets go does; anything else that refers to it holds it. */
static bool remove_referring(struct store *s, const struct entity *from, const struct field *f,
			     const struct entity *e, int64_t id, struct arena *a, struct diag *d)
{
	struct sql q = { .arena = a };
	bool lets_go = f->flags & (F_LETS_GO | F_RETIRED), ok = true;
	select_referring(&q, from, f, e, id);
	for (int64_t other; ok && (other = store_one(s, &q).i);)
		if (lets_go)
			ok = let_go(s, from, f, other, a, d);
		else if (f->flags & F_PART)
			ok = store_remove(s, from, other, a, d);
		else
			ok = diag_set(d, NULL,
				      "%s-%lld still refers to it (%s); remove that first, or let"
				      " it name another",
				      from->name, (long long)other, f->name);
	sql_free(&q);
	return ok;
}

static bool remove_all(struct store *s, const struct record *old, struct arena *a, struct diag *d)
{
	const struct entity *e = old->entity;
	if (e->append_only)
		return diag_set(d, NULL,
				"%s are kept as they were reported; undo takes back"
				" what was brought in wrongly",
				e->plural);
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *from = s->schema.entities[i];
		for (size_t j = 0; j < from->nfields; j++) {
			const struct field *f = ref_to(from, j, e);
			if (f && !remove_referring(s, from, f, e, old->id, a, d))
				return false;
		}
	}
	row_delete(s, e, old->id, a);
	history_delete(s, old);
	return derive(s, old, NULL, PUT_TRUSTED, a, d);
}

bool store_remove(struct store *s, const struct entity *e, int64_t id, struct arena *a,
		  struct diag *d)
{
	struct record old;
	bool first = !s->writer->depth;
	settle_before(s, e, id);
	if (!record_read(s, e, id, &old, a) || (first && !access_reads(s, e, id)))
		return diag_set(d, NULL, "there is no %s-%lld", e->name, (long long)id);
	if (!access_write(s, NULL, &old, 0, d) || (first && !lines_may_remove(s, &old, d)))
		return false;
	s->writer->depth++; /* what goes with it, and what follows */
	bool ok = remove_all(s, &old, a, d);
	s->writer->depth--;
	return ok;
}

int64_t store_count(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from ");
	sql_table(&q, e);
	int64_t n = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return n;
}
