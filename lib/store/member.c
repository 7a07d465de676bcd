/* Members of campaigns and segments: who may be one, and how far they have gone. */
#include "schema/member.h"

#include "schema/check.h"
#include "schema/reach.h"
#include "store/internal.h"

static bool get(struct store *s, const char *entity, int64_t id, struct record *out,
		struct arena *a)
{
	return id && record_read(s, schema_entity(&s->schema, str_of(entity)), id, out, a);
}

/* -- who may be one -- */

/* Whoever said no is not listed for that channel; nor is a contact whose lead did. */
static bool may_list(struct store *s, const struct record *r, struct str channel, struct arena *a,
		     struct diag *d)
{
	const char *consent = channel_consent(channel);
	for (size_t i = 0; consent && i < PERSON_TYPES; i++) {
		struct record who;
		if (get(s, person_types[i], int_of(r, person_types[i]), &who, a) &&
		    is_true(&who, consent))
			return diag_set(d, person_types[i], "%s-%lld %s", person_types[i],
					(long long)who.id,
					entity_field(who.entity, str_of(consent))->help);
	}
	return true;
}

static bool check_status(struct record *r, const char *const *statuses, struct str channel,
			 struct diag *d)
{
	struct str status = text_of(r, "status");
	if (!status.n) {
		set_text(r, "status", str_of(statuses[0]));
		return true;
	}
	return member_rank(statuses, status) >= 0 ||
	       diag_set(d, "status", "%s is no status of a campaign by %s",
			quoted(status, &d->arena), arena_str(&d->arena, channel).p);
}

/* The first time of each status, and of nothing that was imported without its time. */
static void note_first_time(struct record *r, const struct record *old, const struct codec *c)
{
	const char *field = arena_printf(c->arena, "%s_at", text_of(r, "status").p).p;
	bool known = entity_field(r->entity, str_of(field)) != NULL; /* not one that was added */
	if (known && !is_set(r, field) && !(c->seeding && !old))
		set_now(r, field, c);
}

static bool check_campaign_member(struct store *s, struct record *r, const struct record *old,
				  const struct codec *c, struct diag *d)
{
	struct record campaign;
	if (c->restoring || !get(s, "campaign", int_of(r, "campaign"), &campaign, c->arena))
		return true;
	struct str channel = text_of(&campaign, "channel");
	if (!check_status(r, member_statuses(channel), channel, d) ||
	    (!old && !may_list(s, r, channel, c->arena, d)))
		return false;
	if (!old || changed(r, old, "status"))
		note_first_time(r, old, c);
	return true;
}

static bool check_segment_member(struct store *s, const struct record *r, const struct codec *c,
				 struct diag *d)
{
	struct record segment;
	if (c->restoring || !get(s, "segment", int_of(r, "segment"), &segment, c->arena))
		return true;
	const char *of = text_of(&segment, "of").p;
	if (!str_is(text_of(&segment, "kind"), "static"))
		return diag_set(d, "segment",
				"its members are those for whom its condition is true");
	return int_of(r, of) ||
	       diag_set(d, of, "%s holds %ss", quoted(text_of(&segment, "name"), &d->arena), of);
}

static bool check_segment(struct store *s, const struct record *r, const struct record *old,
			  struct diag *d)
{
	struct str condition = text_of(r, "condition");
	const struct entity *of = schema_entity(&s->schema, text_of(r, "of"));
	if (!s->check_condition || !of || !condition.n || (old && !changed(r, old, "condition")))
		return true;
	return s->check_condition(s, of, condition, d);
}

/* How far its members went is said in statuses of the channel. */
static bool check_channel(struct store *s, const struct record *r, const struct record *old,
			  const struct codec *c, struct diag *d)
{
	if (c->restoring || !old || !changed(r, old, "channel"))
		return true;
	struct sql q = { .arena = c->arena };
	sql_add(&q, "select id from main.campaign_member where campaign = ");
	sql_int(&q, r->id);
	sql_add(&q, " limit 1");
	bool members = store_one(s, &q).kind == V_INT;
	sql_free(&q);
	return !members || diag_set(d, "channel", "the campaign has members; make another one");
}

