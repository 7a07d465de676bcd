/* Somebody known who may be the one a new record is about: by indexed look-ups. */
#include "domain/dedupe_impl.h"
#include "domain/identify.h"
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

/* Who has that number or address, in whatever field. */
static void ask_reach(struct asking *q, struct str text, bool phone)
{
	struct identified who[IDENTIFIED_MAX];
	bool more;
	size_t n = text.n ? identify(q->store, text, who, &more, q->arena) : 0;
	for (size_t i = 0; i < n; i++) {
		struct found *f = add(q, who[i].entity, who[i].id);
		if (!f)
			continue;
		*(phone ? &f->phone : &f->email) = text;
		f->holders = f->holders > n ? f->holders : (uint32_t)n;
	}
}

/* Who has that in the field of the same name. */
static void ask_field(struct asking *q, const char *name, struct str text)
{
	struct codec c = store_codec(q->store, q->arena);
	struct value v = value_text(text);
	for (size_t i = 0; text.n && i < DEDUPE_TYPES; i++) {
		const struct entity *e = schema_entity(&q->store->schema, str_of(dedupe_types[i]));
		const struct field *f = entity_field(e, str_of(name));
		struct value key = f && f->flags & F_MATCH ? field_key(f, &v, &c) : value_null();
		int64_t ids[NAMESAKES_MAX];
		size_t n =
		    key.kind == V_TEXT ? store_find(q->store, e, f, key.s, ids, countof(ids)) : 0;
		for (size_t j = 0; j < n; j++)
			add(q, e, ids[j]);
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

static void ask_all(struct asking *q, const struct str slots[SLOTS])
{
	static const enum slot phones[] = { SLOT_MOBILE, SLOT_PHONE, SLOT_ZALO };
	for (size_t i = 0; i < countof(phones); i++)
		ask_reach(q, slots[phones[i]], true);
	ask_reach(q, slots[SLOT_EMAIL], false);
	ask_reach(q, slots[SLOT_FACEBOOK], false);
	ask_field(q, "tax_code", slots[SLOT_TAX]);
	ask_field(q, "name", slots[SLOT_NAME]);
	if (!slots[SLOT_NAME].n)
		ask_field(q, "company", slots[SLOT_COMPANY]);
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
	people_add(&two, &s->settings, record->entity, slots, a);
	for (size_t i = 0; i < q.n; i++) {
		struct dedupe_candidate one;
		two.n = 1;
		if (weigh(&q, &m, &q.found[i], &two, &one) && one.score >= review)
			put(out, &found, n, &one);
	}
	people_free(&two);
	return found;
}
