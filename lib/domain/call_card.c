/* What whoever rings somebody should have before their eyes. */
#include "domain/call_card.h"

#include "schema/check.h"
#include "schema/reach.h"

static void follow_ref(struct store *s, const struct record *r, const char *field,
		       struct record *out, struct arena *a)
{
	const struct field *f = r->entity ? entity_field(r->entity, str_of(field)) : NULL;
	if (f && f->type == &type_ref && is_set(r, field) &&
	    !store_get(s, store_entity(s, f->ref), record_at(r, field)->i, out, a))
		*out = (struct record){ 0 };
}

/* The latest one done with them; of calls, or with a text. */
static int64_t latest(struct store *s, const struct record *who, bool call, struct arena *a)
{
	const struct entity *e = store_entity(s, "activity");
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, e);
	sql_add(&q, " where ");
	sql_refers(&q, e, who->entity->name, who->id);
	sql_add(&q, " and status = 'done'");
	if (call)
		sql_add(&q, " and kind = 'call'");
	else
		sql_add(&q, " and body is not null");
	sql_add(&q, " order by done_at desc, id desc limit 1");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	return id;
}

static struct str notes_of(struct store *s, const struct record *who, struct arena *a)
{
	static const char *const own[] = { "notes", "description" };
	struct record noted;
	int64_t id = latest(s, who, false, a);
	if (id && store_get(s, store_entity(s, "activity"), id, &noted, a))
		return text_of(&noted, "body");
	for (size_t i = 0; i < countof(own); i++)
		if (entity_field(who->entity, str_of(own[i])) && is_set(who, own[i]))
			return text_of(who, own[i]);
	return (struct str){ "", 0 };
}

void call_card_read(struct store *s, const struct record *claim, struct call_card *out,
		    struct arena *a)
{
	*out = (struct call_card){ .claim = *claim };
	for (size_t i = 0; i < PERSON_TYPES && !out->who.entity; i++)
		follow_ref(s, claim, person_types[i], &out->who, a);
	follow_ref(s, claim, "campaign", &out->campaign, a);
	follow_ref(s, claim, "activity", &out->planned, a);
	if (!out->who.entity)
		return;
	struct person p = { out->who.entity, out->who.id };
	int64_t last = latest(s, &out->who, true, a);
	follow_ref(s, &out->who, "account", &out->account, a);
	out->number = call_number(s, &out->who, a);
	out->notes = notes_of(s, &out->who, a);
	out->attempts = call_attempts(s, &p, out->campaign.entity ? out->campaign.id : 0, a);
	if (last)
		store_get(s, store_entity(s, "activity"), last, &out->last, a);
}
