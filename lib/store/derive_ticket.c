/* What an activity about a ticket does to it: the first answer, and waking up. */
#include "core/date.h"
#include "schema/check.h"
#include "store/derive.h"

static int64_t ticket_of(const struct record *r)
{
	const struct value *v = r ? record_at(r, "ticket") : NULL;
	return v && v->kind == V_INT ? v->i : 0;
}

static bool is_inward(const struct record *r)
{
	return str_is(text_of(r, "direction"), "in");
}

/* When this activity answered the customer; empty: it did not. */
static struct str answered_at(const struct record *r, int64_t ticket)
{
	return r && ticket_of(r) == ticket && is_attempt(r) ? contact_at(r) : (struct str){ "", 0 };
}

static struct value first_answer(struct store *s, int64_t ticket, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q,
		"select min(done_at) from main.activity where status = 'done' and (kind = 'call'"
		" or kind = 'email' or kind = 'meeting' or kind = 'sms' or kind = 'chat'"
		" or kind = 'visit' or kind = 'letter') and coalesce(direction, 'out') <> 'in'"
		" and coalesce(automatic, 0) = 0 and ticket = ");
	sql_int(&q, ticket);
	struct value v = store_one(s, &q);
	sql_free(&q);
	return v;
}

/* A seeded first answer stays unless this activity was it, or came before it. */
static struct value first_response(struct store *s, const struct record *have, struct str was,
				   struct str is, struct arena *a)
{
	struct str first = text_of(have, "first_response_at");
	if (was.n && str_eq(first, was) && !str_eq(was, is))
		return first_answer(s, have->id, a);
	if (is.n && (!first.n || str_cmp(is, first) < 0))
		return value_text(is);
	return first.n ? value_text(first) : value_null();
}

/*
 * We have spoken: it is new no more.  They have: it waits, and is resolved, no more.  Programs
 * speak for nobody.
 */
static struct str status_after(const struct record *ticket, const struct record *now)
{
	struct str status = text_of(ticket, "status");
	bool done = str_is(text_of(now, "status"), "done");
	bool asleep = str_is(status, "pending") || str_is(status, "resolved");
	bool wakes = is_inward(now) ? asleep : str_is(status, "new");
	bool spoken = !str_is(text_of(now, "kind"), "note") && !is_true(now, "automatic");
	return done && wakes && spoken ? STR("open") : status;
}

static bool refresh(struct store *s, int64_t id, const struct record *old, const struct record *now,
		    bool live, struct arena *a, struct diag *d)
{
	const struct entity *e = schema_entity(&s->schema, STR("ticket"));
	struct record have, r = record_new(e, a);
	if (!record_read(s, e, id, &have, a))
		return true;
	r.id = id;
	*record_get(&r, "first_response_at") =
	    first_response(s, &have, answered_at(old, id), answered_at(now, id), a);
	if (live)
		set_text(&r, "status", status_after(&have, now));
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

bool derive_ticket(struct store *s, const struct record *old, const struct record *now,
		   unsigned flags, struct arena *a, struct diag *d)
{
	if (strcmp((now ? now : old)->entity->name, "activity"))
		return true;
	int64_t was = ticket_of(old), is = ticket_of(now);
	bool finished = now && (!old || changed(now, old, "status"));
	if (was && was != is && !refresh(s, was, old, NULL, false, a, d))
		return false;
	return !is || refresh(s, is, old, now, finished && !(flags & PUT_SEED), a, d);
}
