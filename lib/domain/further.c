/* Further numbers and addresses that came with a record, as its identities. */
#include "domain/further.h"

#include "domain/match.h"
#include "schema/check.h"
#include "store/sql.h"

struct owner {
	struct store *store;
	const struct record *record;
	const struct entity *identity;
	struct record *known; /* its identities */
	size_t n;
	struct codec codec;
};

static void read_known(struct owner *o, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, o->identity);
	sql_add(&q, " where ");
	sql_column(&q, entity_field(o->identity, str_of(o->record->entity->name)));
	sql_add(&q, " = ");
	sql_int(&q, o->record->id);
	sql_add(&q, " order by id");
	struct stmt *rows = db_query(o->store->db, &q);
	size_t room = 0;
	for (int64_t id; stmt_step(rows);) {
		id = stmt_value(rows, 0).i;
		if (o->n == room) {
			struct record *more = arena_new(a, struct record, room = 2 * room + 8);
			if (o->n)
				memcpy(more, o->known, o->n * sizeof *more);
			o->known = more;
		}
		o->n += store_get(o->store, o->identity, id, &o->known[o->n], a);
	}
	stmt_close(rows);
	sql_free(&q);
}

/* Whether both are one number or address, however they are written. */
static bool same(const struct owner *o, const struct field *f, const struct value *x,
		 const struct value *y)
{
	struct value a = field_key(f, x, &o->codec), b = field_key(f, y, &o->codec);
	return value_eq(x, y) || (a.kind == V_TEXT && value_eq(&a, &b));
}

static bool is_known(const struct owner *o, const struct field *f, const struct value *v,
		     struct str note)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct value *there = record_at(&o->known[i], f->name);
		if (there->kind == V_TEXT && same(o, f, there, v) &&
		    (!note.n || str_eq(text_of(&o->known[i], "note"), note)))
			return true;
	}
	return false;
}

/* Without a note it says no more than the field does. */
static bool is_field(const struct owner *o, const struct field *f, const struct value *v,
		     struct str note)
{
	const struct record *r = o->record;
	for (size_t i = 0; i < r->entity->nfields && !note.n; i++)
		if (r->entity->fields[i].type == f->type && r->values[i].kind == V_TEXT &&
		    same(o, f, &r->values[i], v))
			return true;
	return false;
}

static bool put_one(struct owner *o, struct str field, struct str note, struct str text, long *made,
		    struct diag *d)
{
	struct arena *a = o->codec.arena;
	struct record r = record_new(o->identity, a);
	const struct field *f = entity_field(o->identity, field);
	struct value v;
	if (!f || !field_parse(f, &v, (struct cell){ CELL_TEXT, text }, &o->codec, d))
		return false;
	if (v.kind != V_TEXT || is_known(o, f, &v, note) || is_field(o, f, &v, note))
		return true;
	*record_get(&r, f->name) = v;
	*record_get(&r, o->record->entity->name) = value_int(o->record->id);
	if (note.n)
		set_text(&r, "note", note);
	if (store_put(o->store, &r, PUT_SEED, a, d) == WROTE_NOTHING)
		return false;
	++*made;
	return true;
}

bool further_put(struct store *s, const struct record *whose, struct str further, long *made,
		 struct arena *a, struct diag *d)
{
	struct owner o = { .store = s, .record = whose, .codec = store_codec(s, a) };
	struct str rest = further, line, field, note;
	if (!further.n)
		return true;
	o.identity = schema_entity(&s->schema, STR("identity"));
	if (!entity_field(o.identity, str_of(whose->entity->name)))
		return true;
	read_known(&o, a);
	while (rest.n && str_cut(&rest, '\n', &line))
		if (str_cut(&line, '\t', &field) && str_cut(&line, '\t', &note) &&
		    !put_one(&o, field, note, line, made, d))
			return false;
	return true;
}

bool further_put_cells(struct store *s, const struct record *whose, const struct record *old,
		       struct arena *a, struct diag *d)
{
	struct owner o = { .store = s, .record = whose, .codec = store_codec(s, a) };
	const struct entity *e = whose->entity;
	long made = 0;
	o.identity = schema_entity(&s->schema, STR("identity"));
	if (!entity_field(o.identity, str_of(e->name)))
		return true;
	for (size_t i = 0; i < e->nfields; i++) {
		const struct value *v = &whose->values[i];
		struct str keys[MATCH_KEYS];
		bool changed = v->kind == V_TEXT && !(old && value_eq(v, &old->values[i]));
		size_t n = changed && match_sign(&e->fields[i]) == MATCH_PHONE
			       ? match_keys(MATCH_PHONE, v->s, &o.codec, keys)
			       : 0;
		o.n = 0; /* two cells may hold the same number */
		if (n > 1)
			read_known(&o, a);
		for (size_t k = 1; k < n; k++)
			if (!put_one(&o, STR("phone"), (struct str){ 0 }, keys[k], &made, d))
				return false;
	}
	return true;
}
