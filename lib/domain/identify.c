/* Who has this number or address, of whatever kind it is? */
#include "domain/identify.h"

#include "domain/match.h"
#include "schema/check.h"

/* Whose fields are looked at, and in that order. */
static const char *const people[] = { "contact", "account", "lead", "user" };

struct search {
	struct store *store;
	struct identified *out;
	size_t n;
	bool more;
	struct arena *arena;
};

static void add(struct search *q, const struct entity *e, const struct matched *m)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->out[i].entity == e && q->out[i].id == m->id)
			return;
	if (q->n == IDENTIFIED_MAX)
		q->more = true;
	else
		q->out[q->n++] = (struct identified){ e, m->id, m->by };
}

static void look_in(struct search *q, const struct entity *e, struct str text)
{
	static const enum match_by signs[] = { MATCH_PHONE,    MATCH_EMAIL,    MATCH_ZALO,
					       MATCH_FACEBOOK, MATCH_EXTERNAL, MATCH_SYSTEM };
	struct codec c = store_codec(q->store, q->arena);
	for (size_t i = 0; i < countof(signs); i++) {
		struct str keys[MATCH_KEYS];
		size_t nkeys = match_keys(signs[i], text, &c, keys);
		for (size_t j = 0; j < nkeys; j++) {
			struct matched found[IDENTIFIED_MAX + 1];
			size_t n =
			    match_key(q->store, e, signs[i], keys[j], 0, found, countof(found));
			for (size_t k = 0; k < n; k++)
				add(q, e, &found[k]);
		}
	}
}

bool lead_became(const struct record *lead, const struct entity *e, int64_t id)
{
	bool may = !strcmp(e->name, "contact") || !strcmp(e->name, "account");
	const struct value *v = may ? record_at(lead, e->name) : NULL;
	return v && v->kind == V_INT && v->i == id;
}

/* Whom a lead was converted into says all that the lead would. */
static bool is_superseded(const struct search *q, const struct identified *who)
{
	struct record lead;
	if (strcmp(who->entity->name, "lead") ||
	    !store_get(q->store, who->entity, who->id, &lead, q->arena))
		return false;
	for (size_t i = 0; i < q->n; i++)
		if (lead_became(&lead, q->out[i].entity, q->out[i].id))
			return true;
	return false;
}

size_t identify(struct store *s, struct str text, struct identified *out, bool *more,
		struct arena *a)
{
	struct search q = { .store = s, .out = out, .arena = a };
	size_t kept = 0;
	for (size_t i = 0; i < countof(people); i++)
		look_in(&q, schema_entity(&s->schema, str_of(people[i])), text);
	for (size_t i = 0; i < q.n; i++)
		if (!is_superseded(&q, &out[i]))
			out[kept++] = out[i];
	*more = q.more;
	return kept;
}

/* Whether `have` says all that r says of whose it is, and by what they are known. */
static bool says_as_much(const struct record *have, const struct record *r, const struct codec *c)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct value a = r->values[i], b = have->values[i];
		if (a.kind <= V_NULL || !(f->flags & (F_MATCH | F_PART)))
			continue;
		if (f->flags & F_MATCH) {
			a = field_key(f, &a, c);
			b = field_key(f, &b, c);
		}
		if (!value_eq(&a, &b))
			return false;
	}
	return true;
}

/* By the last one that is set: an external_id tells more than its source. */
int64_t identity_like(struct store *s, const struct record *r, struct arena *a)
{
	struct codec c = store_codec(s, a);
	int64_t ids[IDENTIFIED_MAX];
	struct value key = value_null();
	size_t i = r->entity->nfields, n = 0;
	while (i-- > 0 && key.kind != V_TEXT)
		if (r->entity->fields[i].flags & F_MATCH && r->values[i].kind > V_NULL)
			key = field_key(&r->entity->fields[i], &r->values[i], &c);
	if (key.kind == V_TEXT)
		n = store_find(s, r->entity, &r->entity->fields[i + 1], key.s, ids, countof(ids));
	for (size_t j = 0; j < n; j++) {
		struct record have;
		if (store_get(s, r->entity, ids[j], &have, a) && says_as_much(&have, r, &c))
			return ids[j];
	}
	return 0;
}
