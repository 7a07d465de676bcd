/* Pools: which leads they deal, who their members are, and why one cannot take a lead. */
#include "core/date.h"
#include "core/utf8.h"
#include "domain/assign_impl.h"
#include "query/ref.h"
#include "store/service.h"

/* --- a condition on one lead --- */

/* select 1, columns from lead where id = $1 and condition: prepared once, asked of each lead. */
static struct stmt *test_prepare(struct assigner *g, const struct sql *columns, struct node *n,
				 const struct query_context *q, struct joins *j)
{
	struct sql where = { .arena = g->arena }, all = { .arena = g->arena };
	if (n)
		node_sql(n, q, j, &where);
	sql_add(&all, "select 1");
	sql_append(&all, columns);
	sql_add(&all, " from ");
	sql_stored(&all, g->lead);
	sql_add(&all, " t0");
	joins_sql(j, &all);
	sql_add(&all, " where t0.id = ");
	sql_int(&all, 0);
	sql_add_literal(&all, n ? " and " : "");
	sql_append(&all, &where);
	struct stmt *rows = db_prepare(g->store->db, &all);
	for (size_t i = 0; i < all.nparams; i++)
		stmt_bind(rows, i + 1, &all.params[i]);
	sql_free(&where);
	sql_free(&all);
	return rows;
}

static struct lead_test *test_new(struct assigner *g, const char *condition,
				  const char *const fields[LEAD_VALUES], struct diag *d)
{
	struct store *s = g->store;
	struct arena *a = g->arena;
	struct lead_test *t = arena_new(a, struct lead_test, 1);
	struct resolver r = { .store = s };
	struct query_context q = { .schema = &s->schema,
				   .settings = &s->settings,
				   .entity = g->lead,
				   .arena = a,
				   .resolve = ref_resolve_for_query,
				   .resolve_ctx = &r };
	struct joins j = { .arena = a, .schema = &s->schema };
	struct sql columns = { .arena = a };
	struct node *n = condition ? where_parse(str_of(condition), &q, d) : NULL;
	bool ok = n || !condition;
	for (; ok && fields && t->nfields < LEAD_VALUES; t->nfields++) {
		const char *field = fields[t->nfields];
		struct path p;
		sql_add(&columns, ", ");
		if (!field)
			sql_add(&columns, "null");
		else if ((ok = path_parse(str_of(field), &s->schema, g->lead, &p, a, d)))
			path_sql(&p, &j, &columns);
	}
	if (ok)
		t->rows = test_prepare(g, &columns, n, &q, &j);
	sql_free(&columns);
	resolver_free(&r);
	return ok ? t : NULL;
}

bool lead_passes(struct lead_test *t, int64_t lead, struct str *out, struct arena *a)
{
	stmt_bind(t->rows, 1, &(struct value){ .kind = V_INT, .i = lead });
	bool passes = stmt_step(t->rows);
	for (size_t i = 0; passes && out && i < t->nfields; i++) {
		struct value v = stmt_value(t->rows, i + 1);
		out[i] = v.kind == V_TEXT ? utf8_fold(v.s, a) : STR("");
	}
	stmt_reset(t->rows);
	return passes;
}

/* --- members --- */

static int64_t first_known(int64_t a, int64_t b, int64_t c)
{
	return a >= 0 ? a : b >= 0 ? b : c;
}

static bool add_seat(struct assigner *g, struct pool *p, struct person *person,
		     const struct assignment_member *m, struct diag *d)
{
	const struct assignment_limits *of = &p->rules->limits;
	const struct assignment_limits *own = m ? &m->limits : of;
	for (size_t i = 0; i < p->n; i++)
		if (p->seats[i].person == person)
			return true;
	struct seat *t = &p->seats[p->n++];
	*t = (struct seat){ .person = person };
	t->limits.weight = first_known(own->weight, of->weight, person->weight);
	t->limits.capacity = first_known(own->capacity, of->capacity, person->capacity);
	t->limits.per_day = first_known(own->per_day, of->per_day, -1);
	t->limits.per_month = first_known(own->per_month, of->per_month, -1);
	return !m || !m->condition || (t->takes = test_new(g, m->condition, NULL, d));
}

static int64_t team_called(struct assigner *g, struct str name)
{
	const struct entity *team = store_entity(g->store, "team");
	struct resolver r = { .store = g->store };
	struct diag d = { 0 };
	int64_t id = 0;
	if (!ref_resolve(&r, team, name, &id, NULL, &d))
		id = 0;
	resolver_free(&r);
	diag_free(&d);
	return id;
}

