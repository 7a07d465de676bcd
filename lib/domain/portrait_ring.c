/* Which records a customer is made of: from reference to reference, index by index. */
#include "domain/portrait_impl.h"

/*
 * What belongs to it belongs with it: the records of type `of` whose field `by` names one
 * of those found so far.  In order: what is found by a step is there for the next ones.
 */
static const struct step {
	const char *of, *by;
} steps[] = {
	/* clang-format off */
	{ "contact", "account" },
	{ "lead", "account" }, { "lead", "contact" },
	{ "deal_contact", "contact" },
	{ "deal", "account" }, { "deal", "contact" }, { "deal", "lead" },
	{ "stage_change", "deal" },
	{ "quote", "account" }, { "quote", "contact" }, { "quote", "deal" },
	{ "order", "account" }, { "order", "contact" }, { "order", "deal" }, { "order", "quote" },
	{ "ticket", "account" }, { "ticket", "contact" }, { "ticket", "lead" },
	{ "ticket", "order" },
	{ "activity", "account" }, { "activity", "contact" }, { "activity", "lead" },
	{ "activity", "deal" }, { "activity", "ticket" }, { "activity", "order" },
	{ "event", "account" }, { "event", "contact" }, { "event", "lead" },
	{ "event", "order" },
	{ "campaign_member", "account" }, { "campaign_member", "contact" },
	{ "campaign_member", "lead" },
	{ "identity", "account" }, { "identity", "contact" }, { "identity", "lead" },
	{ "relation", "contact" }, { "relation", "account" }, { "relation", "to_contact" },
	{ "relation", "to_account" },
	/* clang-format on */
};

const struct entity *entity_of(const struct maker *m, const char *name)
{
	return store_entity(m->store, name);
}

static size_t number_of(const struct maker *m, const char *entity)
{
	for (size_t i = 0; i < m->store->schema.nentities; i++)
		if (!strcmp(m->store->schema.entities[i]->name, entity))
			return i;
	die(STATUS_ENV, "no record type %s", entity);
}

int64_t ring_of(const struct maker *m, enum ring ring, const char *entity)
{
	return m->rings[ring][number_of(m, entity)];
}

static void add_chosen(struct sql *q, int64_t list)
{
	sql_add(q, "(select id from chosen where list = ");
	sql_int(q, list);
	sql_add(q, ")");
}

/* Records of `e` that one of the steps finds; false: none of them leads anywhere. */
static bool sql_reached(struct maker *m, enum ring ring, const struct step *s, size_t n,
			struct sql *q)
{
	const struct entity *e = entity_of(m, s->of);
	bool any = false;
	for (; n > 0; s++, n--) {
		const struct field *f = entity_field(e, str_of(s->by));
		int64_t list = ring_of(m, ring, f->ref);
		if (!list)
			continue;
		if (any)
			sql_add(q, " union ");
		any = true;
		sql_add(q, "select id from ");
		sql_table(q, e);
		sql_add(q, " where ");
		sql_column(q, f);
		sql_add(q, " in ");
		add_chosen(q, list);
	}
	return any;
}

/* The list of what the statement finds, with one more where `seed` is not 0; 0: nothing. */
static int64_t choose(struct maker *m, struct sql *q, int64_t seed)
{
	struct arena a = { 0 };
	size_t n = 0, room = 0;
	int64_t *ids = arena_grow(&a, NULL, n, &room, sizeof *ids);
	if (seed)
		ids[n++] = seed;
	struct stmt *rows = q->text.n ? db_query(m->store->db, q) : NULL;
	while (rows && stmt_step(rows)) {
		ids = arena_grow(&a, ids, n, &room, sizeof *ids);
		ids[n++] = stmt_value(rows, 0).i;
	}
	stmt_close(rows);
	int64_t list = n ? store_choose(m->store, ids, n) : 0;
	arena_free(&a);
	return list;
}

/* All of one type: reached by n steps, but what is in the ring before. */
static void add_type(struct maker *m, enum ring ring, const struct step *s, size_t n, int64_t seed)
{
	struct sql q = { .arena = m->arena };
	size_t e = number_of(m, s->of);
	if (!sql_reached(m, ring, s, n, &q)) {
		sql_free(&q);
		q = (struct sql){ .arena = m->arena };
	} else if (ring == RING_AROUND && m->rings[RING_OWN][e]) {
		sql_add(&q, " except select id from chosen where list = ");
		sql_int(&q, m->rings[RING_OWN][e]);
	}
	m->rings[ring][e] = choose(m, &q, seed);
	sql_free(&q);
}

static void grow(struct maker *m, enum ring ring, const struct entity *seed, int64_t id)
{
	m->rings[ring][number_of(m, seed->name)] = store_choose(m->store, &id, 1);
	for (size_t i = 0, n; i < countof(steps); i += n) {
		for (n = 1; i + n < countof(steps) && !strcmp(steps[i].of, steps[i + n].of); n++)
			;
		add_type(m, ring, &steps[i], n, strcmp(steps[i].of, seed->name) ? 0 : id);
	}
}

/* A person has a part in deals that are not theirs. */
static void add_parts_in_deals(struct maker *m)
{
	int64_t parts = ring_of(m, RING_OWN, "deal_contact");
	size_t deal = number_of(m, "deal");
	struct sql q = { .arena = m->arena };
	if (!parts || strcmp(m->p->customer.entity->name, "contact"))
		return;
	sql_add(&q, "select deal from deal_contact where id in ");
	add_chosen(&q, parts);
	if (m->rings[RING_OWN][deal]) {
		sql_add(&q, " union select id from chosen where list = ");
		sql_int(&q, m->rings[RING_OWN][deal]);
	}
	m->rings[RING_OWN][deal] = choose(m, &q, 0);
	sql_free(&q);
}

void rings_make(struct maker *m)
{
	for (int i = 0; i < RINGS; i++)
		m->rings[i] = arena_new(m->arena, int64_t, m->store->schema.nentities);
	grow(m, RING_OWN, m->p->customer.entity, m->p->customer.id);
	add_parts_in_deals(m);
	if (m->around)
		grow(m, RING_AROUND, m->around, m->around_id);
}
