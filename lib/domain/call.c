/* What a call that was made is, and what follows from it. */
#include "domain/call.h"

#include "schema/check.h"
#include "schema/member.h"
#include "schema/reach.h"

/* -- what it is -- */

/* The earliest call that the caller has planned with them for today or before; 0: none. */
static int64_t planned_call(const struct caller *c, const struct call_about *about, struct arena *a)
{
	const struct entity *e = store_entity(c->store, "activity");
	int64_t now = c->store->settings.calendar.now;
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, e);
	sql_add(&q, " where kind = 'call' and status = 'planned' and due_at < ");
	sql_text(&q, instant_print(zone_instant(zone_day(now) + 1, 0), a));
	sql_add(&q, " and owner = ");
	sql_int(&q, c->user);
	sql_add(&q, " and ");
	sql_refers(&q, e, about->entity->name, about->id);
	sql_add(&q, " order by due_at, id limit 1");
	int64_t id = db_int(c->store->db, &q, 0);
	sql_free(&q);
	return id;
}

/* Beside what was named, the people behind it: a deal's contact, whom a lead became. */
static void set_about(struct store *s, const struct call_about *about, struct record *call,
		      struct arena *a)
{
	static const char *const behind[] = { "contact", "account" };
	struct record r;
	*record_get(call, about->entity->name) = value_int(about->id);
	if (!store_get(s, about->entity, about->id, &r, a))
		return;
	for (size_t i = 0; i < countof(behind); i++) {
		const struct field *f = entity_field(about->entity, str_of(behind[i]));
		if (f && f->type == &type_ref && is_set(&r, f->name))
			*record_get(call, f->name) = *record_at(&r, f->name);
	}
}

void call_begin(const struct caller *c, const struct call_about *about, const struct record *claim,
		const char *outcome, struct record *call, struct arena *a)
{
	*call = record_new(store_entity(c->store, "activity"), a);
	int64_t planned = claim ? int_of(claim, "activity") : 0;
	struct record old;
	if (planned && (!store_get(c->store, call->entity, planned, &old, a) ||
			!str_is(text_of(&old, "status"), "planned")))
		planned = 0;
	call->id = planned ? planned : planned_call(c, about, a);
	if (!call->id) {
		set_about(c->store, about, call, a);
		set_text(call, "kind", STR("call"));
		if (claim && is_set(claim, "campaign"))
			*record_get(call, "campaign") = *record_at(claim, "campaign");
	}
	set_text(call, "status", STR("done"));
	set_text(call, "outcome", str_of(outcome));
	if (c->user)
		*record_get(call, "owner") = value_int(c->user);
}

/* -- what follows -- */

int64_t call_attempts(struct store *s, const struct person *p, int64_t campaign, struct arena *a)
{
	const struct entity *e = store_entity(s, "activity");
	struct sql q = { .arena = a };
	sql_add(&q, "select count(*) from ");
	sql_stored(&q, e);
	sql_add(&q, " where ");
	sql_refers(&q, e, p->entity->name, p->id);
	sql_add(&q,
		" and kind = 'call' and status = 'done' and coalesce(direction, 'out') <> 'in'");
	if (campaign) {
		sql_add(&q, " and campaign = ");
		sql_int(&q, campaign);
	}
	int64_t n = db_int(s->db, &q, 0);
	sql_free(&q);
	return n;
}

struct str call_number(struct store *s, const struct record *who, struct arena *a)
{
	const struct field *f = channel_field(channel_named(STR("call")), who);
	struct record account;
	if (f)
		return text_of(who, f->name);
	if (!strcmp(who->entity->name, "contact") && int_of(who, "account") &&
	    store_get(s, store_entity(s, "account"), int_of(who, "account"), &account, a))
		return call_number(s, &account, a);
	return (struct str){ "", 0 };
}

/* By letter, by messenger, or at another number. */
static bool reached_otherwise(const struct record *who)
{
	static const char *const ways[] = { "email", "zalo", "facebook" };
	for (size_t i = 0; i < countof(ways); i++)
		if (is_set(who, ways[i]))
			return true;
	return is_set(who, "phone") && is_set(who, "mobile") &&
	       !str_eq(text_of(who, "phone"), text_of(who, "mobile"));
}

