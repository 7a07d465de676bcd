/*
 * What two people, or two organisations, differ in, and one hardly does, whatever else
 * they share: spouses and twins have one address, telephone, mailbox and family name,
 * branches one head office.  Where that is so, find asks a person.
 */
#include <limits.h>

#include "domain/dedupe_impl.h"
#include "domain/dedupe_text.h"

#define MANY 5		/* records with a name that is no slip of the finger */
#define SLIPS_IN 64	/* nor is one that so large a part of those with the right one have */
#define SLIPS_OF_ONE 16 /* likewise, where one letter is wrong: misread hands repeat that */
#define GENERATION 15	/* years: father and son of one name */

static struct str text(const struct people *p, const struct person *who, enum trait t)
{
	return pool_text(&p->pools[trait_defs[t].pool], who->word[t]);
}

/* Whether a word of that part of the name stands in the other's name, or may: an initial. */
static bool part_in(const struct people *p, const struct person *a, enum trait part,
		    const struct person *b)
{
	for (enum trait t = TRAIT_GIVEN; t <= TRAIT_FAMILY; t++) {
		struct str other = text(p, b, t);
		if (other.n == 1 || words_in_common(text(p, a, part), other) > 0)
			return true;
	}
	return false;
}

/* Whether the given name, or a word of it, is in the other's name: as the given name with
 * slips, elsewhere as it stands (Tuấn is near Trần, and another). */
static bool given_in(const struct people *p, const struct person *a, const struct person *b)
{
	return part_in(p, a, TRAIT_GIVEN, b) ||
	       words_shared(text(p, a, TRAIT_GIVEN), text(p, b, TRAIT_GIVEN));
}

/* Khánh and Thanh are near, but many are called the one and many the other: no slip. */
static bool both_common(const struct people *p, uint32_t x, uint32_t y)
{
	const struct pool *pool = &p->pools[TRAIT_GIVEN];
	struct str given = pool_text(pool, x), other = pool_text(pool, y);
	size_t shorter = given.n < other.n ? given.n : other.n;
	uint32_t rarer = pool->count[x] < pool->count[y] ? pool->count[x] : pool->count[y];
	uint32_t commoner = pool->count[x] + pool->count[y] - rarer;
	bool one_wrong = shorter >= 4 && edit_distance(given, other, 1) <= 1;
	return x != y && rarer >= MANY &&
	       rarer >= commoner / (one_wrong ? SLIPS_OF_ONE : SLIPS_IN) &&
	       memcmp(given.p, other.p, shorter) && sound_code(given) != sound_code(other);
}

/* The same letters in another order, but for one: hugo and hogu, leon and llno. */
static bool jumbled(struct str a, struct str b)
{
	int count[UCHAR_MAX + 1] = { 0 };
	size_t alone = 0;
	for (size_t i = 0; i < a.n; i++)
		count[(unsigned char)a.p[i]]++;
	for (size_t i = 0; i < b.n; i++)
		alone += count[(unsigned char)b.p[i]]-- <= 0;
	return a.n >= 4 && b.n >= 4 && a.n <= b.n + 1 && b.n <= a.n + 1 && alone <= 1;
}

/* Whether two given names of a level are those of two people, and no slip of the finger. */
static bool are_two(const struct people *p, uint32_t x, uint32_t y, enum level level)
{
	struct str given = pool_text(&p->pools[TRAIT_GIVEN], x);
	struct str other = pool_text(&p->pools[TRAIT_GIVEN], y);
	if (level < LEVEL_OTHER)
		return both_common(p, x, y);
	bool slips = (given.n >= 5 && other.n >= 5 && edit_distance(given, other, 2) <= 2) ||
		     jumbled(given, other);
	return !slips || both_common(p, x, y);
}

/* Whether one, in the pair that was compared as given and family name, is another name. */
static bool swapped_apart(const struct people *p, const struct person *a, const struct person *b,
			  const struct agreement *g)
{
	uint32_t x = a->word[TRAIT_GIVEN], y = b->word[TRAIT_FAMILY];
	uint32_t v = a->word[TRAIT_FAMILY], w = b->word[TRAIT_GIVEN];
	return (g->level[TRAIT_GIVEN] >= LEVEL_NEAR && both_common(p, x, y)) ||
	       (g->level[TRAIT_FAMILY] >= LEVEL_NEAR && both_common(p, v, w));
}

/* Both were given a name, and neither is part of the other's, nor a short form of it. */
static bool names_apart(const struct people *p, const struct person *a, const struct person *b,
			const struct agreement *g)
{
	uint32_t x = a->word[TRAIT_GIVEN], y = b->word[TRAIT_GIVEN];
	enum level level = (enum level)g->level[TRAIT_GIVEN];
	if (g->swapped)
		return swapped_apart(p, a, b, g);
	if (level < LEVEL_NEAR || short_name(text(p, a, TRAIT_GIVEN), text(p, b, TRAIT_GIVEN)))
		return false;
	return are_two(p, x, y, level) &&
	       (level < LEVEL_OTHER || (!given_in(p, a, b) && !given_in(p, b, a)));
}

