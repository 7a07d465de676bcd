/* Deciding who gets a lead, and giving it to them. */
#include "domain/assign.h"

#include "core/buf.h"
#include "core/date.h"
#include "domain/assign_impl.h"
#include "schema/check.h"
#include "schema/status.h"

struct assigner *assigner_open(struct store *s, struct arena *a, struct diag *d)
{
	struct assigner *g = arena_new(a, struct assigner, 1);
	g->store = s;
	g->arena = a;
	g->lead = store_entity(s, "lead");
	g->user = store_entity(s, "user");
	g->assignment = store_entity(s, "assignment");
	g->rules = assignment_stored(s, a, d);
	if (!g->rules)
		return NULL;
	people_load(g);
	if (pools_load(g, d))
		return g;
	assigner_close(g);
	return NULL;
}

void assigner_close(struct assigner *g)
{
	pools_close(g);
	map_free(&g->places);
}

/* Who had the lead recalled from them, the first first. */
static int64_t *losers_of(struct assigner *g, int64_t lead, size_t *n, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select previous from main.assignment where lead = ");
	sql_int(&q, lead);
	sql_add(&q, " and why = 'recalled' and previous is not null order by id");
	int64_t *ids = store_ids(g->store, &q, n, a);
	sql_free(&q);
	return ids;
}

