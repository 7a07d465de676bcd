/* crm-score run and rules, and what its verbs share. */
#include "cli/score.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/progress.h"
#include "cli/writes.h"

void score_ask(struct crm *crm, int argc, char **argv, struct score_asked *out)
{
	const char *of = option(crm, "of");
	bool lead = !of || !strcmp(of, "lead");
	if (!lead && strcmp(of, "deal") != 0)
		usage(crm, "--of: lead or deal");
	out->of = schema_entity(&crm->store->schema, lead ? STR("lead") : STR("deal"));
	crm->printed = crm->again = out->of;
	operands_parse(crm, out->of, argc, argv, 0, &out->o);
	if (out->o.stdin_named)
		targets_read(crm, out->of, 0, &out->o);
	out->all = !out->o.stdin_named && !out->o.ntargets && !out->o.where;
}

void score_open(struct crm *crm, struct scorer *s)
{
	if (scorer_open(s, crm->store, &crm->diag))
		return;
	crm->diag.source = STR("scoring");
	refuse(crm, STATUS_REFUSED);
}

static struct scored *score(struct scorer *s, const struct entity *of, const struct node *where,
			    bool parts, size_t *n, struct arena *a)
{
	return of == s->lead.context.entity ? score_leads(s, where, parts, n, a)
					    : score_deals(s, where, parts, n, a);
}

static int by_id(const void *key, const void *element)
{
	const int64_t *id = key;
	const struct scored *x = element;
	return (*id > x->id) - (*id < x->id);
}

/* Who was named and is not there; among those selected besides one may well be missing. */
static void complain_missing(struct crm *crm, const struct score_asked *asked,
			     const struct scored *all, size_t n)
{
	const struct operands *o = &asked->o;
	for (size_t i = 0; !o->where && i < o->ntargets; i++) {
		int64_t id = o->targets[i].id;
		if (bsearch(&id, all, n, sizeof *all, by_id))
			continue;
		diag_set(&crm->diag, NULL, "there is no %s",
			 ref_print(asked->of, id, &crm->arena).p);
		complain(crm, &crm->diag);
	}
}

struct scored *score_asked_for(struct crm *crm, struct scorer *s, const struct score_asked *asked,
			       size_t *n)
{
	struct node *where = asked->o.where;
	if (asked->o.ntargets || (asked->o.stdin_named && !where)) {
		int64_t *ids = arena_new(&crm->arena, int64_t, asked->o.ntargets + 1);
		for (size_t i = 0; i < asked->o.ntargets; i++)
			ids[i] = asked->o.targets[i].id;
		where = node_and(where, named_node(crm, asked->of, ids, asked->o.ntargets),
				 &crm->arena);
	}
	struct scored *all = score(s, asked->of, asked->all ? NULL : where, false, n, &crm->arena);
	complain_missing(crm, asked, all, *n);
	return all;
}

struct scored *score_in_parts(struct scorer *s, const struct entity *of, const int64_t *ids,
			      size_t n, size_t *found, struct arena *a)
{
	return score(s, of, node_refs(of, ids, n, a), true, found, a);
}

bool score_factor(const struct learner *l, const struct bayes_view *v, size_t i,
		  struct score_factor *out)
{
	const struct bayes_record *r = v->record;
	if (!bayes_factor(v, i, &out->odds))
		return false;
	const struct bayes_value *of =
	    &v->bayes->values[i < r->n ? r->values[i] : r->stages[r->stage]];
	out->feature = learner_feature(l, of->feature);
	out->value = of->text;
	out->factor = out->odds.won / out->odds.won_total / (out->odds.lost / out->odds.lost_total);
	return true;
}

struct cell score_number(double x, int decimals, struct arena *a)
{
	if (isnan(x))
		return cell_null();
	struct str s = arena_printf(a, "%.*f", decimals, x);
	if (decimals && memchr(s.p, '.', s.n)) /* 2.50 is 2.5, 2.00 is 2 */
		while (s.p[s.n - 1] == '0')
			s.n--;
	if (s.p[s.n - 1] == '.')
		s.n--;
	return (struct cell){ CELL_NUMBER, str_is(s, "-0") ? STR("0") : arena_str(a, s) };
}

/* -- run -- */

static void put_scores(struct writes *w, const struct entity *of, const struct scored *all,
		       size_t n)
{
	bool deal = strcmp(of->name, "lead") != 0;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct progress progress;
	progress_start(&progress, option_on(w->crm, "quiet"));
	for (size_t i = 0; i < n; i++) {
		if (!scored_differs(&all[i], deal))
			continue;
		struct record r = scored_record(&all[i], of, &a);
		d.source = ref_print(of, r.id, &a);
		if (writes_put(w, &r, PUT_TRUSTED, &a, &d) == WROTE_NOTHING)
			complain(w->crm, &d);
		progress_show(&progress, of->plural, (long)i, i, n);
		arena_reset(&a);
	}
	progress_clear(&progress);
	arena_free(&a);
	diag_free(&d);
}

int score_run(struct crm *crm, int argc, char **argv)
{
	struct score_asked asked;
	struct scorer s;
	struct writes w;
	size_t n;
	score_ask(crm, argc, argv, &asked);
	if (writes_begin(&w, crm)) {
		score_open(crm, &s);
		const struct scored *all = score_asked_for(crm, &s, &asked, &n);
		put_scores(&w, asked.of, all, n);
		scorer_close(&s);
	}
	return writes_end(&w);
}

/* -- rules -- */

int score_rules(struct crm *crm, int argc, char **argv)
{
	(void)argv;
	if (argc)
		usage(crm, "rules takes no operands");
	struct str text = scoring_text(crm->store, &crm->arena);
	fwrite(text.p, 1, text.n, stdout);
	return STATUS_OK;
}
