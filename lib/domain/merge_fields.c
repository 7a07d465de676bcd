/* Which member's value each field of the survivor has. */
#include "domain/blend.h"
#include "domain/merge_impl.h"
#include "schema/check.h"

/* Fields that make sense together: filled from a member that contradicts none of them. */
static const char *const groups[] = {
	"name first_name last_name",
	"street ward district city region postal_code country",
	"billing_street billing_ward billing_district billing_city billing_region"
	" billing_postal_code billing_country",
	"shipping_street shipping_ward shipping_district shipping_city shipping_region"
	" shipping_postal_code shipping_country",
	"status disqualify_reason",
	"pipeline stage probability closed_at lost_reason",
};

/* The fields of a group, by their numbers. */
struct group {
	size_t at[8], n;
};

/* That of field i; the field alone where it has none. */
static struct group group_of(const struct entity *e, size_t i)
{
	struct group g = { .n = 0 };
	struct str rest = { 0 }, name;
	for (size_t k = 0; k < countof(groups) && !rest.n; k++)
		if (words_have(groups[k], str_of(e->fields[i].name)))
			rest = str_of(groups[k]);
	while (str_cut(&rest, ' ', &name)) {
		const struct field *f = entity_field(e, name);
		if (f)
			g.at[g.n++] = field_index(e, f);
	}
	if (!g.n)
		g.at[g.n++] = i;
	return g;
}

/* Who left does not look after anybody. */
static bool has_left(const struct merger *g, const struct field *f, const struct value *v)
{
	struct arena a = { 0 };
	struct record user;
	bool left = !strcmp(f->name, "owner") && v->kind == V_INT &&
		    store_get(g->store, store_entity(g->store, "user"), v->i, &user, &a) &&
		    !is_true(&user, "active");
	arena_free(&a);
	return left;
}

bool merge_says(const struct merger *g, const struct merge *m, size_t k, size_t i)
{
	const struct field *f = &m->entity->fields[i];
	const struct value *v = &m->members[k].record.values[i];
	if (!value_set(v) || f->flags & (F_SYSTEM | F_DERIVED))
		return false;
	for (size_t j = 0; j < countof(g->defaults); j++)
		if (g->defaults[j].entity == m->entity && value_eq(v, &g->defaults[j].values[i]))
			return false;
	return !has_left(g, f, v);
}

static void take(struct merge *m, size_t k, size_t i)
{
	m->now.values[i] = m->members[k].record.values[i];
	m->origins[i] = (struct merge_origin){ ORIGIN_MEMBER, k };
}

static bool contradicts(const struct merger *g, const struct merge *m, size_t k,
			const struct group *group, struct arena *a)
{
	for (size_t j = 0; j < group->n; j++) {
		size_t i = group->at[j], from = m->origins[i].member;
		if (merge_says(g, m, k, i) && merge_says(g, m, from, i) &&
		    !blend_alike(g->store, &m->entity->fields[i], &m->now.values[i],
				 &m->members[k].record.values[i], a))
			return true;
	}
	return false;
}

static struct str currency_of(const struct merger *g, const struct record *r)
{
	struct str code = text_of(r, "currency");
	return code.n ? code : str_of(g->store->settings.currency);
}

static bool has_amounts(const struct record *r)
{
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (r->entity->fields[i].type == &type_money && value_set(&r->values[i]))
			return true;
	return false;
}

/* Amounts come from whose are in the survivor's currency; the first that has any decides it. */
static bool money_fits(const struct merger *g, const struct merge *m, size_t k, size_t i)
{
	const struct record *r = &m->members[k].record;
	if (m->entity->fields[i].type != &type_money)
		return true;
	return str_eq(currency_of(g, r), currency_of(g, &m->now));
}

static void fill(const struct merger *g, struct merge *m, const struct group *group,
		 struct arena *a)
{
	for (size_t k = 1; k < m->n; k++) {
		if (contradicts(g, m, k, group, a))
			continue;
		for (size_t j = 0; j < group->n; j++) {
			size_t i = group->at[j];
			if (!merge_says(g, m, m->origins[i].member, i) && merge_says(g, m, k, i) &&
			    money_fits(g, m, k, i))
				take(m, k, i);
		}
	}
}

static size_t length_of(const struct merger *g, const struct field *f, const struct value *v,
			struct arena *a)
{
	struct codec c = store_codec(g->store, a);
	return field_print(f, v, &c).text.n;
}

/* Whether k is more what `how` asks for than `best`. */
static bool is_better(const struct merger *g, const struct merge *m, enum merge_how how, size_t i,
		      size_t k, size_t best, struct arena *a)
{
	const struct record *x = &m->members[k].record, *y = &m->members[best].record;
	const struct field *f = &m->entity->fields[i];
	if (how == TAKE_LONGEST)
		return length_of(g, f, &x->values[i], a) > length_of(g, f, &y->values[i], a);
	const char *at = how == TAKE_NEWEST ? "updated_at" : "created_at";
	int by = str_cmp(text_of(x, at), text_of(y, at));
	return how == TAKE_NEWEST ? by > 0 : by < 0;
}

