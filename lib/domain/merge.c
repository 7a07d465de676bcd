/* A cluster from its references to what is left of it. */
#include "domain/merge_impl.h"

#include "schema/check.h"
#include "store/merged.h"

bool merge_has(const struct merge *m, const struct entity *e, int64_t id)
{
	for (size_t i = 0; e == m->entity && i < m->n; i++)
		if (m->members[i].record.id == id)
			return true;
	return false;
}

static void set_defaults(struct merger *m, struct record *r, const struct entity *e,
			 struct arena *a)
{
	struct codec c = store_codec(m->store, a);
	struct diag d = { 0 };
	*r = record_new(e, a);
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].def)
			field_parse(&e->fields[i], &r->values[i],
				    (struct cell){ CELL_TEXT, str_of(e->fields[i].def) }, &c, &d);
	diag_free(&d);
}

void merger_open(struct merger *m, struct store *s, const struct merge_rules *rules,
		 struct arena *a)
{
	*m = (struct merger){ .store = s, .rules = *rules };
	converter_open(&m->convert, s, a);
	for (size_t i = 0; i < MERGE_TYPES; i++)
		set_defaults(m, &m->defaults[i], store_entity(s, merge_types[i]), a);
}

/* It leaves first: what only one may have, and whom among the others it names. */
static bool free_loser(const struct merger *g, const struct merge *m, size_t k, struct arena *a,
		       struct diag *d)
{
	const struct record *was = &m->members[k].record;
	struct record r = record_new(m->entity, a);
	r.id = was->id;
	if (entity_field(m->entity, STR("is_primary"))) {
		*record_get(&r, "is_primary") = value_int(false);
		if (is_true(was, "is_primary")) /* else it may be chosen again, and on its removal
						 * another, which would be no part of this merge */
			set_null(&r, "account");
	}
	for (size_t i = 0; i < m->entity->nfields; i++) {
		const struct field *f = &m->entity->fields[i];
		const struct value *v = &was->values[i];
		bool inward = f->type == &type_ref && v->kind == V_INT &&
			      !strcmp(f->ref, m->entity->name) && merge_has(m, m->entity, v->i);
		if (inward || (f->flags & F_UNIQUE && value_set(v)))
			r.values[i] = value_null();
	}
	d->source = ref_print(m->entity, was->id, &d->arena);
	return store_put(g->store, &r, PUT_TRUSTED | PUT_TOUCH, a, d) != WROTE_NOTHING;
}

