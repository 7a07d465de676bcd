/* Reading every record to see whether its hidden columns say what its fields say. */
#include "store/audit.h"

#include "schema/line.h"
#include "store/internal.h"

static bool is_time(const struct field *f)
{
	return f->type == &type_date || f->type == &type_instant;
}

static bool is_needed(const struct field *f, enum audit about)
{
	if (about == AUDIT_LINES)
		return true;
	return about == AUDIT_KEYS ? f->flags & (F_MATCH | F_SEARCH) : is_time(f);
}

/* All fields (null: not needed), then the key of each that has one, then the search text. */
static struct stmt *audit_statement(struct store *s, const struct entity *e, enum audit about)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select ");
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (i == FIELD_ID || is_needed(f, about))
			sql_column(&q, f);
		else
			sql_add(&q, "null");
		sql_add(&q, ", ");
	}
	for (size_t i = 0; i < e->nfields; i++) {
		if (!(e->fields[i].flags & F_MATCH))
			continue;
		sql_key_column(&q, &e->fields[i]);
		sql_add(&q, ", ");
	}
	sql_add(&q, "search from ");
	sql_stored(&q, e);
	sql_add(&q, " order by id");
	struct stmt *rows = db_query(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return rows;
}

static bool keys_hold(struct stmt *row, const struct record *r, const struct codec *c)
{
	const struct entity *e = r->entity;
	struct value *keys = arena_new(c->arena, struct value, e->nfields);
	size_t at = e->nfields;
	record_keys(r, c, keys);
	for (size_t i = 0; i < e->nfields; i++) {
		if (!(e->fields[i].flags & F_MATCH))
			continue;
		struct value have = stmt_value(row, at++);
		if (!value_eq(&have, &keys[i]))
			return false;
	}
	struct value have = stmt_value(row, at);
	return str_eq(have.kind == V_TEXT ? have.s : (struct str){ 0 }, search_text(r, keys, c));
}

static bool values_hold(const struct record *r, const struct codec *c, struct diag *d)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		const struct value *v = &r->values[i];
		struct value read;
		int64_t at;
		if (!is_time(f) || v->kind != V_TEXT)
			continue;
		if (f->type == &type_instant ? instant_scan(v->s, &at) : day_scan(v->s, &at))
			continue;
		diag_clear(d);
		if (!(f->flags & F_PARTIAL) ||
		    !field_parse(f, &read, (struct cell){ CELL_TEXT, v->s }, c, d) ||
		    !value_eq(&read, v))
			return false;
	}
	return true;
}

/* A line made anew of what it was made of is the same. */
static bool line_holds(const struct record *r, const struct codec *c, struct diag *d)
{
	struct record again = record_new(r->entity, c->arena);
	memcpy(again.values, r->values, r->entity->nfields * sizeof *r->values);
	diag_clear(d);
	if (!check_line(&again, NULL, c, d))
		return false;
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (!value_eq(&again.values[i], &r->values[i]))
			return false;
	return true;
}

static bool holds(enum audit about, struct stmt *row, const struct record *r, const struct codec *c,
		  struct diag *d)
{
	if (about == AUDIT_KEYS)
		return keys_hold(row, r, c);
	return about == AUDIT_VALUES ? values_hold(r, c, d) : line_holds(r, c, d);
}

void store_audit(struct store *s, const struct entity *e, enum audit about,
		 void (*wrong)(void *ctx, int64_t id), void *ctx)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct codec c = store_codec(s, &a);
	c.trusted = true; /* a line that stands for others says itself what it comes to */
	struct stmt *row = audit_statement(s, e, about);
	while (stmt_step(row)) {
		struct record r = record_new(e, &a);
		for (size_t i = 0; i < e->nfields; i++)
			r.values[i] = stmt_value(row, i);
		r.id = r.values[FIELD_ID].i;
		if (!holds(about, row, &r, &c, &d))
			wrong(ctx, r.id);
		arena_reset(&a);
	}
	stmt_close(row);
	diag_free(&d);
	arena_free(&a);
}

void store_rekey(struct store *s, const struct entity *e, int64_t id)
{
	struct arena a = { 0 };
	struct codec c = store_codec(s, &a);
	struct sql q = { .arena = &a };
	struct record r;
	if (!record_read(s, e, id, &r, &a))
		return;
	struct value *keys = arena_new(&a, struct value, e->nfields);
	record_keys(&r, &c, keys);
	struct str text = search_text(&r, keys, &c);
	search_remove(s, e, id);
	sql_add(&q, "update ");
	sql_stored(&q, e);
	sql_add(&q, " set ");
	for (size_t i = 0; i < e->nfields; i++) {
		if (!(e->fields[i].flags & F_MATCH))
			continue;
		sql_key_column(&q, &e->fields[i]);
		sql_add(&q, " = ");
		sql_param(&q, keys[i]);
		sql_add(&q, ", ");
	}
	sql_add(&q, "search = ");
	sql_text(&q, text);
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	db_run(s->db, &q);
	search_put(s, e, id, text);
	sql_free(&q);
	arena_free(&a);
}
