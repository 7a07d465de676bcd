/* crm-follow enrol, stop: into a sequence, and out of it, by hand. */
#include <stdio.h>

#include "cli/follow.h"
#include "cli/writes.h"

const struct option_def follow_stop_options[] = {
	{ "sequence", 0, OPTION_TEXT, "NAME", "only in this sequence", NULL },
	{ 0 },
};

static const struct entity *enrolment_type(const struct crm *crm)
{
	return store_entity(crm->store, "enrolment");
}

/* Whom operands name or select; -f and the like are of enrolments. */
int follow_enter(struct crm *crm, int argc, char **argv)
{
	struct follow f;
	struct writes w;
	struct operands o;
	struct arena a = { 0 }, own = { 0 };
	struct diag d = { 0 };
	size_t n;
	if (!argc)
		usage(crm, "into which sequence?");
	follow_open(crm, &f, &own);
	const struct sequence *q = follow_sequence(&f, str_of(argv[0]));
	if (!q)
		usage(crm, "there is no sequence %s; crm-config show sequences lists them",
		      argv[0]);
	operands_parse(crm, q->entity, argc - 1, argv + 1, 0, &o);
	targets_read(crm, q->entity, 0, &o);
	crm->printed = crm->again = enrolment_type(crm);
	bool go = writes_begin(&w, crm);
	struct target *t = go ? targets(crm, q->entity, &o, &n) : NULL;
	for (size_t i = 0; t && i < n; i++) {
		struct str why = { 0 };
		d.source = ref_print(t[i].entity, t[i].id, &a);
		int64_t id = follow_enrol(&f, q, t[i].id, (struct str){ 0 }, &why, &a, &d);
		if (id) {
			writes_count(&w);
			writes_add(&w, enrolment_type(crm), id);
		} else {
			if (why.n)
				diag_set(&d, NULL, "%.*s", (int)why.n, why.p);
			complain(crm, &d);
		}
		diag_clear(&d);
		arena_reset(&a);
	}
	follow_close(&f);
	arena_free(&own);
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

/* The active enrolments of that record, or it itself. */
static int64_t *active(struct crm *crm, const struct target *t, size_t *n)
{
	const struct entity *e = enrolment_type(crm);
	struct query_context q = query_context(crm, e);
	const char *name = option(crm, "sequence");
	struct select what = { .context = &q, .limit = -1 };
	const char *text =
	    name ? arena_printf(&crm->arena, "status = active and sequence = '%s'", name).p
		 : "status = active";
	struct node *is = where_parse(str_of(text), &q, &crm->diag);
	if (!is)
		refuse(crm, STATUS_USAGE);
	what.where = node_and(node_refs(t->entity, &t->id, 1, &crm->arena), is, &crm->arena);
	return select_ids(crm->store, &what, n, &crm->arena);
}

static void stop_all(struct writes *w, struct follow *f, const struct target *t, struct diag *d)
{
	size_t n;
	int64_t *ids = active(w->crm, t, &n);
	d->source = ref_print(t->entity, t->id, &w->crm->arena);
	if (!n && !diag_set(d, NULL, "it is in no sequence"))
		complain(w->crm, d);
	for (size_t i = 0; i < n; i++) {
		struct str why = str_of(option(w->crm, "reason"));
		if (!follow_end(f, ids[i], "stopped", why.n ? why : STR("by hand"), f->arena, d)) {
			complain(w->crm, d);
			continue;
		}
		writes_count(w);
		writes_add(w, enrolment_type(w->crm), ids[i]);
	}
	diag_clear(d);
}

int follow_stop(struct crm *crm, int argc, char **argv)
{
	struct follow f;
	struct writes w;
	struct operands o;
	struct arena own = { 0 };
	struct diag d = { 0 };
	follow_open(crm, &f, &own);
	crm->printed = crm->again = enrolment_type(crm);
	operands_parse(crm, enrolment_type(crm), argc, argv, OPERAND_FOREIGN, &o);
	targets_read(crm, enrolment_type(crm), OPERAND_FOREIGN, &o);
	if (writes_begin(&w, crm))
		for (size_t i = 0; i < o.ntargets; i++)
			stop_all(&w, &f, &o.targets[i], &d);
	follow_close(&f);
	arena_free(&own);
	diag_free(&d);
	return writes_end(&w);
}