/* A new lead is a contacted one, whatever came of it, unless it was somebody else's number. */
static bool move_lead(const struct caller *c, const struct record *call,
		      const struct call_rule *rule, bool last, struct arena *a, struct diag *d)
{
	struct record lead, r;
	int64_t id = int_of(call, "lead");
	if (!id || !store_get(c->store, store_entity(c->store, "lead"), id, &lead, a))
		return true;
	struct str status = text_of(&lead, "status");
	bool wrong = str_is(text_of(call, "outcome"), "wrong_number");
	const char *to = rule && last ? rule->lead : NULL;
	const char *reason = to ? rule->reason : NULL;
	if (wrong && reason && reached_otherwise(&lead))
		to = NULL;
	if (!to && !wrong && str_is(status, "new"))
		to = "contacted";
	if (!to || str_is(status, "converted") || str_is(status, "disqualified"))
		return true;
	r = record_new(lead.entity, a);
	r.id = id;
	set_text(&r, "status", str_of(to));
	if (reason)
		set_text(&r, "disqualify_reason", str_of(reason));
	return store_put(c->store, &r, 0, a, d) != WROTE_NOTHING;
}

/* Forwards only, as the store itself does for the outcomes that it knows. */
static bool move_member(const struct caller *c, const struct record *call, const struct person *p,
			const char *to, struct arena *a, struct diag *d)
{
	int64_t campaign = int_of(call, "campaign");
	struct record of, have, r;
	int64_t id = to && campaign && p->entity
			 ? membership_of(c->store, "campaign_member", "campaign", campaign,
					 p->entity, p->id, a)
			 : 0;
	if (!id || !store_get(c->store, store_entity(c->store, "campaign"), campaign, &of, a) ||
	    !store_get(c->store, store_entity(c->store, "campaign_member"), id, &have, a))
		return true;
	const char *const *order = member_statuses(text_of(&of, "channel"));
	if (member_rank(order, str_of(to)) <= member_rank(order, text_of(&have, "status")))
		return true;
	r = record_new(have.entity, a);
	r.id = id;
	set_text(&r, "status", str_of(to));
	return store_put(c->store, &r, 0, a, d) != WROTE_NOTHING;
}

/* So long from now, at an hour at which people are rung. */
static int64_t again_at(const struct caller *c, const struct delay *w)
{
	int64_t now = c->store->settings.calendar.now;
	int64_t at = zone_instant(zone_day(now) + w->days, zone_second(now)) + w->seconds;
	at = hours_add(&c->rules->hours, at, 1);
	return at == INT64_MAX ? now : at - 1;
}

static void make_plan(const struct record *call, const struct value *at, struct record *plan,
		      struct arena *a)
{
	static const char *const copied[] = {
		"subject", "priority", "owner",	 "lead",  "account",
		"contact", "deal",     "ticket", "order", "campaign"
	};
	*plan = record_new(call->entity, a);
	for (size_t i = 0; i < countof(copied); i++)
		*record_get(plan, copied[i]) = *record_at(call, copied[i]);
	struct str note = text_of(call, "body"), line;
	if (!is_set(call, "subject") && str_cut(&note, '\n', &line))
		set_text(plan, "subject", line); /* what a list of work shows of it */
	set_text(plan, "kind", STR("call"));
	set_text(plan, "status", STR("planned"));
	*record_get(plan, "due_at") = *at;
}

bool call_end(const struct caller *c, const struct record *call, const struct value *next,
	      struct record *plan, struct arena *a, struct diag *d)
{
	const struct call_rule *rule = call_rule_of(c->rules, text_of(call, "outcome"));
	struct person p = campaign_person(c->store, call->entity, call->id, a);
	bool again = rule && (rule->again.days || rule->again.seconds);
	*plan = (struct record){ 0 };
	if (again && p.entity &&
	    call_attempts(c->store, &p, int_of(call, "campaign"), a) >= rule->most)
		again = false;
	struct value at = *next;
	if (at.kind == V_NONE && again && !str_is(text_of(call, "direction"), "in") &&
	    !person_refusal(c->store, STR("call"), &p, NULL, a))
		at = value_text(instant_print(again_at(c, &rule->again), a));
	if (at.kind == V_TEXT)
		make_plan(call, &at, plan, a);
	store_follow_begin(c->store);
	bool ok = move_lead(c, call, rule, !again && at.kind != V_TEXT, a, d) &&
		  move_member(c, call, &p, rule ? rule->member : NULL, a, d);
	store_follow_end(c->store);
	return ok;
}
