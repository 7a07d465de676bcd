/* By what else people are known: further numbers, addresses, and numbers in other systems. */
#include "cli/relate.h"

#include "schema/check.h"

static const struct entity *identity_entity(struct crm *crm)
{
	return schema_entity(&crm->store->schema, STR("identity"));
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
	if (writes_begin(&w, crm) && (!assign(crm, &o, &r, NULL, &crm->arena, &d) ||
				      !ref_resolve_record(&crm->resolver, &r, &d) ||
				      writes_put(&w, &r, 0, &crm->arena, &d) == WROTE_NOTHING))
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
