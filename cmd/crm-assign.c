/* crm-assign: deals leads out, takes them back, and says why. */
#include <stdlib.h>

#include "cli/writes.h"
#include "core/buf.h"
#include "domain/assign.h"

static struct assigner *assigner(struct crm *crm)
{
	struct diag d = { .source = STR("assignment") };
	struct assigner *g = assigner_open(crm->store, &crm->arena, &d);
	if (g)
		return g;
	diag_report(&d);
	exit(STATUS_REFUSED);
}

static void assign_one(struct writes *w, struct assigner *g, const struct target *t, unsigned flags,
		       struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	d->source = ref_print(t->entity, t->id, a);
	enum assigned done = ASSIGN_REFUSED;
	if (writes_rev(w, t, a, d))
		done = assign_lead(g, t->id, flags, a, d);
	if (done == ASSIGN_DONE) {
		writes_count(w);
		writes_add(w, t->entity, t->id);
	} else if (done == ASSIGN_REFUSED) {
		complain(crm, d);
	} else if (!option_on(crm, "quiet")) {
		diag_warn(d, NULL, "%s", arena_str(a, d->message).p);
	}
	diag_clear(d);
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n;
	unsigned flags = option_on(crm, "again") ? ASSIGN_AGAIN : 0;
	if (flags && !access_require(crm->store, RIGHT_MANAGE, &crm->diag))
		refuse(crm, STATUS_ENV);
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	if (writes_begin(&w, crm)) {
		struct assigner *g = assigner(crm);
		struct target *t = targets(crm, crm->entity, &o, &n);
		for (size_t i = 0; i < n; i++) {
			assign_one(&w, g, &t[i], flags, &a, &d);
			arena_reset(&a);
		}
		assigner_close(g);
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

static const struct option_def run_options[] = {
	{ "again", 0, OPTION_FLAG, NULL, "also leads that have an owner, to somebody else", NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "", "[REF…] [TERM…] [-]", "give leads that nobody has to who is to have them",
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, run_options, run },
	{ 0 },
};

static const struct command command = { "assign", "deals leads out", verbs, "lead" };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
