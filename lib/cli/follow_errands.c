/* crm-follow done, fail, cancel, retry, pending, stuck: what becomes of errands. */
#include <stdio.h>
#include <unistd.h>

#include "cli/follow.h"
#include "cli/writes.h"
#include "domain/errand.h"

const struct option_def follow_end_options[] = {
	{ "error", 0, OPTION_TEXT, "TEXT", "why", NULL },
	{ 0 },
};

struct named {
	int64_t *ids;
	size_t n, room;
};

static const struct entity *errand_type(const struct crm *crm)
{
	return store_entity(crm->store, "errand");
}

static void name_one(struct crm *crm, struct named *all, struct str text, struct diag *d)
{
	int64_t id;
	if (!ref_resolve(&crm->resolver, errand_type(crm), text, &id, NULL, d)) {
		complain(crm, d);
		return;
	}
	all->ids = arena_grow(&crm->arena, all->ids, all->n, &all->room, sizeof *all->ids);
	all->ids[all->n++] = id;
}

/* A stream of crm-follow run names its errands in a column of its own. */
static void read_stream(struct crm *crm, struct named *all)
{
	struct reader *in = reader_for(crm, "-", false);
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	for (enum read_result got; (got = reader_next(in, &row, &a, &d)) != READ_END;) {
		const struct cell *found = got == READ_ROW ? row_cell(&row, "errand") : NULL;
		if (got == READ_ROW && !found)
			found = row_cell(&row, "id");
		if (got == READ_ROW && found)
			name_one(crm, all, found->text, &d);
		else if (got == READ_BAD ||
			 diag_set(&d, NULL, "there is no column errand") == false)
			complain(crm, &d);
		diag_clear(&d);
		arena_reset(&a);
	}
	reader_done(crm, in, "<stdin>");
	diag_free(&d);
	arena_free(&a);
}

static struct named read_named(struct crm *crm, int argc, char **argv)
{
	struct named all = { 0 };
	struct diag d = { 0 };
	bool stream = !argc;
	if (!argc && isatty(STDIN_FILENO))
		usage(crm, "which errands?");
	for (int i = 0; i < argc; i++) {
		stream |= !strcmp(argv[i], "-");
		if (strcmp(argv[i], "-") != 0)
			name_one(crm, &all, str_of(argv[i]), &d);
		diag_clear(&d);
	}
	if (stream)
		read_stream(crm, &all);
	diag_free(&d);
	return all;
}

/* end: the errand's; false with diag. */
static int each(struct crm *crm, int argc, char **argv,
		bool (*end)(struct crm *, int64_t, struct arena *, struct diag *))
{
	struct writes w;
	struct arena a = { 0 };
	struct named all = read_named(crm, argc, argv);
	if (writes_begin(&w, crm))
		for (size_t i = 0; i < all.n; i++) {
			struct diag d = { .source = ref_print(crm->entity, all.ids[i], &a) };
			if (end(crm, all.ids[i], &a, &d)) {
				writes_count(&w);
				writes_add(&w, crm->entity, all.ids[i]);
			} else {
				complain(crm, &d);
			}
			diag_free(&d);
			arena_reset(&a);
		}
	arena_free(&a);
	return writes_end(&w);
}

static bool end_done(struct crm *crm, int64_t id, struct arena *a, struct diag *d)
{
	return errand_finish(crm->store, id, ERRAND_DONE, 0, (struct str){ 0 }, a, d);
}

static bool end_failed(struct crm *crm, int64_t id, struct arena *a, struct diag *d)
{
	return errand_finish(crm->store, id, ERRAND_FAILED, 0, str_of(option(crm, "error")), a, d);
}

static bool end_cancelled(struct crm *crm, int64_t id, struct arena *a, struct diag *d)
{
	return errand_finish(crm->store, id, ERRAND_CANCELLED, 0, str_of(option(crm, "error")), a,
			     d);
}

static bool begin_again(struct crm *crm, int64_t id, struct arena *a, struct diag *d)
{
	return errand_retry(crm->store, id, a, d);
}

int follow_done(struct crm *crm, int argc, char **argv)
{
	return each(crm, argc, argv, end_done);
}

int follow_fail(struct crm *crm, int argc, char **argv)
{
	return each(crm, argc, argv, end_failed);
}

int follow_cancel(struct crm *crm, int argc, char **argv)
{
	return each(crm, argc, argv, end_cancelled);
}

int follow_retry(struct crm *crm, int argc, char **argv)
{
	return each(crm, argc, argv, begin_again);
}

/* Prints the errands in one of these statuses that the operands leave. */
static int list(struct crm *crm, const char *status, int argc, char **argv)
{
	struct query_context q = query_context(crm, crm->entity);
	struct operands o;
	size_t n;
	struct select what = { .context = &q, .limit = -1 };
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH, &o);
	selection_options(crm, &what);
	struct node *open = term_parse(str_of(status), &q, false, &crm->diag);
	what.where = node_and(o.where, open, &crm->arena);
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	print_ids(crm, crm->entity, ids, n);
	return STATUS_OK;
}

int follow_pending(struct crm *crm, int argc, char **argv)
{
	return list(crm, "status:pending,claimed", argc, argv);
}

int follow_stuck(struct crm *crm, int argc, char **argv)
{
	return list(crm, "status:sending,failed", argc, argv);
}
