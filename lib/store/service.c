/* Hours of business, SLA policies, and the clocks of tickets. */
#include "store/service.h"

#include "core/date.h"
#include "schema/check.h"
#include "store/internal.h"

static const char *setting_text(struct store *s, const char *key)
{
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select value from setting where key = ");
	sql_text(&q, str_of(key));
	struct value v = store_one(s, &q);
	sql_free(&q);
	return v.kind == V_TEXT ? v.s.p : "";
}

static const char *text_at(struct stmt *rows, size_t i, struct arena *a)
{
	struct value v = stmt_value(rows, i);
	return v.kind == V_TEXT ? arena_str(a, v.s).p : NULL;
}

/* A row a priority: those of one policy follow each other. */
static void read_policies(struct store *s, struct service *v)
{
	struct sql count = { .arena = &s->arena }, q = { .arena = &s->arena };
	sql_add(&count, "select count(*) from sla");
	size_t room = (size_t)db_int(s->db, &count, 0), n = 0;
	struct sla_policy *policies = arena_new(&s->arena, struct sla_policy, room);
	struct sla_time *times = arena_new(&s->arena, struct sla_time, room);
	sql_add(&q, "select policy, tiers, always, priority, response_s, resolution_s from sla"
		    " order by pos, policy, priority");
	struct stmt *rows = db_query(s->db, &q);
	for (; n < room && stmt_step(rows); n++) {
		const char *key = text_at(rows, 0, &s->arena);
		struct sla_policy *p = v->n ? &policies[v->n - 1] : NULL;
		if (!p || strcmp(p->key, key)) {
			p = &policies[v->n++];
			*p = (struct sla_policy){ key, text_at(rows, 1, &s->arena),
						  stmt_value(rows, 2).i != 0, &times[n], 0 };
		}
		times[n] = (struct sla_time){ text_at(rows, 3, &s->arena), stmt_value(rows, 4).i,
					      stmt_value(rows, 5).i };
		p->n++;
	}
	stmt_close(rows);
	sql_free(&q);
	sql_free(&count);
	v->policies = policies;
}

const struct service *service_get(struct store *s)
{
	struct diag d = { 0 };
	if (s->service)
		return s->service;
	struct service *v = s->service = arena_new(&s->arena, struct service, 1);
	v->week = setting_text(s, "hours");
	v->special = setting_text(s, "special_days");
	if (!hours_parse(&v->hours, str_of(v->week), str_of(v->special), &s->arena, &d))
		die(STATUS_ENV, "the configured %s are damaged: %s", d.field, d.message.p);
	diag_free(&d);
	read_policies(s, v);
	return v;
}

