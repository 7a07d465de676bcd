/* What records have of the activities that are about them: when, and how often. */
#include "schema/check.h"
#include "store/derive.h"

struct str contact_at(const struct record *r)
{
	static const char *const touches[] = { "call", "email", "meeting", "sms",
					       "chat", "visit", "letter",  NULL };
	bool touch = r && str_is(text_of(r, "status"), "done") && !is_true(r, "automatic") &&
		     is_one_of(text_of(r, "kind"), touches);
	return touch ? text_of(r, "done_at") : (struct str){ "", 0 };
}

/* When this activity is to be done; empty: it is no plan. */
static struct str planned_at(const struct record *r)
{
	return r && str_is(text_of(r, "status"), "planned") ? text_of(r, "due_at")
							    : (struct str){ "", 0 };
}

bool is_attempt(const struct record *r)
{
	return contact_at(r).n && !str_is(text_of(r, "direction"), "in");
}

/* One aggregate over the activities about a record. */
static struct str of_activities(struct change *ch, const char *literal, const char *about,
				int64_t id)
{
	const struct entity *e = entity_named(ch->s, "activity");
	struct sql q = { .arena = ch->a };
	sql_add_literal(&q, literal);
	sql_add(&q, " and ");
	sql_column(&q, entity_field(e, str_of(about)));
	sql_add(&q, " = ");
	sql_int(&q, id);
	struct value v = store_one(ch->s, &q);
	sql_free(&q);
	return v.kind == V_TEXT ? v.s : (struct str){ "", 0 };
}

static const char next_sql[] = "select min(due_at) from main.activity where status = 'planned'";
static const char last_sql[] =
    "select max(done_at) from main.activity where status = 'done' and (kind = 'call' or kind = "
    "'email'"
    " or kind = 'meeting' or kind = 'sms' or kind = 'chat' or kind = 'visit' or kind = 'letter')"
    " and coalesce(automatic, 0) = 0";
static const char first_sql[] =
    "select min(done_at) from main.activity where status = 'done' and (kind = 'call' or kind = "
    "'email'"
    " or kind = 'meeting' or kind = 'sms' or kind = 'chat' or kind = 'visit' or kind = 'letter')"
    " and coalesce(direction, 'out') <> 'in' and coalesce(automatic, 0) = 0";

/*
 * The latest (or, sign < 0, the first) contact after this change: a seeded value
 * stays unless this change beats it, or it was this activity's own.
 */
static struct fact moved(struct change *ch, const char *sql, const char *about, int64_t id,
			 const struct fact *now, struct str was, struct str is, int sign)
{
	struct str have = fact_text(now);
	if (was.n && str_eq(have, was) && !str_eq(was, is))
		return fact_of(of_activities(ch, sql, about, id));
	if (is.n && (!have.n || str_cmp(is, have) * sign > 0))
		return fact_of(is);
	return *now;
}

static struct contact_facts contact_facts_of(const struct record *r)
{
	struct contact_facts f = { .next = fact_of(text_of(r, "next_contact_at")),
				   .last = fact_of(text_of(r, "last_contacted_at")) };
	if (!entity_field(r->entity, STR("contact_attempts")))
		return f;
	f.first = fact_of(text_of(r, "first_response_at"));
	f.attempts = int_of(r, "contact_attempts");
	f.counted = is_set(r, "contact_attempts");
	return f;
}

void contact_facts_put(const struct contact_facts *f, struct record *r)
{
	set_text(r, "next_contact_at", fact_text(&f->next));
	set_text(r, "last_contacted_at", fact_text(&f->last));
	if (!entity_field(r->entity, STR("contact_attempts")))
		return;
	set_text(r, "first_response_at", fact_text(&f->first));
	*record_get(r, "contact_attempts") = value_int(f->attempts);
}

/* What it has of them once `old` (NULL: it was not about it) is `now`. */
static struct contact_facts after(struct change *ch, const char *about, int64_t id,
				  const struct contact_facts *have, const struct record *old,
				  const struct record *now)
{
	bool counts = entity_field(entity_named(ch->s, about), STR("contact_attempts")) != NULL;
	struct str empty = { "", 0 };
	struct contact_facts f = *have;
	f.next = moved(ch, next_sql, about, id, &have->next, planned_at(old), planned_at(now), -1);
	f.last = moved(ch, last_sql, about, id, &have->last, contact_at(old), contact_at(now), 1);
	if (!counts)
		return f;
	f.counted = true;
	f.attempts += is_attempt(now) - is_attempt(old);
	f.first =
	    moved(ch, first_sql, about, id, &have->first, is_attempt(old) ? contact_at(old) : empty,
		  is_attempt(now) ? contact_at(now) : empty, -1);
	return f;
}

static bool fact_eq(const struct fact *a, const struct fact *b)
{
	return str_eq(fact_text(a), fact_text(b));
}

static bool is_same(const struct contact_facts *a, const struct contact_facts *b)
{
	return fact_eq(&a->next, &b->next) && fact_eq(&a->last, &b->last) &&
	       fact_eq(&a->first, &b->first) && a->attempts == b->attempts &&
	       a->counted == b->counted;
}

static bool refresh_contact(struct change *ch, const char *about, int64_t id, bool was, bool is)
{
	const struct entity *e = entity_named(ch->s, about);
	struct facts *t = facts_wait(ch, e, id);
	bool waits = t && t->contacted, ok = true;
	struct contact_facts have;
	struct record old;
	if (!waits && !record_read(ch->s, e, id, &old, ch->a))
		return true;
	have = waits ? t->contact : contact_facts_of(&old);
	struct contact_facts f =
	    after(ch, about, id, &have, was ? ch->old : NULL, is ? ch->now : NULL);
	if (is_same(&f, &have))
		return true;
	if (!waits) {
		struct record r = record_new(e, ch->a);
		r.id = id;
		contact_facts_put(&f, &r);
		if (!facts_gather(ch, t, &old, &r, &ok))
			return ok;
	}
	t = facts_touch(ch->s, e, id);
	t->contact = f;
	t->contacted = true;
	return true;
}

bool derive_activity(struct change *ch)
{
	static const char *const about[] = { "lead", "account", "contact", "deal" };
	for (size_t i = 0; i < countof(about); i++) {
		int64_t was = int_of(ch->old, about[i]), is = int_of(ch->now, about[i]);
		if (was && was != is && !refresh_contact(ch, about[i], was, true, false))
			return false;
		if (is && !refresh_contact(ch, about[i], is, was == is, true))
			return false;
	}
	return true;
}
