/* Which records a cluster is about, which of them survives, and what forbids it. */
#include "domain/blend.h"
#include "domain/merge_impl.h"

#include "schema/check.h"
#include "store/merged.h"

const char *const merge_types[MERGE_TYPES + 1] = { "lead", "contact", "account", "deal", NULL };

static bool parse_ref(const struct schema *s, struct str text, struct merge_ref *ref)
{
	return ref_parse(s, text, &ref->entity, &ref->id);
}

static bool parse_take(struct merge_take *t, const struct schema *s, struct str word,
		       struct diag *d)
{
	static const char *const hows[] = { "newest", "oldest", "longest" };
	bool known = false;
	struct str how = word;
	str_cut(&how, '=', &t->field);
	for (const char *const *type = merge_types; *type; type++) {
		const struct field *f = entity_field(schema_entity(s, str_of(*type)), t->field);
		known = known || (f && !(f->flags & (F_SYSTEM | F_DERIVED)));
	}
	if (!known)
		return diag_set(d, NULL, "--take: there is no field %s to take",
				quoted(t->field, &d->arena));
	if (str_starts(t->field, "do_not_"))
		return diag_set(
		    d, NULL, "--take: of two consents the stricter one wins, whatever is wished");
	for (size_t i = 0; i < countof(hows); i++)
		if (str_is(how, hows[i])) {
			t->how = (enum merge_how)i;
			return true;
		}
	t->how = TAKE_REF;
	return parse_ref(s, how, &t->ref) ||
	       diag_set(d, NULL, "--take: %s is neither newest, oldest, longest nor a reference",
			quoted(how, &d->arena));
}

bool merge_rules_parse(struct merge_rules *r, const struct schema *s, const char *keep,
		       const char *take, struct arena *a, struct diag *d)
{
	static const char *const keeps[] = { "best", "oldest", "newest" };
	struct str rest = str_of(take), word, text = str_of(keep ? keep : keeps[KEEP_BEST]);
	*r = (struct merge_rules){ .keep = KEEP_REF };
	for (size_t i = 0; i < countof(keeps); i++)
		if (str_is(text, keeps[i]))
			r->keep = (enum merge_keep)i;
	if (r->keep == KEEP_REF && !parse_ref(s, text, &r->survivor))
		return diag_set(d, NULL,
				"--keep: %s is neither best, oldest, newest nor a reference",
				quoted(text, &d->arena));
	r->takes = arena_new(a, struct merge_take, rest.n + 1);
	while (str_cut(&rest, ',', &word))
		if (!parse_take(&r->takes[r->ntakes++], s, str_trim(word), d))
			return false;
	return true;
}

/* A cluster's records, each once, before it is known which type they become. */
struct cluster {
	const struct merger *g;
	struct record *records;
	size_t n;
	const struct record *became; /* a converted lead that stands for another record */
	struct merge_ref stands_for;
	struct arena *a;
	struct diag *d;
};

static bool read_record(struct cluster *c, const struct merge_ref *ref, struct record *out)
{
	struct store *s = c->g->store;
	c->d->source = (struct str){ 0 }; /* what is missing or hidden is named by the message */
	if (store_get(s, ref->entity, ref->id, out, c->a)) {
		c->d->source = ref_print(ref->entity, ref->id, &c->d->arena);
		return true;
	}
	store_missing(s, ref->entity, ref->id, c->d);
	store_follow_begin(s);
	bool hidden = store_get(s, ref->entity, ref->id, out, c->a);
	store_follow_end(s);
	return hidden && access_refuse_hidden(s, ref->entity, ref->id, NULL, c->d);
}

/* What a converted lead became: the contact, or the account of a person. */
static bool what_it_became(struct cluster *c, const struct record *lead, struct merge_ref *ref)
{
	static const char *const parts[] = { "contact", "account" };
	for (size_t i = 0; i < countof(parts); i++) {
		const struct value *v = record_at(lead, parts[i]);
		if (v->kind != V_INT)
			continue;
		*ref = (struct merge_ref){ store_entity(c->g->store, parts[i]), v->i };
		return true;
	}
	return diag_set(c->d, NULL, "it is converted, and history from then on");
}

static bool two_conversions(struct cluster *c, const struct merge_ref *ref)
{
	return diag_set(
	    c->d, NULL,
	    "it and lead-%lld are both converted, into %s-%lld and %s-%lld; merge these",
	    (long long)c->became->id, ref->entity->name, (long long)ref->id,
	    c->stands_for.entity->name, (long long)c->stands_for.id);
}