/* The telephone or mailbox of a household. */
static bool one_contact(const struct agreement *g)
{
	return g->level[TRAIT_PHONE] == LEVEL_SAME || g->level[TRAIT_EMAIL] == LEVEL_SAME;
}

/* Something of the person's own agrees: a household has one address and one family name. */
static bool own_agrees(const struct agreement *g)
{
	static const enum trait own[] = { TRAIT_BIRTH, TRAIT_PHONE, TRAIT_EMAIL, TRAIT_TAX };
	for (size_t i = 0; i < countof(own); i++)
		if (g->level[own[i]] && g->level[own[i]] < LEVEL_OTHER)
			return true;
	return false;
}

/*
 * In one street, of one given name and another family name, and nothing of their own in common:
 * namesakes, or brothers whose family name was taken for the given name, since they write it first.
 */
static bool families_apart(const struct people *p, const struct person *a, const struct person *b,
			   const struct agreement *g)
{
	bool street = g->level[TRAIT_STREET] && g->level[TRAIT_STREET] < LEVEL_OTHER;
	return street && g->level[TRAIT_GIVEN] == LEVEL_SAME &&
	       g->level[TRAIT_FAMILY] == LEVEL_OTHER && !own_agrees(g) &&
	       !part_in(p, a, TRAIT_FAMILY, b) && !part_in(p, b, TRAIT_FAMILY, a);
}

static int year_of(struct str date)
{
	int year = 0;
	for (size_t i = 0; i < 4; i++)
		year = year * 10 + (date.p[i] - '0');
	return year;
}

/* A generation lies between.  One wrong digit is a slip (LEVEL_NEAR). */
static bool born_apart(const struct people *p, const struct person *a, const struct person *b,
		       const struct agreement *g)
{
	struct str x = text(p, a, TRAIT_BIRTH), y = text(p, b, TRAIT_BIRTH);
	if (g->level[TRAIT_BIRTH] < LEVEL_PART || x.n != 10 || y.n != 10)
		return false;
	int years = year_of(x) - year_of(y);
	return years >= GENERATION || -years >= GENERATION;
}

/* The whole date is not another one by mistake: the birthday is the same, or the telephone or
 * mailbox that a household shares. */
static bool born_surely(const struct people *p, const struct person *a, const struct person *b,
			const struct agreement *g)
{
	return one_contact(g) ||
	       !memcmp(text(p, a, TRAIT_BIRTH).p + 4, text(p, b, TRAIT_BIRTH).p + 4, 6);
}

bool tax_codes_apart(struct str a, struct str b)
{
	ptrdiff_t i = str_find(a, ' '), j = str_find(b, ' ');
	size_t n = i < 0 ? a.n : (size_t)i, m = j < 0 ? b.n : (size_t)j;
	if (i < 0 && j < 0)
		return false;
	return n == m && !memcmp(a.p, b.p, n) && !str_eq(a, b);
}

/*
 * Another tax code is another organisation's; a branch, or another whole address, another site.
 * Nor are they one where each has a word of its own: East and West, Café and Dining room.
 */
static bool firms_apart(const struct people *p, const struct person *a, const struct person *b,
			const struct agreement *g)
{
	if (!g->level[TRAIT_FIRM])
		return false;
	bool moved = g->level[TRAIT_STREET] == LEVEL_OTHER && g->level[TRAIT_NUMBER] == LEVEL_OTHER;
	if (moved || g->level[TRAIT_TAX] == LEVEL_OTHER || a->branch != b->branch)
		return true;
	if (g->level[TRAIT_FIRM] < LEVEL_PART)
		return false;
	return g->level[TRAIT_FIRM] == LEVEL_OTHER ||
	       words_apart(text(p, a, TRAIT_FIRM), text(p, b, TRAIT_FIRM));
}

enum apart people_apart(const struct people *p, const struct person *a, const struct person *b,
			const struct agreement *g)
{
	if (g->level[TRAIT_TAX] == LEVEL_SAME)
		return NOT_APART;
	bool names = more_than_name(g->level) && names_apart(p, a, b, g); /* few pairs */
	bool born = born_apart(p, a, b, g);
	if ((names && one_contact(g)) || (born && born_surely(p, a, b, g)) ||
	    firms_apart(p, a, b, g) ||
	    (a->generation && b->generation && a->generation != b->generation) ||
	    (g->level[TRAIT_TAX] && tax_codes_apart(text(p, a, TRAIT_TAX), text(p, b, TRAIT_TAX))))
		return APART;
	if (names && !own_agrees(g))
		return HOUSE_APART;
	if (families_apart(p, a, b, g))
		return FAMILY_APART;
	if (born)
		return BORN_APART;
	return names && (g->swapped || g->level[TRAIT_GIVEN] == LEVEL_OTHER) ? NAMES_APART
									     : NOT_APART;
}
