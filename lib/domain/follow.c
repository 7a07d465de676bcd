/* One transaction of crm-follow after the other. */
#include "domain/follow.h"

#include "core/date.h"
#include "domain/follow_impl.h"

static bool told_as(struct diag *d, const char *section)
{
	if (!d->message.n)
		return false;
	d->source = str_of(section);
	return true;
}

/* A sequence's `enter` is a rule that enrols. */
static struct rule enter_rule(const struct sequence *q, struct arena *a)
{
	struct deed *deed = arena_new(a, struct deed, 1);
	*deed = (struct deed){ .kind = DO_SEQUENCE, .name = q->key };
	return (struct rule){ .key = q->key,
			      .when = { .kind = WHEN_STATE,
					.text = STR("enter"),
					.entity = q->entity,
					.state = q->enter },
			      .from = INT64_MAX,
			      .deeds = deed,
			      .ndeeds = 1,
			      .sequence = q->key };
}

bool follow_load(struct follow *f, struct diag *d)
{
	size_t n = 0;
	struct rule *rules = rules_stored(f->store, f->arena, d);
	if (told_as(d, "rules"))
		return false;
	f->sequences = sequences_stored(f->store, f->arena, d);
	if (told_as(d, "sequences"))
		return false;
	f->resolver.store = f->store;
	while (rules[n].key)
		n++;
	f->nrules = n;
	for (const struct sequence *q = f->sequences; q->key; q++)
		n++;
	f->rules = arena_new(f->arena, struct rule, n + 1);
	memcpy(f->rules, rules, f->nrules * sizeof *rules);
	for (const struct sequence *q = f->sequences; q->key; q++)
		if (q->enter)
			f->rules[f->nrules++] = enter_rule(q, f->arena);
	f->states = arena_new(f->arena, struct node *, f->nrules + 1);
	return true;
}

bool follow_allowed(const struct store *s, struct diag *d)
{
	return (s->access.role.read == SCOPE_ALL && s->access.role.write == SCOPE_ALL) ||
	       diag_set(d, NULL,
			"rules are about everybody's records: who runs them must be able to read "
			"and change all (role %s may not)",
			s->access.role.key);
}

/* What was changed since each rule looked; the oldest first, a part at a time. */
static bool look_at_changes(struct follow *f, struct rule_place *places, int64_t newest)
{
	int64_t from = newest;
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

/* A clock that was put back does not bring the same dates again. */
static void remember(struct follow *f, struct rule_place *places, const struct rule_place *were)
{
	int64_t now = f->store->settings.calendar.now;
	for (size_t i = 0; i < f->nrules; i++) {
		struct rule_place *p = &places[i];
		enum when_kind kind = f->rules[i].when.kind;
		if (f->timed && p->followed.at < now && (kind == WHEN_DATE || kind == WHEN_STATE))
			p->followed.at = now;
		if (p->fresh || p->followed.change != were[i].followed.change ||
		    p->followed.at != were[i].followed.at)
			followed_set(f->store, place_name(&f->rules[i], f->arena), &p->followed);
	}
}

/* A rule that went and comes again begins anew. */
static void forget_others(struct follow *f)
{
	const char **names = arena_new(f->arena, const char *, f->nrules + 1);
	for (size_t i = 0; i < f->nrules; i++)
		names[i] = place_name(&f->rules[i], f->arena);
	if (!f->newest)
		followed_keep(f->store, names);
}

/*
 * First what was changed, then what time has brought, then what waited; each in parts, and
 * what a rule writes is looked at by the next run.
 */
bool follow_batch(struct follow *f, bool *more, struct diag *d)
{
	arena_reset(f->arena);
	if (!follow_load(f, d))
		return false;
	struct rule_place *places = arena_new(f->arena, struct rule_place, f->nrules + 1);
	struct rule_place *were = arena_new(f->arena, struct rule_place, f->nrules + 1);
	forget_others(f);
	for (size_t i = 0; i < f->nrules; i++)
		place_get(f, &f->rules[i], &places[i]);
	memcpy(were, places, f->nrules * sizeof *places);
	if (!f->newest)
		f->newest = followed_newest(f->store);
	*more = look_at_changes(f, places, f->newest);
	bool timed = !*more && !f->timed;
	if (timed) {
		*more = look_at_time(f, places);
		f->timed = !*more;
	}
	remember(f, places, were);
	if (!*more)
		*more = fire_due(f) | enrol_due(f);
	if (f->assigner)
		assigner_close(f->assigner);
	f->assigner = NULL;
	return true;
}

void follow_close(struct follow *f)
{
	resolver_free(&f->resolver);
	map_free(&f->passed);
}
