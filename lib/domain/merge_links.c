/* Whatever refers to the others refers to the survivor, by the schema. */
#include "domain/merge_impl.h"
#include "schema/check.h"

struct links {
	const struct merger *g;
	struct store *s;
	struct merge *m;
	struct merge_known known;
	struct diag *d;
};

static struct merge_count *count_of(struct links *l, const struct entity *e)
{
	size_t i = 0;
	while (l->s->schema.entities[i] != e)
		i++;
	return &l->m->counts[i];
}

static bool points(const struct merge *m, const struct field *f, const struct value *v)
{
	return f->type == &type_ref && v->kind == V_INT && !strcmp(f->ref, m->entity->name) &&
	       v->i != merge_survivor(m) && merge_has(m, m->entity, v->i);
}

static bool drop(struct links *l, const struct record *r, struct arena *a)
{
	count_of(l, r->entity)->dropped++;
	return store_remove(l->s, r->entity, r->id, a, l->d);
}

/* Nobody is related to himself or herself. */
static bool is_circular(const struct record *r)
{
	static const char *const ends[][2] = { { "contact", "to_contact" },
					       { "account", "to_account" } };
	for (size_t i = 0; !strcmp(r->entity->name, "relation") && i < countof(ends); i++)
		if (is_set(r, ends[i][0]) &&
		    value_eq(record_at(r, ends[i][0]), record_at(r, ends[i][1])))
			return true;
	return false;
}

/* Whether the survivor, an account, has a main contact already. */
static bool has_primary(struct links *l, struct arena *a)
{
	struct sql q = { .arena = a };
	const struct entity *e = store_entity(l->s, "contact");
	sql_add(&q, "select id from ");
	sql_stored(&q, e);
	sql_add(&q, " where account = ");
	sql_int(&q, merge_survivor(l->m));
	sql_add(&q, " and is_primary = 1 limit 1");
	size_t n;
	store_ids(l->s, &q, &n, a);
	sql_free(&q);
	return n > 0;
}

static bool move(struct links *l, struct record *old, struct arena *a)
{
	struct record now = *old, r = record_new(old->entity, a);
	now.values = memcpy(arena_new(a, struct value, old->entity->nfields), old->values,
			    old->entity->nfields * sizeof *old->values);
	r.id = old->id;
	for (size_t i = 0; i < old->entity->nfields; i++)
		if (points(l->m, &old->entity->fields[i], &old->values[i]))
			r.values[i] = now.values[i] = value_int(merge_survivor(l->m));
	if (is_circular(&now))
		return drop(l, old, a);
	if (!strcmp(old->entity->name, "identity") && !is_set(old, "external_id") &&
	    merge_known_already(l->g, &l->known, old, a))
		return drop(l, old, a);
	int64_t twin = store_unique_twin(l->s, &now, a);
	if (twin) {
		count_of(l, old->entity)->joined++;
		return merge_join(l->s, &now, twin, a, l->d);
	}
	if (!strcmp(old->entity->name, "contact") && is_true(old, "is_primary") &&
	    changed(&now, old, "account") && has_primary(l, a))
		*record_get(&r, "is_primary") = value_int(false);
	count_of(l, old->entity)->moved++;
	return store_put(l->s, &r, PUT_TRUSTED, a, l->d) != WROTE_NOTHING;
}

/* The main contact comes last: until then no other one takes the place. */
static int64_t *referring(struct links *l, const struct entity *from, const struct field *f,
			  int64_t id, size_t *n, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_stored(&q, from);
	sql_add(&q, " where ");
	sql_column(&q, f);
	sql_add(&q, " = ");
	sql_int(&q, id);
	if (entity_field(from, STR("is_primary")))
		sql_add(&q, " order by is_primary, id");
	else
		sql_add(&q, " order by id");
	int64_t *ids = store_ids(l->s, &q, n, a);
	sql_free(&q);
	return ids;
}

/* A record that names the survivor, or another of the others, by a field is moved once. */
static bool move_all(struct links *l, const struct entity *from, const struct field *f, int64_t id)
{
	struct arena a = { 0 }, scratch = { 0 };
	size_t n;
	bool ok = true;
	int64_t *ids = referring(l, from, f, id, &n, &a);
	for (size_t i = 0; ok && i < n; i++) {
		struct record r;
		if (merge_has(l->m, from, ids[i]) || !store_get(l->s, from, ids[i], &r, &scratch))
			continue;
		l->d->source = ref_print(from, ids[i], &l->d->arena);
		ok = move(l, &r, &scratch);
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	arena_free(&a);
	return ok;
}

/*
 * The way a deal went is its own, and its lines are what its amount says: they come along
 * where the survivor has the amount from it.
 */
static bool stays_behind(const struct merge *m, size_t k, const struct entity *from)
{
	const struct field *amount = entity_field(m->entity, STR("amount"));
	if (!strcmp(from->name, "deal_line"))
		return m->origins[field_index(m->entity, amount)].member != k;
	return !strcmp(from->name, "stage_change");
}

bool merge_links(const struct merger *g, struct merge *m, struct arena *a, struct diag *d)
{
	struct links l = { .g = g, .s = g->store, .m = m, .d = d };
	const struct schema *s = &g->store->schema;
	bool ok = true;
	merge_known_read(g, m, &l.known, a);
	for (size_t k = 1; k < m->n; k++)
		for (size_t i = 0; i < s->nentities; i++)
			for (size_t j = 0; ok && j < s->entities[i]->nfields; j++) {
				const struct field *f = &s->entities[i]->fields[j];
				if (f->type == &type_ref && !strcmp(f->ref, m->entity->name) &&
				    !stays_behind(m, k, s->entities[i]))
					ok = move_all(&l, s->entities[i], f,
						      m->members[k].record.id);
			}
	ok = ok && merge_identities(g, m, &l.known, a, d);
	map_free(&l.known.keys);
	return ok;
}
