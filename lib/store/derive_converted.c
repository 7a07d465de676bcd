/* Whom a campaign made a customer: its members, by their conversion or by what they bought. */
#include "core/date.h"
#include "schema/check.h"
#include "store/derive.h"

/* The instant at which the record made a customer of somebody; empty: it did not. */
static struct str converted_at(struct change *ch, const struct record *r)
{
	int64_t day;
	if (!r)
		return (struct str){ 0 };
	if (!strcmp(r->entity->name, "lead"))
		return str_is(text_of(r, "status"), "converted") ? text_of(r, "converted_at")
								 : (struct str){ 0 };
	struct str bought = bought_on(ch, r, int_of(r, "account"));
	if (!bought.n || !strcmp(r->entity->name, "deal"))
		return bought.n ? text_of(r, "closed_at") : bought;
	return day_scan(bought, &day) ? instant_print(zone_instant(day, 0), ch->a)
				      : (struct str){ 0 };
}

/* An organisation is a campaign's member through its main contact. */
static int64_t main_contact(struct change *ch, int64_t account)
{
	struct sql q = { .arena = ch->a };
	sql_add(&q, "select id from main.contact where account = ");
	sql_int(&q, account);
	sql_add(&q, " and is_primary = 1 limit 1");
	struct value v = store_one(ch->s, &q);
	sql_free(&q);
	return v.kind == V_INT ? v.i : 0;
}

bool derive_converted(struct change *ch)
{
	const struct record *now = ch->now;
	struct str at = converted_at(ch, now);
	int64_t campaign = now ? int_of(now, "campaign") : 0;
	if (!campaign || !at.n ||
	    (converted_at(ch, ch->old).n && !changed(now, ch->old, "campaign")))
		return true;
	int64_t account = int_of(now, "account");
	const struct {
		const char *person;
		int64_t id;
	} members[] = {
		{ "contact", int_of(now, "contact") },
		{ "account", account },
		{ "contact", account ? main_contact(ch, account) : 0 },
	};
	for (size_t i = 0; i < countof(members); i++) {
		int64_t member = members[i].id ? member_of(ch->s, campaign, members[i].person,
							   members[i].id, ch->a)
					       : 0;
		if (member && !member_advance(ch->s, member, "converted", at, ch->a, ch->d))
			return false;
	}
	return true;
}
