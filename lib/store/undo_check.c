/* What the restored database would break: references, and values that only one may have. */
#include <stdlib.h>

#include "store/merged.h"
#include "store/undo_impl.h"

void undo_note_removed(struct undo *u, const struct entity *e, int64_t id)
{
	if (!u->removed)
		u->removed = xcalloc(u->s->schema.nentities, sizeof *u->removed);
	struct ids *ids = &u->removed[entity_index(u->s, e)];
	ids->id = xgrow(ids->id, ids->n, &ids->room, sizeof *ids->id);
	ids->id[ids->n++] = id;
}

static void add_link(struct link **list, size_t *n, size_t *room, struct link l)
{
	*list = xgrow(*list, *n, room, sizeof **list);
	(*list)[(*n)++] = l;
}

/* A restored reference: of those to one record the first, for whether that is there. */
static void note_link(struct undo *u, const struct link *l)
{
	struct arena a = { 0 };
	int64_t *seen =
	    map_at(&u->linked, arena_printf(&a, "%s-%lld", l->field->ref, (long long)l->target));
	if (!(*seen)++)
		add_link(&u->links, &u->nlinks, &u->links_room, *l);
	arena_free(&a);
}

static void note_unique(struct undo *u, const struct record *now)
{
	u->unique = xgrow(u->unique, u->nunique, &u->unique_room, sizeof *u->unique);
	u->unique[u->nunique++] = (struct target_record){ now->entity, now->id };
}

void undo_note_restored(struct undo *u, const struct part *p, const struct record *have,
			const struct record *now)
{
	bool unique = p->entity->unique != NULL;
	for (size_t i = 0; i < p->entity->nfields; i++) {
		const struct field *f = &p->entity->fields[i];
		const struct value *v = &now->values[i];
		if (have && value_eq(v, &have->values[i]))
			continue;
		unique |= f->flags & F_UNIQUE && v->kind != V_NULL;
		struct link l = { p->entity, f, p->id, v->i };
		if (f->type == &type_ref && v->kind == V_INT)
			note_link(u, &l);
		if (f->type != &type_ref || v->kind != V_NULL || !p->linked)
			continue;
		l.target = have ? have->values[i].i : 0;
		add_link(&u->waiting, &u->nwaiting, &u->waiting_room, l);
	}
	if (unique)
		note_unique(u, now);
}

/* Records that name one that has been taken away. */
static void check_referring(struct undo *u, const struct entity *from, const struct field *f,
			    int64_t list)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select t0.id, ");
	sql_at(&q, 0, f);
	sql_add(&q, " from ");
	sql_stored(&q, from);
	sql_add(&q, " t0 where ");
	sql_at(&q, 0, f);
	sql_add(&q, " in (select id from chosen where list = ");
	sql_int(&q, list);
	sql_add(&q, ") order by t0.id");
	struct stmt *rows = db_query(u->s->db, &q);
	while (stmt_step(rows))
		undo_obstacle(u, from, stmt_value(rows, 0).i, f->name,
			      "it refers to %s-%lld, which this would remove", f->ref,
			      (long long)stmt_value(rows, 1).i);
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
}

/* A column out of use holds nobody: see remove_referring in store_read.c. */
static void let_go(struct undo *u, const struct entity *from, const struct field *f, int64_t target)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select id from ");
	sql_stored(&q, from);
	sql_add(&q, " where ");
	sql_column(&q, f);
	sql_add(&q, " = ");
	sql_int(&q, target);
	sql_add(&q, " order by id limit 1");
	u->s->writer->depth++; /* it follows from an allowed write */
	for (int64_t id; (id = db_int(u->s->db, &q, 0));) {
		struct record r = record_new(from, &a);
		r.id = id;
		r.values[field_index(from, f)] = value_null();
		if (store_put(u->s, &r, PUT_TRUSTED, &a, &u->d) == WROTE_NOTHING)
			break;
	}
	u->s->writer->depth--;
	sql_free(&q);
	arena_free(&a);
}

static void check_removed(struct undo *u, const struct entity *to)
{
	const struct ids *ids = &u->removed[entity_index(u->s, to)];
	if (!ids->n)
		return;
	int64_t list = store_choose(u->s, ids->id, ids->n);
	for (size_t i = 0; i < u->s->schema.nentities; i++) {
		const struct entity *from = u->s->schema.entities[i];
		for (size_t j = 0; j < from->nfields; j++) {
			const struct field *f = &from->fields[j];
			if (f->type != &type_ref || strcmp(f->ref, to->name))
				continue;
			if (!(f->flags & F_RETIRED))
				check_referring(u, from, f, list);
			for (size_t k = 0; f->flags & F_RETIRED && k < ids->n; k++)
				let_go(u, from, f, ids->id[k]);
		}
	}
}

static void check_values(struct undo *u, const struct target_record *t)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct codec c = store_codec(u->s, &a);
	struct record r;
	if (record_read(u->s, t->entity, t->id, &r, &a) && !check_unique(u->s, &r, NULL, &c, &d))
		undo_obstacle(u, t->entity, t->id, d.field, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	arena_free(&a);
}

static bool is_there(struct undo *u, const struct link *l)
{
	return record_exists(u->s, schema_entity(&u->s->schema, str_of(l->field->ref)), l->target);
}

/* A link that a restore made when its target came: it waits for it again. */
static void wait_again(struct undo *u, const struct link *l)
{
	struct arena a = { 0 };
	struct record r = { l->entity, l->id, NULL };
	if (l->target && !is_there(u, l))
		pending_again(u->s, &r, l->field, l->target, &a);
	arena_free(&a);
}

/* What a restored record names is there no more. */
static void gone(struct undo *u, const struct link *l)
{
	const struct entity *to = schema_entity(&u->s->schema, str_of(l->field->ref));
	struct merged m;
	if (store_merged(u->s, to, l->target, &m))
		undo_obstacle(u, l->entity, l->id, l->field->name,
			      "change set %lld merged %s-%lld into %s-%lld", (long long)m.set,
			      to->name, (long long)l->target, m.into_type->name, (long long)m.into);
	else
		undo_obstacle(u, l->entity, l->id, l->field->name, "%s-%lld has gone since",
			      to->name, (long long)l->target);
}

void undo_check_all(struct undo *u)
{
	for (size_t i = 0; u->removed && i < u->s->schema.nentities; i++)
		check_removed(u, u->s->schema.entities[i]);
	for (size_t i = 0; i < u->nlinks; i++)
		if (!is_there(u, &u->links[i]))
			gone(u, &u->links[i]);
	for (size_t i = 0; i < u->nunique; i++)
		check_values(u, &u->unique[i]);
	for (size_t i = 0; i < u->nwaiting; i++)
		wait_again(u, &u->waiting[i]);
}

void undo_check_free(struct undo *u)
{
	for (size_t i = 0; u->removed && i < u->s->schema.nentities; i++)
		free(u->removed[i].id);
	free(u->removed);
	free(u->links);
	free(u->waiting);
	free(u->unique);
	map_free(&u->linked);
}
