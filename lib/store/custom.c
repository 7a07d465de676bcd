/* Custom fields are made and changed. */
#include "store/custom.h"

#include "store/custom_impl.h"
#include "store/internal.h"

enum { BATCH = 1000 };

/* Ids above `after` of records where the field is (or is not) empty; how many. */
static size_t some_ids(struct store *s, const struct entity *e, const struct field *f, bool empty,
		       int64_t after, int64_t *ids)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	size_t n = 0;
	sql_add(&q, "select id from ");
	sql_stored(&q, e);
	sql_add(&q, " where id > ");
	sql_int(&q, after);
	sql_add(&q, " and ");
	sql_column(&q, f);
	sql_add_literal(&q, empty ? " is null" : " is not null");
	sql_add(&q, " order by id limit ");
	sql_int(&q, BATCH);
	struct stmt *rows = db_query(s->db, &q);
	while (n < BATCH && stmt_step(rows))
		ids[n++] = stmt_value(rows, 0).i;
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
	return n;
}

void custom_refresh(struct store *s, const struct entity *e, const struct field *f)
{
	struct arena a = { 0 };
	int64_t ids[BATCH], last = 0;
	for (size_t n; (n = some_ids(s, e, f, false, last, ids)) > 0; last = ids[n - 1])
		for (size_t i = 0; i < n; i++) {
			keys_refresh(s, e, ids[i], &a);
			arena_reset(&a);
		}
	arena_free(&a);
}

/* An amount waits for the record, which may be in another currency. */
static bool fill_one(struct store *s, const struct entity *e, const struct field *f, int64_t id,
		     struct arena *a, struct diag *d)
{
	struct codec c = store_codec(s, a);
	struct record r = record_new(e, a);
	c.currency = "";
	r.id = id;
	if (field_parse(f, &r.values[field_index(e, f)], (struct cell){ CELL_TEXT, str_of(f->def) },
			&c, d) &&
	    store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING)
		return true;
	return diag_set(d, "required", "%s-%lld cannot be filled: %s", e->name, (long long)id,
			arena_str(&d->arena, d->message).p);
}

/* The default into the records that lack it, each a change of its own in the history. */
static bool fill(struct store *s, const struct entity *e, const struct field *f, struct diag *d)
{
	struct arena a = { 0 };
	int64_t ids[BATCH], last = 0;
	bool ok = true;
	for (size_t n; ok && (n = some_ids(s, e, f, true, last, ids)) > 0; last = ids[n - 1])
		for (size_t i = 0; ok && i < n; i++) {
			ok = fill_one(s, e, f, ids[i], &a, d);
			arena_reset(&a);
		}
	arena_free(&a);
	return ok;
}

static int64_t count_lacking(struct store *s, const struct entity *e, const struct field *f)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from ");
	sql_stored(&q, e);
	if (f) {
		sql_add(&q, " where ");
		sql_column(&q, f);
		sql_add(&q, " is null");
	}
	int64_t n = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return n;
}

static bool may_require(struct store *s, const struct entity *e, const struct custom_field *c,
			struct diag *d)
{
	if (!c->required || c->retired || c->def)
		return true;
	int64_t n = count_lacking(s, e, entity_field(e, str_of(c->name)));
	return !n || diag_set(d, "required",
			      "%lld %s without it; fill them first, or give it a default that does",
			      (long long)n, n == 1 ? e->name : e->plural);
}

static void put_text(struct sql *q, const char *text)
{
	sql_add(q, ", ");
	sql_param(q, text ? value_text(str_of(text)) : value_null());
}

static void write_row(struct store *s, const struct custom_field *c)
{
	struct sql q = { .arena = &s->arena };
	const char *texts[] = {
		c->name, c->type, c->def, c->picklist, c->ref, c->en, c->vi, c->help
	};
	bool flags[] = { c->required, c->indexed, c->retired };
	sql_add(&q, "insert into custom_field (pos, entity, name, type, def, picklist, ref, en, vi,"
		    " help, required, indexed, retired) values ((select coalesce(max(pos), 0) + 1"
		    " from custom_field), ");
	sql_text(&q, str_of(c->entity));
	for (size_t i = 0; i < countof(texts); i++)
		put_text(&q, texts[i]);
	for (size_t i = 0; i < countof(flags); i++) {
		sql_add(&q, ", ");
		sql_int(&q, flags[i]);
	}
	sql_add(&q, ") on conflict (entity, name) do update set def = excluded.def,"
		    " en = excluded.en, vi = excluded.vi, help = excluded.help,"
		    " required = excluded.required, indexed = excluded.indexed,"
		    " retired = excluded.retired");
	db_run(s->db, &q);
	sql_free(&q);
}

