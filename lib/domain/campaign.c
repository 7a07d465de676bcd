/* Who is a campaign's member for a record, and the segments a record is in. */
#include "domain/campaign.h"

#include "query/ref.h"
#include "query/select.h"
#include "schema/check.h"
#include "schema/reach.h"

static struct person person(struct store *s, const char *entity, int64_t id)
{
	return (struct person){ store_entity(s, entity), id };
}

struct person person_named(struct store *s, const struct record *r)
{
	for (const char *const *p = person_types; *p; p++) {
		const struct field *f = entity_field(r->entity, str_of(*p));
		if (f && f->type == &type_ref && is_set(r, *p))
			return person(s, *p, int_of(r, *p));
	}
	return (struct person){ 0 };
}

/* An organisation has no telephone that a campaign rings: its main contact does. */
static struct person main_contact(struct store *s, int64_t account, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from contact where account = ");
	sql_int(&q, account);
	sql_add(&q, " and is_primary = 1 order by id limit 1");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	return id ? person(s, "contact", id) : (struct person){ 0 };
}

struct person campaign_person(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct record r;
	if (!store_get(s, e, id, &r, a))
		return (struct person){ 0 };
	if (!strcmp(e->name, "account") && str_is(text_of(&r, "kind"), "org"))
		return main_contact(s, id, a);
	if (is_one_of(str_of(e->name), person_types))
		return (struct person){ e, id };
	struct person p = person_named(s, &r);
	return p.entity ? campaign_person(s, p.entity, p.id, a) : p;
}

struct person addressee_of(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct person p = campaign_person(s, e, id, a);
	const struct field *f = entity_field(e, STR("account"));
	struct record r;
	if (p.entity)
		return p;
	if (!strcmp(e->name, "account"))
		return (struct person){ e, id };
	if (f && f->type == &type_ref && store_get(s, e, id, &r, a) && is_set(&r, "account"))
		return person(s, "account", record_at(&r, "account")->i);
	return p;
}

const char *person_refusal(struct store *s, struct str channel, const struct person *p,
			   struct person *who, struct arena *a)
{
	const char *consent = channel_consent(channel);
	struct person one = *p;
	while (consent && one.entity) {
		struct record r;
		if (!store_get(s, one.entity, one.id, &r, a))
			break;
		if (who)
			*who = one;
		const struct field *f = entity_field(r.entity, str_of(consent));
		if (f && is_true(&r, consent))
			return f->help;
		bool lead = !strcmp(one.entity->name, "lead");
		bool contact = !strcmp(one.entity->name, "contact");
		one = lead && is_set(&r, "contact")
			  ? person(s, "contact", record_at(&r, "contact")->i)
		      : (lead || contact) && is_set(&r, "account")
			  ? person(s, "account", record_at(&r, "account")->i)
			  : (struct person){ 0 };
	}
	return NULL;
}

const char *campaign_refusal(struct store *s, int64_t campaign, const struct person *p,
			     struct arena *a)
{
	struct record c;
	return store_get(s, store_entity(s, "campaign"), campaign, &c, a)
		   ? person_refusal(s, text_of(&c, "channel"), p, NULL, a)
		   : NULL;
}

int64_t membership_of(struct store *s, const char *members, const char *group, int64_t group_id,
		      const struct entity *e, int64_t id, struct arena *a)
{
	const struct entity *m = store_entity(s, members);
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, m);
	sql_add(&q, " where ");
	sql_refers(&q, m, group, group_id);
	sql_add(&q, " and ");
	sql_refers(&q, m, e->name, id);
	sql_add(&q, " order by id limit 1");
	int64_t found = db_int(s->db, &q, 0);
	sql_free(&q);
	return found;
}

/* Of a static segment: the records that its members name. */
static struct node *static_node(struct store *s, const struct query_context *q,
				const struct record *segment)
{
	const struct entity *m = store_entity(s, "segment_member");
	const struct field *f = entity_field(m, str_of(q->entity->name));
	struct sql all = { .arena = q->arena };
	size_t n;
	sql_add(&all, "select ");
	sql_column(&all, f);
	sql_add(&all, " from segment_member where segment = ");
	sql_int(&all, segment->id);
	int64_t *ids = db_ids(s->db, &all, &n, q->arena);
	sql_free(&all);
	return node_chosen(q->entity, store_choose(s, ids, n), q->arena);
}

struct node *segment_node(struct store *s, const struct query_context *q,
			  const struct record *segment, struct diag *d)
{
	if (str_is(text_of(segment, "kind"), "static"))
		return static_node(s, q, segment);
	struct node *n = where_parse(text_of(segment, "condition"), q, d);
	if (!n && !d->source.n)
		d->source = text_of(segment, "name");
	return n;
}

bool segment_has(struct store *s, const struct query_context *q, const struct record *segment,
		 int64_t id, bool *is_in, struct diag *d)
{
	if (str_is(text_of(segment, "kind"), "static")) {
		*is_in = membership_of(s, "segment_member", "segment", segment->id, q->entity, id,
				       q->arena) != 0;
		return true;
	}
	struct node *n = segment_node(s, q, segment, d);
	struct select what = { .context = q, .limit = -1 };
	if (!n)
		return false;
	what.where = node_and(node_refs(q->entity, &id, 1, q->arena), n, q->arena);
	*is_in = select_count(s, &what) > 0;
	return true;
}

bool segment_check_condition(struct store *s, const struct entity *e, struct str text,
			     struct diag *d)
{
	struct arena a = { 0 };
	struct resolver r = { .store = s };
	struct query_context q = {
		.schema = &s->schema,
		.settings = &s->settings,
		.entity = e,
		.arena = &a,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = &r,
	};
	bool ok = where_parse(text, &q, d) != NULL;
	d->source = ok ? d->source : STR("condition");
	resolver_free(&r);
	arena_free(&a);
	return ok;
}