static bool is_among(int64_t id, const int64_t *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* What is known of the lead besides itself. */
struct matter {
	const struct record *lead;
	int64_t owner;	       /* who has it now, and is not to get it again; or 0 */
	const int64_t *losers; /* in order */
	size_t nlosers;
};

static bool any_can(const struct pool *p, const char *const *why_not)
{
	for (size_t i = 0; i < p->n; i++)
		if (!why_not[i])
			return true;
	return false;
}

/* Who lost it comes behind those who never had it; who lost it last does not get it at all. */
static void leave_out(const struct pool *p, const struct matter *m, const char **why_not)
{
	for (size_t first = 0; first < 2 && m->nlosers; first++) {
		const int64_t *from = first ? m->losers + m->nlosers - 1 : m->losers;
		size_t n = first ? 1 : m->nlosers;
		for (size_t i = 0; i < p->n; i++) {
			bool lost = is_among(p->seats[i].person->id, from, n);
			if (lost && !why_not[i])
				why_not[i] = "lost_it";
			else if (!lost && why_not[i] && !strcmp(why_not[i], "lost_it"))
				why_not[i] = NULL;
		}
		if (any_can(p, why_not))
			return;
	}
}

static bool ask_pool(struct assigner *g, struct decision *x, const struct matter *m,
		     const struct str values[LEAD_VALUES], struct arena *a)
{
	struct pool *p = x->pool;
	x->why_not = arena_new(a, const char *, p->n + 1);
	for (size_t i = 0; i < p->n; i++) {
		x->why_not[i] = seat_refuses(g, p, &p->seats[i], m->lead->id, values, a);
		if (!x->why_not[i] && p->seats[i].person->id == m->owner)
			x->why_not[i] = "has_it";
	}
	leave_out(p, m, x->why_not);
	if (!turn_choose(g, x, a))
		return false;
	x->to = p->seats[x->seat].person;
	return true;
}

static bool known_has(struct assigner *g, const struct matter *m, struct decision *x,
		      struct arena *a)
{
	struct known k;
	if (!g->rules->match || m->owner)
		return false;
	known_find(g->store, g->rules, m->lead, NULL, &k, a);
	if (!k.user || is_among(k.user, m->losers, m->nlosers))
		return false;
	x->why = "known";
	x->to = person_of(g, k.user);
	x->note = arena_printf(a, "%.*s has the same %s", (int)ref_print(k.entity, k.id, a).n,
			       ref_print(k.entity, k.id, a).p, k.by);
	return true;
}

void decide(struct assigner *g, const struct record *lead, unsigned flags, struct decision *x,
	    struct arena *a)
{
	const struct value *owner = record_at(lead, "owner");
	struct matter m = { .lead = lead };
	struct str values[LEAD_VALUES] = { { 0 } };
	size_t at = 0;
	struct pool *p;
	*x = (struct decision){ .why = "dealt" };
	m.owner = flags & ASSIGN_AGAIN && owner->kind == V_INT ? owner->i : 0;
	m.losers = losers_of(g, lead->id, &m.nlosers, a);
	if (known_has(g, &m, x, a))
		return;
	while ((p = pool_for(g, lead->id, &at, values, a))) {
		x->pool = p;
		if (ask_pool(g, x, &m, values, a) || !p->rules->overflow)
			return;
	}
}

/* "nobody in pool zalo can take it: mai full, hung absent" */
static void say_nobody(const struct decision *x, struct diag *d)
{
	struct buf b = { 0 };
	const struct pool *p = x->pool;
	for (size_t i = 0; p && i < p->n; i++)
		buf_printf(&b, "%s%s %s", i ? ", " : ": ", p->seats[i].person->login,
			   x->why_not[i]);
	if (!p)
		diag_set(d, NULL, "it is for no pool that deals now");
	else if (!p->n)
		diag_set(d, NULL, "nobody is in pool %s", p->rules->key);
	else
		diag_set(d, NULL, "nobody in pool %s can take it%.*s", p->rules->key, (int)b.n,
			 b.p);
	buf_free(&b);
}

static bool keep_record(struct assigner *g, const struct decision *x, const struct record *lead,
			struct arena *a, struct diag *d)
{
	struct record r = record_new(g->assignment, a);
	int64_t now = g->store->settings.calendar.now;
	*record_get(&r, "at") = value_text(instant_print(now, a));
	*record_get(&r, "lead") = value_int(lead->id);
	*record_get(&r, "user") = value_int(x->to->id);
	*record_get(&r, "previous") = *record_at(lead, "owner");
	*record_get(&r, "why") = value_text(str_of(x->why));
	if (x->note.n)
		*record_get(&r, "note") = value_text(x->note);
	if (x->pool) {
		*record_get(&r, "pool") = value_text(str_of(x->pool->rules->key));
		*record_get(&r, "method") =
		    value_text(str_of(assignment_methods[x->pool->rules->method]));
		*record_get(&r, "candidates") = value_text(x->candidates);
	}
	return store_put(g->store, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

static bool give(struct assigner *g, struct decision *x, const struct record *lead, struct arena *a,
		 struct diag *d)
{
	struct record r = record_new(g->lead, a);
	const struct value *had = record_at(lead, "owner");
	struct person *before = had->kind == V_INT ? person_of(g, had->i) : NULL;
	r.id = lead->id;
	*record_get(&r, "owner") = value_int(x->to->id);
	store_follow_begin(g->store);
	bool ok = store_put(g->store, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING &&
		  keep_record(g, x, lead, a, d);
	store_follow_end(g->store);
	if (!ok)
		return false;
	if (before)
		person_got(before, -1, false);
	person_got(x->to, 1, x->pool != NULL);
	if (x->pool)
		turn_done(x, a);
	return true;
}

static bool refused(struct diag *d, const char *why)
{
	diag_set(d, NULL, "%s", why);
	return false;
}

/* Whether it can be dealt out at all; *kept: it stays as it is, and that is no mistake. */
static bool may_assign(struct assigner *g, int64_t id, unsigned flags, struct record *lead,
		       bool *kept, struct arena *a, struct diag *d)
{
	*kept = false;
	if (!store_get(g->store, g->lead, id, lead, a))
		return refused(d, "there is no such lead");
	struct str status = text_of(lead, "status");
	const struct value *owner = record_at(lead, "owner");
	*kept = is_one_of(status, lead_closed);
	if (*kept)
		return diag_set(d, NULL, "it is %.*s", (int)status.n, status.p);
	if (owner->kind == V_INT && !(flags & ASSIGN_AGAIN)) {
		const struct person *p = person_of(g, owner->i);
		*kept = true;
		return diag_set(d, NULL, "its owner is %s", p ? p->login : "unknown");
	}
	return access_changes(g->store, g->lead, id) ||
	       refused(d, "who may not change it cannot have it dealt out");
}

enum assigned assign_lead(struct assigner *g, int64_t id, unsigned flags, struct arena *a,
			  struct diag *d)
{
	struct record lead;
	struct decision x;
	bool kept;
	if (!may_assign(g, id, flags, &lead, &kept, a, d))
		return kept ? ASSIGN_KEPT : ASSIGN_REFUSED;
	decide(g, &lead, flags, &x, a);
	if (!x.to) {
		say_nobody(&x, d);
		return ASSIGN_NOBODY;
	}
	return give(g, &x, &lead, a, d) ? ASSIGN_DONE : ASSIGN_REFUSED;
}
