/* Who is to be rung next. */
#include "domain/call_next.h"

#include "domain/allowance.h"
#include "schema/check.h"
#include "schema/reach.h"
#include "schema/status.h"

/* One search. */
struct next {
	const struct call_queue *q;
	struct store *store;
	int64_t now;
	struct arena *arena;
};

/* -- who may be rung -- */

static void put_taken(const struct next *n, struct sql *q)
{
	sql_add(q, " and c.until > ");
	sql_text(q, instant_print(n->now, n->arena));
	sql_add(q, " and (c.status = 'skipped' or c.status = 'open' and c.\"user\" <> ");
	sql_int(q, n->q->caller.user);
	sql_add(q, ")");
}

static bool is_taken(const struct next *n, const struct person *p)
{
	const struct entity *e = store_entity(n->store, "call_claim");
	struct sql q = { .arena = n->arena };
	sql_add(&q, "select 1 from ");
	sql_stored(&q, e);
	sql_add(&q, " c where c.");
	sql_refers(&q, e, p->entity->name, p->id);
	put_taken(n, &q);
	sql_add(&q, " limit 1");
	bool taken = db_int(n->store->db, &q, 0) != 0;
	sql_free(&q);
	return taken;
}

/* Whether the last call with them ended with their wish to be rung again. */
static bool asked_for(const struct next *n, const struct person *p)
{
	const struct entity *e = store_entity(n->store, "activity");
	struct sql q = { .arena = n->arena };
	sql_add(&q, "select outcome = 'callback' from ");
	sql_stored(&q, e);
	sql_add(&q, " where ");
	sql_refers(&q, e, p->entity->name, p->id);
	sql_add(&q,
		" and kind = 'call' and status = 'done' order by done_at desc, id desc limit 1");
	bool asked = db_int(n->store->db, &q, 0) != 0;
	sql_free(&q);
	return asked;
}

/* `planned`: that they are rung now was planned. */
static bool may_ring(const struct next *n, const struct person *p, bool planned)
{
	struct record who;
	if (!p->entity || !store_get(n->store, p->entity, p->id, &who, n->arena) ||
	    person_refusal(n->store, STR("call"), p, NULL, n->arena))
		return false;
	struct str number = call_number(n->store, &who, n->arena);
	if (!number.n ||
	    (!strcmp(p->entity->name, "lead") && is_one_of(text_of(&who, "status"), lead_closed)))
		return false;
	return (allowance_next(n->store, STR("call"), p, number, n->q->caller.rules->per_day,
			       n->arena) <= n->now ||
		(planned && asked_for(n, p))) &&
	       !is_taken(n, p);
}

/* Members who answered for good. */
static bool is_through(const struct next *n, const struct person *p, int64_t campaign)
{
	static const char *const through[] = { "refused", "converted", "opted_out", NULL };
	struct record member;
	int64_t id = membership_of(n->store, "campaign_member", "campaign", campaign, p->entity,
				   p->id, n->arena);
	return id &&
	       store_get(n->store, store_entity(n->store, "campaign_member"), id, &member,
			 n->arena) &&
	       is_one_of(text_of(&member, "status"), through);
}

/* -- whom somebody planned to ring -- */

/* Whether a planned call is with somebody in the selection. */
static bool is_chosen(const struct next *n, const struct record *call, const struct person *p)
{
	const struct query_context *base = n->q->base;
	const struct field *f = entity_field(call->entity, str_of(base->entity->name));
	int64_t id = 0;
	if (n->q->own)
		return true;
	if (n->q->campaign)
		id = membership_of(n->store, base->entity->name, "campaign", n->q->campaign,
				   p->entity, p->id, n->arena);
	else if (base->entity == p->entity)
		id = p->id;
	else if (f && f->type == &type_ref && is_set(call, f->name))
		id = record_at(call, f->name)->i;
	struct select what = { .context = base, .limit = -1 };
	what.where = node_and(node_refs(base->entity, &id, 1, n->arena), n->q->where, n->arena);
	return id && select_count(n->store, &what) > 0;
}

static void due_sql(const struct next *n, struct sql *q)
{
	sql_add(q, "select id from ");
	sql_table(q, store_entity(n->store, "activity"));
	sql_add(q, " where kind = 'call' and status = 'planned' and due_at <= ");
	sql_text(q, instant_print(n->now, n->arena));
	sql_add(q, " and coalesce(direction, 'out') <> 'in' and (owner = ");
	sql_int(q, n->q->caller.user);
	if (n->q->own) {
		sql_add(q, ")");
	} else {
		sql_add(q, " or owner is null or due_at <= ");
		sql_text(q, instant_print(n->now - n->q->caller.rules->late_s, n->arena));
		sql_add(q, ")");
	}
	if (n->q->campaign) {
		sql_add(q, " and campaign = ");
		sql_int(q, n->q->campaign);
	}
	sql_add(q, " order by case priority when 'urgent' then 0 when 'high' then 1"
		   " when 'low' then 3 else 2 end, due_at, id");
}

