/* How a lead came to who has it, how the pools stand, and who is on duty. */
#include "domain/assign_impl.h"
#include "schema/check.h"
#include "schema/status.h"

static const char *login_at(const struct assigner *g, const struct record *r, const char *field)
{
	const struct value *v = record_at(r, field);
	const struct person *p = v->kind == V_INT ? person_of(g, v->i) : NULL;
	return p ? p->login : NULL;
}

static void read_candidates(struct assign_story *out, struct str candidates, struct arena *a)
{
	bool turns = str_is(out->method, assignment_methods[WEIGHTED]);
	out->candidates = turn_read(candidates, turns, &out->n, a);
}

/* The newest record by which somebody got it; empty: 0. */
static int64_t newest(struct assigner *g, int64_t lead, struct arena *a)
{
	struct sql q = { .arena = a };
	size_t n;
	sql_add(&q, "select id from main.assignment where lead = ");
	sql_int(&q, lead);
	sql_add(&q, " and \"user\" is not null order by id desc limit 1");
	int64_t *ids = store_ids(g->store, &q, &n, a);
	sql_free(&q);
	return n ? ids[0] : 0;
}

static bool what_was(struct assigner *g, const struct record *lead, struct assign_story *out,
		     struct arena *a, struct diag *d)
{
	int64_t id = newest(g, lead->id, a);
	struct record r;
	if (!id || !store_get(g->store, g->assignment, id, &r, a) ||
	    !value_eq(record_at(&r, "user"), record_at(lead, "owner")))
		return diag_set(d, NULL, "%s had it from the beginning; nothing was dealt out",
				login_at(g, lead, "owner"));
	out->at = text_of(&r, "at");
	out->why = text_of(&r, "why");
	out->pool = text_of(&r, "pool");
	out->method = text_of(&r, "method");
	out->note = text_of(&r, "note");
	out->user = login_at(g, &r, "user");
	out->previous = login_at(g, &r, "previous");
	read_candidates(out, text_of(&r, "candidates"), a);
	return true;
}

static void what_would_be(struct assigner *g, const struct record *lead, struct assign_story *out,
			  struct arena *a)
{
	struct decision x;
	decide(g, lead, 0, &x, a);
	out->to_come = true;
	out->why = x.to ? str_of(x.why) : STR("");
	out->note = x.note;
	out->user = x.to ? x.to->login : NULL;
	if (!x.pool)
		return;
	out->pool = str_of(x.pool->rules->key);
	out->method = str_of(assignment_methods[x.pool->rules->method]);
	read_candidates(out, x.candidates, a);
}

bool assign_story(struct assigner *g, int64_t id, struct assign_story *out, struct arena *a,
		  struct diag *d)
{
	struct record lead;
	*out = (struct assign_story){ 0 };
	if (!store_get(g->store, g->lead, id, &lead, a))
		return diag_set(d, NULL, "there is no such lead");
	if (record_at(&lead, "owner")->kind == V_INT)
		return what_was(g, &lead, out, a, d);
	struct str status = text_of(&lead, "status");
	if (is_one_of(status, lead_closed))
		return diag_set(d, NULL, "it is %.*s, and nobody's", (int)status.n, status.p);
	what_would_be(g, &lead, out, a);
	return true;
}

/* How much somebody else has to do is for whoever may read it. */
static bool is_open(const struct assigner *g, const struct person *p)
{
	const struct access *by = &g->store->access;
	size_t n = by->role.read == SCOPE_TEAM ? by->nusers : 1;
	bool open = by->role.read == SCOPE_ALL;
	for (size_t i = 0; i < n && !open; i++)
		open = by->users[i] == p->id;
	return open;
}

const struct assign_standing *assign_standings(struct assigner *g, size_t *n, struct arena *a)
{
	size_t room = 0;
	*n = 0;
	for (size_t i = 0; i < g->rules->n; i++)
		room += g->pools[i].n;
	struct assign_standing *all = arena_new(a, struct assign_standing, room + 1);
	for (size_t i = 0; i < g->rules->n; i++) {
		struct pool *p = &g->pools[i];
		turn_load(g, p);
		for (size_t k = 0; k < p->n; k++) {
			const struct seat *t = &p->seats[(p->next + k) % p->n];
			bool open = is_open(g, t->person);
			all[(*n)++] = (struct assign_standing){
				.pool = p->rules->key,
				.method = assignment_methods[p->rules->method],
				.login = t->person->login,
				.closed = p->closed,
				.place = k + 1,
				.state = seat_away(g, t),
				.open = open ? person_open(g, t->person) : -1,
				.capacity = t->limits.capacity,
				.today = open ? person_lately(g, t->person, false) : -1,
				.per_day = t->limits.per_day,
				.weight = t->limits.weight,
			};
		}
	}
	return all;
}

const struct assign_duty *assign_duties(struct assigner *g, size_t *n, struct arena *a)
{
	struct assign_duty *all = arena_new(a, struct assign_duty, g->npersons + 1);
	*n = 0;
	for (size_t i = 0; i < g->npersons; i++) {
		struct person *p = &g->persons[i];
		if (p->active)
			all[(*n)++] = (struct assign_duty){
				p->id,
				p->away,
				is_open(g, p) ? person_open(g, p) : -1,
				p->capacity,
			};
	}
	return all;
}
