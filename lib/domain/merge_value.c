/* Values of the survivor that follow from those of all: lists, texts, consent, superiors. */
#include "domain/blend.h"
#include "domain/merge_impl.h"
#include "schema/check.h"

static void set(struct merge *m, size_t i, struct value v, struct merge_origin origin)
{
	m->now.values[i] = v;
	m->origins[i] = origin;
}

static void join_lists(const struct merger *g, struct merge *m, size_t i, struct arena *a)
{
	struct codec c = store_codec(g->store, a);
	for (size_t k = 1; k < m->n; k++) {
		const struct value *v = &m->members[k].record.values[i];
		struct value *have = &m->now.values[i];
		if (!value_set(v) || value_eq(have, v))
			continue;
		if (value_set(have))
			set(m, i, blend_lists(have, v, &m->entity->fields[i], &c),
			    (struct merge_origin){ ORIGIN_JOINED, 0 });
		else
			set(m, i, *v, (struct merge_origin){ ORIGIN_MEMBER, k });
	}
}

/* A text that is in the other already is not said twice. */
static void join_texts(struct merge *m, size_t i, struct arena *a)
{
	for (size_t k = 1; k < m->n; k++) {
		const struct value *v = &m->members[k].record.values[i];
		struct value *have = &m->now.values[i];
		if (!value_set(v) ||
		    (value_set(have) && memmem(have->s.p, have->s.n, v->s.p, v->s.n)))
			continue;
		if (!value_set(have)) {
			set(m, i, *v, (struct merge_origin){ ORIGIN_MEMBER, k });
			continue;
		}
		struct str both =
		    arena_printf(a, "%.*s\n\n%.*s", (int)have->s.n, have->s.p, (int)v->s.n, v->s.p);
		set(m, i, value_text(both), (struct merge_origin){ ORIGIN_JOINED, 0 });
	}
}

/* A refusal comes with when it was said, where and to whom. */
static void stricter(struct merge *m, size_t i)
{
	const struct field *f = &m->entity->fields[i];
	const struct field *flag = blend_consent(f, m->entity);
	size_t from = 0;
	for (size_t k = 1; k < m->n; k++)
		if (blend_stricter(&m->members[k].record, &m->members[from].record, flag))
			from = k;
	set(m, i, m->members[from].record.values[i], (struct merge_origin){ ORIGIN_MEMBER, from });
}

/* How far a lead is: the one that goes on counts more than the one that was given up. */
static int rank(const struct merger *g, const struct record *lead)
{
	const struct picklist *l = schema_picklist(&g->store->schema, "lead.status");
	struct str status = text_of(lead, "status");
	for (size_t i = 0; i < l->n && !str_is(status, "disqualified"); i++)
		if (str_is(status, l->picks[i].key))
			return (int)i;
	return -1;
}

static void furthest(const struct merger *g, struct merge *m, size_t i)
{
	size_t from = 0;
	size_t reason = field_index(m->entity, entity_field(m->entity, STR("disqualify_reason")));
	for (size_t k = 1; k < m->n; k++)
		if (rank(g, &m->members[k].record) > rank(g, &m->members[from].record))
			from = k;
	set(m, i, m->members[from].record.values[i], (struct merge_origin){ ORIGIN_MEMBER, from });
	set(m, reason, m->members[from].record.values[reason], m->origins[i]);
}

/* Whether whoever is above `id` is one of the cluster. */
static bool leads_back(const struct merger *g, const struct merge *m, size_t i, int64_t id,
		       struct arena *a)
{
	bool back = false;
	store_follow_begin(g->store);
	for (long steps = 0; id && !back && steps < 10000; steps++) {
		struct record r;
		back = merge_has(m, m->entity, id);
		if (back || !store_get(g->store, m->entity, id, &r, a))
			break;
		id = r.values[i].kind == V_INT ? r.values[i].i : 0;
	}
	store_follow_end(g->store);
	return back;
}

/* Superior, parent, and whatever else names a record of the type: nobody of the cluster. */
static void outward(const struct merger *g, struct merge *m, size_t i, struct arena *a)
{
	const struct field *f = &m->entity->fields[i];
	for (size_t k = 0; k < m->n; k++) {
		const struct value *v = &m->members[k].record.values[i];
		bool bad = v->kind == V_INT && (f->flags & F_CUSTOM ? merge_has(m, m->entity, v->i)
								    : leads_back(g, m, i, v->i, a));
		if (v->kind != V_INT || bad)
			continue;
		set(m, i, *v, (struct merge_origin){ ORIGIN_MEMBER, k });
		return;
	}
	set(m, i, value_null(), (struct merge_origin){ ORIGIN_MEMBER, 0 });
}

bool merge_value(const struct merger *g, struct merge *m, size_t i, struct arena *a)
{
	const struct field *f = &m->entity->fields[i];
	if (blend_consent(f, m->entity))
		stricter(m, i);
	else if (f->type == &type_tags)
		join_lists(g, m, i, a);
	else if (f->flags & F_LONG)
		join_texts(m, i, a);
	else if (!strcmp(f->name, "status"))
		furthest(g, m, i);
	else if (f->type == &type_ref && !strcmp(f->ref, m->entity->name))
		outward(g, m, i, a);
	else
		return false;
	return true;
}
