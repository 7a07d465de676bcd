/* One transaction of crm-follow after the other. */
#include "domain/follow.h"

#include "core/date.h"
#include "domain/follow_impl.h"

bool follow_allowed(const struct store *s, struct diag *d)
{
	return (s->access.role.read == SCOPE_ALL && s->access.role.write == SCOPE_ALL) ||
	       diag_set(d, NULL,
			"rules are about everybody's records: who runs them must be able to read "
			"and change all (role %s may not)",
			s->access.role.key);
}

/*
 * What was changed since each rule, and who notices exits, looked; the oldest first, a part at a
 * time.  True: there is more.
 */
static bool look_at_changes(struct follow *f, struct rule_place *places, struct rule_place *exits,
			    int64_t newest)
{
	int64_t from = exits->followed.change < newest ? exits->followed.change : newest;
	for (size_t i = 0; i < f->nrules; i++)
		if (places[i].followed.change < from)
			from = places[i].followed.change;
	if (from >= newest)
		return false;
	struct followed_change *c = arena_new(f->arena, struct followed_change, BATCH);
	size_t n = followed_changes(f->store, from, newest, f->program, c, BATCH, f->arena);
	int64_t last = n == BATCH ? c[n - 1].id : newest;
	for (size_t i = 0; i < f->nrules; i++) {
		struct found_list found = { 0 };
		if (places[i].followed.change >= last)
			continue;
		changes_find(f, &f->rules[i], &places[i], c, n, &found);
		fire_all(f, &f->rules[i], &found);
		places[i].followed.change = last;
	}
	if (exits->followed.change < last) {
		exits_find(f, exits, c, n);
		exits->followed.change = last;
		exits->fresh = true;
	}
	return last < newest;
}

/* What time has brought; true: there is more. */
static bool look_at_time(struct follow *f, struct rule_place *places)
{
	bool whole = true;
	for (size_t i = 0; i < f->nrules; i++) {
		const struct rule *r = &f->rules[i];
		struct found_list found = { 0 };
		if (r->when.kind == WHEN_DATE)
			whole &= dates_find(f, r, &places[i], &found);
		else if (r->when.kind == WHEN_STATE)
			whole &= states_find(f, r, &places[i], &found);
		fire_all(f, r, &found);
	}
	return !whole;
}

/*
 * What was looked at, with all that time has brought (`timed`) or part of it.  A clock that was
 * put back does not bring the same dates again.
 */
static void remember(struct follow *f, struct rule_place *places, const struct rule_place *were,
		     bool timed)
{
	int64_t now = f->store->settings.calendar.now;
	for (size_t i = 0; i < f->nrules; i++) {
		struct rule_place *p = &places[i];
		enum when_kind kind = f->rules[i].when.kind;
		if (timed && p->followed.at < now && (kind == WHEN_DATE || kind == WHEN_STATE))
			p->followed.at = now;
		if (p->fresh || p->followed.change != were[i].followed.change ||
		    p->followed.at != were[i].followed.at)
			followed_set(f->store, place_name(&f->rules[i], f->arena), &p->followed);
	}
}

static const char exits_name[] = "exits";

/* Where there are sequences; one of before is in the history as being enrolled. */
static void exits_get(struct follow *f, struct rule_place *out)
{
	*out = (struct rule_place){ .followed = { INT64_MAX, 0 } };
	if (!f->sequences->key || followed_get(f->store, exits_name, &out->followed, f->arena))
		return;
	*out = (struct rule_place){ { f->newest, f->store->settings.calendar.now }, true };
}

/* A rule that went and comes again begins anew. */
static void forget_others(struct follow *f)
{
	const char **names = arena_new(f->arena, const char *, f->nrules + f->nheld + 2);
	for (size_t i = 0; i < f->nrules; i++)
		names[i] = place_name(&f->rules[i], f->arena);
	for (size_t i = 0; i < f->nheld; i++)
		names[f->nrules + i] = f->held[i].place;
	names[f->nrules + f->nheld] = f->sequences->key || f->nheld ? exits_name : NULL;
	if (!f->newest)
		followed_keep(f->store, names);
}

/*
 * First what was changed, then what time has brought, then what waited; each in parts, and
 * what a rule writes is looked at by the next run.
 */
bool follow_batch(struct follow *f)
{
	arena_reset(f->arena);
	follow_load(f);
	struct rule_place *places = arena_new(f->arena, struct rule_place, f->nrules + 1);
	struct rule_place *were = arena_new(f->arena, struct rule_place, f->nrules + 1), exits;
	forget_others(f);
	for (size_t i = 0; i < f->nrules; i++)
		place_get(f, &f->rules[i], &places[i]);
	memcpy(were, places, f->nrules * sizeof *places);
	if (!f->newest)
		f->newest = followed_newest(f->store);
	exits_get(f, &exits);
	bool more = look_at_changes(f, places, &exits, f->newest), timed = false;
	if (!more && !f->timed) {
		more = look_at_time(f, places);
		f->timed = timed = !more;
	}
	remember(f, places, were, timed);
	if (exits.fresh)
		followed_set(f->store, exits_name, &exits.followed);
	if (!more)
		more = fire_due(f) | enrol_due(f);
	if (f->assigner)
		assigner_close(f->assigner);
	f->assigner = NULL;
	return more;
}

void follow_close(struct follow *f)
{
	resolver_free(&f->resolver);
	map_free(&f->passed);
}
