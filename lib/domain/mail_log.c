/* Messages that go out: planned before they leave, done when they have left. */
#include "domain/mail.h"
#include "schema/check.h"
#include "schema/member.h"
#include "schema/reach.h"

static const struct entity *activity_of(const struct store *s)
{
	return store_entity(s, "activity");
}

enum mail_past mail_past(struct store *s, struct str message_id, int64_t *activity)
{
	const struct entity *e = activity_of(s);
	struct arena a = { 0 };
	struct record r;
	enum mail_past past = MAIL_NEW;
	*activity = 0;
	if (store_find_twins(s, e, entity_field(e, STR("external_id")), message_id, activity, 1) &&
	    store_get(s, e, *activity, &r, &a)) {
		struct str status = text_of(&r, "status");
		past = str_is(status, "done")	   ? MAIL_DONE
		       : str_is(status, "planned") ? MAIL_HALF
		       : str_is(status, "missed")  ? MAIL_LATER
						   : MAIL_DEAD;
	}
	arena_free(&a);
	return past;
}

/* What it is about, and what that is about in turn. */
static void set_about(struct store *s, const struct mail_out *m, struct record *r, struct arena *a)
{
	struct record about, who;
	if (entity_field(r->entity, str_of(m->entity->name)))
		*record_get(r, m->entity->name) = value_int(m->id);
	if (strcmp(m->entity->name, "lead") && store_get(s, m->entity, m->id, &about, a))
		copy_about(r, &about);
	*record_get(r, m->person.entity->name) = value_int(m->person.id);
	if (!strcmp(m->person.entity->name, "contact") &&
	    store_get(s, m->person.entity, m->person.id, &who, a) && is_set(&who, "account"))
		*record_get(r, "account") = *record_at(&who, "account");
}

bool mail_plan(struct store *s, const struct mail_out *m, int64_t *activity, struct arena *a,
	       struct diag *d)
{
	const struct channel *channel = channel_named(str_of(letter_kinds[m->kind]));
	struct record r = record_new(activity_of(s), a);
	r.id = *activity;
	if (!r.id)
		set_about(s, m, &r, a);
	set_text(&r, "kind", str_of(channel->activity));
	set_text(&r, "channel", str_of(channel->name));
	set_text(&r, "direction", STR("out"));
	set_text(&r, "status", STR("planned"));
	set_text(&r, "subject", m->subject);
	set_text(&r, "body", m->body);
	set_text(&r, "external_id", m->message_id);
	if (m->campaign)
		*record_get(&r, "campaign") = value_int(m->campaign);
	if (m->automatic)
		*record_get(&r, "automatic") = value_int(1);
	if (m->owner)
		*record_get(&r, "owner") = value_int(m->owner);
	if (m->reply_to)
		*record_get(&r, "reply_to") = value_int(m->reply_to);
	if (store_put(s, &r, 0, a, d) == WROTE_NOTHING)
		return false;
	*activity = r.id;
	return true;
}

bool mail_settle(struct store *s, const struct mail_out *m, int64_t activity, enum mail_end end,
		 struct str why, struct arena *a, struct diag *d)
{
	static const char *const statuses[] = { "done", "missed", "cancelled" };
	struct record r = record_new(activity_of(s), a);
	r.id = activity;
	set_text(&r, "status", str_of(statuses[end]));
	if (end != MAIL_SENT)
		set_text(&r, "body",
			 arena_printf(a, "[%.*s]\n\n%.*s", (int)why.n, why.p, (int)m->body.n,
				      m->body.p));
	if (store_put(s, &r, 0, a, d) == WROTE_NOTHING)
		return false;
	return end != MAIL_SENT || !m->campaign ||
	       mail_advance(s, m->campaign, &m->person, "sent", true, a, d);
}

/* Who is no member yet is one from the first message on. */
static bool join_campaign(struct store *s, int64_t campaign, const struct person *p,
			  const char *status, struct arena *a, struct diag *d)
{
	struct record r = record_new(store_entity(s, "campaign_member"), a);
	*record_get(&r, "campaign") = value_int(campaign);
	*record_get(&r, p->entity->name) = value_int(p->id);
	set_text(&r, "status", str_of(status));
	return store_put(s, &r, 0, a, d) != WROTE_NOTHING;
}

bool mail_advance(struct store *s, int64_t campaign, const struct person *p, const char *status,
		  bool join, struct arena *a, struct diag *d)
{
	const struct entity *e = store_entity(s, "campaign_member");
	struct record c, have, r = record_new(e, a);
	int64_t id = membership_of(s, "campaign_member", "campaign", campaign, p->entity, p->id, a);
	if (!id)
		return !join || join_campaign(s, campaign, p, status, a, d);
	if (!store_get(s, store_entity(s, "campaign"), campaign, &c, a) ||
	    !store_get(s, e, id, &have, a))
		return true;
	const char *const *order = member_statuses(text_of(&c, "channel"));
	int rank = member_rank(order, str_of(status));
	if (rank <= member_rank(order, text_of(&have, "status")))
		return true;
	r.id = id;
	set_text(&r, "status", str_of(status));
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

struct person *mail_waiting(struct store *s, int64_t campaign, size_t *n, struct arena *a)
{
	const struct entity *e = store_entity(s, "campaign_member");
	struct sql q = { .arena = a };
	sql_add(&q, "select id from campaign_member where campaign = ");
	sql_int(&q, campaign);
	sql_add(&q, " and status = 'listed' order by id");
	int64_t *ids = db_ids(s->db, &q, n, a);
	sql_free(&q);
	struct person *all = arena_new(a, struct person, *n + 1);
	size_t kept = 0;
	for (size_t i = 0; i < *n; i++) {
		struct record r;
		struct arena row = { 0 };
		struct person p = { 0 };
		if (store_get(s, e, ids[i], &r, &row))
			p = person_named(s, &r);
		if (p.entity)
			all[kept++] = p;
		arena_free(&row);
	}
	*n = kept;
	return all;
}