/* Those who are named, then those of the teams; where neither is said all who sell. */
static bool seats_load(struct assigner *g, struct pool *p, struct diag *d)
{
	const struct assignment_pool *r = p->rules;
	struct str rest = str_of(r->teams), name;
	p->seats = arena_new(g->arena, struct seat, g->npersons + 1);
	for (size_t i = 0; i < r->n; i++) {
		struct person *person = person_called(g, str_of(r->members[i].login));
		if (person && !add_seat(g, p, person, &r->members[i], d))
			return false;
	}
	while (rest.p && str_cut(&rest, ' ', &name)) {
		int64_t team = team_called(g, name);
		for (size_t i = 0; team && i < g->npersons; i++)
			if (g->persons[i].team == team && g->persons[i].active)
				add_seat(g, p, &g->persons[i], NULL, d);
	}
	for (size_t i = 0; !r->n && !r->teams && i < g->npersons; i++)
		if (g->persons[i].active && !strcmp(g->persons[i].role, "rep"))
			add_seat(g, p, &g->persons[i], NULL, d);
	return true;
}

static bool within_hours(struct assigner *g, const char *text, struct diag *d)
{
	const struct service *v = service_get(g->store);
	int64_t now = g->store->settings.calendar.now;
	struct hours h;
	return !text || !hours_parse(&h, str_of(text), str_of(v->special), g->arena, d) ||
	       hours_between(&h, now, now + 1) > 0;
}

bool pools_load(struct assigner *g, struct diag *d)
{
	g->pools = arena_new(g->arena, struct pool, g->rules->n + 1);
	for (size_t i = 0; i < g->rules->n; i++) {
		struct pool *p = &g->pools[i];
		p->rules = &g->rules->pools[i];
		p->closed = !within_hours(g, p->rules->hours, d);
		const char *const fields[LEAD_VALUES] = { p->rules->skill, p->rules->territory,
							  p->rules->person };
		p->fits = test_new(g, p->rules->condition, fields, d);
		if (!p->fits || !seats_load(g, p, d) ||
		    (p->rules->release && !(p->returns = test_new(g, p->rules->release, NULL, d))))
			return false;
	}
	return true;
}

static void test_close(struct lead_test *t)
{
	if (t)
		stmt_close(t->rows);
}

void pools_close(struct assigner *g)
{
	for (size_t i = 0; g->pools && i < g->rules->n; i++) {
		test_close(g->pools[i].fits);
		test_close(g->pools[i].returns);
		for (size_t j = 0; j < g->pools[i].n; j++)
			test_close(g->pools[i].seats[j].takes);
	}
}

struct pool *pool_for(struct assigner *g, int64_t lead, size_t *at, struct str values[LEAD_VALUES],
		      struct arena *a)
{
	while (*at < g->rules->n) {
		struct pool *p = &g->pools[(*at)++];
		if (!p->closed && lead_passes(p->fits, lead, values, a) &&
		    !(p->returns && lead_passes(p->returns, lead, NULL, a)))
			return p;
	}
	return NULL;
}

/* --- who can take it --- */

static bool has_tag(struct str tags, struct str tag)
{
	struct str rest = tags, one;
	while (tag.n && str_cut(&rest, ';', &one))
		if (str_eq(one, tag))
			return true;
	return false;
}

/* One of the lead's (of a field of tags there are several); who asks for nothing gets anybody. */
static bool has_one(struct str tags, struct str wanted)
{
	struct str rest = wanted, one;
	bool any = false;
	while (rest.p && str_cut(&rest, ';', &one)) {
		any |= one.n > 0;
		if (has_tag(tags, one))
			return true;
	}
	return !any;
}

/* What of it is counted is counted once: the first that holds is told. */
const char *seat_away(struct assigner *g, const struct seat *t)
{
	struct person *person = t->person;
	const struct assignment_limits *l = &t->limits;
	if (person->away)
		return person->away;
	if (!l->weight)
		return "no_weight";
	if (l->capacity >= 0 && person_open(g, person) >= l->capacity)
		return "full";
	if (l->per_day >= 0 && person_lately(g, person, false) >= l->per_day)
		return "full_today";
	if (l->per_month >= 0 && person_lately(g, person, true) >= l->per_month)
		return "full_month";
	return NULL;
}

const char *seat_refuses(struct assigner *g, struct pool *p, struct seat *t, int64_t lead,
			 const struct str values[LEAD_VALUES], struct arena *a)
{
	const char *away = seat_away(g, t);
	if (away)
		return away;
	if (!has_one(t->person->skills, values[LEAD_SKILL]))
		return "skill";
	if (!has_one(t->person->territories, values[LEAD_TERRITORY]))
		return "territory";
	if (p->rules->person &&
	    !str_eq(utf8_fold(str_of(t->person->login), a), values[LEAD_PERSON]))
		return "another";
	return t->takes && !lead_passes(t->takes, lead, NULL, a) ? "condition" : NULL;
}
