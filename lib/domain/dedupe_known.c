/* Somebody known who may be the one a new record is about: by indexed look-ups. */
#include "domain/dedupe_impl.h"
#include "domain/identify.h"
#include "domain/match.h"
#include "schema/check.h"

enum { FOUND_MAX = 64, NAMESAKES_MAX = 8 };

struct found {
	const struct entity *type;
	int64_t id;
	struct str phone, email; /* by which an identity of theirs was found, or empty */
	uint32_t holders;	 /* how many people were found by the same number */
};

struct asking {
	struct store *store;
	const struct record *probe;
	struct found found[FOUND_MAX];
	size_t n;
	struct arena *arena;
};

static struct found *add(struct asking *q, const struct entity *e, int64_t id)
{
	if (e == q->probe->entity && id == q->probe->id)
		return NULL;
	for (size_t i = 0; i < q->n; i++)
		if (q->found[i].type == e && q->found[i].id == id)
			return &q->found[i];
	if (q->n == FOUND_MAX || !slot_path(e, SLOT_NAME))
		return NULL;
	q->found[q->n] = (struct found){ .type = e, .id = id };
	return &q->found[q->n++];
}

/* Who has one of those numbers or addresses, in whatever field. */
static void ask_reach(struct asking *q, enum match_by sign, struct str text)
{
	struct codec c = store_codec(q->store, q->arena);
	struct str keys[MATCH_KEYS];
	size_t nkeys = match_keys(sign, text, &c, keys);
	for (size_t k = 0; k < nkeys; k++) {
		struct identified who[IDENTIFIED_MAX];
		bool more;
		size_t n = identify(q->store, keys[k], who, &more, q->arena);
		for (size_t i = 0; i < n; i++) {
			struct found *f = add(q, who[i].entity, who[i].id);
			if (!f)
				continue;
			*(sign == MATCH_PHONE || sign == MATCH_ZALO ? &f->phone : &f->email) =
			    keys[k];
			f->holders = f->holders > n ? f->holders : (uint32_t)n;
		}
	}
}

/* Who has that code or name. */
static void ask_sign(struct asking *q, enum match_by sign, struct str text)
{
	struct codec c = store_codec(q->store, q->arena);
	struct str keys[MATCH_KEYS];
	size_t nkeys = match_keys(sign, text, &c, keys);
	for (size_t i = 0; nkeys && i < DEDUPE_TYPES; i++) {
		const struct entity *e = schema_entity(&q->store->schema, str_of(dedupe_types[i]));
		struct matched ids[NAMESAKES_MAX];
		size_t n = match_key(q->store, e, sign, keys[0], 0, ids, countof(ids));
		for (size_t j = 0; j < n; j++)
			add(q, e, ids[j].id);
	}
}

/* What is compared of a stored record; account.name is that of another. */
static void read_slots(struct store *s, const struct record *r, struct str slots[SLOTS],
		       struct arena *a)
{
	for (enum slot i = 0; i < SLOTS; i++) {
		const char *path = slot_path(r->entity, i);
		struct record account;
		slots[i] = (struct str){ 0 };
		if (!path)
			continue;
		if (!strchr(path, '.'))
			slots[i] = text_of(r, path);
		else if (record_at(r, "account")->kind == V_INT &&
			 store_get(s, schema_entity(&s->schema, STR("account")),
				   record_at(r, "account")->i, &account, a))
			slots[i] = text_of(&account, "name");
	}
}

static const struct {
	enum slot slot;
	enum match_by sign;
} reach[] = {
	{ SLOT_MOBILE, MATCH_PHONE }, { SLOT_PHONE, MATCH_PHONE },	 { SLOT_ZALO, MATCH_ZALO },
	{ SLOT_EMAIL, MATCH_EMAIL },  { SLOT_FACEBOOK, MATCH_FACEBOOK },
};

/* An organisation is called by its name here, and by its company there. */
static void ask_all(struct asking *q, const struct str slots[SLOTS])
{
	struct str name = slots[SLOT_NAME], firm = name.n ? name : slots[SLOT_COMPANY];
	for (size_t i = 0; i < countof(reach); i++)
		ask_reach(q, reach[i].sign, slots[reach[i].slot]);
	ask_sign(q, MATCH_TAX_CODE, slots[SLOT_TAX]);
	ask_sign(q, MATCH_NAME, firm);
	if (!name.n || str_is(slots[SLOT_KIND], "org"))
		ask_sign(q, MATCH_COMPANY, firm);
}

/* The probe with all the numbers of its cells. */
static void add_probe(struct asking *q, struct people *two, const struct str slots[SLOTS])
{
	const struct settings *settings = &q->store->settings;
	struct codec c = store_codec(q->store, q->arena);
	struct person *who = people_add(two, settings, q->probe->entity, slots, q->arena);
	for (size_t i = 0; i < countof(reach); i++) {
		struct str keys[MATCH_KEYS];
		size_t n = reach[i].sign == MATCH_PHONE
			       ? match_keys(MATCH_PHONE, slots[reach[i].slot], &c, keys)
			       : 0;
		for (size_t k = 1; k < n; k++)
			person_add_phone(two, who, keys[k], settings, q->arena);
	}
}

