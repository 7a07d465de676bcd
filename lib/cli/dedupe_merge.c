/* crm-dedupe merge: records that are one become one. */
#include <stdio.h>

#include "cli/dedupe.h"
#include "cli/dedupe_clusters.h"
#include "cli/writes.h"
#include "core/buf.h"
#include "stream/writer.h"
#include "store/merged.h"

const struct option_def dedupe_merge_options[] = {
	{ "keep", 0, OPTION_TEXT, "WHICH",
	  "who survives: best, oldest, newest or a reference (best)", "best oldest newest" },
	{ "take", 0, OPTION_TEXT, "LIST",
	  "single fields from another: phone=newest,email=lead-7 (newest, oldest, longest)", NULL },
	{ "review", 0, OPTION_FLAG, NULL, "also the members of a stream that are only worth a look",
	  NULL },
	{ "force", 0, OPTION_FLAG, NULL,
	  "merge accounts although their tax codes differ, deals although their customers do",
	  NULL },
	{ 0 },
};

struct run {
	struct writes w;
	struct merger merger;
	struct buf plan;
	bool dry;
};

static bool named_here(const struct clusters *all, struct merge_ref ref)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t j = 0; j < all->list[i].n; j++)
			if (all->list[i].refs[j].entity == ref.entity &&
			    all->list[i].refs[j].id == ref.id)
				return true;
	return false;
}

/* A record that rules name and no cluster has is a slip of the pen. */
static void check_named(struct crm *crm, const struct clusters *all, struct merge_ref ref)
{
	if (!named_here(all, ref))
		usage(crm, "%s-%lld is not among the records to be merged", ref.entity->name,
		      (long long)ref.id);
}

static void check_rules(struct crm *crm, const struct merge_rules *r, const struct clusters *all)
{
	if (r->keep == KEEP_REF)
		check_named(crm, all, r->survivor);
	for (size_t i = 0; i < r->ntakes; i++)
		if (r->takes[i].how == TAKE_REF)
			check_named(crm, all, r->takes[i].ref);
}

static bool write_one(struct run *run, struct merge *m, struct arena *a, struct diag *d)
{
	struct target survivor = { m->entity, m->members[0].record.id };
	if (m->n + m->nleads < 2) { /* they are one record already */
		m->counts = arena_new(a, struct merge_count, run->merger.store->schema.nentities);
	} else if (!writes_rev(&run->w, &survivor, a, d) || !merge_write(&run->merger, m, a, d)) {
		return false;
	}
	for (long i = merge_written(&run->merger, m); i > 0; i--)
		writes_count(&run->w);
	writes_add(&run->w, survivor.entity, survivor.id);
	return true;
}

static void merge_one(struct run *run, const struct cluster *c, struct arena *a, struct diag *d)
{
	struct crm *crm = run->w.crm;
	struct merge m;
	if (merge_plan(&run->merger, c->refs, c->n, &m, a, d) && write_one(run, &m, a, d)) {
		if (run->dry)
			buf_put(&run->plan, merge_json(&run->merger, &m, a));
	} else {
		if (run->dry) {
			buf_puts(&run->plan, "{\"merged\":[");
			for (size_t i = 0; i < c->n; i++)
				buf_printf(&run->plan, "%s\"%s-%lld\"", i ? "," : "",
					   c->refs[i].entity->name, (long long)c->refs[i].id);
			buf_puts(&run->plan, "],\"error\":");
			json_put_string(&run->plan, d->message);
			buf_putc(&run->plan, '}');
		}
		complain(crm, d);
	}
	if (run->dry)
		buf_putc(&run->plan, '\n');
	diag_clear(d);
}

/* Done before under this key: the survivors of that time. */
static void list_survivors(struct writes *w)
{
	struct crm *crm = w->crm;
	size_t n;
	int64_t set = store_once(crm->store, program_name, option(crm, "once"));
	struct merged *all = store_merges(crm->store, set, &n, &crm->arena);
	for (size_t i = 0; i < n; i++)
		if (!i || all[i].into != all[i - 1].into ||
		    all[i].into_type != all[i - 1].into_type)
			writes_add(w, all[i].into_type, all[i].into);
}

int dedupe_run_merge(struct crm *crm, int argc, char **argv)
{
	struct run run = { .dry = option_on(crm, "dry-run") };
	struct merge_rules rules;
	struct clusters all;
	struct arena a = { 0 };
	struct diag d = { 0 };
	if (!merge_rules_parse(&rules, &crm->store->schema, option(crm, "keep"),
			       option(crm, "take"), &crm->arena, &d))
		usage(crm, "%s", d.message.p);
	rules.force = option_on(crm, "force");
	clusters_read(crm, argc, argv, &all);
	check_rules(crm, &rules, &all);
	if (writes_begin(&run.w, crm)) {
		merger_open(&run.merger, crm->store, &rules, &crm->arena);
		for (size_t i = 0; i < all.n; i++) {
			merge_one(&run, &all.list[i], &a, &d);
			arena_reset(&a);
		}
	} else {
		list_survivors(&run.w);
	}
	if (run.dry)
		run.w.n = 0; /* the plan says more than the records would */
	int status = writes_end(&run.w);
	if (run.dry && !option_on(crm, "quiet"))
		fwrite(run.plan.p, 1, run.plan.n, stdout);
	buf_free(&run.plan);
	arena_free(&a);
	diag_free(&d);
	return status;
}
