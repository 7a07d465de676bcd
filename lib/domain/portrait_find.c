/* Whose portrait is meant. */
#include "domain/identify.h"
#include "domain/portrait.h"
#include "query/select.h"
#include "schema/check.h"
#include "schema/reach.h"
#include "store/merged.h"

static bool is_customer(const struct entity *e)
{
	return is_one_of(str_of(e->name), person_types);
}

/*
 * The account of what was sold or is asked, for all its contacts have to do with it; the
 * person where there is no account.
 */
static bool customer_of(struct store *s, const struct record *r, struct customer *out)
{
	static const char *const nearest_first[] = { "account", "contact", "lead" };
	for (size_t i = 0; i < countof(nearest_first); i++) {
		const struct field *f = entity_field(r->entity, str_of(nearest_first[i]));
		if (!f || f->type != &type_ref || !is_set(r, f->name))
			continue;
		out->entity = store_entity(s, f->ref);
		out->id = record_at(r, f->name)->i;
		return store_exists(s, out->entity, out->id);
	}
	return false;
}

/* What a record is part of or about, where it names no customer: a line's order. */
static const char *const through[] = { "deal", "order", "quote", "ticket" };

/* The customer behind a record of any type.  False with diag. */
static bool of_record(struct store *s, const struct entity *e, int64_t id, struct customer *out,
		      struct arena *a, struct diag *d)
{
	struct record r;
	*out = (struct customer){ .entity = e, .id = id };
	if (!store_get(s, e, id, &r, a))
		return store_missing(s, e, id, d);
	if (is_customer(e))
		return true;
	*out = (struct customer){ .by_entity = e, .by_id = id };
	if (customer_of(s, &r, out))
		return true;
	for (size_t i = 0; i < countof(through); i++) {
		const struct field *f = entity_field(e, str_of(through[i]));
		struct record whole;
		if (f && f->type == &type_ref && is_set(&r, f->name) &&
		    store_get(s, store_entity(s, f->ref), record_at(&r, f->name)->i, &whole, a) &&
		    customer_of(s, &whole, out))
			return true;
	}
	return diag_set(d, NULL, "%s-%lld is no customer, nor about one", e->name, (long long)id);
}

static void add(struct candidates *c, const struct customer *one)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->all[i].entity == one->entity && c->all[i].id == one->id)
			return;
	if (c->n == CANDIDATES_MAX)
		c->more = true;
	else
		c->all[c->n++] = *one;
}

/* Documents: what one reads on paper. */
static void find_number(struct store *s, struct str text, struct candidates *c, struct arena *a)
{
	static const char *const documents[] = { "order", "quote", "ticket" };
	struct codec codec = store_codec(s, a);
	for (size_t i = 0; i < countof(documents); i++) {
		const struct entity *e = store_entity(s, documents[i]);
		const struct field *f = entity_field(e, STR("number"));
		struct value v = value_text(text), key = field_key(f, &v, &codec);
		struct diag d = { 0 };
		struct customer one;
		int64_t id;
		if (key.kind == V_TEXT && store_find(s, e, f, key.s, &id, 1) &&
		    of_record(s, e, id, &one, a, &d))
			add(c, &one);
		diag_free(&d);
	}
}

static void find_reach(struct store *s, struct str text, struct candidates *c, struct arena *a)
{
	struct identified who[IDENTIFIED_MAX];
	size_t n = identify(s, text, who, &c->more, a);
	for (size_t i = 0; i < n; i++)
		if (is_customer(who[i].entity))
			add(c, &(struct customer){ who[i].entity, who[i].id, NULL, 0 });
}

/* Fields that people call them by. */
static const char *const names[] = { "name", "company" };

static void find_name(struct store *s, struct str text, struct candidates *c, struct arena *a)
{
	struct codec codec = store_codec(s, a);
	int64_t ids[CANDIDATES_MAX + 1];
	for (size_t i = 0; i < PERSON_TYPES; i++) {
		const struct entity *e = store_entity(s, person_types[i]);
		for (size_t j = 0; j < countof(names); j++) {
			const struct field *f = entity_field(e, str_of(names[j]));
			struct value v = value_text(text);
			struct value key = f ? field_key(f, &v, &codec) : value_null();
			size_t n =
			    key.kind == V_TEXT ? store_find(s, e, f, key.s, ids, countof(ids)) : 0;
			for (size_t k = 0; k < n; k++)
				add(c, &(struct customer){ e, ids[k], NULL, 0 });
		}
	}
}

