/* Checks that read more than one table, or what is beside the fields. */
#include "domain/doctor_rules.h"
#include "domain/match.h"
#include "store/audit.h"
#include "store/counter.h"

struct problems {
	struct buf first;
	int64_t n;
};

static void add_problem(void *ctx, struct str problem)
{
	struct problems *p = ctx;
	struct str rest = problem, line = problem;
	while (str_cut(&rest, '\n', &line)) /* its last line says what; those before, where */
		;
	if (!p->n++)
		buf_put(&p->first, line);
}

void rule_integrity(struct doctor *d, const struct check *c)
{
	struct problems p = { 0 };
	if (!doctor_wants(d, c, NULL))
		return;
	db_integrity(d->store->db, add_problem, &p);
	struct str first = buf_copy(&p.first, d->arena);
	if (p.n)
		doctor_tell(d, c, NULL, arena_printf(d->arena, "%s: %s", c->en, first.p),
			    arena_printf(d->arena, "%s: %s", c->vi, first.p), p.n, NULL);
	buf_free(&p.first);
}

void rule_pending(struct doctor *d, const struct check *c)
{
	const struct schema *s = &d->store->schema;
	for (size_t i = 0; i < s->nentities; i++) {
		const struct entity *e = s->entities[i];
		struct arena a = { 0 };
		struct sql ids = { .arena = &a }, n = { .arena = &a };
		sql_add(&n, "select count(*) from pending_link where entity = ");
		sql_text(&n, str_of(e->name));
		sql_add(&ids, "select distinct record from pending_link where entity = ");
		sql_text(&ids, str_of(e->name));
		sql_add(&ids, " order by 1");
		int64_t count = doctor_wants(d, c, e) ? db_int(d->store->db, &n, 0) : 0;
		if (count)
			doctor_tell(d, c, e, str_of(c->en), str_of(c->vi), count, &ids);
		sql_free(&n);
		sql_free(&ids);
		arena_free(&a);
	}
}

void rule_counter(struct doctor *d, const struct check *c)
{
	const struct schema *s = &d->store->schema;
	for (size_t i = 0; i < s->nentities; i++) {
		const struct entity *e = s->entities[i];
		if (!doctor_wants(d, c, e))
			continue;
		int64_t next = counter_next(d->store, e), largest = counter_largest(d->store, e);
		if (largest >= next)
			doctor_tell(d, c, e, str_of(c->en), str_of(c->vi), largest - next + 1,
				    NULL);
	}
}

/* --- what only reading every record can tell --- */

void audited_add(void *audited, int64_t id)
{
	struct audited *x = audited;
	struct arena a = { 0 };
	struct str ref = ref_print(x->entity, id, &a);
	if (x->doctor->refs)
		x->doctor->record(x->doctor->ctx, ref);
	else if (x->n < DOCTOR_EXAMPLES)
		buf_printf(&x->first, "%s%s", x->n ? ";" : "", ref.p);
	x->n++;
	arena_free(&a);
}

void audited_tell(struct audited *x, const struct check *c)
{
	if (x->n)
		doctor_tell_refs(x->doctor, c, x->entity, x->n,
				 buf_copy(&x->first, x->doctor->arena));
	buf_free(&x->first);
}

static void audit(struct doctor *d, const struct check *c, enum audit about)
{
	const struct schema *s = &d->store->schema;
	for (size_t i = 0; i < s->nentities; i++) {
		struct audited x = { .doctor = d, .entity = s->entities[i] };
		if (!doctor_wants(d, c, x.entity))
			continue;
		store_audit(d->store, x.entity, about, audited_add, &x);
		audited_tell(&x, c);
	}
}

void rule_keys(struct doctor *d, const struct check *c)
{
	audit(d, c, AUDIT_KEYS);
}

void rule_value(struct doctor *d, const struct check *c)
{
	audit(d, c, AUDIT_VALUES);
}

/* --- the same key on several --- */

/* The keys that several have, in fields or identities; false: there are no keys. */
static bool add_twins(struct sql *q, struct doctor *d, const struct entity *e, enum match_by sign)
{
	sql_add(q, "select key from (");
	bool any = match_all_sql(q, d->store, e, sign, 0);
	sql_add(q, ") x group by key having min(id) < max(id)");
	return any;
}