/* The member that the user wants it from; m->n: nobody has it, or it is nobody's here. */
static size_t chosen(const struct merger *g, const struct merge *m, const struct merge_take *t,
		     size_t i, struct arena *a)
{
	size_t best = m->n;
	for (size_t k = 0; k < m->n; k++) {
		const struct record *r = &m->members[k].record;
		if (t->how == TAKE_REF && r->entity == t->ref.entity && r->id == t->ref.id)
			return k;
		if (t->how != TAKE_REF && value_set(&r->values[i]) &&
		    (best == m->n || is_better(g, m, t->how, i, k, best, a)))
			best = k;
	}
	return best;
}

/* --take, for the field or one of its group. */
static bool take_wanted(const struct merger *g, struct merge *m, const struct group *group,
			bool *done, struct arena *a, struct diag *d)
{
	for (size_t t = 0; t < g->rules.ntakes; t++)
		for (size_t j = 0; j < group->n; j++) {
			const struct field *f = &m->entity->fields[group->at[j]];
			if (!str_is(g->rules.takes[t].field, f->name))
				continue;
			size_t k = chosen(g, m, &g->rules.takes[t], group->at[j], a);
			if (k == m->n)
				continue;
			if (!money_fits(g, m, k, group->at[j]))
				return diag_set(d, f->name,
						"the amounts of %s-%lld are in another"
						" currency",
						m->entity->name,
						(long long)m->members[k].record.id);
			for (size_t x = 0; x < group->n; x++)
				take(m, k, group->at[x]);
			*done = true;
		}
	return true;
}

/* Where the survivor has no amount, the currency is that of the first that has. */
static void choose_currency(struct merge *m, size_t i)
{
	for (size_t k = 1; k < m->n && !has_amounts(&m->members[0].record); k++)
		if (has_amounts(&m->members[k].record)) {
			take(m, k, i);
			return;
		}
}

/* What others say and is not what the survivor will say. */
static void note_conflicts(const struct merger *g, struct merge *m, size_t i, struct arena *a)
{
	const struct field *f = &m->entity->fields[i];
	for (size_t k = 0; k < m->n; k++) {
		const struct value *v = &m->members[k].record.values[i];
		bool inward = f->type == &type_ref && v->kind == V_INT &&
			      !strcmp(f->ref, m->entity->name) && merge_has(m, m->entity, v->i);
		if (m->origins[i].how == ORIGIN_MEMBER && merge_says(g, m, k, i) && !inward &&
		    !blend_alike(g->store, f, &m->now.values[i], v, a))
			m->conflicts[m->nconflicts++] =
			    (struct merge_conflict){ f, k, merge_is_identity(g, m, f) };
	}
}

/* When they got their owner, from whom they have the owner. */
static void follow_owner(struct merge *m)
{
	const struct field *owner = entity_field(m->entity, STR("owner"));
	const struct field *since = entity_field(m->entity, STR("assigned_at"));
	if (owner && since)
		take(m, m->origins[field_index(m->entity, owner)].member,
		     field_index(m->entity, since));
}

/* The main contact stays that, of the account to which they belong then. */
static void stay_primary(struct merge *m)
{
	const struct field *f = entity_field(m->entity, STR("is_primary"));
	const struct value *account = f ? record_at(&m->now, "account") : NULL;
	for (size_t k = 0; f && k < m->n; k++) {
		const struct record *r = &m->members[k].record;
		if (is_true(r, "is_primary") && account->kind == V_INT &&
		    value_eq(account, record_at(r, "account"))) {
			take(m, k, field_index(m->entity, f));
			return;
		}
	}
}

static bool settle(const struct merger *g, struct merge *m, size_t i, bool *settled,
		   struct arena *a, struct diag *d)
{
	const struct field *f = &m->entity->fields[i];
	struct group group = group_of(m->entity, i);
	bool wanted = false;
	if (settled[i] || f->flags & (F_SYSTEM | F_DERIVED) || !strcmp(f->name, "is_primary"))
		return true;
	for (size_t j = 0; j < group.n; j++)
		settled[group.at[j]] = true;
	if (!take_wanted(g, m, &group, &wanted, a, d))
		return false;
	if (!wanted && f->type == &type_currency)
		choose_currency(m, i);
	else if (!wanted && !merge_value(g, m, i, a))
		fill(g, m, &group, a);
	return true;
}

bool merge_fields(const struct merger *g, struct merge *m, struct arena *a, struct diag *d)
{
	size_t n = m->entity->nfields;
	const struct field *currency = entity_field(m->entity, STR("currency"));
	bool *settled = arena_new(a, bool, n);
	m->origins = arena_new(a, struct merge_origin, n);
	m->conflicts = arena_new(a, struct merge_conflict, n * m->n);
	m->now = record_new(m->entity, a);
	m->now.id = merge_survivor(m);
	for (size_t i = 0; i < n; i++)
		take(m, 0, i);
	if (currency && !settle(g, m, field_index(m->entity, currency), settled, a, d))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!settle(g, m, i, settled, a, d))
			return false;
	follow_owner(m);
	stay_primary(m);
	for (size_t i = 0; i < n; i++)
		note_conflicts(g, m, i, a);
	return true;
}