/* From here on every part of this process, and every later one, has the field. */
static bool announce(struct store *s, struct diag *d)
{
	s->writer->fields_moved = true;
	store_count_on(s, CUSTOM_SERIAL);
	store_forget_statements(s);
	return custom_load(s, d);
}

/* Column, key, index, view, and what the keys and the search find. */
static void settle(struct store *s, const struct entity *e, const struct field *f,
		   const struct field *was)
{
	unsigned moved = was ? f->flags ^ was->flags : 0;
	if (moved & (F_MATCH | F_INDEX))
		ddl_index_drop(s, e, was);
	ddl_field(s, e, f);
	if (moved & (F_SEARCH | F_MATCH))
		custom_refresh(s, e, f);
	store_indexes_make(s, e);
	ddl_view(s, e, false);
}

static const char *word(const char *text)
{
	return text && *text ? text : NULL;
}

/* Without empty texts, with the picklist that a field has of itself. */
static struct custom_field normal(const struct custom_field *f, struct arena *a)
{
	struct custom_field c = *f;
	const struct custom_type *t = custom_type(f->type);
	const char **texts[] = { &c.def, &c.picklist, &c.ref, &c.en, &c.vi, &c.help };
	for (size_t i = 0; i < countof(texts); i++)
		*texts[i] = word(*texts[i]);
	if (t && t->type == &type_pick && !c.picklist)
		c.picklist = arena_printf(a, "%s.%s", c.entity, c.name).p;
	if (t && !t->indexed && t->flags & (F_MATCH | F_INDEX))
		c.indexed = false; /* it has one anyway */
	return c;
}

static bool same(const struct custom_field *x, const struct custom_field *y)
{
	const char *const a[] = { x->def, x->en, x->vi, x->help };
	const char *const b[] = { y->def, y->en, y->vi, y->help };
	for (size_t i = 0; i < countof(a); i++)
		if (!str_eq(str_of(a[i]), str_of(b[i])))
			return false;
	return x->required == y->required && x->indexed == y->indexed && x->retired == y->retired;
}

static bool put(struct store *s, const struct entity *e, const struct custom_field *c,
		struct diag *d)
{
	struct field old, *was = NULL;
	const struct field *f = entity_field(e, str_of(c->name));
	if (f) {
		old = *f;
		was = &old;
	}
	if (!may_require(s, e, c, d))
		return false;
	write_row(s, c);
	if (!announce(s, d))
		return false;
	e = schema_entity(&s->schema, str_of(c->entity));
	f = entity_field(e, str_of(c->name));
	settle(s, e, f, was);
	return !(f->flags & F_REQUIRED) || !f->def || fill(s, e, f, d);
}

enum wrote custom_put(struct store *s, const struct custom_field *wanted, struct diag *d)
{
	const struct entity *e = schema_entity(&s->schema, str_of(wanted->entity));
	struct arena a = { 0 };
	const struct custom_field *was = NULL;
	size_t n = 0;
	if (!e) {
		diag_set(d, "entity", "there is no record type %s",
			 quoted(str_of(wanted->entity), &d->arena));
		return WROTE_NOTHING;
	}
	struct custom_field c = normal(wanted, &a), *all = custom_fields(s, e, &n, &a);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].name, c.name))
			was = &all[i];
	enum wrote wrote = was ? WROTE_UPDATED : WROTE_CREATED;
	if (!custom_check(s, e, &c, was, d))
		wrote = WROTE_NOTHING;
	else if (was && same(&c, was))
		wrote = WROTE_SAME;
	else if (!put(s, e, &c, d))
		wrote = WROTE_NOTHING;
	arena_free(&a);
	return wrote;
}
