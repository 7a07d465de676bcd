/* A record as a row of its table: only the columns that matter are named and bound. */
#include "store/internal.h"
#include "store/unseen.h"

/* Binds the fields of the mask, each with its key behind it, then the search text. */
static struct stmt *insert_statement(struct store *s, const struct entity *e,
				     const struct field_mask *m, bool temporary, size_t rows)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a }, values = { .arena = &a };
	if (rows > 1)
		sql_insert_rows(&q);
	else
		sql_add(&q, "insert into ");
	if (temporary)
		sql_add_literal(&q, arena_printf(&a, "temp.\"%s\"", e->name).p);
	else
		sql_stored(&q, e);
	sql_add(&q, " (");
	for (size_t i = 0; i < e->nfields; i++) {
		if (!mask_has(m, i))
			continue;
		sql_column(&q, &e->fields[i]);
		sql_param(&values, value_null());
		if (e->fields[i].flags & F_MATCH) {
			sql_add(&q, ", ");
			sql_key_column(&q, &e->fields[i]);
			sql_add(&values, ", ");
			sql_param(&values, value_null());
		}
		sql_add(&q, ", ");
		sql_add(&values, ", ");
	}
	sql_add(&q, "search) values (");
	sql_param(&values, value_null());
	while (rows--) {
		sql_append(&q, &values);
		sql_add_literal(&q, rows ? "), (" : ")");
	}
	struct stmt *stmt = db_prepare(s->db, &q);
	sql_free(&q);
	sql_free(&values);
	arena_free(&a);
	return stmt;
}

/* The columns that were filled so far: most of a type's are empty in any one input. */
static const struct field_mask *insert_mask(struct writer_entity *w, const struct record *r)
{
	struct field_mask m = w->insert_mask;
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (value_set(&r->values[i]))
			mask_add(&m, i);
	if (memcmp(&m, &w->insert_mask, sizeof m)) {
		w->insert_mask = m;
		stmt_close(w->insert);
		stmt_close(w->insert_many);
		w->insert = w->insert_many = NULL;
	}
	return &w->insert_mask;
}

/* What is bound to it, in order, with the keys (*keys); the last is its search text. */
static const struct value *insert_values(const struct field_mask *m, const struct record *r,
					 const struct codec *c, struct value **keys, size_t *n)
{
	const struct entity *e = r->entity;
	size_t size = e->nfields * sizeof(struct value);
	struct value *values = arena_take(c->arena, 2 * size + sizeof *values);
	*keys = arena_take(c->arena, size);
	record_keys(r, c, *keys);
	struct value *v = values;
	for (size_t i = mask_next(m, 0); i < e->nfields; i = mask_next(m, i + 1)) {
		*v++ = r->values[i];
		if (e->fields[i].flags & F_MATCH)
			*v++ = (*keys)[i];
	}
	*v++ = value_text(search_text(r, *keys, c));
	*n = (size_t)(v - values);
	return values;
}

void row_insert(struct store *s, const struct record *r, const struct codec *c)
{
	const struct entity *e = r->entity;
	search_ahead_finish(s); /* it may read the table */
	struct writer_entity *w = store_writer_of(s, e);
	const struct field_mask *m = insert_mask(w, r);
	if (!w->insert)
		w->insert = insert_statement(s, e, m, false, 1);
	if (!w->insert_many && db_posts(s->db)) /* tables are opened and closed once for all */
		w->insert_many = insert_statement(s, e, m, false, POST_MANY);
	size_t n;
	struct value *keys;
	const struct value *values = insert_values(m, r, c, &keys, &n);
	stmt_post(s->db, w->insert, w->insert_many, values, n);
	unseen_seen(w, e, keys);
	search_put(s, e, r->id, values[n - 1].s);
}

struct stmt *row_past(struct store *s, const struct entity *e)
{
	const struct field_mask m = mask_full();
	return insert_statement(s, e, &m, true, 1);
}

void row_insert_past(struct store *s, struct stmt *insert, const struct record *r,
		     const struct codec *c)
{
	const struct field_mask m = mask_full();
	size_t n;
	struct value *keys;
	const struct value *values = insert_values(&m, r, c, &keys, &n);
	stmt_post(s->db, insert, NULL, values, n);
}

