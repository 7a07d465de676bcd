/* What ends a sequence for somebody, and noticing that it has. */
#include "core/date.h"
#include "domain/errand.h"
#include "domain/follow_impl.h"
#include "schema/check.h"
#include "schema/reach.h"

const struct entity *enrolment_of(struct store *s)
{
	return store_entity(s, "enrolment");
}

void enrolments_each(struct follow *f, const int64_t *ids, size_t n,
		     bool (*what)(struct follow *, int64_t, struct arena *, struct diag *))
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (!what(f, ids[i], &a, &d))
			die(STATUS_ENV, "enrolment-%lld: %.*s", (long long)ids[i], (int)d.message.n,
			    d.message.p);
		diag_clear(&d);
		arena_reset(&a);
	}
	diag_free(&d);
	arena_free(&a);
}

/* What the enrolment's steps have asked for and has not begun to leave does not. */
static void take_back(struct store *s, const struct record *enrolment, const char *status,
		      struct arena *a, struct diag *d)
{
	struct str steps = arena_printf(a, "enrolment-%lld step ", (long long)enrolment->id);
	for (size_t i = 0; i < PERSON_TYPES; i++) {
		struct sql q = { .arena = a };
		size_t n;
		if (!is_set(enrolment, person_types[i]))
			continue;
		sql_add(&q, "select id from errand where ");
		sql_refers(&q, enrolment->entity, person_types[i],
			   record_at(enrolment, person_types[i])->i);
		sql_add(&q, " and status in ('pending', 'claimed') and substr(occasion, 1, ");
		sql_int(&q, (int64_t)steps.n);
		sql_add(&q, ") = ");
		sql_text(&q, steps);
		int64_t *ids = store_ids(s, &q, &n, a);
		sql_free(&q);
		for (size_t j = 0; j < n; j++)
			errand_finish(s, ids[j], ERRAND_CANCELLED, 0,
				      arena_printf(a, "the sequence was over: %s", status), a, d);
	}
}

