/*
 * Links of restored records to records that have not come yet.  The field stays
 * empty and the link waits in pending_link, as "account-7", or as the key that a
 * user or team is matched by.  When a change set is committed, those whose target
 * is there by then are made: so the order in which an export's types come back does
 * not matter, and records may refer to each other.
 */
#include <stdlib.h>

#include "core/map.h"
#include "store/internal.h"

enum { AT_ONCE = 10000 }; /* links made before the table is read again */

/* What the link will be found by; empty: the record is there, or the type has no key. */
static struct str target_of(struct store *s, const struct field *f, const struct value *v,
			    const struct codec *c)
{
	const struct entity *to = schema_entity(&s->schema, str_of(f->ref));
	const struct field *key = entity_key(to);
	if (v->kind == V_INT)
		return store_exists(s, to, v->i) ? (struct str){ 0 } : ref_print(to, v->i, c->arena);
	struct value folded = key ? field_key(key, v, c) : value_null();
	return folded.kind == V_TEXT ? folded.s : (struct str){ 0 };
}

static void add_pending(struct store *s, const struct record *r, const struct field *f,
			struct str target)
{
	struct sql q = { .arena = &s->writer->arena };
	sql_add(&q, "insert into pending_link (entity, record, field, target_entity, target)"
		    " values ($1, $2, $3, $4, $5)"
		    " on conflict (entity, record, field) do update set target = $5");
	if (!s->writer->pending)
		s->writer->pending = db_prepare(s->db, &q);
	sql_free(&q);
	const struct value v[] = { value_text(str_of(r->entity->name)), value_int(r->id),
				   value_text(str_of(f->name)), value_text(str_of(f->ref)),
				   value_text(target) };
	for (size_t i = 0; i < countof(v); i++)
		stmt_bind(s->writer->pending, i + 1, &v[i]);
	while (stmt_step(s->writer->pending))
		;
	stmt_reset(s->writer->pending);
}

void pending_defer(struct store *s, struct record *r, const struct record *old,
		   const struct codec *c)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct value *v = &r->values[i];
		bool fixed = old && old->values[i].kind != V_NULL;
		if (f->type != &type_ref || fixed || (v->kind != V_INT && v->kind != V_TEXT) ||
		    (v->kind == V_INT && s->writer->known[i % PENDING_KNOWN].entity == r->entity &&
		     s->writer->known[i % PENDING_KNOWN].field == f &&
		     s->writer->known[i % PENDING_KNOWN].id == v->i))
			continue;
		struct str target = target_of(s, f, v, c);
		if (target.n) {
			add_pending(s, r, f, target);
			*v = old ? (struct value){ .kind = V_NONE } : value_null();
		} else if (v->kind == V_INT) {
			s->writer->known[i % PENDING_KNOWN].entity = r->entity;
			s->writer->known[i % PENDING_KNOWN].field = f;
			s->writer->known[i % PENDING_KNOWN].id = v->i;
		}
	}
}