bool member_check(struct store *s, struct record *r, const struct record *old,
		  const struct codec *c, struct diag *d)
{
	const char *name = r->entity->name;
	if (!strcmp(name, "campaign_member"))
		return check_campaign_member(s, r, old, c, d);
	if (!strcmp(name, "segment_member"))
		return check_segment_member(s, r, c, d);
	if (!strcmp(name, "campaign"))
		return check_channel(s, r, old, c, d);
	return strcmp(name, "segment") || check_segment(s, r, old, d);
}

/* -- how far they have gone -- */

int64_t member_of(struct store *s, int64_t campaign, const char *person, int64_t id,
		  struct arena *a)
{
	const struct entity *e = schema_entity(&s->schema, STR("campaign_member"));
	struct sql q = { .arena = a };
	sql_add(&q, "select id from main.campaign_member where campaign = ");
	sql_int(&q, campaign);
	sql_add(&q, " and ");
	sql_refers(&q, e, person, id);
	sql_add(&q, " limit 1");
	struct value v = store_one(s, &q);
	sql_free(&q);
	return v.kind == V_INT ? v.i : 0;
}

static void count_one(struct record *r, const struct record *have, const char *field)
{
	*record_get(r, field) = value_int(int_of(have, field) + 1);
}

bool member_advance(struct store *s, int64_t id, const char *status, struct str at, struct arena *a,
		    struct diag *d)
{
	struct record have, campaign, r;
	if (!get(s, "campaign_member", id, &have, a) ||
	    !get(s, "campaign", int_of(&have, "campaign"), &campaign, a))
		return true;
	const char *const *order = member_statuses(text_of(&campaign, "channel"));
	int rank = member_rank(order, str_of(status));
	if (rank < 0)
		return true;
	r = record_new(have.entity, a);
	r.id = id;
	const char *first = arena_printf(a, "%s_at", status).p;
	if (!is_set(&have, first) || str_cmp(at, text_of(&have, first)) < 0)
		set_text(&r, first, at);
	if (rank > member_rank(order, text_of(&have, "status")))
		set_text(&r, "status", str_of(status));
	if (!strcmp(status, "opened"))
		count_one(&r, &have, "opens");
	if (!strcmp(status, "clicked"))
		count_one(&r, &have, "clicks");
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

static bool refuse_mail(struct store *s, const struct record *who, const struct record *event,
			struct arena *a, struct diag *d)
{
	struct record r = record_new(who->entity, a);
	if (is_true(who, "do_not_email"))
		return true;
	r.id = who->id;
	*record_get(&r, "do_not_email") = value_int(1);
	*record_get(&r, "do_not_email_at") = *record_at(event, "at");
	set_text(&r, "do_not_email_source", text_of(event, "kind"));
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

/* Others who have the address: it is somebody at it who does not want letters. */
static bool refuse_for_all(struct store *s, const struct record *who, const struct record *event,
			   struct arena *a, struct diag *d)
{
	enum { MOST = 32 };
	struct codec c = store_codec(s, a);
	bool ok = true;
	for (size_t i = 0; is_set(who, "email") && i < PERSON_TYPES; i++) {
		const struct entity *e = schema_entity(&s->schema, str_of(person_types[i]));
		const struct field *f = entity_field(e, STR("email"));
		struct value key = field_key(f, record_at(who, "email"), &c);
		struct record other;
		int64_t ids[MOST];
		size_t n = key.kind == V_TEXT ? store_find_twins(s, e, f, key.s, ids, MOST) : 0;
		for (size_t j = 0; ok && j < n; j++)
			ok = !get(s, person_types[i], ids[j], &other, a) ||
			     (!strcmp(e->name, "lead") &&
			      str_is(text_of(&other, "status"), "converted")) ||
			     refuse_mail(s, &other, event, a, d);
	}
	return ok;
}

/* Whoever unsubscribes, or calls it spam, says no to all letters, not to this one. */
static bool opt_out(struct store *s, const struct record *event, struct arena *a, struct diag *d)
{
	static const char *const refusals[] = { "unsubscribe", "complaint", NULL };
	if (!is_one_of(text_of(event, "kind"), refusals))
		return true;
	for (size_t i = 0; i < PERSON_TYPES; i++) {
		struct record who;
		if (get(s, person_types[i], int_of(event, person_types[i]), &who, a) &&
		    (!refuse_mail(s, &who, event, a, d) || !refuse_for_all(s, &who, event, a, d)))
			return false;
	}
	return true;
}

static bool follow(struct store *s, const struct record *now, int64_t campaign, const char *status,
		   struct str at, struct arena *a, struct diag *d)
{
	for (size_t i = 0; status && campaign && i < PERSON_TYPES; i++) {
		int64_t id = int_of(now, person_types[i]);
		int64_t member = id ? member_of(s, campaign, person_types[i], id, a) : 0;
		if (member)
			return member_advance(s, member, status, at, a, d);
	}
	return true;
}

/* The first membership behind `after` that waits for something to be sent; 0: none. */
static int64_t next_waiting(struct store *s, const struct record *who, int64_t after,
			    struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select min(id) from main.campaign_member where ");
	sql_refers(&q, schema_entity(&s->schema, STR("campaign_member")), who->entity->name,
		   who->id);
	sql_add(&q, " and (status = 'listed' or status = 'queued') and id > ");
	sql_int(&q, after);
	struct value v = store_one(s, &q);
	sql_free(&q);
	return v.kind == V_INT ? v.i : 0;
}

/* Who says no is taken out of what is not sent yet. */
static bool withdraw(struct store *s, const struct record *who, struct arena *a, struct diag *d)
{
	int64_t id = 0;
	while ((id = next_waiting(s, who, id, a))) {
		struct record member, campaign, r;
		if (!get(s, "campaign_member", id, &member, a) ||
		    !get(s, "campaign", int_of(&member, "campaign"), &campaign, a))
			continue;
		const char *consent = channel_consent(text_of(&campaign, "channel"));
		if (!consent || !is_true(who, consent))
			continue;
		r = record_new(member.entity, a);
		r.id = id;
		set_text(&r, "status", STR("opted_out"));
		if (store_put(s, &r, PUT_TRUSTED, a, d) == WROTE_NOTHING)
			return false;
	}
	return true;
}

static bool says_no(const struct record *now, const struct record *old)
{
	for (size_t i = 0; i < CHANNELS; i++) {
		const char *no = channels[i].consent[CONSENT_NO];
		if (is_true(now, no) && !(old && is_true(old, no)))
			return true;
	}
	return false;
}

/* A stranger's event says whose it is once they are known. */
static bool is_known_now(const struct record *now, const struct record *old)
{
	bool known = false;
	for (size_t i = 0; i < PERSON_TYPES; i++) {
		if (old && int_of(old, person_types[i]))
			return false;
		known |= int_of(now, person_types[i]) != 0;
	}
	return known || !old;
}

/* What they send us within a campaign, or in answer to what was sent within it. */
static const char *answered(struct store *s, const struct record *now, int64_t *campaign,
			    struct arena *a)
{
	static const char *const written[] = { "email", "sms", "chat", "letter", NULL };
	struct record first;
	if (!str_is(text_of(now, "direction"), "in") || !is_one_of(text_of(now, "kind"), written))
		return NULL;
	if (!*campaign && get(s, "activity", int_of(now, "reply_to"), &first, a))
		*campaign = int_of(&first, "campaign");
	return "replied";
}

static bool derive_activity_member(struct store *s, const struct record *old,
				   const struct record *now, struct arena *a, struct diag *d)
{
	int64_t campaign = int_of(now, "campaign");
	if (!str_is(text_of(now, "status"), "done"))
		return true;
	const char *status = str_is(text_of(now, "kind"), "call")
				 ? member_after_call(text_of(now, "outcome"))
				 : answered(s, now, &campaign, a);
	return (old && !changed(now, old, "outcome") && !changed(now, old, "campaign") &&
		!changed(now, old, "status")) ||
	       follow(s, now, campaign, status, text_of(now, "done_at"), a, d);
}

bool derive_member(struct store *s, const struct record *old, const struct record *now,
		   unsigned flags, struct arena *a, struct diag *d)
{
	const char *name = (now ? now : old)->entity->name;
	(void)flags;
	if (!now)
		return true;
	if (!strcmp(name, "event"))
		return !is_known_now(now, old) || (follow(s, now, int_of(now, "campaign"),
							  member_after_event(text_of(now, "kind")),
							  text_of(now, "at"), a, d) &&
						   opt_out(s, now, a, d));
	if (!strcmp(name, "activity"))
		return derive_activity_member(s, old, now, a, d);
	return !is_one_of(str_of(name), person_types) || !old || !says_no(now, old) ||
	       withdraw(s, now, a, d);
}
