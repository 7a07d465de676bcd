/* Who has this number or address?  One indexed look-up a field. */
#include "domain/identify.h"

#include "core/email.h"
#include "core/phone.h"
#include "schema/check.h"

/* Whose fields are looked at, and in that order. */
static const char *const people[] = { "contact", "account", "lead", "identity", "user" };

struct search {
	struct store *store;
	struct identified *out;
	size_t n;
	bool more;
	struct arena *arena;
};

/* What the text would be in that field; V_NULL: it cannot be that. */
static struct value key_in(const struct field *f, struct str text, const struct codec *c)
{
	struct diag d = { 0 };
	bool asked = f->type == &type_phone || f->type == &type_email || f->type == &type_handle ||
		     !strcmp(f->name, "external_id");
	struct value v = value_text(text);
	if (!(f->flags & F_MATCH) || f->flags & F_RETIRED || !asked)
		return value_null();
	bool readable = f->type != &type_email || email_parse(text, &v.s, c->arena, &d);
	diag_free(&d);
	return readable ? field_key(f, &v, c) : value_null();
}

static void add(struct search *q, const struct entity *e, int64_t id, const char *by)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->out[i].entity == e && q->out[i].id == id)
			return;
	if (q->n == IDENTIFIED_MAX)
		q->more = true;
	else
		q->out[q->n++] = (struct identified){ e, id, by };
}

/* An identity stands for whom it belongs to. */
static void add_owner(struct search *q, int64_t identity, const char *field)
{
	static const char *const whose[] = { "contact", "account", "lead" };
	const struct schema *schema = &q->store->schema;
	struct record r;
	if (!store_get(q->store, schema_entity(schema, STR("identity")), identity, &r, q->arena))
		return;
	for (size_t i = 0; i < countof(whose); i++) {
		const struct value *v = record_at(&r, whose[i]);
		if (v->kind != V_INT)
			continue;
		add(q, schema_entity(schema, str_of(whose[i])), v->i,
		    arena_printf(q->arena, "identity.%s", field).p);
		return;
	}
}

static void look_in(struct search *q, const struct entity *e, struct str text)
{
	struct codec c = store_codec(q->store, q->arena);
	int64_t ids[IDENTIFIED_MAX + 1];
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		struct value key = key_in(f, text, &c);
		if (key.kind != V_TEXT)
			continue;
		size_t n = store_find(q->store, e, f, key.s, ids, countof(ids));
		for (size_t j = 0; j < n; j++)
			if (strcmp(e->name, "identity"))
				add(q, e, ids[j], f->name);
			else
				add_owner(q, ids[j], f->name);
	}
}

static bool has(const struct search *q, const char *entity, const struct value *id)
{
	for (size_t i = 0; id->kind == V_INT && i < q->n; i++)
		if (!strcmp(q->out[i].entity->name, entity) && q->out[i].id == id->i)
			return true;
	return false;
}

/* Whom a lead was converted into says all that the lead would. */
static bool is_superseded(const struct search *q, const struct identified *who)
{
	struct record lead;
	if (strcmp(who->entity->name, "lead") ||
	    !store_get(q->store, who->entity, who->id, &lead, q->arena))
		return false;
	return has(q, "contact", record_at(&lead, "contact")) ||
	       has(q, "account", record_at(&lead, "account"));
}

static int rank(const struct identified *who)
{
	int i = 0;
	while (i < (int)countof(people) && strcmp(people[i], who->entity->name))
		i++;
	return i;
}

/* Few: insertion keeps equals in the order in which they were found. */
static void sort(struct identified *all, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct identified who = all[i];
		size_t j = i;
		for (; j > 0 && rank(&all[j - 1]) > rank(&who); j--)
			all[j] = all[j - 1];
		all[j] = who;
	}
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
	sort(out, kept);
	*more = q.more;
	return kept;
}
