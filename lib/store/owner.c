/* Who looks after what nobody was named for. */
#include "schema/check.h"
#include "store/internal.h"

int64_t owner_now(struct store *s, const struct record *r, struct arena *a)
{
	const struct field *f = entity_field(r->entity, STR("owner"));
	struct record user;
	int64_t id = f ? int_of(r, "owner") : 0;
	return id && record_read(s, schema_entity(&s->schema, STR("user")), id, &user, a) &&
		       is_true(&user, "active")
		   ? id
		   : 0;
}

/* The owner of the first record it is about that has one; false: there is none. */
static bool take_owner(struct store *s, struct record *r, const char *const *by, struct arena *a)
{
	int64_t owner = 0;
	for (; *by && !owner; by++) {
		int64_t id = int_of(r, *by);
		struct record from;
		if (id && record_read(s, schema_entity(&s->schema, str_of(*by)), id, &from, a))
			owner = owner_now(s, &from, a);
	}
	if (owner)
		*record_get(r, "owner") = value_int(owner);
	return owner != 0;
}

void owner_fill(struct store *s, struct record *r, const struct record *old, const struct codec *c)
{
	static const char *const deal[] = { "deal", NULL };
	static const char *const all[] = { "ticket",  "order",	 "deal",     "lead",
					   "contact", "account", "campaign", NULL };
	bool quote = !strcmp(r->entity->name, "quote");
	bool activity = !strcmp(r->entity->name, "activity");
	if (old || c->restoring || (!quote && !activity) || is_set(r, "owner"))
		return;
	bool planned = activity && str_is(text_of(r, "status"), "planned") && !c->seeding;
	if ((quote || planned) && take_owner(s, r, quote ? deal : all, c->arena))
		return;
	if (s->settings.user && !(quote ? c->seeding : c->trusted))
		*record_get(r, "owner") = value_int(s->settings.user);
}