static bool names(const char *words, struct str word)
{
	struct str rest = str_of(words), one;
	while (word.n && str_cut(&rest, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

const struct sla_policy *service_policy_of_tier(const struct service *v, struct str tier)
{
	const struct sla_policy *general = NULL;
	for (size_t i = 0; i < v->n; i++) {
		const struct sla_policy *p = &v->policies[i];
		if (p->tiers && names(p->tiers, tier))
			return p;
		if (!p->tiers && !general)
			general = p;
	}
	return general;
}

const struct sla_time *service_time(const struct sla_policy *p, struct str priority)
{
	for (size_t i = 0; p && i < p->n; i++)
		if (str_is(priority, p->times[i].priority))
			return &p->times[i];
	return NULL;
}

const struct hours *service_hours(const struct service *v, const struct sla_policy *p)
{
	static const struct hours always = { .always = true };
	return p && p->always ? &always : &v->hours;
}

static void put_time(struct store *s, const struct sla_policy *p, size_t pos,
		     const struct sla_time *t, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "insert into sla (policy, pos, tiers, always, priority, response_s,"
		    " resolution_s) values (");
	sql_text(&q, str_of(p->key));
	sql_add(&q, ", ");
	sql_int(&q, (int64_t)pos);
	sql_add(&q, ", ");
	sql_param(&q, p->tiers ? value_text(str_of(p->tiers)) : value_null());
	sql_add(&q, ", ");
	sql_int(&q, p->always);
	sql_add(&q, ", ");
	sql_text(&q, str_of(t->priority));
	sql_add(&q, ", ");
	sql_int(&q, t->response_s);
	sql_add(&q, ", ");
	sql_int(&q, t->resolution_s);
	sql_add(&q, ")");
	db_run(s->db, &q);
	sql_free(&q);
}

void service_set(struct store *s, const char *week, const char *special,
		 const struct sla_policy *policies, size_t n)
{
	struct arena a = { 0 };
	if (week)
		store_set(s, "hours", week);
	if (special)
		store_set(s, "special_days", special);
	if (policies)
		db_exec(s->db, "delete from sla");
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < policies[i].n; j++)
			put_time(s, &policies[i], i, &policies[i].times[j], &a);
	s->service = NULL; /* read anew when next asked for */
	arena_free(&a);
}

void service_defaults(struct store *s)
{
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select count(*) from setting where key = 'hours'");
	if (!db_int(s->db, &q, 0))
		service_set(s, default_hours, "", &default_sla, 1);
	sql_free(&q);
}

/* -- the clocks of a ticket -- */

static struct str tier_of(struct store *s, const struct record *ticket, struct arena *a)
{
	const struct value *v = record_at(ticket, "account");
	struct record account;
	if (v->kind != V_INT ||
	    !record_read(s, schema_entity(&s->schema, STR("account")), v->i, &account, a))
		return (struct str){ 0 };
	return text_of(&account, "tier");
}

const struct sla_policy *service_policy_of(struct store *s, const struct record *ticket,
					   struct arena *a)
{
	return service_policy_of_tier(service_get(s), tier_of(s, ticket, a));
}

static int64_t instant_at(const struct record *r, const char *name, int64_t none)
{
	int64_t at;
	return instant_scan(text_of(r, name), &at) ? at : none;
}

/* A clock stands while the ticket waits for the customer. */
static void end_wait(struct record *r, const struct record *old, const struct hours *h,
		     const struct codec *c)
{
	int64_t now = c->settings->calendar.now;
	bool waits = str_is(text_of(r, "status"), "pending");
	bool waited = old && str_is(text_of(old, "status"), "pending");
	if (!waited || waits)
		return;
	const struct value *before = record_at(old, "pending_s");
	int64_t sum = (before->kind == V_INT ? before->i : 0) +
		      hours_between(h, instant_at(old, "pending_since", now), now);
	*record_get(r, "pending_s") = value_int(sum);
	set_null(r, "pending_since");
}

static void promise(struct record *r, const char *field, const struct hours *h, int64_t opened,
		    int64_t seconds, const struct codec *c)
{
	int64_t due = seconds > 0 ? hours_add(h, opened, seconds) : INT64_MAX;
	if (due == INT64_MAX)
		set_null(r, field);
	else
		set_text(r, field, instant_print(due, c->arena));
}

void service_fill(struct store *s, struct record *r, const struct record *old,
		  const struct codec *c)
{
	static const char *const matter[] = { "priority", "opened_at", "account", "pending_s" };
	if (strcmp(r->entity->name, "ticket") || c->restoring)
		return;
	const struct service *v = service_get(s);
	const struct sla_policy *p = service_policy_of(s, r, c->arena);
	const struct sla_time *t = service_time(p, text_of(r, "priority"));
	const struct hours *h = service_hours(v, p);
	bool stale = !old;
	end_wait(r, old, h, c);
	for (size_t i = 0; i < countof(matter); i++)
		stale |= changed(r, old, matter[i]);
	if (!stale)
		return;
	int64_t opened = instant_at(r, "opened_at", c->settings->calendar.now);
	const struct value *waited = record_at(r, "pending_s");
	int64_t wait = waited->kind == V_INT ? waited->i : 0;
	if (old || !is_set(r, "response_due")) /* an import may bring what was promised there */
		promise(r, "response_due", h, opened, t ? t->response_s : 0, c);
	if (old || !is_set(r, "resolution_due"))
		promise(r, "resolution_due", h, opened,
			t && t->resolution_s ? t->resolution_s + wait : 0, c);
}
