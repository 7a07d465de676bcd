/* What another system reports of people. */
#include "domain/import_event.h"

#include "domain/campaign.h"
#include "schema/check.h"
#include "schema/reach.h"

/* The first who has the key, or a member of the campaign before all others. */
static struct person look(struct store *s, enum match_by sign, struct str key, int64_t campaign,
			  struct arena *a)
{
	struct person first = { 0 };
	for (size_t i = 0; i < PERSON_TYPES; i++) {
		const struct entity *e = schema_entity(&s->schema, str_of(person_types[i]));
		struct matched who[MATCH_MAX];
		size_t n = match_key(s, e, sign, key, 0, who, countof(who));
		if (n && !first.entity)
			first = (struct person){ e, who[0].id };
		for (size_t j = 0; campaign && j < n; j++)
			if (membership_of(s, "campaign_member", "campaign", campaign, e, who[j].id,
					  a))
				return (struct person){ e, who[j].id };
	}
	return first;
}

void event_find_person(struct store *s, struct record *event, struct arena *a)
{
	struct codec c = store_codec(s, a);
	struct str text = text_of(event, "address"), keys[MATCH_KEYS];
	enum match_by sign = str_find(text, '@') >= 0 ? MATCH_EMAIL : MATCH_PHONE;
	const struct value *campaign = record_at(event, "campaign");
	for (size_t i = 0; i < PERSON_TYPES; i++)
		if (is_set(event, person_types[i]))
			return;
	size_t n = text.n ? match_keys(sign, text, &c, keys) : 0;
	for (size_t i = 0; i < n; i++) {
		struct person p =
		    look(s, sign, keys[i], campaign->kind == V_INT ? campaign->i : 0, a);
		if (!p.entity)
			continue;
		*record_get(event, p.entity->name) = value_int(p.id);
		return;
	}
}

void import_event(struct import *im, struct record *event, struct arena *a)
{
	static const char *const said[] = { "kind", "address", "at", "subject" };
	event_find_person(im->store, event, a);
	if (is_set(event, "external_id") || !is_set(event, "source") || !is_set(event, "address"))
		return;
	struct str key = { 0 };
	if (!is_set(event, "at") && is_set(event, "campaign")) /* a list of who opened it */
		key = arena_printf(a, "campaign-%lld", (long long)record_at(event, "campaign")->i);
	for (size_t i = 0; i < countof(said); i++) {
		struct str text = text_of(event, said[i]);
		key = arena_printf(a, "%.*s%s%.*s", (int)key.n, key.p, key.n && text.n ? " " : "",
				   (int)text.n, text.p);
	}
	set_text(event, "external_id", key);
}
