/* What becomes of an occasion: a firing that waits, does what the rule says, or is skipped. */
#include "core/date.h"
#include "domain/follow_impl.h"
#include "schema/check.h"

static const struct entity *firing_type(struct follow *f)
{
	return store_entity(f->store, "firing");
}

struct record fire_record(struct follow *f, const char *rule, struct str record,
			  struct str occasion, const char *status, int64_t at, struct arena *a)
{
	struct record r = record_new(firing_type(f), a);
	set_text(&r, "rule", str_of(rule));
	set_text(&r, "record", record);
	set_text(&r, "occasion", occasion);
	set_text(&r, "status", str_of(status));
	set_text(&r, "at", instant_print(at, a));
	return r;
}

bool fire_put(struct follow *f, struct record *r, struct arena *a, struct diag *d)
{
	return store_put(f->store, r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

/* Whether the rule has fired for the record: on this occasion, or (empty) for a state that lasts.
 */
static bool has_fired(struct follow *f, const char *rule, struct str record, struct str occasion,
		      struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from firing where record = ");
	sql_text(&q, record);
	sql_add(&q, " and rule = ");
	sql_text(&q, str_of(rule));
	if (occasion.n) {
		sql_add(&q, " and occasion = ");
		sql_text(&q, occasion);
	} else {
		sql_add(&q, " and status <> 'cancelled' and ended_at is null");
	}
	sql_add(&q, " limit 1");
	bool has = db_int(f->store->db, &q, 0) != 0;
	sql_free(&q);
	return has;
}

void fire_end(struct record *r, const char *status, struct str did, struct str why,
	      const struct codec *c)
{
	set_text(r, "status", str_of(status));
	set_now(r, "done_at", c);
	if (did.n)
		set_text(r, "did", did);
	if (why.n)
		set_text(r, "why", why);
}

static void do_rule(struct follow *f, const struct rule *r, struct record *firing,
		    const struct entity *e, int64_t id, struct arena *a)
{
	struct deeds all = { r->key,
			     0,
			     text_of(firing, "occasion"),
			     text_of(firing, "due_at"),
			     r->always,
			     r->deeds,
			     r->ndeeds };
	struct diag d = { 0 };
	bool fired = do_all(f, &all, e, id, firing, a);
	f->counts.fired += fired;
	f->counts.skipped += !fired;
	if (!fire_put(f, firing, a, &d))
		die(STATUS_ENV, "a firing of %s cannot be written: %.*s", r->key, (int)d.message.n,
		    d.message.p);
	diag_free(&d);
}

static void fire_one(struct follow *f, const struct rule *r, const struct found *one,
		     struct arena *a)
{
	struct store *s = f->store;
	struct str key = r->once ? STR("once") : one->key;
	struct str record = ref_print(r->when.entity, one->id, a);
	if (has_fired(f, r->key, record, key, a))
		return;
	if (r->when.kind == WHEN_STATE && has_fired(f, r->key, record, (struct str){ 0 }, a))
		return;
	int64_t due = follow_after(s, one->at, &r->after, r->always);
	struct record firing = fire_record(f, r->key, record, key, "waiting", one->at, a);
	set_text(&firing, "due_at", instant_print(due, a));
	if (due <= s->settings.calendar.now) {
		do_rule(f, r, &firing, r->when.entity, one->id, a);
		return;
	}
	struct diag d = { 0 };
	if (!fire_put(f, &firing, a, &d))
		die(STATUS_ENV, "a firing of %s cannot be written: %.*s", r->key, (int)d.message.n,
		    d.message.p);
	diag_free(&d);
	f->counts.waiting++;
}

static int64_t *ids_of(const struct found_list *l, struct arena *a)
{
	int64_t *ids = arena_new(a, int64_t, l->n + 1);
	for (size_t i = 0; i < l->n; i++)
		ids[i] = l->items[i].id;
	return ids;
}

/* Records that changed and are not in the rule's state, or no more. */
static void end_states(struct follow *f, const struct rule *r, const int64_t *ids, size_t n)
{
	int64_t *gone = arena_new(f->arena, int64_t, n + 1);
	struct map in = { 0 };
	size_t ngone = 0;
	match_set(f, r->when.entity, &r->when.state, 1, ids, n, &in);
	for (size_t i = 0; i < n; i++)
		if (!match_has(&in, ids[i]))
			gone[ngone++] = ids[i];
	state_over(f, r, gone, ngone);
	map_free(&in);
}

/*
 * States that were over in between begin with the change that brought them back: what waits
 * since one before it is cancelled.  For each such record the number, from 1, of that occasion.
 */
static void begin_again(struct follow *f, const struct rule *r, const struct found_list *l,
			struct map *begun)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].turned) {
			state_over(f, r, &l->items[i].id, 1);
			match_put(begun, l->items[i].id, (int64_t)i + 1);
		}
}

