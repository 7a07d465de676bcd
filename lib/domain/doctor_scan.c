/*
 * The checks that are conditions.  All conditions on a type are counted in one reading
 * of its table; only for those that hold somewhere are the first records looked for.
 */
#include "domain/doctor.h"

enum { CONDITIONS = 1024 }; /* what engines can select at once is more */

struct condition {
	const struct check *check;
	const struct field *field; /* of `each`; or NULL */
	struct sql sql;
	int64_t n;
};

struct scan {
	struct doctor *doctor;
	const struct entity *entity;
	struct condition *conditions;
	size_t n;
	struct arena arena;
};

static struct condition *new_condition(struct scan *s, const struct check *c, const struct field *f)
{
	if (s->n == CONDITIONS)
		die(STATUS_ENV, "more checks on %s than can be made at once", s->entity->name);
	struct condition *k = &s->conditions[s->n];
	*k = (struct condition){ .check = c, .field = f, .sql = { .arena = &s->arena } };
	return k;
}

static void collect(struct scan *s, const struct check *c)
{
	const struct entity *e = s->entity;
	if (c->entity && strcmp(c->entity, e->name))
		return;
	if (c->run || c->from || !doctor_wants(s->doctor, c, e))
		return;
	if (c->where) {
		doctor_fill(s->doctor, &new_condition(s, c, NULL)->sql, c->where);
		s->n++;
		return;
	}
	for (size_t i = 0; i < e->nfields; i++) {
		struct condition *k = new_condition(s, c, &e->fields[i]);
		if (c->each(s->doctor, e, &e->fields[i], &k->sql))
			s->n++;
		else
			sql_free(&k->sql);
	}
}

static void add_from(struct sql *q, const struct entity *e)
{
	sql_add(q, " from ");
	sql_table(q, e);
	sql_add(q, " t");
}

/* How often each holds; returns how many records there are. */
static int64_t count(struct scan *s)
{
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select count(*)");
	for (size_t i = 0; i < s->n; i++) {
		sql_add(&q, ", count(*) filter (where ");
		sql_append(&q, &s->conditions[i].sql);
		sql_add(&q, ")");
	}
	add_from(&q, s->entity);
	struct stmt *row = db_query(s->doctor->store->db, &q);
	int64_t total = stmt_step(row) ? stmt_value(row, 0).i : 0;
	for (size_t i = 0; total && i < s->n; i++)
		s->conditions[i].n = stmt_value(row, i + 1).i;
	stmt_close(row);
	sql_free(&q);
	return total;
}

static void tell(struct scan *s, const struct condition *k, int64_t total)
{
	struct arena *a = s->doctor->arena;
	const struct check *c = k->check;
	struct str en = str_of(c->en), vi = str_of(c->vi);
	int percent = (int)((total - k->n) * 100 / total);
	if (c->share) {
		en = arena_printf(a, "%s: %s %d %%", k->field->name, c->en, percent);
		vi = arena_printf(a, "%s: %s %d %%", k->field->name, c->vi, percent);
	} else if (k->field) {
		en = arena_printf(a, "%s: %s", k->field->name, c->en);
		vi = arena_printf(a, "%s: %s", k->field->name, c->vi);
	}
	struct sql ids = { .arena = &s->arena };
	sql_add(&ids, "select t.id");
	add_from(&ids, s->entity);
	sql_add(&ids, " where ");
	sql_append(&ids, &k->sql);
	sql_add(&ids, " order by t.id");
	doctor_tell(s->doctor, c, s->entity, en, vi, k->n, &ids);
	sql_free(&ids);
}

/* A condition on more than one table. */
static void run_from(struct scan *s, const struct check *c)
{
	struct sql count_q = { .arena = &s->arena }, ids = { .arena = &s->arena };
	sql_add(&count_q, "select count(distinct t.id) from ");
	doctor_fill(s->doctor, &count_q, c->from);
	sql_add(&ids, "select distinct t.id from ");
	doctor_fill(s->doctor, &ids, c->from);
	if (c->where) {
		sql_add(&count_q, " where ");
		doctor_fill(s->doctor, &count_q, c->where);
		sql_add(&ids, " where ");
		doctor_fill(s->doctor, &ids, c->where);
	}
	sql_add(&ids, " order by t.id");
	int64_t n = db_int(s->doctor->store->db, &count_q, 0);
	if (n)
		doctor_tell(s->doctor, c, s->entity, str_of(c->en), str_of(c->vi), n, &ids);
	sql_free(&count_q);
	sql_free(&ids);
}

void doctor_scan(struct doctor *d, const struct entity *e)
{
	struct scan s = { .doctor = d, .entity = e };
	s.conditions = arena_new(&s.arena, struct condition, CONDITIONS);
	for (size_t i = 0; i < nchecks; i++)
		collect(&s, &checks[i]);
	int64_t total = s.n ? count(&s) : 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.conditions[i].n)
			tell(&s, &s.conditions[i], total);
		sql_free(&s.conditions[i].sql);
	}
	for (size_t i = 0; i < nchecks; i++) {
		const struct check *c = &checks[i];
		if (c->from && !strcmp(c->entity, e->name) && doctor_wants(d, c, e))
			run_from(&s, c);
	}
	arena_free(&s.arena);
}
