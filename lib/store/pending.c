/*
 * Links of restored records to records that have not come yet.  The field stays
 * empty and the link waits in pending_link, as "account-7" or as the key that a
 * user or team is matched by.  Those whose target has come are made before the
 * commit: so the order in which an export's types come back does not matter, and
 * records may refer to each other.
 */
#include <stdlib.h>

#include "store/internal.h"

/* What the link will be found by; empty: the record is there, or its type has no key. */
static struct str target_of(struct store *s, const struct field *f, const struct value *v,
			    const struct codec *c)
{
	const struct entity *to = schema_entity(&s->schema, str_of(f->ref));
	const struct field *key = entity_key(to);
	if (v->kind == V_INT)
		return record_exists(s, to, v->i) ? (struct str){ 0 }
						  : ref_print(to, v->i, c->arena);
	struct value folded = key ? field_key(key, v, c) : value_null();
	return folded.kind == V_TEXT ? folded.s : (struct str){ 0 };
}

bool pending_check(const struct store *s, const struct record *r, struct diag *d)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		if (r->values[i].kind == V_TEXT && f->type == &type_ref &&
		    !entity_key(schema_entity(&s->schema, str_of(f->ref))))
			return diag_set(d, f->name, "there is no %s %s", f->ref,
					quoted(r->values[i].s, &d->arena));
	}
	return true;
}

static void add(struct store *s, const struct record *r, const struct field *f, struct str target)
{
	struct sql q = { .arena = &s->writer->arena };
	sql_add(&q, "insert into pending_link (entity, record, field, target_entity, target)"
		    " values (");
	sql_text(&q, str_of(r->entity->name));
	sql_add(&q, ", ");
	sql_int(&q, r->id);
	sql_add(&q, ", ");
	sql_text(&q, str_of(f->name));
	sql_add(&q, ", ");
	sql_text(&q, str_of(f->ref));
	sql_add(&q, ", ");
	sql_text(&q, target);
	sql_add(&q, ") on conflict (entity, record, field) do update set target = excluded.target");
	store_one(s, &q);
	sql_free(&q);
}

void pending_defer(struct store *s, struct record *r, const struct record *old,
		   const struct codec *c)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct value *v = &r->values[i];
		bool taken = old && old->values[i].kind != V_NULL;
		if (f->type != &type_ref || taken || (v->kind != V_INT && v->kind != V_TEXT))
			continue;
		struct str target = target_of(s, f, v, c);
		if (!target.n)
			continue;
		add(s, r, f, target);
		*v = old ? (struct value){ .kind = V_NONE } : value_null();
	}
}

void pending_again(struct store *s, const struct record *r, const struct field *f, int64_t target,
		   struct arena *a)
{
	const struct entity *to = schema_entity(&s->schema, str_of(f->ref));
	add(s, r, f, ref_print(to, target, a));
}

static bool any_waits(struct store *s, const struct record *r, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select record from pending_link where entity = ");
	sql_text(&q, str_of(r->entity->name));
	sql_add(&q, " and record = ");
	sql_int(&q, r->id);
	sql_add(&q, " limit 1");
	bool waits = store_one(s, &q).kind == V_INT;
	sql_free(&q);
	return waits;
}

static void forget(struct store *s, const struct record *r, const struct field *f, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "delete from pending_link where entity = ");
	sql_text(&q, str_of(r->entity->name));
	sql_add(&q, " and record = ");
	sql_int(&q, r->id);
	sql_add(&q, " and field = ");
	sql_text(&q, str_of(f->name));
	store_one(s, &q);
	sql_free(&q);
}

void pending_forget(struct store *s, const struct record *r, const struct record *old,
		    struct arena *a)
{
	bool asked = false;
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		if (f->type != &type_ref || r->values[i].kind != V_NULL ||
		    old->values[i].kind != V_NULL)
			continue;
		if (!asked && !any_waits(s, r, a))
			return;
		asked = true;
		forget(s, r, f, a);
	}
}