void fire_all(struct follow *f, const struct rule *r, const struct found_list *l)
{
	const char *const conditions[] = { r->condition, r->when.state };
	int64_t *ids = ids_of(l, f->arena);
	struct map in = { 0 }, begun = { 0 };
	struct arena a = { 0 };
	if (!l->n)
		return;
	if (r->when.kind == WHEN_STATE)
		end_states(f, r, ids, l->n);
	begin_again(f, r, l, &begun);
	match_set(f, r->when.entity, conditions, countof(conditions), ids, l->n, &in);
	for (size_t i = 0; i < l->n; i++) {
		if (!l->items[i].ends && match_has(&in, ids[i]) &&
		    match_get(&begun, ids[i]) <= (int64_t)i + 1)
			fire_one(f, r, &l->items[i], &a);
		arena_reset(&a);
	}
	map_free(&begun);
	map_free(&in);
	arena_free(&a);
}

/* What waited is cancelled; what was done has had its time, so that it may come again. */
static void over(struct follow *f, int64_t firing, struct arena *a)
{
	struct codec c = store_codec(f->store, a);
	struct record old, r = record_new(firing_type(f), a);
	struct diag d = { 0 };
	if (!store_get(f->store, firing_type(f), firing, &old, a))
		return;
	r.id = firing;
	set_now(&r, "ended_at", &c);
	if (str_is(text_of(&old, "status"), "waiting")) {
		fire_end(&r, "cancelled", (struct str){ 0 },
			 STR("the state was over before it was due"), &c);
		f->counts.cancelled++;
	}
	fire_put(f, &r, a, &d);
	diag_free(&d);
}

void state_over(struct follow *f, const struct rule *r, const int64_t *ids, size_t n)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct sql q = { .arena = &a };
		size_t found;
		sql_add(&q, "select id from firing where record = ");
		sql_text(&q, ref_print(r->when.entity, ids[i], &a));
		sql_add(&q, " and rule = ");
		sql_text(&q, str_of(r->key));
		sql_add(&q, " and status <> 'cancelled' and ended_at is null order by id");
		int64_t *firings = db_ids(f->store->db, &q, &found, &a);
		sql_free(&q);
		for (size_t j = 0; j < found; j++)
			over(f, firings[j], &a);
		arena_reset(&a);
	}
	arena_free(&a);
}

/* One that waited and is due. */
struct due {
	int64_t firing;
	struct record record;
	const struct entity *entity;
	int64_t id; /* of the record, or of what it was merged into; 0: it has gone */
	bool merged;
	const struct rule *rule; /* NULL: it is there no more */
};

static void cancel(struct follow *f, const struct due *w, const char *status, struct str why,
		   struct arena *a)
{
	struct codec c = store_codec(f->store, a);
	struct record r = record_new(firing_type(f), a);
	struct diag d = { 0 };
	r.id = w->firing;
	fire_end(&r, status, (struct str){ 0 }, why, &c);
	fire_put(f, &r, a, &d);
	diag_free(&d);
	if (!strcmp(status, "skipped"))
		f->counts.skipped++;
	else
		f->counts.cancelled++;
}

/* Of a ticket's clock: what must still be so beside the rule's condition. */
static const char *guard_of(const struct rule *r, const struct record *firing)
{
	struct str key = text_of(firing, "occasion");
	for (const struct occasion *o = &r->when; o && r->when.kind == WHEN_DATE; o = o->also)
		if (str_starts(key, o->field->name))
			return o->guard;
	return NULL;
}