/* At an hour at which nobody is rung unasked, whom the customer named that hour is. */
static bool find_due(const struct next *n, bool open, struct person *p, struct record *call)
{
	struct sql q = { .arena = n->arena };
	size_t count;
	bool found = false;
	due_sql(n, &q);
	const int64_t *ids = store_ids(n->store, &q, &count, n->arena);
	sql_free(&q);
	for (size_t i = 0; i < count && !found; i++) {
		int64_t due;
		if (!store_get(n->store, store_entity(n->store, "activity"), ids[i], call,
			       n->arena) ||
		    !instant_scan(text_of(call, "due_at"), &due) ||
		    (!open && hours_between(&n->q->caller.rules->hours, due, due + 1)))
			continue;
		*p = campaign_person(n->store, call->entity, call->id, n->arena);
		int64_t campaign = is_set(call, "campaign") ? record_at(call, "campaign")->i : 0;
		found = may_ring(n, p, true) && is_chosen(n, call, p) &&
			!(campaign && is_through(n, p, campaign));
	}
	return found;
}

/* -- others -- */

/* Who is rung where a record of the base is: column of t0, and the type. */
static const struct {
	const char *base, *column, *person;
} rungs[] = {
	{ "campaign_member", "lead", "lead" },
	{ "campaign_member", "contact", "contact" },
	{ "campaign_member", "account", "account" },
	{ "lead", "id", "lead" },
	{ "contact", "id", "contact" },
	{ "account", "id", "account" },
	{ "deal", "contact", "contact" },
	{ "deal", "account", "account" },
};

static void put_column(const struct next *n, size_t rung, struct sql *q)
{
	sql_at(q, 0, entity_field(n->q->base->entity, str_of(rungs[rung].column)));
}

/* No call with them is planned, and none was made that counts. */
static void put_not_rung(const struct next *n, size_t rung, struct sql *q)
{
	const struct entity *e = store_entity(n->store, "activity");
	int64_t rested =
	    zone_instant(zone_day(n->now) - n->q->caller.rules->rest_days, zone_second(n->now));
	sql_add(q, " and not exists (select 1 from ");
	sql_stored(q, e);
	sql_add(q, " a where a.");
	sql_column(q, entity_field(e, str_of(rungs[rung].person)));
	sql_add(q, " = ");
	put_column(n, rung, q);
	sql_add(q, " and a.kind = 'call' and (a.status = 'planned' or a.status = 'done' and "
		   "coalesce(a.direction, 'out') <> 'in' and ");
	if (n->q->campaign) {
		sql_add(q, "a.campaign = ");
		sql_int(q, n->q->campaign);
	} else {
		sql_add(q, "a.done_at > ");
		sql_text(q, instant_print(rested, n->arena));
	}
	sql_add(q, ")) and not exists (select 1 from ");
	sql_stored(q, store_entity(n->store, "call_claim"));
	sql_add(q, " c where c.");
	sql_column(q,
		   entity_field(store_entity(n->store, "call_claim"), str_of(rungs[rung].person)));
	sql_add(q, " = ");
	put_column(n, rung, q);
	put_taken(n, q);
	sql_add(q, ")");
}

static void put_conditions(const struct next *n, struct joins *j, struct sql *q)
{
	sql_add(q, "1 = 1");
	if (n->q->where) {
		sql_add(q, " and ");
		node_sql(n->q->where, n->q->base, j, q);
	}
	if (n->q->campaign) {
		sql_add(q, " and t0.campaign = ");
		sql_int(q, n->q->campaign);
		sql_add(q, " and t0.status not in ('refused', 'reached', 'interested', 'converted',"
			   " 'opted_out')");
	}
	for (size_t i = 0; i < countof(rungs); i++)
		if (!strcmp(rungs[i].base, n->q->base->entity->name))
			put_not_rung(n, i, q);
}

static void others_sql(const struct next *n, struct sql *q)
{
	const struct query_context *base = n->q->base;
	bool lead = !strcmp(base->entity->name, "lead");
	struct str order = n->q->campaign ? STR("-lead.score,lead.contact_attempts,created_at")
			   : lead	  ? STR("-score,contact_attempts,created_at")
					  : STR("created_at");
	struct joins j = { .arena = n->arena, .schema = base->schema };
	struct sql where = { .arena = n->arena }, by = { .arena = n->arena };
	struct sort_key *keys;
	struct diag d = { 0 };
	size_t nkeys;
	if (!sort_parse(order, base, &keys, &nkeys, &d))
		die(STATUS_ENV, "%s", arena_str(&d.arena, d.message).p);
	put_conditions(n, &j, &where);
	sort_sql(keys, nkeys, &j, &by);
	sql_add(q, "select t0.id from ");
	sql_table(q, base->entity);
	sql_add(q, " t0");
	joins_sql(&j, q);
	sql_add(q, " where ");
	sql_append(q, &where);
	sql_add(q, " order by ");
	sql_append(q, &by);
	sql_free(&where);
	sql_free(&by);
}

