/* One indexed look-up a key: who has this number, this address, this code? */
#include "domain/match.h"

#include <stdlib.h>

#include "core/buf.h"

const char *const match_names[] = { "phone", "e-mail address", "tax code", "nothing" };

static const struct type *const rung_types[] = { &type_phone, &type_email, &type_code };

enum { RUNG_NAME = MATCH_NOTHING, RUNGS };

struct matcher {
	struct store *store;
	const struct entity *entity;
	struct rung {
		struct stmt *stmt; /* NULL: the type has no such field */
		size_t params;	   /* each takes the same key */
	} rungs[RUNGS];
	struct arena scratch; /* keys of one question */
};

static bool on_rung(const struct entity *e, const struct field *f, size_t rung)
{
	if (!(f->flags & F_MATCH) || f->flags & F_RETIRED)
		return false;
	return rung == RUNG_NAME ? !strcmp(f->name, e->title) : f->type == rung_types[rung];
}

/* select id … where phone_key = $1 union select id … where mobile_key = $2 … */
static void prepare(struct matcher *m, size_t rung)
{
	struct sql q = { .arena = &m->scratch };
	struct rung *r = &m->rungs[rung];
	for (size_t i = 0; i < m->entity->nfields; i++) {
		const struct field *f = &m->entity->fields[i];
		if (!on_rung(m->entity, f, rung))
			continue;
		if (r->params++)
			sql_add(&q, " union ");
		sql_add(&q, "select id from ");
		sql_stored(&q, m->entity);
		sql_add(&q, " where ");
		sql_key_column(&q, f);
		sql_add(&q, " = ");
		sql_param(&q, value_null());
	}
	_Static_assert(MATCH_MAX == 16, "the limit: one more than fits, and the probe itself");
	sql_add(&q, " order by 1 limit 18");
	if (r->params)
		r->stmt = db_prepare(m->store->db, &q);
	sql_free(&q);
}

struct matcher *matcher_open(struct store *s, const struct entity *e)
{
	struct matcher *m = xcalloc(1, sizeof *m);
	m->store = s;
	m->entity = e;
	for (size_t i = 0; i < RUNGS; i++)
		prepare(m, i);
	return m;
}

void matcher_close(struct matcher *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < RUNGS; i++)
		stmt_close(m->rungs[i].stmt);
	arena_free(&m->scratch);
	free(m);
}

/* Keeps the ids in order, each once. */
static void add(struct match *out, int64_t id)
{
	size_t at = 0;
	while (at < out->n && out->ids[at] < id)
		at++;
	if (at < out->n && out->ids[at] == id)
		return;
	out->more = out->more || out->n == MATCH_MAX;
	if (at == MATCH_MAX)
		return;
	size_t kept = out->n == MATCH_MAX ? out->n - 1 : out->n;
	memmove(out->ids + at + 1, out->ids + at, (kept - at) * sizeof *out->ids);
	out->ids[at] = id;
	out->n = kept + 1;
}

static void look_up(const struct rung *r, const struct value *key, int64_t self, struct match *out)
{
	if (!r->stmt || key->kind != V_TEXT)
		return;
	for (size_t i = 1; i <= r->params; i++)
		stmt_bind(r->stmt, i, key);
	while (stmt_step(r->stmt)) {
		int64_t id = stmt_value(r->stmt, 0).i;
		if (id != self)
			add(out, id);
	}
	stmt_reset(r->stmt);
}

void matcher_find(struct matcher *m, const struct record *probe, struct match *out)
{
	const struct entity *e = probe->entity;
	struct codec c = store_codec(m->store, &m->scratch);
	int64_t self = e == m->entity ? probe->id : 0;
	*out = (struct match){ .by = MATCH_NOTHING };
	for (size_t rung = 0; rung < MATCH_NOTHING && !out->n; rung++) {
		for (size_t i = 0; i < e->nfields; i++) {
			if (!on_rung(e, &e->fields[i], rung))
				continue;
			struct value key = field_key(&e->fields[i], &probe->values[i], &c);
			look_up(&m->rungs[rung], &key, self, out);
		}
		if (out->n)
			out->by = (enum match_by)rung;
	}
	arena_reset(&m->scratch);
}

void matcher_named(struct matcher *m, struct str name, struct match *out)
{
	const struct field *title = entity_field(m->entity, str_of(m->entity->title));
	struct codec c = store_codec(m->store, &m->scratch);
	struct value text = value_text(name), key = field_key(title, &text, &c);
	*out = (struct match){ .by = MATCH_NOTHING };
	look_up(&m->rungs[RUNG_NAME], &key, 0, out);
	arena_reset(&m->scratch);
}

struct str match_refs(const struct match *m, const struct entity *e, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < m->n; i++)
		buf_printf(&b, " %s-%lld", e->name, (long long)m->ids[i]);
	buf_puts(&b, m->more ? " …" : "");
	struct str s = buf_copy(&b, a);
	buf_free(&b);
	return s;
}
