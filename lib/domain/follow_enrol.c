/* Sequences: who comes into one, and the steps that are due. */
#include "core/date.h"
#include "domain/follow_impl.h"
#include "schema/check.h"

const struct sequence *follow_sequence(const struct follow *f, struct str name)
{
	for (const struct sequence *q = f->sequences; q->key; q++)
		if (str_is(name, q->key))
			return q;
	return NULL;
}

/* The status of the newest enrolment of the record in the sequence; empty: there is none. */
static struct str enrolled(struct store *s, const struct sequence *q, int64_t id, struct arena *a)
{
	const struct entity *e = enrolment_of(s);
	struct record r;
	struct sql sql = { .arena = a };
	sql_add(&sql, "select id from enrolment where ");
	sql_refers(&sql, e, q->entity->name, id);
	sql_add(&sql, " and sequence = ");
	sql_text(&sql, str_of(q->key));
	sql_add(&sql, " order by id desc limit 1");
	int64_t newest = db_int(s->db, &sql, 0);
	sql_free(&sql);
	return newest && store_get(s, e, newest, &r, a) ? text_of(&r, "status") : (struct str){ 0 };
}

static int64_t step_at(struct store *s, const struct sequence *q, size_t step, int64_t from)
{
	return follow_after(s, from, &q->steps[step].after, q->steps[step].always);
}

int64_t follow_enrol(struct follow *f, const struct sequence *q, int64_t id, struct str since,
		     struct str *why, struct arena *a, struct diag *d)
{
	struct store *s = f->store;
	struct record r = record_new(enrolment_of(s), a);
	struct str status = enrolled(s, q, id, a);
	*why = q->opt_out ? exit_refusal(s, q, id, a) : (struct str){ 0 };
	if (str_is(status, "active"))
		*why = STR("it is in it already");
	else if (status.n && q->once)
		*why = arena_printf(a, "it was in it already (%.*s)", (int)status.n, status.p);
	if (why->n)
		return 0;
	set_text(&r, "sequence", str_of(q->key));
	*record_get(&r, q->entity->name) = value_int(id);
	if (since.n)
		set_text(&r, "started_at", since);
	set_text(&r, "next_at", instant_print(step_at(s, q, 0, s->settings.calendar.now), a));
	if (store_put(s, &r, PUT_TRUSTED, a, d) == WROTE_NOTHING)
		return 0;
	f->counts.enrolled++;
	return r.id;
}

/* Another enrolment of the person, whom a merge put into it twice, that is further. */
static int64_t further(struct store *s, const struct sequence *q, const struct record *enrolment,
		       int64_t person, struct arena *a)
{
	const struct value *step = record_at(enrolment, "step");
	struct sql sql = { .arena = a };
	sql_add(&sql, "select id from enrolment where ");
	sql_refers(&sql, enrolment->entity, q->entity->name, person);
	sql_add(&sql, " and sequence = ");
	sql_text(&sql, str_of(q->key));
	if (!q->once)
		sql_add(&sql, " and status = 'active'");
	sql_add(&sql, " and (step > ");
	sql_int(&sql, step->i);
	sql_add(&sql, " or step = ");
	sql_int(&sql, step->i);
	sql_add(&sql, " and id < ");
	sql_int(&sql, enrolment->id);
	sql_add(&sql, ") limit 1");
	int64_t id = db_int(s->db, &sql, 0);
	sql_free(&sql);
	return id;
}

static bool do_step(struct follow *f, const struct sequence *q, const struct record *enrolment,
		    size_t step, const struct record *person, struct arena *a, struct diag *d)
{
	struct codec c = store_codec(f->store, a);
	int64_t due = f->store->settings.calendar.now;
	struct str occasion =
	    arena_printf(a, "enrolment-%lld step %zu", (long long)enrolment->id, step + 1);
	struct deeds all = { q->key,
			     (int64_t)step + 1,
			     occasion,
			     text_of(enrolment, "next_at"),
			     q->steps[step].always,
			     q->steps[step].deeds,
			     q->steps[step].ndeeds };
	instant_scan(text_of(enrolment, "next_at"), &due);
	struct record r = fire_record(f, q->key, ref_print(person->entity, person->id, a), occasion,
				      "fired", due, a);
	set_text(&r, "due_at", instant_print(due, a));
	set_now(&r, "ended_at", &c); /* a step is no state that lasts */
	do_all(f, &all, person->entity, person->id, &r, a);
	f->counts.steps++;
	return fire_put(f, &r, a, d);
}

static bool advance(struct follow *f, const struct sequence *q, const struct record *enrolment,
		    size_t step, struct arena *a, struct diag *d)
{
	struct store *s = f->store;
	struct record r = record_new(enrolment->entity, a);
	r.id = enrolment->id;
	*record_get(&r, "step") = value_int((int64_t)step + 1);
	if (step + 1 < q->nsteps)
		set_text(&r, "next_at",
			 instant_print(step_at(s, q, step + 1, s->settings.calendar.now), a));
	if (store_put(s, &r, PUT_TRUSTED, a, d) == WROTE_NOTHING)
		return false;
	return step + 1 < q->nsteps ||
	       follow_end(f, enrolment->id, "finished", (struct str){ 0 }, a, d);
}

static bool one_due(struct follow *f, int64_t id, struct arena *a, struct diag *d)
{
	struct record r, person;
	struct str why;
	if (!store_get(f->store, enrolment_of(f->store), id, &r, a))
		return true;
	const struct sequence *q = follow_sequence(f, text_of(&r, "sequence"));
	if (!q)
		return follow_end(f, id, "stopped", STR("there is no such sequence any more"), a,
				  d);
	const struct value *who = record_at(&r, q->entity->name);
	if (who->kind != V_INT || !store_get(f->store, q->entity, who->i, &person, a))
		return follow_end(f, id, "stopped", STR("the person is there no more"), a, d);
	int64_t other = further(f->store, q, &r, who->i, a);
	if (other)
		return follow_end(
		    f, id, "stopped",
		    arena_printf(a, "merged: enrolment-%lld is further", (long long)other), a, d);
	const char *status = exit_of(f, q, &r, &person, &why, a);
	if (status)
		return exit_now(f, q, &r, status, why, a, d);
	size_t step = (size_t)record_at(&r, "step")->i;
	if (step >= q->nsteps) /* it was made shorter */
		return follow_end(f, id, "finished", (struct str){ 0 }, a, d);
	return do_step(f, q, &r, step, &person, a, d) && advance(f, q, &r, step, a, d);
}

bool enrol_due(struct follow *f)
{
	struct sql q = { .arena = f->arena };
	size_t n;
	sql_add(&q, "select id from enrolment where status = 'active' and next_at <= ");
	sql_text(&q, instant_print(f->store->settings.calendar.now, f->arena));
	held_sql(f, &q, "sequence");
	sql_add(&q, " order by next_at, id limit ");
	sql_int(&q, BATCH);
	int64_t *ids = db_ids(f->store->db, &q, &n, f->arena);
	sql_free(&q);
	enrolments_each(f, ids, n, one_due);
	return n > 0; /* a step without delay may be due at once */
}
