/* crm-assign: deals leads out, takes them back, and says why. */
#include "cli/assign_show.h"
#include "cli/writes.h"

/* One run over leads: what is done with each, and what that needs. */
struct dealing {
	struct writes w;
	struct assigner *assigner;
	unsigned flags;
	bool hold; /* what comes back stays in the pool */
	struct arena arena;
	struct diag diag;
};

static void give(struct dealing *g, const struct target *t)
{
	struct crm *crm = g->w.crm;
	enum assigned done = assign_lead(g->assigner, t->id, g->flags, &g->arena, &g->diag);
	if (done == ASSIGN_DONE) {
		writes_count(&g->w);
		writes_add(&g->w, t->entity, t->id);
	} else if (done == ASSIGN_REFUSED) {
		complain(crm, &g->diag);
	} else if (!option_on(crm, "quiet")) {
		diag_warn(&g->diag, NULL, "%s", arena_str(&g->arena, g->diag.message).p);
	}
}

static void assign_one(struct dealing *g, const struct target *t)
{
	if (writes_rev(&g->w, t, &g->arena, &g->diag))
		give(g, t);
	else
		complain(g->w.crm, &g->diag);
}

/* Back into the pool, and on to somebody else if anybody can take it. */
static void recall_one(struct dealing *g, const struct target *t)
{
	struct crm *crm = g->w.crm;
	if (!writes_rev(&g->w, t, &g->arena, &g->diag) ||
	    !assign_recall(g->assigner, t->id, &g->arena, &g->diag)) {
		if (g->diag.message.n)
			complain(crm, &g->diag);
		return;
	}
	size_t before = g->w.n;
	if (!g->hold)
		give(g, t);
	if (g->w.n == before && !option_on(crm, "quiet"))
		writes_add(&g->w, t->entity, t->id);
	if (g->hold)
		writes_count(&g->w);
}

static void each(struct dealing *g, const struct target *t, size_t n,
		 void (*one)(struct dealing *, const struct target *))
{
	for (size_t i = 0; i < n; i++) {
		g->diag.source = ref_print(t[i].entity, t[i].id, &g->arena);
		one(g, &t[i]);
		diag_clear(&g->diag);
		arena_reset(&g->arena);
	}
}

static int finish(struct dealing *g)
{
	arena_free(&g->arena);
	diag_free(&g->diag);
	return writes_end(&g->w);
}

static void require_manager(struct crm *crm)
{
	if (!access_require(crm->store, RIGHT_MANAGE, &crm->diag))
		refuse(crm, STATUS_ENV);
}

/* Terms find what can be dealt out; what is named is told of if it cannot. */
static void look_at_open(struct crm *crm, struct operands *o)
{
	struct query_context q = query_context(crm, crm->entity);
	struct str open = STR("status not in (disqualified, converted)");
	struct node *where = o->where ? where_parse(open, &q, &crm->diag) : NULL;
	o->where = node_and(where, o->where, &crm->arena);
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct dealing g = { .flags = option_on(crm, "again") ? ASSIGN_AGAIN : 0 };
	size_t n;
	if (g.flags)
		require_manager(crm);
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	look_at_open(crm, &o);
	targets_read(crm, crm->entity, 0, &o);
	if (writes_begin(&g.w, crm)) {
		g.assigner = assigner_for(crm);
		struct target *t = targets(crm, crm->entity, &o, &n);
		each(&g, t, n, assign_one);
		assigner_close(g.assigner);
	}
	return finish(&g);
}

/* Those that are named, else all that may have to come back. */
static int recall(struct crm *crm, int argc, char **argv)
{
	struct operands o = { 0 };
	struct dealing g = { .hold = option_on(crm, "hold") };
	bool named = argc || option(crm, "where");
	size_t n = 0;
	require_manager(crm);
	if (named) {
		operands_parse(crm, crm->entity, argc, argv, 0, &o);
		targets_read(crm, crm->entity, 0, &o);
	}
	if (writes_begin(&g.w, crm)) {
		g.assigner = assigner_for(crm);
		int64_t *ids = named ? NULL : assign_recallable(g.assigner, &n, &crm->diag);
		struct target *t = named ? targets(crm, crm->entity, &o, &n)
					 : arena_new(&crm->arena, struct target, n + 1);
		for (size_t i = 0; !named && i < n; i++)
			t[i] = (struct target){ crm->entity, ids[i] };
		each(&g, t, n, recall_one);
		assigner_close(g.assigner);
	}
	return finish(&g);
}

static const struct option_def run_options[] = {
	{ "again", 0, OPTION_FLAG, NULL, "also leads that have an owner, to somebody else", NULL },
	{ 0 },
};

static const struct option_def recall_options[] = {
	{ "hold", 0, OPTION_FLAG, NULL, "leave them in the pool instead of dealing them on", NULL },
	{ 0 },
};

enum {
	DEALS = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS,
	LISTS = NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT,
};

static const struct verb verbs[] = {
	{ "", "[REF…] [TERM…] [-]", "give leads that nobody has to who is to have them", DEALS,
	  run_options, run },
	{ "recall", "[REF…] [TERM…]", "take back what nobody worked on in time, and deal it on",
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, recall_options,
	  recall },
	{ "explain", "[REF…] [TERM…] [-]", "say why a lead went to its owner, or would go to whom",
	  NEED_READ | TAKES_WHERE | TAKES_COLUMNS | TAKES_INPUT | TAKES_FIELDS, NULL,
	  assign_run_explain },
	{ "history", "[LEAD…] [TERM…]", "print which lead went to whom, from whom, and why", LISTS,
	  NULL, assign_run_history },
	{ "lost", "[LEAD…] [TERM…]", "print who lost which lead, to whom, and why", LISTS, NULL,
	  assign_run_lost },
	{ "pools", "", "print the members of each pool in the order of their turns",
	  NEED_READ | TAKES_COLUMNS, NULL, assign_run_pools },
	{ "duty", "", "print who takes leads now, and why others do not", NEED_READ | TAKES_COLUMNS,
	  NULL, assign_run_duty },
	{ 0 },
};

static const struct command command = { "assign", "deals leads out, and takes them back", verbs,
					"lead", NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