/* For which of the records the rule's condition, or its state, is true: asked at once. */
struct still {
	struct map condition, state;
};

static void ask(struct follow *f, const struct rule *r, const struct due *all, size_t n,
		struct still *still)
{
	int64_t *ids = arena_new(f->arena, int64_t, n + 1);
	size_t nids = 0;
	for (size_t i = 0; i < n; i++)
		if (all[i].rule == r)
			ids[nids++] = all[i].id;
	match_set(f, r->when.entity, &r->condition, 1, ids, nids, &still->condition);
	if (r->when.state)
		match_set(f, r->when.entity, &r->when.state, 1, ids, nids, &still->state);
}

/* The rule is done for the record of a merge that stays, or will be. */
static bool has_own(struct follow *f, const struct rule *r, const struct due *w, struct arena *a)
{
	bool state = r->when.kind == WHEN_STATE;
	return w->merged &&
	       has_fired(f, r->key, ref_print(w->entity, w->id, a),
			 state ? (struct str){ 0 } : text_of(&w->record, "occasion"), a);
}

static void due_one(struct follow *f, const struct rule *r, struct due *w,
		    const struct still *still, struct arena *a)
{
	const char *guard = guard_of(r, &w->record);
	if (!w->id)
		cancel(f, w, "cancelled", STR("the record is there no more"), a);
	else if ((r->when.state && !match_has(&still->state, w->id)) ||
		 !follow_is_true(f, w->entity, guard, w->id))
		cancel(f, w, "cancelled", STR("it was over before it was due"), a);
	else if (has_own(f, r, w, a))
		cancel(f, w, "cancelled", STR("it was merged into one of which the rule knows"), a);
	else if (!match_has(&still->condition, w->id))
		cancel(f, w, "skipped", STR("`if` was true no more when it was due"), a);
	else
		do_rule(f, r, &w->record, w->entity, w->id, a);
}

static void due_of_rule(struct follow *f, const struct rule *r, struct due *all, size_t n)
{
	struct still still = { 0 };
	struct arena a = { 0 };
	bool any = false;
	for (size_t i = 0; i < n; i++)
		any |= all[i].rule == r;
	if (any)
		ask(f, r, all, n, &still);
	for (size_t i = 0; any && i < n; i++) {
		if (all[i].rule == r)
			due_one(f, r, &all[i], &still, &a);
		arena_reset(&a);
	}
	map_free(&still.condition);
	map_free(&still.state);
	arena_free(&a);
}

static int64_t *waiting(struct follow *f, size_t *n)
{
	struct sql q = { .arena = f->arena };
	sql_add(&q, "select id from firing where status = 'waiting' and due_at <= ");
	sql_text(&q, instant_print(f->store->settings.calendar.now, f->arena));
	held_sql(f, &q, "rule");
	sql_add(&q, " order by due_at, id limit ");
	sql_int(&q, BATCH);
	int64_t *ids = db_ids(f->store->db, &q, n, f->arena);
	sql_free(&q);
	return ids;
}

/* The rule that it waits for, as it is today; NULL: there is none any more. */
static const struct rule *rule_of(const struct follow *f, const struct due *w)
{
	for (size_t i = 0; i < f->nrules; i++)
		if (str_is(text_of(&w->record, "rule"), f->rules[i].key) &&
		    f->rules[i].when.entity == w->entity)
			return &f->rules[i];
	return NULL;
}

bool fire_due(struct follow *f)
{
	size_t n;
	int64_t *ids = waiting(f, &n);
	struct due *all = arena_new(f->arena, struct due, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct due *w = &all[i];
		w->firing = ids[i];
		if (store_get(f->store, firing_type(f), ids[i], &w->record, f->arena) &&
		    ref_parse(&f->store->schema, text_of(&w->record, "record"), &w->entity, &w->id))
			w->rule = rule_of(f, w);
		int64_t was = w->id;
		if (w->rule)
			w->id = match_survivor(f->store, w->entity, was);
		w->merged = w->id && w->id != was;
		if (!w->rule)
			cancel(f, w, "cancelled", STR("there is no such rule any more"), f->arena);
	}
	for (size_t i = 0; i < f->nrules; i++)
		due_of_rule(f, &f->rules[i], all, n);
	return n == BATCH;
}
