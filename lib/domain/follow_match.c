/* Which records a condition is true of, and whom they are about. */
#include "domain/campaign.h"
#include "domain/follow_impl.h"
#include "store/merged.h"

void found_add(struct found_list *l, struct found one, struct arena *a)
{
	l->items = arena_grow(a, l->items, l->n, &l->room, sizeof *l->items);
	l->items[l->n++] = one;
}

/* The condition as it is understood at the instant `now`; *q must outlive it. */
struct node *match_node(struct follow *f, const struct entity *e, const char *condition,
			int64_t now, struct query_context *q, struct diag *d)
{
	struct settings *then = arena_new(f->arena, struct settings, 1);
	*then = f->store->settings;
	then->calendar.now = now;
	*q = (struct query_context){
		.schema = &f->store->schema,
		.settings = then,
		.entity = e,
		.arena = f->arena,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = &f->resolver,
	};
	return condition ? where_parse(str_of(condition), q, d) : NULL;
}

static struct str key_of(int64_t id, struct arena *a)
{
	return arena_printf(a, "%lld", (long long)id);
}

/* A condition that is not understood any more was reported by follow_load. */
void match_set(struct follow *f, const struct entity *e, const char *const *conditions, size_t n,
	       const int64_t *ids, size_t nids, struct map *out)
{
	struct query_context q;
	struct diag d = { 0 };
	struct arena a = { 0 };
	int64_t now = f->store->settings.calendar.now;
	struct node *all = match_node(f, e, NULL, now, &q, &d);
	size_t found;
	all = node_chosen(e, store_choose(f->store, ids, nids), f->arena);
	for (size_t i = 0; i < n; i++)
		if (conditions[i])
			all = node_and(all, match_node(f, e, conditions[i], now, &q, &d), f->arena);
	struct select what = { .context = &q, .where = all, .limit = -1 };
	store_settle(f->store);
	int64_t *matching = select_ids(f->store, &what, &found, &a);
	for (size_t i = 0; i < found; i++)
		match_put(out, matching[i], 1);
	diag_free(&d);
	arena_free(&a);
}

int64_t match_get(const struct map *set, int64_t id)
{
	struct arena a = { 0 };
	const int64_t *found = map_find(set, key_of(id, &a));
	arena_free(&a);
	return found ? *found : 0;
}

bool match_has(const struct map *set, int64_t id)
{
	return match_get(set, id) != 0;
}

void match_put(struct map *set, int64_t id, int64_t n)
{
	struct arena a = { 0 };
	*map_at(set, key_of(id, &a)) = n;
	arena_free(&a);
}

bool follow_is_true(struct follow *f, const struct entity *e, const char *condition, int64_t id)
{
	struct map set = { 0 };
	if (!condition)
		return true;
	match_set(f, e, &condition, 1, &id, 1, &set);
	bool is = set.n > 0;
	map_free(&set);
	return is;
}

int64_t match_survivor(struct store *s, const struct entity *e, int64_t id)
{
	struct merged m;
	while (id && !store_exists(s, e, id))
		id = store_merged(s, e, id, &m) && m.into_type == e && m.into != id ? m.into : 0;
	return id;
}

struct target_of match_target(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	static const char *const passing[] = { "event", "activity", "campaign_member" };
	for (size_t i = 0; i < countof(passing); i++)
		if (!strcmp(e->name, passing[i])) {
			struct person p = campaign_person(s, e, id, a);
			return (struct target_of){ p.entity, p.id };
		}
	return (struct target_of){ e, id };
}