static bool add(struct cluster *c, struct merge_ref ref)
{
	struct record *r = &c->records[c->n];
	if (!read_record(c, &ref, r))
		return false;
	if (!strcmp(ref.entity->name, "lead") && str_is(text_of(r, "status"), "converted")) {
		struct record *lead = arena_new(c->a, struct record, 1);
		*lead = *r;
		if (!what_it_became(c, lead, &ref))
			return false;
		if (c->became && (c->stands_for.entity != ref.entity || c->stands_for.id != ref.id))
			return two_conversions(c, &ref);
		c->became = lead;
		c->stands_for = ref;
		if (!read_record(c, &ref, r))
			return false;
	}
	for (size_t i = 0; i < c->n; i++)
		if (c->records[i].entity == r->entity && c->records[i].id == r->id)
			return true;
	c->n++;
	return true;
}

static bool is_deal(const struct entity *e)
{
	return !strcmp(e->name, "deal");
}

static bool two_types(struct cluster *c, const struct record *x, const struct record *y)
{
	bool deal = is_deal(x->entity) || is_deal(y->entity);
	return diag_set(c->d, NULL, "%s-%lld and %s-%lld: %s", x->entity->name, (long long)x->id,
			y->entity->name, (long long)y->id,
			deal ? "a deal is merged with deals alone; crm-convert --deal makes a"
			       " lead part of one"
			     : "a contact and an account are not merged; the one belongs to the"
			       " other (account=)");
}

/* Leads become whom they meet; a contact and an account are two things. */
static bool sort_out(struct cluster *c, struct merge *m)
{
	const struct entity *lead = store_entity(c->g->store, "lead");
	const struct record *first = NULL;
	for (size_t i = 0; i < c->n; i++) {
		const struct record *r = &c->records[i];
		if (r->entity == lead)
			continue;
		if (first && first->entity != r->entity)
			return two_types(c, first, r);
		first = r;
	}
	m->entity = first ? first->entity : lead;
	for (size_t i = 0; i < c->n; i++)
		if (is_deal(m->entity) && c->records[i].entity == lead)
			return two_types(c, first, &c->records[i]);
	m->members = arena_new(c->a, struct merge_member, c->n);
	m->lead_refs = arena_new(c->a, struct merge_ref, c->n);
	for (size_t i = 0; i < c->n; i++) {
		const struct record *r = &c->records[i];
		if (r->entity == m->entity)
			m->members[m->n++].record = *r;
		else
			m->lead_refs[m->nleads++] = (struct merge_ref){ r->entity, r->id };
	}
	m->leads = arena_new(c->a, struct conversion, m->nleads);
	return true;
}

static int64_t count_of(struct store *s, const char *type, const struct record *r, struct arena *a)
{
	struct sql q = { .arena = a };
	const struct entity *e = store_entity(s, type);
	sql_add(&q, "select id from ");
	sql_stored(&q, e);
	sql_add(&q, " where ");
	sql_refers(&q, e, r->entity->name, r->id);
	size_t n;
	store_ids(s, &q, &n, a);
	sql_free(&q);
	return (int64_t)n;
}

static const struct stage *stage_of(const struct merger *g, const struct record *deal,
				    const struct pipeline **p)
{
	*p = schema_pipeline(&g->store->schema, text_of(deal, "pipeline"));
	return *p ? pipeline_stage(*p, text_of(deal, "stage")) : NULL;
}

/* How far a deal is: won, else by its stage, then how likely; what is lost comes last. */
static int64_t standing(const struct merger *g, const struct record *r)
{
	enum { WON = 1000, LOST = -1, MORE_THAN_ANY_CHANCE = 1000000 };
	const struct pipeline *p;
	if (!is_deal(r->entity))
		return 0;
	const struct stage *t = stage_of(g, r, &p);
	int64_t at = !t || t->kind == STAGE_LOST ? LOST
		     : t->kind == STAGE_WON	 ? WON
						 : t - p->stages;
	return at * MORE_THAN_ANY_CHANCE + record_at(r, "probability")->i;
}

static int older(const struct merge_member *x, const struct merge_member *y)
{
	int by = str_cmp(text_of(&x->record, "created_at"), text_of(&y->record, "created_at"));
	return by ? by : x->record.id < y->record.id ? -1 : 1;
}