bool follow_end(struct follow *f, int64_t enrolment, const char *status, struct str why,
		struct arena *a, struct diag *d)
{
	struct store *s = f->store;
	struct codec c = store_codec(s, a);
	struct record old, r = record_new(enrolment_of(s), a);
	if (!store_get(s, r.entity, enrolment, &old, a))
		return diag_set(d, NULL, "there is no enrolment-%lld", (long long)enrolment);
	if (!str_is(text_of(&old, "status"), "active"))
		return diag_set(d, NULL, "it has ended already: %s",
				arena_str(&d->arena, text_of(&old, "status")).p);
	r.id = enrolment;
	set_text(&r, "status", str_of(status));
	set_now(&r, "ended_at", &c);
	set_null(&r, "next_at");
	if (why.n)
		set_text(&r, "why", why);
	f->counts.ended++;
	if (strcmp(status, "finished") != 0)
		take_back(s, &old, status, a, d);
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

struct str exit_refusal(struct store *s, const struct sequence *q, int64_t id, struct arena *a)
{
	struct str why = { 0 };
	for (size_t i = 0; i < q->nsteps; i++)
		for (size_t j = 0; j < q->steps[i].ndeeds && !why.n; j++)
			if (q->steps[i].deeds[j].kind == DO_EMIT)
				why = follow_refusal(s, str_of(q->steps[i].deeds[j].name),
						     q->entity, id, a);
	return why;
}

/* Whether there is a record of that type about the person for which the condition is true. */
static bool any(struct follow *f, const char *type, const struct sequence *q, int64_t id,
		const char *condition)
{
	const struct entity *e = store_entity(f->store, type);
	struct query_context context;
	struct diag d = { 0 };
	const char *all = arena_printf(f->arena, "%s = %s-%lld and %s", q->entity->name,
				       q->entity->name, (long long)id, condition)
			      .p;
	struct select what = { .context = &context, .limit = 1 };
	size_t n = 0;
	what.where = match_node(f, e, all, f->store->settings.calendar.now, &context, &d);
	if (what.where)
		select_ids(f->store, &what, &n, f->arena);
	diag_free(&d);
	return n > 0;
}

static bool is_converted(struct follow *f, const struct sequence *q, const struct record *person,
			 struct str since)
{
	struct buf b = { 0 };
	size_t n;
	const struct pipeline *p = schema_pipelines(&f->store->schema, &n);
	if (!strcmp(q->entity->name, "lead"))
		return str_is(text_of(person, "status"), "converted");
	buf_printf(&b, "closed_at >= '%.*s' and stage in (", (int)since.n, since.p);
	for (size_t i = 0, named = 0; i < n; i++)
		for (size_t j = 0; j < p[i].n; j++)
			if (p[i].stages[j].kind == STAGE_WON)
				buf_printf(&b, "%s'%s'", named++ ? ", " : "", p[i].stages[j].key);
	buf_putc(&b, ')');
	bool is = any(f, "deal", q, person->id, buf_copy(&b, f->arena).p);
	buf_free(&b);
	return is;
}

const char *exit_of(struct follow *f, const struct sequence *q, const struct record *enrolment,
		    const struct record *person, struct str *why, struct arena *a)
{
	struct str since = text_of(enrolment, "started_at");
	const char *came =
	    arena_printf(a, "direction = 'in' and automatic != true and done_at >= '%.*s'",
			 (int)since.n, since.p)
		.p;
	const char *reply =
	    arena_printf(a, "kind = email_reply and at >= '%.*s'", (int)since.n, since.p).p;
	*why = (struct str){ 0 };
	if (q->opt_out && (*why = exit_refusal(f->store, q, person->id, a)).n)
		return "opted_out";
	if (q->converted && is_converted(f, q, person, since))
		return "converted";
	if (q->reply &&
	    (any(f, "activity", q, person->id, came) || any(f, "event", q, person->id, reply)))
		return "replied";
	if (q->exit && follow_is_true(f, q->entity, q->exit, person->id)) {
		*why = arena_printf(a, "exit if: %s", q->exit);
		return "stopped";
	}
	return NULL;
}

bool exit_now(struct follow *f, const struct sequence *q, const struct record *enrolment,
	      const char *status, struct str why, struct arena *a, struct diag *d)
{
	struct str who = ref_print(q->entity, record_at(enrolment, q->entity->name)->i, a);
	struct str what = arena_printf(a, "%s%s%.*s", status, why.n ? ": " : "", (int)why.n, why.p);
	f->told(f->ctx, q->key, who, what, (struct str){ 0 }, false);
	return follow_end(f, enrolment->id, status, why, a, d);
}

/* ---- who may have left: told by the history ---- */

struct touched {
	int64_t *ids[PERSON_TYPES], *employers, *enrolments;
	size_t n[PERSON_TYPES], nemployers, nenrolments;
};

/* Whom an activity, an event or a deal is about. */
static void touch_about(struct follow *f, const struct followed_change *c, struct touched *t)
{
	struct record r;
	if (!store_get(f->store, c->entity, c->record, &r, f->arena))
		return;
	for (size_t i = 0; i < PERSON_TYPES; i++)
		if (is_set(&r, person_types[i]))
			t->ids[i][t->n[i]++] = record_at(&r, person_types[i])->i;
}

/* An account may refuse for its people. */
static void touch(struct follow *f, const struct followed_change *c, struct touched *t)
{
	static const char *const about[] = { "activity", "event", "deal", NULL };
	if (is_one_of(str_of(c->entity->name), about))
		touch_about(f, c, t);
	if (c->entity == enrolment_of(f->store) && c->op == 'i')
		t->enrolments[t->nenrolments++] = c->record;
	for (size_t i = 0; i < PERSON_TYPES && c->op == 'u'; i++)
		if (!strcmp(c->entity->name, person_types[i]))
			t->ids[i][t->n[i]++] = c->record;
	if (!strcmp(c->entity->name, "account") && c->op == 'u')
		t->employers[t->nemployers++] = c->record;
}

/* The enrolments of all these. */
static int64_t *enrolments_of(struct follow *f, const struct touched *t, size_t *n)
{
	const struct entity *e = enrolment_of(f->store);
	struct sql q = { .arena = f->arena };
	sql_add(&q, "select id from enrolment where id");
	chosen_sql(f, &q, t->enrolments, t->nenrolments);
	for (size_t i = 0; i < PERSON_TYPES; i++) {
		sql_add(&q, " union select id from enrolment where ");
		sql_column(&q, entity_field(e, str_of(person_types[i])));
		chosen_sql(f, &q, t->ids[i], t->n[i]);
	}
	sql_add(&q, " union select id from enrolment where contact in (select id from contact"
		    " where account");
	chosen_sql(f, &q, t->employers, t->nemployers);
	sql_add(&q, ") order by 1");
	int64_t *ids = db_ids(f->store->db, &q, n, f->arena);
	sql_free(&q);
	return ids;
}

/* Ends it if it is over; the person of one that goes on, and of what is unknown, is for later. */
static bool end_if_over(struct follow *f, int64_t id, struct arena *a, struct diag *d)
{
	struct record r, person;
	struct str why;
	if (!store_get(f->store, enrolment_of(f->store), id, &r, a) ||
	    !str_is(text_of(&r, "status"), "active"))
		return true;
	const struct sequence *q = follow_sequence(f, text_of(&r, "sequence"));
	const struct value *who = q ? record_at(&r, q->entity->name) : NULL;
	if (!who || who->kind != V_INT || !store_get(f->store, q->entity, who->i, &person, a))
		return true;
	const char *status = exit_of(f, q, &r, &person, &why, a);
	return !status || exit_now(f, q, &r, status, why, a, d);
}

void exits_find(struct follow *f, const struct rule_place *p, const struct followed_change *c,
		size_t n)
{
	struct touched t = { 0 };
	size_t found;
	for (size_t i = 0; i < PERSON_TYPES; i++)
		t.ids[i] = arena_new(f->arena, int64_t, n + 1);
	t.employers = arena_new(f->arena, int64_t, n + 1);
	t.enrolments = arena_new(f->arena, int64_t, n + 1);
	for (size_t i = 0; i < n; i++)
		if (c[i].entity && c[i].id > p->followed.change && c[i].op != 'd')
			touch(f, &c[i], &t);
	int64_t *ids = enrolments_of(f, &t, &found);
	enrolments_each(f, ids, found, end_if_over);
}