/* The account that the probe belongs to is none, nor is the lead that became either. */
static bool is_related(const struct asking *q, const struct found *f)
{
	static const char *const whose[] = { "account", "contact" };
	const struct record *r = q->probe;
	struct record lead;
	bool is_lead =
	    !strcmp(f->type->name, "lead") && store_get(q->store, f->type, f->id, &lead, q->arena);
	if (is_lead && r->id && lead_became(&lead, r->entity, r->id))
		return true;
	for (size_t i = 0; i < countof(whose); i++) {
		const struct entity *e = schema_entity(&q->store->schema, str_of(whose[i]));
		int64_t id =
		    entity_field(r->entity, str_of(whose[i])) ? record_at(r, whose[i])->i : 0;
		bool known = id && record_at(r, whose[i])->kind == V_INT;
		if (known &&
		    ((f->type == e && f->id == id) || (is_lead && lead_became(&lead, e, id))))
			return true;
	}
	for (size_t i = 0; is_lead && i < q->n; i++)
		if (lead_became(&lead, q->found[i].type, q->found[i].id))
			return true;
	return false;
}

static const char *reason(const struct agreement *g)
{
	static const struct {
		enum trait trait;
		const char *says;
	} reasons[] = {
		{ TRAIT_PHONE, "same phone" },	 { TRAIT_EMAIL, "same e-mail address" },
		{ TRAIT_TAX, "same tax code" },	 { TRAIT_BIRTH, "same birth date" },
		{ TRAIT_STREET, "same street" }, { TRAIT_GIVEN, "same name" },
	};
	for (size_t i = 0; i < countof(reasons); i++)
		if (g->level[reasons[i].trait] == LEVEL_SAME)
			return reasons[i].says;
	return "much alike";
}

/* Loads the found one behind the probe and weighs the two. */
static bool weigh(struct asking *q, const struct model *m, const struct found *f,
		  struct people *two, struct dedupe_candidate *out)
{
	const struct settings *settings = &q->store->settings;
	struct str slots[SLOTS];
	struct record r;
	struct agreement g;
	double uncapped;
	if (!store_get(q->store, f->type, f->id, &r, q->arena))
		return false;
	read_slots(q->store, &r, slots, q->arena);
	struct person *who = people_add(two, settings, f->type, slots, q->arena);
	person_add_phone(two, who, f->phone, settings, q->arena);
	person_add_email(two, who, f->email, q->arena);
	const struct person *probe = &two->all[0];
	if (!comparable(probe, who))
		return false;
	agreement_of(two, probe, who, &g);
	if (g.level[TRAIT_PHONE] == LEVEL_SAME)
		g.holders[TRAIT_PHONE] = f->holders;
	*out = (struct dedupe_candidate){ f->type, f->id, slots[SLOT_NAME],
					  score_of(m, &g, &uncapped), reason(&g) };
	if (!out->name.n)
		out->name = slots[SLOT_COMPANY];
	return true;
}

/* The likeliest first; equals as they were found. */
static void put(struct dedupe_candidate *out, size_t *n, size_t most,
		const struct dedupe_candidate *one)
{
	size_t at = *n;
	while (at > 0 && out[at - 1].score < one->score)
		at--;
	if (at == most)
		return;
	*n += *n < most;
	memmove(out + at + 1, out + at, (*n - at - 1) * sizeof *out);
	out[at] = *one;
}

size_t dedupe_candidates(struct store *s, const struct record *record, double review,
			 struct dedupe_candidate *out, size_t n, struct arena *a)
{
	struct asking q = { .store = s, .probe = record, .arena = a };
	struct str slots[SLOTS];
	struct people two = { 0 };
	struct model m;
	size_t found = 0;
	if (!n || !slot_path(record->entity, SLOT_NAME))
		return 0;
	read_slots(s, record, slots, a);
	ask_all(&q, slots);
	model_start(&m, 0);
	add_probe(&q, &two, slots);
	for (size_t i = 0; i < q.n; i++) {
		struct dedupe_candidate one;
		two.n = 1;
		if (!is_related(&q, &q.found[i]) && weigh(&q, &m, &q.found[i], &two, &one) &&
		    one.score >= review)
			put(out, &found, n, &one);
	}
	people_free(&two);
	return found;
}

bool dedupe_shares_phone(struct store *s, const struct record *person, const struct entity *e,
			 int64_t id, struct arena *a)
{
	struct asking q = { .store = s, .probe = person, .arena = a };
	struct str slots[SLOTS], others[SLOTS];
	struct people two = { 0 };
	struct agreement g = { 0 };
	struct record r;
	read_slots(s, person, slots, a);
	slots[SLOT_KIND] = (struct str){ 0 }; /* of a lead, that it is a company's */
	if (!slots[SLOT_NAME].n || !store_get(s, e, id, &r, a))
		return false;
	add_probe(&q, &two, slots);
	read_slots(s, &r, others, a);
	struct person *who = people_add(&two, &s->settings, e, others, a);
	person_add_phone(&two, who, slots[SLOT_MOBILE], &s->settings, a);
	person_add_phone(&two, who, slots[SLOT_PHONE], &s->settings, a);
	if (comparable(&two.all[0], who))
		agreement_of(&two, &two.all[0], who, &g);
	people_free(&two);
	return g.apart == APART && g.level[TRAIT_EMAIL] != LEVEL_SAME;
}

struct str dedupe_candidate_print(const struct dedupe_candidate *c, struct arena *a)
{
	return arena_printf(a, "%s-%lld (%.*s%s%s)", c->type->name, (long long)c->id,
			    (int)c->name.n, c->name.n ? c->name.p : "", c->name.n ? ", " : "",
			    c->why);
}
