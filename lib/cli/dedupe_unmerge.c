/* crm-dedupe unmerge: a merge taken back, whole or one cluster of it. */
#include "cli/dedupe.h"
#include "cli/undo_sets.h"
#include "cli/writes.h"
#include "schema/check.h"
#include "store/merged.h"

const struct option_def dedupe_unmerge_options[] = {
	{ "force", 0, OPTION_FLAG, NULL, "overwrite what was changed since", NULL },
	{ 0 },
};

/* One cluster of a change set: its merges, and the numbers of all its changes. */
struct part {
	const struct merged *merges;
	size_t n;
	int64_t first, last;
};

static bool same_survivor(const struct merged *x, const struct merged *y)
{
	return x->into_type == y->into_type && x->into == y->into;
}

/* A cluster's changes end with its last merge; the next one's begin behind it. */
static struct part *parts_of(const struct merged *all, size_t n, size_t *nparts, struct arena *a)
{
	struct part *parts = arena_new(a, struct part, n);
	*nparts = 0;
	for (size_t i = 0; i < n; i++) {
		if (!i || !same_survivor(&all[i], &all[i - 1]))
			parts[(*nparts)++] =
			    (struct part){ .merges = &all[i],
					   .first = i ? all[i - 1].change + 1 : 1 };
		parts[*nparts - 1].n++;
		parts[*nparts - 1].last = all[i].change;
	}
	return parts;
}

/* Whether the record is still what this merge made of it. */
static bool stands(struct crm *crm, const struct merged *m, struct arena *a)
{
	struct merged now;
	struct record lead;
	bool there = store_get(crm->store, m->entity, m->id, &lead, a);
	if (there && strcmp(m->entity->name, "lead"))
		return false;
	if (there && !str_is(text_of(&lead, "status"), "converted"))
		return false;
	return store_merged(crm->store, m->entity, m->id, &now) && now.change == m->change;
}

static void show(struct writes *w, const struct part *p)
{
	writes_add(w, p->merges[0].into_type, p->merges[0].into);
	for (size_t i = 0; i < p->n; i++)
		writes_add(w, p->merges[i].entity, p->merges[i].id);
}

static void undo_part(struct crm *crm, int64_t set, int64_t first, int64_t last)
{
	undo_sets(crm, &(struct undo_sets){ (int64_t[]){ set }, 1, first, last });
}

/* Newest first, as undos go; what stands in a row is one of them. */
static void undo_parts(struct crm *crm, const struct part *parts, const bool *meant, size_t n)
{
	int64_t set = parts[0].merges[0].set;
	for (size_t i = n; i > 0; i--) {
		size_t end = i;
		if (!meant[i - 1])
			continue;
		while (i > 1 && meant[i - 2])
			i--;
		undo_part(crm, set, parts[i - 1].first, parts[end - 1].last);
	}
}

/* The clusters of a change set that stand; with a change's number that one alone. */
static void take_back(struct writes *w, const struct merged *all, size_t n, int64_t change)
{
	struct crm *crm = w->crm;
	size_t nparts, nmeant = 0;
	struct part *parts = parts_of(all, n, &nparts, &crm->arena);
	bool *meant = arena_new(&crm->arena, bool, nparts);
	for (size_t i = 0; i < nparts; i++) {
		bool this_one = !change || (parts[i].first <= change && change <= parts[i].last);
		meant[i] = this_one && stands(crm, &parts[i].merges[0], &crm->arena);
		nmeant += meant[i];
	}
	if (nmeant == nparts)
		undo_part(crm, all->set, 0, 0);
	else
		undo_parts(crm, parts, meant, nparts);
	for (size_t i = 0; i < nparts; i++)
		if (meant[i])
			show(w, &parts[i]);
}

static void unmerge_set(struct writes *w, int64_t set)
{
	struct crm *crm = w->crm;
	size_t n;
	bool any = false;
	struct merged *all = store_merges(crm->store, set, &n, &crm->arena);
	for (size_t i = 0; i < n; i++)
		any = any || stands(crm, &all[i], &crm->arena);
	if (any) {
		take_back(w, all, n, 0);
		return;
	}
	diag_set(&crm->diag, NULL,
		 n ? "what change set %lld merged is taken back already"
		   : "change set %lld merged nothing",
		 (long long)set);
	complain(crm, &crm->diag);
}

static void unmerge_ref(struct writes *w, const struct entity *e, int64_t id)
{
	struct crm *crm = w->crm;
	struct merged m;
	size_t n;
	if (store_merged(crm->store, e, id, &m) && stands(crm, &m, &crm->arena)) {
		struct merged *all = store_merges(crm->store, m.set, &n, &crm->arena);
		take_back(w, all, n, m.change);
		return;
	}
	diag_set(&crm->diag, NULL,
		 "%s-%lld is not merged into another record; name one that is, or the change set",
		 e->name, (long long)id);
	complain(crm, &crm->diag);
}

int dedupe_run_unmerge(struct crm *crm, int argc, char **argv)
{
	struct writes w;
	const struct entity *e;
	int64_t id;
	if (!argc)
		usage(crm, "name a record that was merged, or the change set that did it");
	if (option(crm, "if-rev"))
		usage(crm, "--if-rev goes with single records");
	for (int i = 0; i < argc; i++)
		if (!(str_int(str_of(argv[i]), &id) && id > 0) &&
		    !ref_parse(&crm->store->schema, str_of(argv[i]), &e, &id))
			usage(crm, "%s is neither a reference nor the number of a change set",
			      quoted(str_of(argv[i]), &crm->arena));
	if (writes_begin(&w, crm))
		for (int i = 0; i < argc; i++) {
			if (str_int(str_of(argv[i]), &id))
				unmerge_set(&w, id);
			else if (ref_parse(&crm->store->schema, str_of(argv[i]), &e, &id))
				unmerge_ref(&w, e, id);
		}
	return writes_end(&w);
}
