/* Hours of business and SLA policies, as they are kept; which policy is for whom. */
#include "store/service.h"

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

/* "tiers=vip gold;channels=zalo" into the policy's conditions. */
static void read_conditions(struct sla_policy *p, struct str text, struct arena *a)
{
	struct str one, name;
	while (str_cut(&text, ';', &one)) {
		str_cut(&one, '=', &name);
		for (size_t i = 0; i < SLA_CONDITIONS; i++)
			if (str_is(name, sla_conditions[i].name))
				p->of[i] = arena_str(a, one).p;
	}
}

/* A row a priority: those of one policy follow each other. */
static void read_policies(struct store *s, struct service *v)
{
	struct sql count = { .arena = &s->arena }, q = { .arena = &s->arena };
	sql_add(&count, "select count(*) from sla");
	size_t room = (size_t)db_int(s->db, &count, 0), n = 0;
	struct sla_policy *policies = arena_new(&s->arena, struct sla_policy, room);
	struct sla_time *times = arena_new(&s->arena, struct sla_time, room);
	sql_add(&q, "select policy, about, conditions, always, priority, response_s, resolution_s"
		    " from sla order by pos, policy, priority");
	struct stmt *rows = db_query(s->db, &q);
	for (; n < room && stmt_step(rows); n++) {
		const char *key = text_at(rows, 0, &s->arena);
		struct sla_policy *p = v->n ? &policies[v->n - 1] : NULL;
		if (!p || strcmp(p->key, key)) {
			p = &policies[v->n++];
			*p = (struct sla_policy){ .key = key,
						  .about = text_at(rows, 1, &s->arena),
						  .always = stmt_value(rows, 3).i != 0,
						  .times = &times[n] };
			read_conditions(p, stmt_value(rows, 2).s, &s->arena);
		}
		times[n] = (struct sla_time){ text_at(rows, 4, &s->arena), stmt_value(rows, 5).i,
					      stmt_value(rows, 6).i };
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

/* -- which is for whom -- */

/* account.tier, or a field of the record itself. */
static struct str fact_of(struct store *s, const struct record *r, const char *path,
			  struct arena *a)
{
	const char *dot = strchr(path, '.');
	struct record account;
	if (!dot)
		return text_of(r, path);
	const struct value *v = record_at(r, "account");
	if (v->kind != V_INT ||
	    !record_read(s, schema_entity(&s->schema, STR("account")), v->i, &account, a))
		return (struct str){ 0 };
	return text_of(&account, dot + 1);
}

static bool is_for(struct store *s, const struct sla_policy *p, const struct record *r, bool *all,
		   struct arena *a)
{
	*all = true;
	for (size_t i = 0; i < SLA_CONDITIONS; i++) {
		if (!p->of[i])
			continue;
		*all = false;
		if (!words_have(p->of[i], fact_of(s, r, sla_conditions[i].path, a)))
			return false;
	}
	return true;
}

const struct sla_policy *service_policy_of(struct store *s, const struct record *r, struct arena *a)
{
	const struct service *v = service_get(s);
	const struct sla_policy *general = NULL;
	for (size_t i = 0; i < v->n; i++) {
		const struct sla_policy *p = &v->policies[i];
		bool all;
		if (strcmp(p->about, r->entity->name) || !is_for(s, p, r, &all, a))
			continue;
		if (!all)
			return p;
		general = general ? general : p;
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

const struct hours *service_hours(const struct service *v, struct str policy)
{
	static const struct hours always = { .always = true };
	for (size_t i = 0; i < v->n; i++)
		if (str_is(policy, v->policies[i].key) && v->policies[i].always)
			return &always;
	return &v->hours;
}

/* -- keeping them -- */

static struct str condition_words(const struct sla_policy *p, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < SLA_CONDITIONS; i++)
		if (p->of[i])
			buf_printf(&b, "%s%s=%s", b.n ? ";" : "", sla_conditions[i].name, p->of[i]);
	struct str words = buf_copy(&b, a);
	buf_free(&b);
	return words;
}

static void put_time(struct store *s, const struct sla_policy *p, size_t pos,
		     const struct sla_time *t, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "insert into sla (policy, pos, about, conditions, always, priority,"
		    " response_s, resolution_s) values (");
	sql_text(&q, str_of(p->key));
	sql_add(&q, ", ");
	sql_int(&q, (int64_t)pos);
	sql_add(&q, ", ");
	sql_text(&q, str_of(p->about));
	sql_add(&q, ", ");
	sql_text(&q, condition_words(p, a));
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