static bool find_other(const struct next *n, struct person *p)
{
	struct sql q = { .arena = n->arena };
	bool found = false;
	store_settle(n->store);
	others_sql(n, &q);
	struct stmt *rows = db_query(n->store->db, &q);
	while (!found && stmt_step(rows)) {
		*p = campaign_person(n->store, n->q->base->entity, stmt_value(rows, 0).i, n->arena);
		found = may_ring(n, p, false);
	}
	stmt_close(rows);
	sql_free(&q);
	return found;
}

/* -- the claim -- */

/* The claim that takes the next person: one of the caller's that is of no use any more. */
static int64_t free_claim(const struct next *n)
{
	struct sql q = { .arena = n->arena };
	sql_add(&q, "select id from ");
	sql_stored(&q, store_entity(n->store, "call_claim"));
	sql_add(&q, " where \"user\" = ");
	sql_int(&q, n->q->caller.user);
	sql_add(&q, " and (status <> 'skipped' or until <= ");
	sql_text(&q, instant_print(n->now, n->arena));
	sql_add(&q, ") order by id limit 1");
	int64_t id = db_int(n->store->db, &q, 0);
	sql_free(&q);
	return id;
}

static void set_ref(struct record *r, const char *field, int64_t id)
{
	*record_get(r, field) = id ? value_int(id) : value_null();
}

static bool write_claim(const struct next *n, const struct person *p, const struct record *call,
			struct record *claim, struct diag *d)
{
	int64_t lease = n->q->lease_s ? n->q->lease_s : n->q->caller.rules->lease_s;
	*claim = record_new(store_entity(n->store, "call_claim"), n->arena);
	claim->id = free_claim(n);
	if (!claim->id)
		*record_get(claim, "user") = value_int(n->q->caller.user);
	for (size_t i = 0; i < PERSON_TYPES; i++)
		set_ref(claim, person_types[i],
			strcmp(person_types[i], p->entity->name) ? 0 : p->id);
	set_ref(claim, "activity", call->entity ? call->id : 0);
	*record_get(claim, "campaign") = call->entity ? *record_at(call, "campaign") : value_null();
	if (n->q->campaign)
		set_ref(claim, "campaign", n->q->campaign);
	set_text(claim, "status", STR("open"));
	set_text(claim, "claimed_at", instant_print(n->now, n->arena));
	set_text(claim, "until", instant_print(n->now + lease, n->arena));
	store_follow_begin(n->store);
	bool ok = store_put(n->store, claim, 0, n->arena, d) != WROTE_NOTHING;
	store_follow_end(n->store);
	return ok;
}

/* Whom the caller was given and not yet rung; false: nobody, or no longer. */
static bool unfinished(const struct next *n, struct record *claim, struct diag *d, bool *failed)
{
	const struct caller *c = &n->q->caller;
	struct person p;
	if (!call_claim_own(c, claim, &p, n->arena))
		return false;
	bool over = str_cmp(text_of(claim, "until"), instant_print(n->now, n->arena)) <= 0;
	if (n->q->skip || over || !may_ring(n, &p, is_set(claim, "activity"))) {
		*failed = !call_claim_end(c, claim->id, "skipped", n->arena, d);
		return false;
	}
	struct record call = { 0 };
	if (is_set(claim, "activity"))
		store_get(n->store, store_entity(n->store, "activity"),
			  record_at(claim, "activity")->i, &call, n->arena);
	struct call_queue same = *n->q;
	same.campaign = is_set(claim, "campaign") ? record_at(claim, "campaign")->i : 0;
	struct next again = *n;
	again.q = &same;
	*failed = !write_claim(&again, &p, &call, claim, d);
	return true;
}

static bool nobody(const struct next *n, bool open, struct diag *d)
{
	int64_t at = open ? INT64_MAX : hours_add(&n->q->caller.rules->hours, n->now, 1);
	if (at == INT64_MAX)
		return diag_set(d, NULL, "nobody is to be rung now");
	return diag_set(d, NULL, "nobody is to be rung before %s",
			instant_print_local(at - 1, n->arena).p);
}

bool call_next(const struct call_queue *q, struct record *claim, struct arena *a, struct diag *d)
{
	struct next n = { q, q->caller.store, q->caller.store->settings.calendar.now, a };
	bool open = hours_between(&q->caller.rules->hours, n.now, n.now + 1) > 0;
	bool failed = false;
	struct record call = { 0 };
	struct person p;
	if (unfinished(&n, claim, d, &failed) || failed)
		return !failed;
	if (!find_due(&n, open, &p, &call)) {
		call = (struct record){ 0 };
		if (!open || !find_other(&n, &p))
			return nobody(&n, open, d);
	}
	return write_claim(&n, &p, &call, claim, d);
}