/* The record that is meant, 0 while there is none. */
static int64_t find(struct store *s, const struct entity *to, struct str target, struct arena *a)
{
	const struct entity *named;
	const struct field *key = entity_key(to);
	int64_t id;
	if (ref_parse(&s->schema, target, &named, &id) && named == to)
		return record_exists(s, to, id) ? id : 0;
	if (!key)
		return 0;
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_stored(&q, to);
	sql_add(&q, " where ");
	sql_key_column(&q, key);
	sql_add(&q, " = ");
	sql_text(&q, target);
	struct value v = store_one(s, &q);
	sql_free(&q);
	return v.kind == V_INT ? v.i : 0;
}

/*
 * The field is filled if it is still empty; when the record was last changed, and by
 * whom, stays as it came.
 */
static void make(struct store *s, const struct entity *e, const struct field *f, int64_t record,
		 int64_t target, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "update ");
	sql_stored(&q, e);
	sql_add(&q, " set ");
	sql_column(&q, f);
	sql_add(&q, " = ");
	sql_int(&q, target);
	sql_add(&q, ", rev = rev + 1 where id = ");
	sql_int(&q, record);
	sql_add(&q, " and ");
	sql_column(&q, f);
	sql_add(&q, " is null returning id");
	idset_add(&store_writer_of(s, e)->written, record);
	if (store_one(s, &q).kind == V_INT) {
		struct record old = record_new(e, a), now = record_new(e, a);
		old.id = now.id = record;
		old.values[field_index(e, f)] = value_null();
		now.values[field_index(e, f)] = value_int(target);
		history_update(s, &old, &now);
	}
	sql_free(&q);
}

struct link {
	const struct entity *entity;
	const struct field *field;
	int64_t record, target; /* target 0: the record has gone, or the field */
	struct str name;	/* of the field, as it was written down */
};

static void settle(struct store *s, const struct link *l, struct arena *a)
{
	struct sql q = { .arena = a };
	if (l->target)
		make(s, l->entity, l->field, l->record, l->target, a);
	sql_add(&q, "delete from pending_link where entity = ");
	sql_text(&q, str_of(l->entity->name));
	sql_add(&q, " and record = ");
	sql_int(&q, l->record);
	sql_add(&q, " and field = ");
	sql_text(&q, l->name);
	store_one(s, &q);
	sql_free(&q);
}

/* Whether the link can be settled, one way or the other. */
static bool ready(struct store *s, struct stmt *row, struct link *l, struct arena *kept,
		  struct arena *scratch)
{
	struct str field = stmt_value(row, 2).s;
	const struct entity *to = schema_entity(&s->schema, stmt_value(row, 3).s);
	*l = (struct link){ .entity = schema_entity(&s->schema, stmt_value(row, 0).s),
			    .record = stmt_value(row, 1).i };
	if (!l->entity || !to)
		return false;
	l->field = entity_field(l->entity, field);
	l->target = find(s, to, stmt_value(row, 4).s, scratch);
	bool gone = !l->field || !record_exists(s, l->entity, l->record);
	if (gone)
		l->target = 0;
	if (!gone && !l->target)
		return false;
	l->name = arena_str(kept, field);
	return true;
}

/* Reads the table once and settles up to `n` links; how many it did, how many wait. */
static size_t settle_some(struct store *s, struct link *links, size_t n, long *waiting)
{
	struct arena kept = { 0 }, scratch = { 0 };
	struct sql q = { .arena = &kept };
	size_t found = 0;
	sql_add(&q, "select entity, record, field, target_entity, target from pending_link"
		    " order by entity, record, field");
	struct stmt *rows = db_query(s->db, &q);
	*waiting = 0;
	while (found < n && stmt_step(rows)) {
		if (ready(s, rows, &links[found], &kept, &scratch))
			found++;
		else
			++*waiting;
		arena_reset(&scratch);
	}
	stmt_close(rows);
	sql_free(&q);
	for (size_t i = 0; i < found; i++) {
		settle(s, &links[i], &scratch);
		arena_reset(&scratch);
	}
	arena_free(&kept);
	arena_free(&scratch);
	return found;
}

long store_pending(struct store *s)
{
	enum { AT_ONCE = 4096 };
	struct link *links = xcalloc(AT_ONCE, sizeof *links);
	long waiting;
	while (settle_some(s, links, AT_ONCE, &waiting) == AT_ONCE)
		;
	free(links);
	return waiting;
}
