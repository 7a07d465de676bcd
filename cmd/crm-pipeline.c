/* crm-pipeline: deals on their way: the board, and moving them. */
#include <stdio.h>

#include "cli/board.h"
#include "cli/crud.h"
#include "cli/trailing.h"
#include "domain/pipeline.h"

static void change_one(struct writes *w, const struct operands *o, int64_t id, enum stage_kind kind,
		       struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	struct record old, r = record_new(crm->entity, a);
	const struct stage *to;
	r.id = id;
	if (!store_get(crm->store, crm->entity, id, &old, a)) {
		diag_set(d, NULL, "there is no deal-%lld", (long long)id);
	} else if ((to = pipeline_takes(crm->store, &old, kind, d))) {
		*record_get(&r, "stage") = value_text(str_of(to->key));
		if (assign(crm, o, &r, &old, a, d) && ref_resolve_record(&crm->resolver, &r, d) &&
		    writes_put(w, &r, 0, a, d) != WROTE_NOTHING)
			return;
	}
	d->source = ref_print(crm->entity, id, a);
	complain(crm, d);
}

/* Moves each deal to where its own pipeline says; `fixed`: one more assignment, or NULL. */
static int change(struct crm *crm, int argc, char **argv, char *fixed, enum stage_kind kind)
{
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n;
	char **all = arena_new(&crm->arena, char *, (size_t)argc + 1);
	memcpy(all, argv, (size_t)argc * sizeof *argv);
	if (fixed)
		all[argc++] = fixed;
	operands_parse(crm, crm->entity, argc, all, OPERAND_ASSIGN, &o);
	targets_read(crm, crm->entity, 0, &o);
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		for (size_t i = 0; i < n; i++) {
			change_one(&w, &o, t[i].id, kind, &a, &d);
			arena_reset(&a);
		}
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

static int move(struct crm *crm, int argc, char **argv)
{
	const char *stage = trailing_value(crm, crm->entity, "stage", "stage", &argc, argv);
	const char *const fixed[] = { stage, NULL };
	return set_with(crm, argc, argv, fixed);
}

static int win(struct crm *crm, int argc, char **argv)
{
	return change(crm, argc, argv, NULL, STAGE_WON);
}

static int lose(struct crm *crm, int argc, char **argv)
{
	char *reason = trailing_value(crm, crm->entity, "lost_reason", "reason", &argc, argv);
	return change(crm, argc, argv, reason, STAGE_LOST);
}

static int reopen(struct crm *crm, int argc, char **argv)
{
	char *stage = trailing_value(crm, crm->entity, "stage", NULL, &argc, argv);
	return change(crm, argc, argv, stage, STAGE_OPEN);
}

static void sorted(struct crm *crm, const struct query_context *q, const char *none,
		   struct select *what)
{
	const char *text = option(crm, "sort");
	struct sort_key *keys = NULL;
	if (!sort_parse(str_of(text ? text : none), q, &keys, &what->nsort, &crm->diag))
		refuse(crm, STATUS_USAGE);
	what->sort = keys;
	what->limit = option_int(crm, "limit", -1);
	what->offset = option_int(crm, "offset", 0);
}

static int stale(struct crm *crm, int argc, char **argv)
{
	struct query_context q = query_context(crm, crm->entity);
	struct select what = { .context = &q };
	struct operands o;
	size_t n;
	int64_t days = option_int(crm, "days", -1);
	if (option(crm, "days") && (days < 0 || days > 36500))
		usage(crm, "--days: from 0 to 36500");
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH, &o);
	struct str text = pipeline_stale(crm->store, days, &crm->arena);
	struct node *old = where_parse(text, &q, &crm->diag);
	if (!old)
		refuse(crm, STATUS_ENV);
	sorted(crm, &q, "stage_since", &what);
	what.where = node_and(o.where, old, &crm->arena);
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	print_ids(crm, crm->entity, ids, n);
	return STATUS_OK;
}

static int history(struct crm *crm, int argc, char **argv)
{
	const struct entity *e = store_entity(crm->store, "stage_change");
	struct query_context q = query_context(crm, e);
	struct select what = { .context = &q };
	struct operands o;
	size_t n;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	if (o.stdin_named)
		targets_read(crm, crm->entity, 0, &o);
	if (argc || option(crm, "where")) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		int64_t *ids = arena_new(&crm->arena, int64_t, n);
		for (size_t i = 0; i < n; i++)
			ids[i] = t[i].id;
		what.where = node_refs(crm->entity, ids, n, &crm->arena);
	}
	sorted(crm, &q, "id", &what);
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	print_ids(crm, e, ids, n);
	return STATUS_OK;
}

static const struct option_def show_options[] = {
	{ "pipeline", 0, OPTION_TEXT, "KEY", "this pipeline alone", NULL },
	{ "closed", 0, OPTION_FLAG, NULL, "also the stages of won and lost deals", NULL },
	{ "deals", 0, OPTION_INT, "N", "in a table: name at most N deals a stage (10)", NULL },
	{ 0 },
};

static const struct option_def stale_options[] = {
	{ "days", 0, OPTION_INT, "N", "longer than N days (else what each stage allows)", NULL },
	{ 0 },
};

enum {
	CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS,
	READS = NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS,
};

static const struct verb verbs[] = {
	{ "show", "[TERM…]", "print what each stage holds",
	  NEED_READ | TAKES_WHERE | TAKES_COLUMNS | TAKES_FIELDS, show_options, board_show },
	{ "move", "[REF…] [TERM…] [FIELD=VALUE…] [-] STAGE", "move deals to a stage", CHANGES, NULL,
	  move },
	{ "win", "[REF…] [TERM…] [FIELD=VALUE…] [-]", "close deals as won", CHANGES, NULL, win },
	{ "lose", "[REF…] [TERM…] [FIELD=VALUE…] [-] REASON", "close deals as lost", CHANGES, NULL,
	  lose },
	{ "reopen", "[REF…] [TERM…] [FIELD=VALUE…] [-] [STAGE]",
	  "take closed deals back to the stage they were in, or to STAGE", CHANGES, NULL, reopen },
	{ "stale", "[TERM…]", "print open deals that are too long in their stage", READS,
	  stale_options, stale },
	{ "history", "[REF…] [TERM…] [-]", "print the moves of deals (of all, if none is named)",
	  READS, NULL, history },
	{ "stages", "", "print the stages that are configured", NEED_READ | TAKES_COLUMNS, NULL,
	  board_stages },
	{ 0 },
};

static const struct command command = { "pipeline",
					"deals on their way: the board, and moving them", verbs,
					"deal", NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