static bool precedes(const struct merge_rules *r, const struct merge_member *x,
		     const struct merge_member *y)
{
	if (r->keep == KEEP_OLDEST || r->keep == KEEP_NEWEST)
		return (r->keep == KEEP_OLDEST) == (older(x, y) < 0);
	if (r->keep == KEEP_REF && r->survivor.entity == x->record.entity) {
		if (x->record.id == r->survivor.id || y->record.id == r->survivor.id)
			return x->record.id == r->survivor.id;
	}
	if (x->standing != y->standing)
		return x->standing > y->standing;
	if (x->filled != y->filled)
		return x->filled > y->filled;
	if (x->activities != y->activities)
		return x->activities > y->activities;
	return older(x, y) < 0;
}

/* Clusters are small. */
static void put_in_order(const struct merger *g, struct merge *m, struct arena *a)
{
	for (size_t k = 0; k < m->n; k++) {
		for (size_t i = 0; i < m->entity->nfields; i++)
			m->members[k].filled += merge_says(g, m, k, i);
		m->members[k].activities = count_of(g->store, "activity", &m->members[k].record, a);
		m->members[k].standing = standing(g, &m->members[k].record);
	}
	for (size_t k = 1; k < m->n; k++)
		for (size_t j = k; j && precedes(&g->rules, &m->members[j], &m->members[j - 1]);
		     j--) {
			struct merge_member x = m->members[j];
			m->members[j] = m->members[j - 1];
			m->members[j - 1] = x;
		}
}

/* Two legal entities, or a person and an organisation, are no duplicates. */
static bool accounts_may_be_one(const struct merger *g, const struct merge *m, struct arena *a,
				struct diag *d)
{
	const struct record *first = &m->members[0].record;
	const struct field *tax = entity_field(m->entity, STR("tax_code"));
	for (size_t k = 1; k < m->n; k++) {
		const struct record *r = &m->members[k].record;
		d->source = ref_print(m->entity, r->id, &d->arena);
		if (changed(r, first, "kind"))
			return diag_set(
			    d, "kind", "account-%lld is %s, this one %s", (long long)first->id,
			    str_is(text_of(first, "kind"), "org") ? "an organisation" : "a person",
			    str_is(text_of(r, "kind"), "org") ? "an organisation" : "a person");
		for (size_t j = 0; j < k && !g->rules.force; j++) {
			const struct record *other = &m->members[j].record;
			if (is_set(r, "tax_code") && is_set(other, "tax_code") &&
			    !blend_alike(g->store, tax, record_at(r, "tax_code"),
					 record_at(other, "tax_code"), a))
				return diag_set(d, "tax_code",
						"account-%lld has another one: two legal entities;"
						" --force merges them all the same",
						(long long)other->id);
		}
	}
	return true;
}

/* What was sold twice is no duplicate, nor what was sold to two. */
static bool deals_may_be_one(const struct merger *g, const struct merge *m, struct arena *a,
			     struct diag *d)
{
	const struct record *first = &m->members[0].record;
	const struct pipeline *p;
	for (size_t k = 1; k < m->n; k++) {
		const struct record *r = &m->members[k].record;
		const struct stage *t = stage_of(g, r, &p);
		d->source = ref_print(m->entity, r->id, &d->arena);
		if (t && t->kind == STAGE_WON)
			return diag_set(d, "stage",
					"it is won, and only what is not goes into"
					" another deal");
		if (is_set(r, "account") && is_set(first, "account") &&
		    changed(r, first, "account") && !g->rules.force)
			return diag_set(d, "account",
					"deal-%lld is another customer's; --force merges them all"
					" the same",
					(long long)first->id);
	}
	for (size_t t = 0; t < g->rules.ntakes; t++)
		if (str_is(g->rules.takes[t].field, "amount") &&
		    count_of(g->store, "deal_line", first, a))
			return diag_set(d, "amount",
					"--take: it is the sum of the lines of"
					" deal-%lld",
					(long long)first->id);
	return true;
}

static bool may_be_one(const struct merger *g, const struct merge *m, struct arena *a,
		       struct diag *d)
{
	if (is_deal(m->entity))
		return deals_may_be_one(g, m, a, d);
	return strcmp(m->entity->name, "account") || accounts_may_be_one(g, m, a, d);
}

bool merge_plan(const struct merger *g, const struct merge_ref *refs, size_t n, struct merge *out,
		struct arena *a, struct diag *d)
{
	struct cluster c = {
		.g = g, .records = arena_new(a, struct record, n + 1), .a = a, .d = d
	};
	*out = (struct merge){ 0 };
	for (size_t i = 0; i < n; i++)
		if (!add(&c, refs[i]))
			return false;
	d->source = (struct str){ 0 };
	if (!sort_out(&c, out))
		return false;
	put_in_order(g, out, a);
	if (!may_be_one(g, out, a, d))
		return false;
	d->source = (struct str){ 0 };
	return merge_fields(g, out, a, d);
}