/* Each word is somewhere in the record, and all of the text in one of its names. */
static struct node *name_node(const struct query_context *q, struct str text)
{
	struct node *words = NULL, *named = NULL;
	struct diag d = { 0 };
	struct str rest = text, word;
	while (str_cut(&rest, ' ', &word)) {
		struct str term = arena_printf(q->arena, "text:\"%.*s\"", (int)word.n, word.p);
		if (word.n && !memchr(word.p, '"', word.n) && !memchr(word.p, '\\', word.n))
			words = node_and(words, term_parse(term, q, true, &d), q->arena);
	}
	for (size_t i = 0; i < countof(names); i++) {
		struct str term =
		    arena_printf(q->arena, "%s.has:%.*s", names[i], (int)text.n, text.p);
		if (!entity_field(q->entity, str_of(names[i])))
			continue;
		struct node *n = term_parse(term, q, false, &d);
		struct node *either = arena_new(q->arena, struct node, 1);
		*either = (struct node){ .kind = NODE_OR, .left = named, .right = n };
		named = named && n ? either : n ? n : named;
	}
	diag_free(&d);
	return named ? node_and(words, named, q->arena) : NULL;
}

static void find_words(struct resolver *r, struct str text, struct candidates *c, struct arena *a)
{
	for (size_t i = 0; i < PERSON_TYPES; i++) {
		struct query_context q = {
			.schema = &r->store->schema,
			.settings = &r->store->settings,
			.entity = store_entity(r->store, person_types[i]),
			.arena = a,
			.resolve = ref_resolve_for_query,
			.resolve_ctx = r,
		};
		struct select what = { .context = &q, .limit = CANDIDATES_MAX + 1 };
		size_t n = 0;
		what.where = name_node(&q, text);
		int64_t *ids = what.where ? select_ids(r->store, &what, &n, a) : NULL;
		for (size_t j = 0; j < n; j++)
			add(c, &(struct customer){ q.entity, ids[j], NULL, 0 });
	}
}

static bool refers(struct store *s, const struct customer *from, const char *field,
		   const struct customer *to, struct arena *a)
{
	struct record r;
	return !strcmp(to->entity->name, field) && entity_field(from->entity, str_of(field)) &&
	       store_get(s, from->entity, from->id, &r, a) && is_set(&r, field) &&
	       record_at(&r, field)->i == to->id;
}

/* A converted lead is whom it became, if they are among them. */
static void drop_converted(struct store *s, struct candidates *c, struct arena *a)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->n; i++) {
		bool became = false;
		for (size_t j = 0; j < c->n && !strcmp(c->all[i].entity->name, "lead"); j++)
			became = became || refers(s, &c->all[i], "account", &c->all[j], a) ||
				 refers(s, &c->all[i], "contact", &c->all[j], a);
		if (!became)
			c->all[kept++] = c->all[i];
	}
	c->n = kept;
}

/*
 * An account and contacts of it share a number: one contact is the one who calls, of
 * several nobody knows which, so it is the account.
 */
static void drop_shared(struct store *s, struct candidates *c, struct arena *a)
{
	for (size_t i = 0; i < c->n && !c->more; i++) {
		size_t of_it = 0;
		for (size_t j = 0; j < c->n; j++)
			of_it += j != i && !strcmp(c->all[j].entity->name, "contact") &&
				 refers(s, &c->all[j], "account", &c->all[i], a);
		if (c->n < 2 || of_it != c->n - 1)
			continue;
		c->all[0] = c->all[of_it == 1 ? 1 - i : i];
		c->n = 1;
		return;
	}
}

/* The first way that finds anybody. */
static void add_typed(struct resolver *r, struct str text, struct candidates *among,
		      struct arena *a)
{
	find_number(r->store, text, among, a);
	if (!among->n) {
		find_reach(r->store, text, among, a);
		drop_converted(r->store, among, a);
		drop_shared(r->store, among, a);
	}
	if (!among->n)
		find_name(r->store, text, among, a);
	if (!among->n)
		find_words(r, text, among, a);
	drop_converted(r->store, among, a);
}

bool portrait_find(struct resolver *r, struct str text, struct customer *out,
		   struct candidates *among, struct arena *a, struct diag *d)
{
	const struct entity *e;
	int64_t id;
	*among = (struct candidates){ .all = arena_new(a, struct customer, CANDIDATES_MAX) };
	if (ref_parse(&r->store->schema, text, &e, &id))
		return of_record(r->store, e, id, out, a, d);
	if (text.n)
		add_typed(r, text, among, a);
	if (among->n == 1 && !among->more) {
		*out = among->all[0];
		return true;
	}
	if (!among->n)
		return diag_set(d, NULL, "there is no customer %s", quoted(text, &d->arena));
	return diag_set(d, NULL, "%s may be any of %s%zu", quoted(text, &d->arena),
			among->more ? "more than " : "", among->n);
}
