/* By what else people are known: further numbers, addresses, and numbers in other systems. */
#include "cli/relate.h"

#include "domain/identify.h"
#include "schema/check.h"

static const struct entity *identity_entity(struct crm *crm)
{
	return store_entity(crm->store, "identity");
}

/* Who else is known by that: no mistake, two may share a telephone; but worth a word. */
static void tell_others(struct crm *crm, const struct record *r, int64_t whose)
{
	static const char *const elsewhere[] = { "source", "external_id", NULL }; /* unique */
	struct codec c = store_codec(crm->store, &crm->arena);
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct identified who[IDENTIFIED_MAX];
		bool more;
		if (!(f->flags & F_MATCH) || r->values[i].kind != V_TEXT ||
		    is_one_of(str_of(f->name), elsewhere))
			continue;
		struct str text = field_print(f, &r->values[i], &c).text;
		size_t n = identify(crm->store, text, who, &more, &crm->arena);
		for (size_t j = 0; j < n; j++)
			if (who[j].entity != crm->entity || who[j].id != whose)
				diag_warn(&(struct diag){ 0 }, f->name, "%s has %s, too (%s)",
					  ref_print(who[j].entity, who[j].id, &crm->arena).p,
					  quoted(text, &crm->arena), who[j].by);
	}
}

/* What is said already is said once: whoever sends it again gets it as it is. */
static bool put_identity(struct writes *w, const struct operands *o, struct record *r,
			 int64_t whose, struct diag *d)
{
	struct crm *crm = w->crm;
	bool quiet = option_on(crm, "quiet");
	if (!assign(crm, o, r, NULL, &crm->arena, d) || !ref_resolve_record(&crm->resolver, r, d))
		return false;
	int64_t there = identity_like(crm->store, r, &crm->arena);
	if (there) {
		writes_add(w, r->entity, there);
		if (!quiet)
			warn("%s has it already: %s", ref_print(crm->entity, whose, &crm->arena).p,
			     ref_print(r->entity, there, &crm->arena).p);
		return true;
	}
	if (!quiet)
		tell_others(crm, r, whose);
	return writes_put(w, r, 0, &crm->arena, d) != WROTE_NOTHING;
}

int add_identity(struct crm *crm, int argc, char **argv)
{
	struct writes w;
	struct operands o;
	struct diag d = { 0 };
	int64_t whose;
	struct record r = record_new(identity_entity(crm), &crm->arena);
	if (argc < 2)
		usage(crm, "whose, and what? Write %s-1 phone='090 123 4567'", crm->entity->name);
	if (!ref_resolve(&crm->resolver, crm->entity, str_of(argv[0]), &whose, NULL, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	operands_parse(crm, r.entity, argc - 1, argv + 1, OPERAND_ASSIGN, &o);
	if (o.ntargets || o.where || o.stdin_named)
		usage(crm, "one record, then assignments such as phone=…");
	*record_get(&r, crm->entity->name) = value_int(whose);
	crm->printed = r.entity;
	if (writes_begin(&w, crm) && !put_identity(&w, &o, &r, whose, &d))
		complain(crm, &d);
	diag_free(&d);
	return writes_end(&w);
}

int identities(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	size_t n, found;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	struct target *t = targets(crm, crm->entity, &o, &n);
	int64_t *ids = arena_new(&crm->arena, int64_t, n + 1);
	for (size_t i = 0; i < n; i++)
		ids[i] = t[i].id;
	crm->printed = identity_entity(crm);
	struct query_context q = query_context(crm, crm->printed);
	struct select what = { .context = &q, .limit = -1 };
	what.where = node_refs(crm->entity, ids, n, &crm->arena);
	ids = select_ids(crm->store, &what, &found, &crm->arena);
	print_ids(crm, crm->printed, ids, found);
	return STATUS_OK;
}
