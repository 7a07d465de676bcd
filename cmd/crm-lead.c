/* crm-lead: people and companies who may become customers. */
#include "cli/clocks.h"
#include "cli/crud.h"
#include "cli/relate.h"
#include "cli/trailing.h"
#include "domain/claim.h"

/* The lead that was asked for, or the next free one; 0 with diag.  *lapsed: see claim_free. */
static int64_t choose(struct crm *crm, const struct operands *o, bool *lapsed, struct arena *a,
		      struct diag *d)
{
	struct query_context q = query_context(crm, crm->entity);
	struct record lead;
	if (!o->ntargets) {
		int64_t next = claim_next(crm->store, &q, o->where, d);
		if (!next)
			diag_set(d, NULL, "no lead is free");
		return next;
	}
	d->source = ref_print(crm->entity, o->targets[0].id, a);
	if (!store_get(crm->store, crm->entity, o->targets[0].id, &lead, a)) {
		diag_set(d, NULL, "there is no such lead");
		return 0;
	}
	return claim_free(crm->store, &lead, lapsed, a, d) ? lead.id : 0;
}

/* Whose protection has run out, has no say in it. */
static bool take(struct writes *w, struct record *r, bool lapsed, struct arena *a, struct diag *d)
{
	if (lapsed)
		store_follow_begin(w->crm->store);
	bool ok = writes_put(w, r, 0, a, d) != WROTE_NOTHING;
	if (lapsed)
		store_follow_end(w->crm->store);
	return ok;
}

static int claim(struct crm *crm, int argc, char **argv)
{
	bool lapsed = false;
	struct operands o;
	struct writes w;
	struct diag d = { 0 };
	const struct settings *me = &crm->store->settings;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_ASSIGN, &o);
	if (o.ntargets > 1 || (o.ntargets && o.where) || o.stdin_named)
		usage(crm, "claim one lead, or the next free one that terms describe");
	if (!me->user)
		die(STATUS_ENV, "who claims? There is no user %s here; set CRM_USER",
		    arena_str(&crm->arena, me->login).p);
	if (writes_begin(&w, crm)) {
		struct record old, r = record_new(crm->entity, &crm->arena);
		r.id = choose(crm, &o, &lapsed, &crm->arena, &d);
		*record_get(&r, "owner") = value_int(me->user);
		if (!r.id || !store_get(crm->store, crm->entity, r.id, &old, &crm->arena) ||
		    !assign(crm, &o, &r, &old, &crm->arena, &d) ||
		    !ref_resolve_record(&crm->resolver, &r, &d) ||
		    !take(&w, &r, lapsed, &crm->arena, &d))
			complain(crm, &d);
	}
	diag_free(&d);
	return writes_end(&w);
}

static int disqualify(struct crm *crm, int argc, char **argv)
{
	const char *reason =
	    trailing_value(crm, crm->entity, "disqualify_reason", "reason", &argc, argv);
	const char *const fixed[] = { "status=disqualified", reason, NULL };
	return set_with(crm, argc, argv, fixed);
}

enum { CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS };

static const struct verb verbs[] = {
	CRUD_VERBS,
	{ "claim", "[REF] [TERM…] [FIELD=VALUE…]",
	  "take a lead that nobody has, or the next free one, for oneself",
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_FIELDS, NULL, claim },
	{ "disqualify", "[REF…] [TERM…] [FIELD=VALUE…] [-] REASON",
	  "say why leads are no customers", CHANGES, NULL, disqualify },
	{ "sla", "[TERM…] [REF…] [-]", "print how much time the promise of a first response leaves",
	  NEED_READ | TAKES_WHERE | TAKES_INPUT | TAKES_FIELDS | TAKES_COLUMNS, clocks_options,
	  clocks_show },
	IDENTITY_VERBS,
	{ 0 },
};

static const struct command command = { "lead", "people and companies who may become customers",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
