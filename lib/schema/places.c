/* Which fields of a record type are of one kind. */
#include "schema/places.h"

enum { KNOWN = 128 }; /* twice as many as there are types, each with custom fields and without */

/* By their type, by a flag, as times are compared, or, with none of these, by having a default. */
static const struct {
	const struct type *type;
	unsigned flag;
	bool time;
} kinds[PLACES] = {
	[REF_PLACES] = { &type_ref, 0 },	  [MONEY_PLACES] = { &type_money, 0 },
	[PHONE_PLACES] = { &type_phone, 0 },	  [SHARES_PLACES] = { &type_shares, 0 },
	[REQUIRED_PLACES] = { NULL, F_REQUIRED }, [UNIQUE_PLACES] = { NULL, F_UNIQUE },
	[MATCH_PLACES] = { NULL, F_MATCH },	  [SEARCH_PLACES] = { NULL, F_SEARCH },
	[PART_PLACES] = { NULL, F_PART },	  [TIME_PLACES] = { .time = true },
};

static struct known {
	const struct entity *entity;
	unsigned char at[PLACES][FIELDS_MAX];
	size_t n[PLACES];
} known[KNOWN];
static size_t nknown;

static bool is_of(const struct field *f, enum places_of of)
{
	if (kinds[of].type)
		return f->type == kinds[of].type;
	if (kinds[of].time)
		return f->type->compare == COMPARE_TIME;
	return kinds[of].flag ? (f->flags & kinds[of].flag) != 0 : f->def != NULL;
}

static void learn(struct known *k, const struct entity *e)
{
	*k = (struct known){ .entity = e };
	for (enum places_of of = 0; of < PLACES; of++)
		for (size_t i = 0; i < e->nfields; i++)
			if (is_of(&e->fields[i], of))
				k->at[of][k->n[of]++] = (unsigned char)i;
	nknown++;
}

struct places entity_places(const struct entity *e, enum places_of of)
{
	size_t i = ((uintptr_t)e >> 4) % KNOWN;
	while (known[i].entity && known[i].entity != e)
		i = (i + 1) % KNOWN;
	if (!known[i].entity) {
		if (nknown == KNOWN - 1) { /* one stays free to end the search */
			places_forget();
			i = 0;
		}
		learn(&known[i], e);
	}
	return (struct places){ known[i].at[of], known[i].n[of] };
}

void places_forget(void)
{
	for (size_t i = 0; i < KNOWN; i++)
		known[i].entity = NULL;
	nknown = 0;
}
