/* add, remove, members: of campaigns and segments. */
#include "cli/members.h"

#include "core/buf.h"
#include "domain/suppress.h"
#include "schema/check.h"
#include "schema/member.h"

/* What has members, and what they are. */
struct group {
	struct crm *crm;
	const struct entity *members; /* campaign_member, segment_member */
	struct record record;	      /* the campaign or segment */
	bool segment;
	const char *status;   /* that campaign_mark sets */
	struct target *found; /* members that are to go */
	size_t nfound;
	struct suppressor suppressor;
	long listed, already, passed[SUPPRESS_REASONS];
};

static void open_group(struct group *g, struct crm *crm, int argc, char **argv)
{
	const struct schema *s = &crm->store->schema;
	int64_t id;
	*g = (struct group){ .crm = crm, .segment = !strcmp(crm->entity->name, "segment") };
	g->members = schema_entity(s, g->segment ? STR("segment_member") : STR("campaign_member"));
	if (!argc)
		usage(crm, "which %s?", crm->entity->name);
	if (!ref_resolve(&crm->resolver, crm->entity, str_of(argv[0]), &id, NULL, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	store_get(crm->store, crm->entity, id, &g->record, &crm->arena);
	crm->printed = g->members;
}

/* The type whose terms and bare numbers the operands are. */
static const struct entity *member_type(const struct group *g)
{
	return schema_entity(&g->crm->store->schema,
			     g->segment ? text_of(&g->record, "of") : STR("lead"));
}

/* Whom a named record stands for in the group; entity NULL with diag: nobody. */
static struct person person_for(const struct group *g, const struct target *t, struct arena *a,
				struct diag *d)
{
	const struct entity *of = member_type(g);
	struct store *s = g->crm->store;
	struct record r;
	if (!g->segment) {
		struct person p = campaign_person(s, t->entity, t->id, a);
		if (!p.entity)
			diag_set(d, NULL, "nobody there whom a campaign could reach");
		return p;
	}
	if (t->entity == of)
		return (struct person){ of, t->id };
	const struct field *f = entity_field(t->entity, str_of(of->name));
	if (f && f->type == &type_ref && store_get(s, t->entity, t->id, &r, a) &&
	    is_set(&r, f->name))
		return (struct person){ of, record_at(&r, f->name)->i };
	diag_set(d, NULL, "that segment holds %s", of->plural);
	return (struct person){ 0 };
}

static int64_t member_id(const struct group *g, const struct person *p, struct arena *a)
{
	return membership_of(g->crm->store, g->members->name, g->crm->entity->name, g->record.id,
			     p->entity, p->id, a);
}

/* Who is not to be reached is passed over, and that is said; it is no mistake. */
static bool pass_over(struct group *g, const struct person *p, struct arena *a)
{
	struct str why;
	enum suppress_reason no =
	    g->segment ? SUPPRESS_NOT : suppress_ask(&g->suppressor, p, &why, a);
	if (no && !option_on(g->crm, "quiet"))
		warn("%s is not listed: %.*s", ref_print(p->entity, p->id, a).p, (int)why.n, why.p);
	g->passed[no]++;
	return no != SUPPRESS_NOT;
}

static bool add_one(struct writes *w, struct group *g, const struct target *t, struct arena *a,
		    struct diag *d)
{
	struct person p = person_for(g, t, a, d);
	if (!p.entity)
		return false;
	int64_t there = member_id(g, &p, a);
	if (there) {
		g->already++;
		writes_add(w, g->members, there);
		return true;
	}
	if (pass_over(g, &p, a))
		return true;
	struct record r = record_new(g->members, a);
	*record_get(&r, g->crm->entity->name) = value_int(g->record.id);
	*record_get(&r, p.entity->name) = value_int(p.id);
	g->listed++;
	return writes_put(w, &r, 0, a, d) != WROTE_NOTHING;
}

/* Where several were passed over: how many, and why. */
static void account_for(struct writes *w, struct group *g)
{
	struct buf b = { 0 };
	long passed = 0;
	(void)w;
	for (int i = SUPPRESS_NOT + 1; i < SUPPRESS_REASONS; i++) {
		if (!g->passed[i])
			continue;
		buf_printf(&b, "%s%ld %s", passed ? ", " : "", g->passed[i], suppress_names[i]);
		passed += g->passed[i];
	}
	if (passed > 1 && !option_on(g->crm, "quiet"))
		warn("%ld listed, %ld there already, %ld passed over: %s", g->listed, g->already,
		     passed, buf_copy(&b, &g->crm->arena).p);
	buf_free(&b);
}

static void open_suppressor(struct group *g)
{
	struct crm *crm = g->crm;
	const char *lists = option(crm, "suppress");
	g->suppressor = (struct suppressor){ .store = crm->store,
					     .campaign = g->record,
					     .resolver = &crm->resolver };
	if (lists && !suppress_parse(&g->suppressor, str_of(lists), &crm->arena, &crm->diag))
		refuse(crm, STATUS_REFUSED);
}

/* What is removed is shown as it was, so all are found before the first one goes. */
static bool find_one(struct writes *w, struct group *g, const struct target *t, struct arena *a,
		     struct diag *d)
{
	struct person p = person_for(g, t, a, d);
	int64_t there = p.entity ? member_id(g, &p, a) : 0;
	(void)w;
	if (!there)
		return p.entity && diag_set(d, NULL, "is no member");
	g->found[g->nfound++] = (struct target){ g->members, there };
	return true;
}

static void remove_found(struct writes *w, struct group *g)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	writes_show(w, g->found, g->nfound);
	for (size_t i = 0; i < g->nfound; i++) {
		if (!writes_remove(w, &g->found[i], &a, &d))
			complain(g->crm, &d);
		arena_reset(&a);
	}
	arena_free(&a);
	diag_free(&d);
}

/* segment:NAME among the words of a campaign: whom to look for is in that segment. */
static const struct record *segment_operand(struct group *g, int *argc, char **argv)
{
	const struct entity *e = store_entity(g->crm->store, "segment");
	struct crm *crm = g->crm;
	struct record *segment = NULL;
	int kept = 0;
	int64_t id;
	for (int i = 0; i < *argc; i++) {
		if (g->segment || strncmp(argv[i], "segment:", strlen("segment:"))) {
			argv[kept++] = argv[i];
			continue;
		}
		if (segment)
			usage(crm, "one segment at a time");
		segment = arena_new(&crm->arena, struct record, 1);
		if (!ref_resolve(&crm->resolver, e, str_of(argv[i] + strlen("segment:")), &id, NULL,
				 &crm->diag))
			refuse(crm, STATUS_REFUSED);
		store_get(crm->store, e, id, segment, &crm->arena);
	}
	*argc = kept;
	return segment;
}

/* The words, and what the segment among them says. */
static const struct entity *read_operands(struct group *g, int argc, char **argv,
					  struct operands *o)
{
	struct crm *crm = g->crm;
	const struct entity *e = member_type(g);
	const struct record *segment = segment_operand(g, &argc, argv);
	if (segment)
		e = schema_entity(&crm->store->schema, text_of(segment, "of"));
	operands_parse(crm, e, argc, argv, OPERAND_FOREIGN, o);
	if (segment) {
		struct query_context *q = arena_new(&crm->arena, struct query_context, 1);
		*q = query_context(crm, e);
		struct node *n = segment_node(crm->store, q, segment, &crm->diag);
		if (!n)
			refuse(crm, STATUS_REFUSED);
		o->where = node_and(o->where, n, &crm->arena);
		if (o->stdin_named)
			usage(crm, "either a segment or records");
	} else {
		targets_read(crm, e, OPERAND_FOREIGN, o);
	}
	if (o->where && o->ntargets)
		usage(crm, "either records or terms");
	return e;
}

/* Does one thing with each record named or selected, all or nothing. */
static int each(struct group *g, int argc, char **argv,
		bool (*one)(struct writes *, struct group *, const struct target *, struct arena *,
			    struct diag *),
		void (*then)(struct writes *, struct group *))
{
	struct crm *crm = g->crm;
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	const struct entity *e = read_operands(g, argc, argv, &o);
	if (writes_begin(&w, crm)) {
		size_t n = o.ntargets;
		struct target *t = o.where ? targets(crm, e, &o, &n) : o.targets;
		g->found = t; /* in the place of what was read: 16 bytes a record are enough */
		for (size_t i = 0; i < n; i++) {
			if (!one(&w, g, &t[i], &a, &d)) {
				d.source = ref_print(t[i].entity, t[i].id, &a);
				complain(crm, &d);
			}
			arena_reset(&a);
		}
		if (then)
			then(&w, g);
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

int members_add(struct crm *crm, int argc, char **argv)
{
	struct group g;
	/* Assignments, or a stream alone, make a campaign or segment as every `add` does. */
	if (!argc || strchr(argv[0], '=') || !strcmp(argv[0], "-")) {
		if (option(crm, "suppress"))
			usage(crm, "--suppress is for listing members: add CAMPAIGN …");
		return crud_add(crm, argc, argv);
	}
	open_group(&g, crm, argc, argv);
	if (!g.segment)
		open_suppressor(&g);
	return each(&g, argc - 1, argv + 1, add_one, g.segment ? NULL : account_for);
}

int members_remove(struct crm *crm, int argc, char **argv)
{
	struct group g;
	open_group(&g, crm, argc, argv);
	return each(&g, argc - 1, argv + 1, find_one, remove_found);
}

/* Forwards only, as events mark them: a late report of "sent" is no answer taken back. */
static bool is_beyond(const struct group *g, const struct person *p, int64_t member,
		      struct arena *a)
{
	const char *const *order = member_statuses(text_of(&g->record, "channel"));
	struct record have;
	if (option_on(g->crm, "force") || !store_get(g->crm->store, g->members, member, &have, a) ||
	    member_rank(order, str_of(g->status)) < 0 ||
	    member_rank(order, str_of(g->status)) >= member_rank(order, text_of(&have, "status")))
		return false;
	if (!option_on(g->crm, "quiet"))
		diag_warn(&(struct diag){ .source = ref_print(p->entity, p->id, a) }, NULL,
			  "is %s already and stays so; --force takes that back",
			  text_of(&have, "status").p);
	return true;
}

static bool mark_one(struct writes *w, struct group *g, const struct target *t, struct arena *a,
		     struct diag *d)
{
	struct person p = person_for(g, t, a, d);
	struct record r = record_new(g->members, a);
	r.id = p.entity ? member_id(g, &p, a) : 0;
	if (!r.id)
		return p.entity && diag_set(d, NULL, "is no member");
	if (is_beyond(g, &p, r.id, a)) {
		writes_add(w, g->members, r.id);
		return true;
	}
	set_text(&r, "status", str_of(g->status));
	return writes_put(w, &r, 0, a, d) != WROTE_NOTHING;
}

int campaign_mark(struct crm *crm, int argc, char **argv)
{
	const struct picklist *l = schema_picklist(&crm->store->schema, "campaign_member.status");
	struct group g;
	open_group(&g, crm, argc, argv);
	const struct pick *p = argc > 1 ? picklist_find(l, str_of(argv[1]), &crm->arena) : NULL;
	if (!p)
		usage(crm, "how far did they go? Write a status such as opened after the campaign");
	g.status = p->key;
	return each(&g, argc - 2, argv + 2, mark_one, NULL);
}

/* `list` of another type, within what is in the group. */
static int list_within(struct crm *crm, const struct entity *e, struct node *within, int argc,
		       char **argv)
{
	crm->entity = crm->printed = e;
	crm->within = within;
	return crud_list(crm, argc, argv);
}

int campaign_members(struct crm *crm, int argc, char **argv)
{
	struct group g;
	open_group(&g, crm, argc, argv);
	struct node *within = node_refs(crm->entity, &g.record.id, 1, &crm->arena);
	return list_within(crm, g.members, within, argc - 1, argv + 1);
}

int segment_members(struct crm *crm, int argc, char **argv)
{
	struct group g;
	open_group(&g, crm, argc, argv);
	struct query_context *q = arena_new(&crm->arena, struct query_context, 1);
	*q = query_context(crm, member_type(&g));
	struct node *within = segment_node(crm->store, q, &g.record, &crm->diag);
	if (!within)
		refuse(crm, STATUS_REFUSED);
	return list_within(crm, q->entity, within, argc - 1, argv + 1);
}
