/* Further numbers and addresses that came with a record, as its identities. */
#include "domain/further.h"

#include "core/map.h"
#include "domain/match.h"
#include "schema/check.h"
#include "schema/places.h"
#include "store/sql.h"

struct owner {
	struct store *store;
	const struct record *record;
	const struct entity *identity;
	struct map known; /* what it goes by: with the note, and with none ("") */
	struct codec codec;
};

/* One number or address, however it is written, and what is said of it. */
static struct str name_of(const struct owner *o, const struct field *f, const struct value *v,
			  struct str note)
{
	struct value key = field_key(f, v, &o->codec);
	struct str text = key.kind == V_TEXT ? key.s : v->s;
	return arena_printf(o->codec.arena, "%s\t%d%.*s\t%.*s", f->type->name, key.kind == V_TEXT,
			    (int)text.n, text.p, (int)note.n, note.p);
}

static void know(struct owner *o, const struct field *f, const struct value *v, struct str note)
{
	if (v->kind != V_TEXT)
		return;
	*map_at(&o->known, name_of(o, f, v, note)) = 1;
	*map_at(&o->known, name_of(o, f, v, (struct str){ 0 })) = 1;
}

/* A field says as much as an identity without a note. */
static void know_fields(struct owner *o, const struct record *r, struct str note)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		if (f->type == &type_email || f->type == &type_phone || f->type == &type_handle)
			know(o, f, &r->values[i], note);
	}
}

/* There may be very many, as of numbers below: what it takes to read one is given back. */
static void know_identities(struct owner *o, struct arena *a)
{
	struct arena scratch = { 0 };
	o->codec.arena = &scratch;
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, o->identity);
	sql_add(&q, " where ");
	sql_refers(&q, o->identity, o->record->entity->name, o->record->id);
	struct stmt *rows = db_query(o->store->db, &q);
	while (stmt_step(rows)) {
		struct record r;
		if (store_get(o->store, o->identity, stmt_value(rows, 0).i, &r, &scratch))
			know_fields(o, &r, text_of(&r, "note"));
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	o->codec.arena = a;
	stmt_close(rows);
	sql_free(&q);
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
	if (v.kind != V_TEXT || map_find(&o->known, name_of(o, f, &v, note)))
		return true;
	*record_get(&r, f->name) = v;
	*record_get(&r, o->record->entity->name) = value_int(o->record->id);
	if (note.n)
		set_text(&r, "note", note);
	if (store_put(o->store, &r, PUT_SEED, a, d) == WROTE_NOTHING)
		return false;
	know(o, f, &v, note);
	++*made;
	return true;
}

bool further_put(struct store *s, const struct record *whose, struct str further, long *made,
		 struct arena *a, struct diag *d)
{
	struct owner o = { .store = s, .record = whose, .codec = store_codec(s, a) };
	struct str rest = further, line, field, note;
	struct arena scratch = { 0 };
	bool good = true;
	if (!further.n)
		return true;
	o.identity = store_entity(s, "identity");
	if (!entity_field(o.identity, str_of(whose->entity->name)))
		return true;
	know_fields(&o, whose, (struct str){ 0 });
	know_identities(&o, a);
	o.codec.arena = &scratch;
	while (good && rest.n && str_cut(&rest, '\n', &line)) {
		good = !str_cut(&line, '\t', &field) || !str_cut(&line, '\t', &note) ||
		       put_one(&o, field, note, line, made, d);
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	map_free(&o.known);
	return good;
}

bool further_put_cells(struct store *s, const struct record *whose, const struct record *old,
		       struct arena *a, struct diag *d)
{
	struct owner o = { .store = s, .record = whose, .codec = store_codec(s, a) };
	const struct entity *e = whose->entity;
	long made = 0;
	bool good = true;
	o.identity = store_entity(s, "identity");
	if (!entity_field(o.identity, str_of(e->name)))
		return true;
	for (size_t i = 0; i < e->nfields; i++) {
		const struct value *v = &whose->values[i];
		struct str keys[MATCH_KEYS];
		bool changed = v->kind == V_TEXT && !(old && value_eq(v, &old->values[i]));
		size_t n = changed && match_sign(&e->fields[i]) == MATCH_PHONE
			       ? match_keys(MATCH_PHONE, v->s, &o.codec, keys)
			       : 0;
		if (n > 1 && !o.known.n) {
			know_fields(&o, whose, (struct str){ 0 });
			know_identities(&o, a);
		}
		for (size_t k = 1; k < n && good; k++)
			good = put_one(&o, STR("phone"), (struct str){ 0 }, keys[k], &made, d);
	}
	map_free(&o.known);
	return good;
}

bool further_may_hold(const struct record *r)
{
	enum { ONE_NUMBER = 15 };
	struct places phones = entity_places(r->entity, PHONE_PLACES);
	for (size_t i = 0; i < phones.n; i++) {
		const struct value *v = &r->values[phones.at[i]];
		size_t digits = 0;
		for (size_t k = 0; v->kind == V_TEXT && k < v->s.n; k++)
			digits += v->s.p[k] >= '0' && v->s.p[k] <= '9';
		if (digits > ONE_NUMBER)
			return true;
	}
	return false;
}
