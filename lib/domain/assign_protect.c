/* Known people belong to who has them, for a time: nobody else takes them meanwhile. */
#include "core/date.h"
#include "domain/assign_impl.h"
#include "schema/check.h"

/* The latest of these instants; 0: none is there. */
static int64_t touched(const struct record *lead)
{
	static const char *const times[] = { "created_at", "last_contacted_at", "assigned_at" };
	int64_t latest = 0, at;
	for (size_t i = 0; i < countof(times); i++)
		if (instant_scan(text_of(lead, times[i]), &at) && at > latest)
			latest = at;
	return latest;
}

static const struct assignment_rules *protecting(struct store *s, struct arena *a)
{
	struct diag d = { 0 }; /* what is configured wrongly protects nobody; crm-assign says so */
	const struct assignment_rules *r = assignment_stored(s, a, &d);
	diag_free(&d);
	return r && r->protect_s ? r : NULL;
}

static struct assign_hold held(struct store *s, const struct record *now, const struct record *old,
			       const struct record *says, struct arena *a)
{
	const struct assignment_rules *r = protecting(s, a);
	const struct entity *user = store_entity(s, "user");
	struct assign_hold hold = { 0 };
	struct known k;
	struct record who;
	if (!r)
		return hold;
	known_find(s, r, now, says, &k, a);
	const struct value *owner = old ? record_at(old, "owner") : NULL;
	int64_t own = owner && owner->kind == V_INT ? touched(old) : 0;
	if (own >= k.touched && own + r->protect_s > s->settings.calendar.now)
		k = (struct known){ .user = owner->i, .touched = own };
	if (!k.user || !store_get(s, user, k.user, &who, a) || !is_true(&who, "active"))
		return hold;
	hold.user = k.user;
	hold.login = arena_str(a, text_of(&who, "login")).p;
	hold.until = instant_print_local(k.touched + r->protect_s, a);
	return hold;
}

struct assign_hold assign_held(struct store *s, const struct record *now, const struct record *old,
			       struct arena *a)
{
	return held(s, now, old, NULL, a);
}

/* What of it was not known of them before. */
static struct record news_of(const struct record *now, const struct record *old, struct arena *a)
{
	struct record r = record_new(now->entity, a);
	for (size_t i = 0; i < now->entity->nfields; i++)
		if (!value_eq(&now->values[i], &old->values[i]))
			r.values[i] = now->values[i];
	return r;
}

bool assign_allows(struct store *s, const struct record *now, const struct record *old,
		   struct diag *d)
{
	const struct entity *e = store_entity(s, "lead");
	const struct record *says = NULL;
	struct record lead, news;
	struct arena a = { 0 };
	struct assign_hold hold = { 0 };
	if (s->access.role.manage)
		return true;
	if (now->entity != e) { /* an identity: its lead stays whose it is */
		bool there = store_get(s, e, record_at(now, "lead")->i, &lead, &a);
		says = now;
		now = there ? &lead : NULL;
		old = NULL;
	} else if (old && value_eq(record_at(now, "owner"), record_at(old, "owner"))) {
		news = news_of(now, old, &a);
		says = &news;
		old = NULL;
	}
	const struct value *to = now ? record_at(now, "owner") : NULL;
	if (to && to->kind == V_INT)
		hold = held(s, now, old, says, &a);
	bool allowed = !hold.user || hold.user == to->i || hold.user == s->settings.user ||
		       diag_set(d, "owner", "%s has them until %.*s", hold.login, (int)hold.until.n,
				hold.until.p);
	arena_free(&a);
	return allowed;
}

bool assign_lapsed(struct store *s, const struct record *lead, struct arena *a)
{
	return protecting(s, a) && !assign_held(s, lead, lead, a).user;
}
