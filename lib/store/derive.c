/*
 * What follows from a write: contact facts from activities, stage history and
 * customers from deals.  Restored records bring their own.
 */
#include "schema/check.h"
#include "schema/line.h"
#include "store/derive.h"
#include "store/stand_in.h"

bool follow(struct change *ch, struct record *r)
{
	unsigned flags = PUT_TRUSTED | (ch->flags & PUT_SILENT);
	return store_put(ch->s, r, flags, ch->a, ch->d) != WROTE_NOTHING;
}

const struct entity *entity_named(const struct store *s, const char *name)
{
	return schema_entity(&s->schema, str_of(name));
}

/* How long it stayed is not known where the clock was put back meanwhile. */
static bool add_stage_change(struct change *ch)
{
	struct record r = record_new(entity_named(ch->s, "stage_change"), ch->a);
	static const char *const copied[] = { "pipeline", "stage", "owner", "amount", "currency" };
	for (size_t i = 0; i < countof(copied); i++)
		*record_get(&r, copied[i]) = *record_at(ch->now, copied[i]);
	*record_get(&r, "deal") = value_int(ch->now->id);
	*record_get(&r, "at") = *record_at(ch->now, "stage_since");
	if (ch->s->settings.user)
		*record_get(&r, "user") = value_int(ch->s->settings.user);
	int64_t from, to;
	if (ch->old)
		*record_get(&r, "from_stage") = *record_at(ch->old, "stage");
	if (ch->old && instant_scan(text_of(ch->old, "stage_since"), &from) &&
	    instant_scan(text_of(ch->now, "stage_since"), &to) && to >= from)
		*record_get(&r, "duration_s") = value_int(to - from);
	return follow(ch, &r);
}

struct sides *sides_known(struct store *s, struct sides *o, const char *type, int64_t made)
{
	if (!o->begun)
		o->all = store_next_id(s, entity_named(s, type)) == 1 + made;
	o->begun = true;
	return o;
}

void sides_forget(struct sides *o)
{
	idset_free(&o->accounts);
	o->all = false;
	o->begun = true;
}

static bool derive_deal(struct change *ch)
{
	note_opening(ch);
	bool entered =
	    ch->now && (!ch->old || !str_eq(text_of(ch->old, "stage"), text_of(ch->now, "stage")));
	if (entered && !add_stage_change(ch))
		return false;
	int64_t was = int_of(ch->old, "account"), is = int_of(ch->now, "account");
	enum stage_kind from = ch->old ? stage_kind_of(ch->s, ch->old) : STAGE_LOST;
	enum stage_kind to = ch->now ? stage_kind_of(ch->s, ch->now) : STAGE_LOST;
	bool closed = ch->old && ch->now && changed(ch->now, ch->old, "closed_at");
	if (was && was != is && !refresh_customer(ch, was))
		return false;
	return !is || (was == is && from == to && !closed) || refresh_customer(ch, is);
}

/*
 * A restored record brings what follows from it along with the records around it;
 * where these are not from the same export, two rules hold all the same: one main
 * contact, and a customer is whoever bought.
 */
static bool derive_restored(struct change *ch)
{
	const char *name = ch->now->entity->name;
	static const char *const of_account[] = { "deal", "contact", "order", NULL };
	bool concerned = is_one_of(str_of(name), of_account);
	int64_t account = concerned ? int_of(ch->now, "account") : 0;
	struct record have;
	if (!strcmp(name, "deal"))
		note_opening(ch);
	if (!strcmp(name, "order"))
		stand_in_note(ch->s, ch->now->id);
	if (!account)
		return true;
	if (!strcmp(name, "contact")) {
		mains_forget(ch->s);
		return !is_true(ch->now, "is_primary") || one_primary(ch, account, ch->now->id);
	}
	struct str won = bought_on(ch, ch->now, account);
	settle_before(ch->s, entity_named(ch->s, "account"), account);
	if (!won.n || !record_read(ch->s, entity_named(ch->s, "account"), account, &have, ch->a))
		return true;
	struct str since = text_of(&have, "customer_since");
	return (since.n && str_cmp(since, won) <= 0) || refresh_customer(ch, account);
}

bool derive(struct store *s, const struct record *old, const struct record *now, unsigned flags,
	    struct arena *a, struct diag *d)
{
	static const struct {
		const char *entity;
		bool (*derive)(struct change *);
	} rules[] = {
		{ "activity", derive_activity }, { "deal", derive_deal },
		{ "contact", derive_contact },	 { "deal_line", derive_line },
		{ "quote_line", derive_line },	 { "order_line", derive_line },
		{ "order", derive_order },	 { "event", derive_payment },
		{ "lead", derive_owner },	 { "lead", derive_converted },
		{ "deal", derive_converted },	 { "order", derive_converted },
	};
	struct change ch = { s, old, now, a, d, flags };
	const char *name = (now ? now : old)->entity->name;
	if (flags & PUT_RESTORE)
		return line_whole(&s->schema, now->entity) ? derive_line(&ch)
							   : derive_restored(&ch);
	for (size_t i = 0; i < countof(rules); i++)
		if (!strcmp(rules[i].entity, name) && !rules[i].derive(&ch))
			return false;
	return derive_ticket(s, old, now, flags, a, d) && derive_member(s, old, now, flags, a, d);
}
