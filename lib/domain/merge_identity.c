/* Numbers, addresses and external ids of the others: the survivor is found by them, too. */
#include "domain/identify.h"
#include "domain/merge_impl.h"
#include "schema/check.h"

/* Fields of people, and the field of an identity that says the same. */
static const char *const fields[][2] = {
	{ "email", "email" }, { "phone", "phone" },	  { "mobile", "phone" },
	{ "zalo", "zalo" },   { "facebook", "facebook" }, { "external_id", "external_id" },
};

static const char *identity_field(const char *name)
{
	for (size_t i = 0; i < countof(fields); i++)
		if (!strcmp(name, fields[i][0]))
			return fields[i][1];
	return NULL;
}

static const struct entity *identity_of(const struct merger *g)
{
	return store_entity(g->store, "identity");
}

static bool has_identities(const struct merger *g, const struct merge *m)
{
	return entity_field(identity_of(g), str_of(m->entity->name)) != NULL;
}

bool merge_is_identity(const struct merger *g, const struct merge *m, const struct field *f)
{
	return has_identities(g, m) && identity_field(f->name) != NULL;
}

/* "hubspot:12" is the number 12 of hubspot, as an import looks for it. */
static void set_external(struct record *r, struct str text)
{
	struct str number = text, system = STR(IDENTITY_NO_SYSTEM);
	ptrdiff_t colon = str_find(text, ':');
	if (colon > 0 && (size_t)colon + 1 < text.n) {
		system = str_sub(text, 0, (size_t)colon);
		number = str_sub(text, (size_t)colon + 1, text.n);
	}
	set_text(r, "source", system);
	set_text(r, "external_id", number);
}

/* The identity that says what the field of a person does. */
static struct record identity_from(const struct merger *g, const struct field *f,
				   const struct value *v, struct arena *a)
{
	struct record r = record_new(identity_of(g), a);
	const char *to = identity_field(f->name);
	if (!strcmp(to, "external_id"))
		set_external(&r, v->s);
	else
		*record_get(&r, to) = *v;
	return r;
}

static struct str key_of(const struct merger *g, const struct record *identity, const char *name,
			 struct arena *a)
{
	struct codec c = store_codec(g->store, a);
	const struct field *f = entity_field(identity->entity, str_of(name));
	const struct value *v = record_at(identity, name);
	struct value key = value_set(v) ? field_key(f, v, &c) : *v;
	struct str text = key.kind == V_TEXT ? key.s : text_of(identity, name);
	return arena_printf(a, "%s:%.*s", name, (int)text.n, text.p);
}

/* Each thing by which somebody is known that way. */
bool merge_known_already(const struct merger *g, struct merge_known *k,
			 const struct record *identity, struct arena *a)
{
	static const char *const ways[] = { "email", "phone", "zalo", "facebook", "external_id" };
	bool known = true;
	for (size_t i = 0; i < countof(ways); i++) {
		if (!is_set(identity, ways[i]))
			continue;
		struct str key = key_of(g, identity, ways[i], a);
		if (!strcmp(ways[i], "external_id")) {
			struct str source = key_of(g, identity, "source", a);
			key = arena_printf(a, "%.*s %.*s", (int)source.n, source.p, (int)key.n,
					   key.p);
		}
		int64_t *seen = map_at(&k->keys, key);
		known = known && *seen;
		*seen = 1;
	}
	return known;
}

static void know_identities(const struct merger *g, const struct merge *m, struct merge_known *k,
			    struct arena *a)
{
	const struct entity *e = identity_of(g);
	struct sql q = { .arena = a };
	size_t n;
	sql_add(&q, "select id from ");
	sql_stored(&q, e);
	sql_add(&q, " where ");
	sql_refers(&q, e, m->entity->name, merge_survivor(m));
	int64_t *ids = store_ids(g->store, &q, &n, a);
	sql_free(&q);
	for (size_t i = 0; i < n; i++) {
		struct record r;
		if (store_get(g->store, e, ids[i], &r, a))
			merge_known_already(g, k, &r, a);
	}
}

void merge_known_read(const struct merger *g, const struct merge *m, struct merge_known *k,
		      struct arena *a)
{
	*k = (struct merge_known){ 0 };
	for (size_t i = 0; i < m->entity->nfields; i++) {
		const struct field *f = &m->entity->fields[i];
		if (!merge_is_identity(g, m, f) || !value_set(&m->now.values[i]))
			continue;
		struct record r = identity_from(g, f, &m->now.values[i], a);
		merge_known_already(g, k, &r, a);
	}
	if (has_identities(g, m))
		know_identities(g, m, k, a);
}

/* An external id that is somebody else's already stays theirs. */
static bool add(const struct merger *g, const struct merge *m, struct merge_conflict *c,
		struct record *r, struct arena *a, struct diag *d)
{
	if (store_unique_twin(g->store, r, a)) {
		c->identity = false;
		return true;
	}
	*record_get(r, m->entity->name) = value_int(merge_survivor(m));
	return store_put(g->store, r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

bool merge_identities(const struct merger *g, struct merge *m, struct merge_known *k,
		      struct arena *a, struct diag *d)
{
	for (size_t i = 0; i < m->nconflicts; i++) {
		struct merge_conflict *c = &m->conflicts[i];
		const struct record *of = &m->members[c->member].record;
		if (!c->identity)
			continue;
		struct record r =
		    identity_from(g, c->field, &of->values[field_index(m->entity, c->field)], a);
		d->source = ref_print(m->entity, of->id, &d->arena);
		if (!merge_known_already(g, k, &r, a) && !add(g, m, c, &r, a, d))
			return false;
	}
	return true;
}