/* The main contact of the account stays one, whichever of the records said so. */
static bool stay_primary(const struct merger *g, const struct merge *m, struct arena *a,
			 struct diag *d)
{
	struct record r = record_new(m->entity, a);
	if (strcmp(m->entity->name, "contact") || !is_true(&m->now, "is_primary") ||
	    is_true(&m->members[0].record, "is_primary"))
		return true;
	r.id = merge_survivor(m);
	*record_get(&r, "account") = *record_at(&m->now, "account");
	*record_get(&r, "is_primary") = value_int(true);
	return store_put(g->store, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

static bool put_survivor(const struct merger *g, struct merge *m, struct arena *a, struct diag *d)
{
	const struct record *was = &m->members[0].record;
	struct record r = record_new(m->entity, a);
	r.id = was->id;
	for (size_t i = 0; i < m->entity->nfields; i++)
		if (!value_eq(&m->now.values[i], &was->values[i]))
			r.values[i] =
			    m->now.values[i].kind == V_NONE ? value_null() : m->now.values[i];
	return store_put(g->store, &r, PUT_TRUSTED | PUT_TOUCH, a, d) != WROTE_NOTHING;
}

/* Which of two derived facts that no record accounts for is the one of both. */
static const struct seeded {
	const char *field;
	enum { FIRST, LAST, SUM } rule;
} seeded[] = {
	{ "last_contacted_at", LAST }, { "next_contact_at", FIRST }, { "first_response_at", FIRST },
	{ "contact_attempts", SUM },   { "customer_since", FIRST },
};

static void add_seeded(struct record *r, const struct seeded *s, const struct record *loser)
{
	struct value *have = record_get(r, s->field);
	const struct value *v = record_at(loser, s->field);
	if (!value_set(v))
		return;
	if (!value_set(have))
		*have = *v;
	else if (s->rule == SUM)
		have->i += v->i;
	else if ((s->rule == FIRST) == (str_cmp(v->s, have->s) < 0))
		*have = *v;
}

/*
 * What the others still have of derived facts, now that all is moved, an import had
 * brought: it is the survivor's.
 */
static bool add_derived(const struct merger *g, const struct merge *m, struct arena *a,
			struct diag *d)
{
	struct record have, loser, r = record_new(m->entity, a);
	if (!store_get(g->store, m->entity, merge_survivor(m), &have, a))
		return true;
	r.id = have.id;
	for (size_t j = 0; j < countof(seeded); j++)
		if (entity_field(m->entity, str_of(seeded[j].field)))
			*record_get(&r, seeded[j].field) = *record_at(&have, seeded[j].field);
	for (size_t k = 1; k < m->n; k++) {
		if (!store_get(g->store, m->entity, m->members[k].record.id, &loser, a))
			continue;
		for (size_t j = 0; j < countof(seeded); j++)
			if (entity_field(m->entity, str_of(seeded[j].field)))
				add_seeded(&r, &seeded[j], &loser);
	}
	if (entity_field(m->entity, STR("customer_since")) && is_set(&r, "customer_since")) {
		set_text(&r, "lifecycle", STR("after"));
		if (str_is(text_of(&have, "type"), "prospect"))
			set_text(&r, "type", STR("customer"));
	}
	return store_put(g->store, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

static bool remove_losers(const struct merger *g, const struct merge *m, struct arena *a,
			  struct diag *d)
{
	for (size_t k = 1; k < m->n; k++) {
		int64_t id = m->members[k].record.id;
		d->source = ref_print(m->entity, id, &d->arena);
		store_note_merge(g->store, m->entity, id, m->entity, merge_survivor(m));
		if (!store_remove(g->store, m->entity, id, a, d))
			return false;
	}
	return true;
}

/* What was allowed by the writes of the records themselves. */
static bool follow(const struct merger *g, struct merge *m, struct arena *a, struct diag *d)
{
	store_follow_begin(g->store);
	bool ok = merge_links(g, m, a, d) && add_derived(g, m, a, d) && remove_losers(g, m, a, d);
	store_follow_end(g->store);
	return ok;
}

/* The lead becomes the survivor: no deal, and no other account than the contact's. */
static void want(struct merger *g, const struct merge *m)
{
	struct convert_choice *want = g->convert.want;
	const struct value *account = NULL;
	int64_t id = merge_survivor(m);
	want[PART_DEAL] = (struct convert_choice){ .how = HOW_NONE };
	if (!strcmp(m->entity->name, "contact")) {
		account = record_at(&m->now, "account");
		want[PART_CONTACT] = (struct convert_choice){ HOW_REF, id };
		want[PART_ACCOUNT] = account->kind == V_INT
					 ? (struct convert_choice){ HOW_REF, account->i }
					 : (struct convert_choice){ .how = HOW_NONE };
		return;
	}
	bool person = str_is(text_of(&m->now, "kind"), "person");
	want[PART_ACCOUNT] = (struct convert_choice){ HOW_REF, id };
	want[PART_CONTACT] = (struct convert_choice){ .how = person ? HOW_NONE : HOW_MATCH };
}

static bool convert_leads(struct merger *g, struct merge *m, struct arena *a, struct diag *d)
{
	if (m->nleads)
		want(g, m);
	for (size_t i = 0; i < m->nleads; i++) {
		const struct merge_ref *lead = &m->lead_refs[i];
		d->source = ref_print(lead->entity, lead->id, &d->arena);
		if (!convert_lead(&g->convert, lead->id, &m->leads[i], a, d))
			return false;
		store_note_merge(g->store, lead->entity, lead->id, m->entity, merge_survivor(m));
		if (store_put(g->store, &m->leads[i].after, PUT_TRUSTED, a, d) == WROTE_NOTHING)
			return false;
	}
	return true;
}

/* Whoever merges a lead into one that is somebody's gives it to them. */
static bool may_give(const struct merger *g, const struct merge *m, const struct record *was,
		     struct arena *a, struct diag *d)
{
	const struct value *owner = record_at(&m->now, "owner");
	struct store *s = g->store;
	if (strcmp(m->entity->name, "lead") || !s->check_owner ||
	    value_eq(record_at(was, "owner"), owner))
		return true;
	struct record now = record_copy(was, a);
	*record_get(&now, "owner") = *owner;
	d->source = ref_print(m->entity, was->id, &d->arena);
	return s->check_owner(s, &now, was, d);
}

bool merge_write(struct merger *g, struct merge *m, struct arena *a, struct diag *d)
{
	bool ok = true;
	m->counts = arena_new(a, struct merge_count, g->store->schema.nentities);
	if (m->n > 1) {
		d->source = ref_print(m->entity, merge_survivor(m), &d->arena);
		ok = stay_primary(g, m, a, d);
		for (size_t k = 0; ok && k < m->n; k++)
			ok = may_give(g, m, &m->members[k].record, a, d);
		for (size_t k = 1; ok && k < m->n; k++)
			ok = free_loser(g, m, k, a, d);
		d->source = ref_print(m->entity, merge_survivor(m), &d->arena);
		ok = ok && put_survivor(g, m, a, d) && follow(g, m, a, d);
	}
	ok = ok && convert_leads(g, m, a, d);
	if (ok)
		d->source = (struct str){ 0 };
	return ok;
}

long merge_written(const struct merger *g, const struct merge *m)
{
	long n = (m->n > 1 || m->nleads ? (long)m->n : 0) + (long)m->nleads;
	for (size_t i = 0; i < g->store->schema.nentities; i++)
		n += m->counts[i].moved + 2 * m->counts[i].joined + m->counts[i].dropped;
	for (size_t i = 0; i < m->nleads; i++)
		n += m->leads[i].activities;
	return n;
}
