/* crm-deal: opportunities to sell something, with their lines and people. */
#include "cli/lines.h"
#include "cli/trailing.h"

static const struct entity *contact_role(struct crm *crm)
{
	return store_entity(crm->store, "deal_contact");
}

static int contacts(struct crm *crm, int argc, char **argv)
{
	return parts_list(crm, contact_role(crm), argc, argv);
}

/* The record that says what part the contact has in the deal; 0: none does. */
static int64_t role_there(struct crm *crm, int64_t deal, int64_t contact)
{
	struct query_context q = query_context(crm, contact_role(crm));
	struct select what = { .context = &q, .limit = 1 };
	size_t n;
	struct str text = arena_printf(&crm->arena, "deal = deal-%lld and contact = contact-%lld",
				       (long long)deal, (long long)contact);
	what.where = where_parse(text, &q, &crm->diag);
	if (!what.where)
		refuse(crm, STATUS_ENV);
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	return n ? ids[0] : 0;
}

/* DEAL CONTACT, the two words before all others. */
static void two_named(struct crm *crm, int argc, char **argv, int64_t *deal, int64_t *contact)
{
	if (argc < 2)
		usage(crm, "name a deal and a contact");
	*deal = record_named(crm, crm->entity, argv[0]);
	*contact = record_named(crm, store_entity(crm->store, "contact"), argv[1]);
}

static int add_contact(struct crm *crm, int argc, char **argv)
{
	struct record r = record_new(contact_role(crm), &crm->arena), old;
	struct operands o;
	struct writes w;
	int64_t deal, contact;
	char **all = arena_new(&crm->arena, char *, (size_t)argc + 1);
	two_named(crm, argc, argv, &deal, &contact);
	bool says_role = argc > 2 && !strchr(argv[2], '=');
	argc -= 2;
	char *role =
	    trailing_value(crm, r.entity, "role", says_role ? "role" : NULL, &argc, argv + 2);
	memcpy(all, argv + 2, (size_t)argc * sizeof *all);
	if (role)
		all[argc++] = role;
	operands_parse(crm, r.entity, argc, all, OPERAND_ASSIGN, &o);
	if (o.ntargets || o.where || o.stdin_named)
		usage(crm, "add-contact takes DEAL CONTACT, a ROLE, and note=…");
	crm->printed = crm->again = r.entity;
	if (writes_begin(&w, crm)) {
		r.id = role_there(crm, deal, contact);
		bool there = r.id && store_get(crm->store, r.entity, r.id, &old, &crm->arena);
		if (!there)
			*record_get(&r, "deal") = value_int(deal);
		*record_get(&r, "contact") = value_int(contact);
		if (!assign(crm, &o, &r, there ? &old : NULL, &crm->arena, &crm->diag) ||
		    writes_put(&w, &r, 0, &crm->arena, &crm->diag) == WROTE_NOTHING)
			complain(crm, &crm->diag);
	}
	return writes_end(&w);
}

static int rm_contact(struct crm *crm, int argc, char **argv)
{
	struct target t = { contact_role(crm), 0 };
	struct writes w;
	int64_t deal, contact;
	if (argc != 2)
		usage(crm, "rm-contact takes DEAL CONTACT");
	two_named(crm, argc, argv, &deal, &contact);
	crm->printed = t.entity;
	if (writes_begin(&w, crm)) {
		t.id = role_there(crm, deal, contact);
		if (t.id)
			writes_show(&w, &t, 1);
		else
			diag_set(&crm->diag, NULL, "%s has no part in %s", argv[1], argv[0]);
		if (!t.id || !writes_remove(&w, &t, &crm->arena, &crm->diag))
			complain(crm, &crm->diag);
	}
	return writes_end(&w);
}

enum {
	READS = NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT,
	WRITES = NEED_WRITE | TAKES_LIST,
};

static const struct verb verbs[] = {
	ADD_WITH_LINES,
	CRUD_VERBS_BUT_ADD,
	LINE_VERBS,
	{ "contacts", "[REF…] [TERM…] [-]", "print who plays what part in deals", READS, NULL,
	  contacts },
	{ "add-contact", "DEAL CONTACT [ROLE] [FIELD=VALUE…]",
	  "say what part a contact has in a deal", WRITES, NULL, add_contact },
	{ "rm-contact", "DEAL CONTACT", "a contact has no part in a deal any more", WRITES, NULL,
	  rm_contact },
	{ 0 },
};

static const struct command command = { "deal", "opportunities to sell something", verbs, NULL,
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