/* Whether the search text changes with these fields. */
static bool is_searched(const struct entity *e, const struct field_mask *m)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (mask_has(m, i) && e->fields[i].flags & F_SEARCH)
			return true;
	return false;
}

static struct stmt *update_statement(struct store *s, const struct entity *e,
				     const struct field_mask *m)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "update ");
	sql_stored(&q, e);
	sql_add(&q, " set rev = ");
	sql_param(&q, value_null());
	if (is_searched(e, m)) {
		sql_add(&q, ", search = ");
		sql_param(&q, value_null());
	}
	for (size_t i = 0; i < e->nfields; i++) {
		if (!mask_has(m, i))
			continue;
		sql_add(&q, ", ");
		sql_column(&q, &e->fields[i]);
		sql_add(&q, " = ");
		sql_param(&q, value_null());
		if (e->fields[i].flags & F_MATCH) {
			sql_add(&q, ", ");
			sql_key_column(&q, &e->fields[i]);
			sql_add(&q, " = ");
			sql_param(&q, value_null());
		}
	}
	sql_add(&q, " where id = ");
	sql_param(&q, value_null());
	struct stmt *stmt = db_prepare(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

/* Rows of one input change the same few sets of columns in turn: the last ones are kept. */
static struct stmt *kept_update(struct store *s, const struct entity *e, const struct field_mask *m)
{
	struct row_update *kept = store_writer_of(s, e)->updates, u;
	size_t i = 0;
	while (i < UPDATES_KEPT - 1 && kept[i].stmt && memcmp(&kept[i].mask, m, sizeof *m))
		i++;
	u = kept[i];
	if (!u.stmt || memcmp(&u.mask, m, sizeof *m)) {
		stmt_close(u.stmt);
		u = (struct row_update){ update_statement(s, e, m), *m };
	}
	memmove(kept + 1, kept, i * sizeof *kept);
	return (*kept = u).stmt;
}

static struct field_mask changed_fields(const struct record *r, const struct record *old)
{
	const struct entity *e = r->entity;
	size_t rev = field_index(e, entity_field(e, STR("rev")));
	struct field_mask m = { 0 };
	for (size_t i = 0; i < e->nfields; i++)
		if (i != rev && !value_eq(&r->values[i], &old->values[i]))
			mask_add(&m, i);
	return m;
}

void row_update(struct store *s, const struct record *r, const struct record *old,
		const struct codec *c)
{
	const struct entity *e = r->entity;
	struct field_mask m = changed_fields(r, old);
	struct stmt *update = kept_update(s, e, &m);
	bool searched = is_searched(e, &m);
	size_t n = 0;
	struct value *keys = arena_new(c->arena, struct value, e->nfields), text;
	struct value *values = arena_take(c->arena, (2 * e->nfields + 3) * sizeof *values);
	values[n++] = *record_at(r, "rev");
	if (searched) {
		record_keys(r, c, keys);
		text = value_text(search_text(r, keys, c));
		values[n++] = text;
	}
	for (size_t i = 0; i < e->nfields; i++) {
		if (!mask_has(&m, i))
			continue;
		values[n++] = r->values[i];
		if (e->fields[i].flags & F_MATCH) {
			if (!searched)
				keys[i] = field_key(&e->fields[i], &r->values[i], c);
			values[n++] = keys[i];
		}
	}
	values[n++] = value_int(r->id);
	if (searched)
		search_remove(s, e, r->id);
	stmt_post(s->db, update, NULL, values, n);
	idset_add(&store_writer_of(s, e)->written, r->id);
	unseen_seen(store_writer_of(s, e), e, keys);
	if (searched)
		search_put(s, e, r->id, text.s);
}

void row_forget(struct writer_entity *w)
{
	stmt_close(w->insert);
	stmt_close(w->insert_many);
	for (size_t i = 0; i < UPDATES_KEPT; i++)
		stmt_close(w->updates[i].stmt);
	row_reader_close(&w->read);
	row_reader_close(&w->get);
	unseen_end(w);
}

void row_delete(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct sql q = { .arena = a };
	search_remove(s, e, id);
	sql_add(&q, "delete from ");
	sql_stored(&q, e);
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	store_one(s, &q);
	idset_add(&store_writer_of(s, e)->written, id);
	found_forget(s);
	sql_free(&q);
}
