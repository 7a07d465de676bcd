/* Leads that come back from their owners: not worked on in time, or given to the wrong people. */
#include "core/date.h"
#include "domain/assign_impl.h"
#include "query/ref.h"
#include "query/select.h"
#include "schema/check.h"
#include "schema/status.h"
#include "store/service.h"

/* The newest assignment of the lead, if it is its owner's. */
struct given {
	bool there;
	struct str pool; /* empty: no pool's */
};

static struct given given_of(struct assigner *g, const struct record *lead, struct arena *a)
{
	struct given out = { 0 };
	struct sql q = { .arena = a };
	sql_add(&q, "select \"user\", pool from main.assignment where lead = ");
	sql_int(&q, lead->id);
	sql_add(&q, " order by id desc limit 1");
	struct stmt *row = store_kept_as(g->store, buf_str(&q.text), &q);
	stmt_bind(row, 1, &q.params[0]);
	if (stmt_step(row)) {
		struct value user = stmt_value(row, 0), pool = stmt_value(row, 1);
		out.there = user.kind == V_INT && user.i == record_at(lead, "owner")->i;
		out.pool = pool.kind == V_TEXT ? arena_str(a, pool.s) : STR("");
	}
	stmt_reset(row);
	sql_free(&q);
	return out;
}

static struct pool *pool_called(struct assigner *g, struct str key)
{
	for (size_t i = 0; i < g->rules->n; i++)
		if (str_is(key, g->rules->pools[i].key))
			return &g->pools[i];
	return NULL;
}

static int64_t recall_s(const struct assigner *g, const struct pool *p)
{
	return p && p->rules->recall_s >= 0 ? p->rules->recall_s : g->rules->recall_s;
}

/* Whether anybody tried to reach them since. */
static bool worked_on(struct assigner *g, int64_t lead, struct str since, struct arena *a)
{
	struct sql q = { .arena = a };
	size_t n;
	sql_add(&q, "select id from main.activity where lead = ");
	sql_int(&q, lead);
	sql_add(&q, " and status = 'done' and kind not in ('note', 'task')"
		    " and coalesce(direction, 'out') <> 'in' and done_at >= ");
	sql_text(&q, since);
	sql_add(&q, " limit 1");
	store_ids(g->store, &q, &n, a);
	sql_free(&q);
	return n > 0;
}

/* Seconds of which clock have passed, as "4h", "90min" or "2d". */
static struct str span_print(int64_t s, struct arena *a)
{
	bool days = s % DAY_SECONDS == 0, hours = s % 3600 == 0;
	return arena_printf(a, "%lld%s",
			    (long long)(s / (days    ? DAY_SECONDS
					     : hours ? 3600
						     : 60)),
			    days    ? "d"
			    : hours ? "h"
				    : "min");
}

/* What is to be said of it where it is too late; empty: it is not. */
static struct str too_late(struct assigner *g, const struct record *lead, const struct pool *p,
			   struct arena *a)
{
	int64_t limit = recall_s(g, p), since, now = g->store->settings.calendar.now;
	struct str at = text_of(lead, "assigned_at");
	if (!limit || !words_have(g->rules->statuses, text_of(lead, "status")) ||
	    !instant_scan(at, &since))
		return STR("");
	int64_t passed = g->rules->business
			     ? hours_between(&service_get(g->store)->hours, since, now)
			     : now - since;
	if (passed < limit || worked_on(g, lead->id, at, a))
		return STR("");
	return arena_printf(a, "not worked on within %s%s", span_print(limit, a).p,
			    g->rules->business ? " of business" : "");
}

static bool take_back(struct assigner *g, const struct record *lead, const char *why,
		      struct str pool, struct str note, struct arena *a, struct diag *d)
{
	struct record r = record_new(g->lead, a), kept = record_new(g->assignment, a);
	struct person *before = person_of(g, record_at(lead, "owner")->i);
	int64_t now = g->store->settings.calendar.now;
	r.id = lead->id;
	*record_get(&r, "owner") = value_null();
	*record_get(&kept, "at") = value_text(instant_print(now, a));
	*record_get(&kept, "lead") = value_int(lead->id);
	*record_get(&kept, "previous") = *record_at(lead, "owner");
	*record_get(&kept, "why") = value_text(str_of(why));
	*record_get(&kept, "note") = value_text(note);
	if (pool.n)
		*record_get(&kept, "pool") = value_text(pool);
	store_follow_begin(g->store);
	bool ok = store_put(g->store, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING &&
		  store_put(g->store, &kept, PUT_TRUSTED, a, d) != WROTE_NOTHING;
	store_follow_end(g->store);
	if (ok && before)
		person_got(before, -1, false);
	return ok;
}

bool assign_recall(struct assigner *g, int64_t id, struct arena *a, struct diag *d)
{
	struct record lead;
	if (!store_get(g->store, g->lead, id, &lead, a))
		return diag_set(d, NULL, "there is no such lead");
	if (record_at(&lead, "owner")->kind != V_INT ||
	    is_one_of(text_of(&lead, "status"), lead_closed))
		return false;
	struct given given = given_of(g, &lead, a);
	struct pool *p = pool_called(g, given.pool);
	if (!given.there)
		return false;
	struct str note = too_late(g, &lead, p, a);
	if (note.n)
		return take_back(g, &lead, "recalled", given.pool, note, a, d);
	if (!p || !p->returns || !lead_passes(p->returns, id, NULL, a))
		return false;
	note = arena_printf(a, "release: %s", p->rules->release);
	return take_back(g, &lead, "released", given.pool, note, a, d);
}

/* The shortest time in which any lead comes back; 0: none does. */
static int64_t shortest(const struct assigner *g)
{
	int64_t least = g->rules->recall_s;
	for (size_t i = 0; i < g->rules->n; i++) {
		int64_t s = recall_s(g, &g->pools[i]);
		if (s && (!least || s < least))
			least = s;
	}
	return least;
}

/* "owner is not null and status not in … and (status = new and assigned_at <= … or (release) or …)"
 */
int64_t *assign_recallable(struct assigner *g, size_t *n, struct diag *d)
{
	struct store *s = g->store;
	struct resolver r = { .store = s };
	struct query_context q = { .schema = &s->schema,
				   .settings = &s->settings,
				   .entity = g->lead,
				   .arena = g->arena,
				   .resolve = ref_resolve_for_query,
				   .resolve_ctx = &r };
	struct select what = { .context = &q, .limit = -1 };
	struct buf b = { 0 };
	struct str rest = str_of(g->rules->statuses), status;
	int64_t soonest = shortest(g), *ids = NULL;
	buf_puts(&b,
		 "owner is not null and status not in (converted, disqualified) and (id is null");
	while (soonest && rest.p && str_cut(&rest, ' ', &status))
		buf_printf(&b, " or status = '%.*s' and assigned_at <= '%s'", (int)status.n,
			   status.p, instant_print(s->settings.calendar.now - soonest, g->arena).p);
	for (size_t i = 0; i < g->rules->n; i++)
		if (g->rules->pools[i].release)
			buf_printf(&b, " or (%s\n)",
				   g->rules->pools[i].release); /* it may end in a comment */
	buf_puts(&b, ")");
	*n = 0;
	what.where = where_parse(buf_str(&b), &q, d);
	if (what.where)
		ids = select_ids(s, &what, n, g->arena);
	buf_free(&b);
	resolver_free(&r);
	return ids;
}
