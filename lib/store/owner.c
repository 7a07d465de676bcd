/* Who looks after what nobody was named for. */
#include "schema/check.h"
#include "store/internal.h"

/* The owner of the first record it is about that has one; false: there is none. */
static bool take_owner(struct store *s, struct record *r, const char *const *by, struct arena *a)
{
	for (; *by; by++) {
		const struct value *v = record_at(r, *by);
		struct record from;
		if (v->kind != V_INT ||
		    !record_read(s, schema_entity(&s->schema, str_of(*by)), v->i, &from, a) ||
		    !is_set(&from, "owner"))
			continue;
		*record_get(r, "owner") = *record_at(&from, "owner");
		return true;
	}
	return false;
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