static void tell_twins(struct doctor *d, const struct check *c, const struct entity *e,
		       const struct field *f)
{
	struct arena a = { 0 };
	struct sql n = { .arena = &a }, ids = { .arena = &a };
	enum match_by sign = match_sign(f);
	sql_add(&n, "select count(*) from (");
	bool any = add_twins(&n, d, e, sign);
	sql_add(&n, ") y");
	sql_add(&ids, "select id from (");
	any = any && match_all_sql(&ids, d->store, e, sign, 0);
	sql_add(&ids, ") y where key in (");
	any = any && add_twins(&ids, d, e, sign);
	sql_add(&ids, ") group by id order by min(key), id");
	int64_t groups = any ? db_int(d->store->db, &n, 0) : 0;
	if (groups)
		doctor_tell(d, c, e, arena_printf(d->arena, "%s: %s", f->name, c->en),
			    arena_printf(d->arena, "%s: %s", f->name, c->vi), groups, &ids);
	sql_free(&n);
	sql_free(&ids);
	arena_free(&a);
}

void rule_duplicate(struct doctor *d, const struct check *c)
{
	static const char *const people[] = { "lead", "account", "contact" };
	for (size_t i = 0; i < countof(people); i++) {
		const struct entity *e = store_entity(d->store, people[i]);
		unsigned asked = 0; /* signs: a number is one whether phone or mobile */
		for (size_t j = 0; j < e->nfields && doctor_wants(d, c, e); j++) {
			enum match_by sign = match_sign(&e->fields[j]);
			if (sign <= MATCH_TAX_CODE && !(asked >> sign & 1))
				tell_twins(d, c, e, &e->fields[j]);
			asked |= 1u << sign;
		}
	}
}

/* --- derived facts and the activities that they follow from --- */

/* For each type that activities are about and that has the field. */
static void each_about(struct doctor *d, const struct check *c, const char *fact,
		       void (*add)(const struct doctor *d, struct sql *q, const struct entity *e,
				   const struct field *about))
{
	const struct entity *activity = store_entity(d->store, "activity");
	for (size_t i = 0; i < activity->nfields; i++) {
		const struct field *about = &activity->fields[i];
		const struct entity *e =
		    about->type == &type_ref ? store_entity(d->store, about->ref) : NULL;
		if (!e || strcmp(about->name, e->name) || !entity_field(e, str_of(fact)) ||
		    !doctor_wants(d, c, e))
			continue;
		struct arena a = { 0 };
		struct sql n = { .arena = &a }, ids = { .arena = &a };
		sql_add(&n, "select count(distinct t.id)");
		add(d, &n, e, about);
		sql_add(&ids, "select distinct t.id");
		add(d, &ids, e, about);
		sql_add(&ids, " order by t.id");
		int64_t count = db_int(d->store->db, &n, 0);
		if (count)
			doctor_tell(d, c, e, str_of(c->en), str_of(c->vi), count, &ids);
		sql_free(&n);
		sql_free(&ids);
		arena_free(&a);
	}
}

static void join(struct sql *q, const struct entity *e, const struct field *about)
{
	sql_add(q, " join ");
	sql_table(q, e);
	sql_add(q, " t on t.id = a.");
	sql_column(q, about);
}

static void add_contacted(const struct doctor *d, struct sql *q, const struct entity *e,
			  const struct field *about)
{
	(void)d;
	sql_add(q, " from activity a");
	join(q, e, about);
	sql_add(q, " where a.status = 'done' and a.kind in ('call', 'email', 'meeting', 'sms',"
		   " 'chat', 'visit', 'letter') and coalesce(a.automatic, 0) = 0 and a.done_at > "
		   "coalesce(t.last_contacted_at, '')");
}

void rule_contacted(struct doctor *d, const struct check *c)
{
	each_about(d, c, "last_contacted_at", add_contacted);
}

static void add_next(const struct doctor *d, struct sql *q, const struct entity *e,
		     const struct field *about)
{
	(void)d;
	sql_add(q, " from (select ");
	sql_column(q, about);
	sql_add(q, ", min(due_at) due from activity where status = 'planned' and due_at is not null"
		   " group by ");
	sql_column(q, about);
	sql_add(q, ") a");
	join(q, e, about);
	sql_add(q, " where coalesce(t.next_contact_at, '') <> a.due");
}

void rule_next_contact(struct doctor *d, const struct check *c)
{
	each_about(d, c, "next_contact_at", add_next);
}
