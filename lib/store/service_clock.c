/* What is promised to tickets and leads: written down when it is promised, and then kept. */
#include "core/date.h"
#include "schema/check.h"
#include "store/internal.h"
#include "store/service.h"

static int64_t instant_at(const struct record *r, const char *name, int64_t none)
{
	int64_t at;
	return instant_scan(text_of(r, name), &at) ? at : none;
}

static void put_due(struct record *r, const char *field, int64_t due, const struct codec *c)
{
	if (due == INT64_MAX)
		set_null(r, field);
	else
		set_text(r, field, instant_print(due, c->arena));
}

static void promise(struct record *r, const char *field, const struct hours *h, int64_t from,
		    int64_t seconds, const struct codec *c)
{
	put_due(r, field, seconds > 0 ? hours_add(h, from, seconds) : INT64_MAX, c);
}

/* Since when the ticket's clock stands: it waits for the customer, or is done with; NULL: it runs.
 */
static const char *stands_since(const struct record *r)
{
	struct str status = text_of(r, "status");
	if (str_is(status, "pending"))
		return "pending_since";
	return str_is(status, "resolved") || str_is(status, "closed") ? "resolved_at" : NULL;
}

/* What was promised moves on by the time for which the clock stood. */
static void end_wait(struct record *r, const struct record *old, const struct service *v,
		     const struct codec *c)
{
	int64_t now = c->settings->calendar.now;
	const char *since = old ? stands_since(old) : NULL;
	if (!since || since == stands_since(r))
		return;
	const struct hours *h = service_hours(v, text_of(old, "sla"));
	const struct value *before = record_at(old, "pending_s");
	int64_t due = instant_at(old, "resolution_due", INT64_MAX);
	int64_t wait = hours_between(h, instant_at(old, since, now), now);
	*record_get(r, "pending_s") = value_int((before->kind == V_INT ? before->i : 0) + wait);
	if (!str_is(text_of(r, "status"), "pending"))
		set_null(r, "pending_since");
	if (wait > 0 && due != INT64_MAX)
		put_due(r, "resolution_due", hours_add(h, due, wait), c);
}

/*
 * Promises follow from what the ticket is: they change when that does.  What was answered or
 * resolved by then stays as it was promised: only its opening may be put right.
 */
static void fill_ticket(struct store *s, struct record *r, const struct record *old,
			const struct codec *c)
{
	static const char *const matter[] = { "priority", "account", "channel", "kind" };
	const struct service *v = service_get(s);
	bool mended = changed(r, old, "opened_at"), differs = !old || mended;
	end_wait(r, old, v, c);
	for (size_t i = 0; i < countof(matter); i++)
		differs |= changed(r, old, matter[i]);
	bool resolved = old && is_set(old, "resolved_at") && is_set(r, "resolved_at") && !mended;
	bool answered = resolved || (old && is_set(old, "first_response_at") && !mended);
	if (!differs || (resolved && answered))
		return;
	const struct sla_policy *p = service_policy_of(s, r, c->arena);
	const struct sla_time *t = service_time(p, text_of(r, "priority"));
	bool same = old && !mended && str_is(text_of(old, "sla"), p ? p->key : "");
	if (same && !changed(r, old, "priority")) /* the same policy, whatever it says by now */
		return;
	set_null(r, "sla");
	if (p)
		set_text(r, "sla", str_of(p->key));
	const struct hours *h = service_hours(v, text_of(r, "sla"));
	int64_t opened = instant_at(r, "opened_at", c->settings->calendar.now);
	const struct value *waited = record_at(r, "pending_s");
	int64_t wait = waited->kind == V_INT ? waited->i : 0;
	/* An import may bring what was promised there. */
	if (!answered && (old || !is_set(r, "response_due")))
		promise(r, "response_due", h, opened, t ? t->response_s : 0, c);
	if (old || !is_set(r, "resolution_due"))
		promise(r, "resolution_due", h, opened,
			t && t->resolution_s ? t->resolution_s + wait : 0, c);
}

/* Once, when somebody becomes a new lead; whoever was answered before needs no promise. */
static void fill_lead(struct store *s, struct record *r, const struct record *old,
		      const struct codec *c)
{
	const struct service *v = service_get(s);
	bool begins = !old || str_is(text_of(old, "status"), "target");
	if (!v->n || !begins || !str_is(text_of(r, "status"), "new") || is_set(r, "response_due") ||
	    is_set(r, "first_response_at"))
		return;
	const struct sla_policy *p = service_policy_of(s, r, c->arena);
	if (!p || !p->times->response_s)
		return;
	int64_t now = c->settings->calendar.now;
	int64_t from = old ? now : instant_at(r, "created_at", now);
	set_text(r, "sla", str_of(p->key));
	promise(r, "response_due", service_hours(v, str_of(p->key)), from, p->times->response_s, c);
}

void service_fill(struct store *s, struct record *r, const struct record *old,
		  const struct codec *c)
{
	if (c->restoring)
		return;
	if (!strcmp(r->entity->name, "ticket"))
		fill_ticket(s, r, old, c);
	else if (!strcmp(r->entity->name, "lead"))
		fill_lead(s, r, old, c);
}
