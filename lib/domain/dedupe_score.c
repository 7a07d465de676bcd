/*
 * How likely it is that two records are one.
 *
 * Three kinds of pairs: one person (match), two who are close (related), strangers.
 * Given the kind, traits are taken as independent, but for three things that are so in
 * every address book:
 *
 *  - who moved has a new address, all of it: the address of one person is the same one
 *    nine times in ten, else as good as a stranger's;
 *  - a city lies in its region and a postal code in its city: of those that agree by
 *    chance the rarest counts alone;
 *  - the more people share a number, the more pairs of them are two people.
 */
#include "domain/dedupe_impl.h"

#define MOVED 0.1	   /* one person, another address */
#define SAME_HOUSEHOLD 0.8 /* close, and of one address */
#define RAREST 1e-7	   /* no chance is smaller than that */
#define SMOOTHING 100.0	   /* records as which the prior of a text's share counts */
#define NAME_ALONE 0.75	   /* a name and a town prove no more than that */
#define NAME_RARE 0.95	   /* but where that name is so rare in the list */
#define FIRM_ALONE 0.5	   /* nor does that of an organisation prove less */
#define APART_MOST 0.85	   /* nor can anything make one of two who are apart */
#define RENAMED 0.04	   /* copies with another given name, where that happens */
#define RENAMED_MOST 0.2   /* more than that are no copies */
#define TWINS 0.06	   /* twins that one has: twice as many as are born */
#define REDATED 0.03	   /* copies with another birth date, likewise */
#define SLIPS_SEEN 4.0	   /* so many at least: one pair of twins is no such list */
#define HOUSEHOLD 10.0	   /* no more live in one house, or answer one telephone of a family */
#define COMMON 5.0	   /* where nothing was counted, a text is thought so much more common */
#define CROWD_MAX 1000.0
#define UNCOUNTED 10000.0 /* so many records there may be where nobody has counted */
#define PAIRS_START 0.1	  /* copies that a record is thought to have at first */

void model_start(struct model *m, double records)
{
	*m = (struct model){ .n = records };
	for (size_t t = 0; t < TRAITS; t++) {
		memcpy(m->m[t], trait_defs[t].m, sizeof m->m[t]);
		memcpy(m->u[t], trait_defs[t].u, sizeof m->u[t]);
		for (size_t l = 0; l < LEVELS; l++)
			m->lift[t][l] = 1;
	}
	m->match = PAIRS_START / (records > 0 ? records + 100 : UNCOUNTED);
	m->related = m->match;
}

/*
 * The share of records with the text: without the two compared, and the other copies
 * that each of them has; drawn to the prior where there are few records.  Nor is a text
 * rarer than texts of its kind are: of few thousand birth dates each is held by two at
 * most, and yet two strangers have the same one now and then (as a Gamma prior of shape 1
 * has it, whose mean is how many others strangers share a text with).
 */
static double chance_same(const struct model *m, enum trait t, uint32_t holders)
{
	if (!m->n)
		return trait_defs[t].u[LEVEL_SAME] * COMMON;
	double own = m->mates > 1 ? 1 + m->mates : 2;
	double others = holders > own ? holders - own : 0;
	double prior = SMOOTHING * trait_defs[t].u[LEVEL_SAME];
	double met = m->n * m->u[t][LEVEL_SAME], usual = met / (1 + met);
	double c = (others + (prior > usual ? prior : usual)) / (m->n + SMOOTHING);
	return c < RAREST ? RAREST : c;
}

/*
 * Whether what the two share is a family's: how many at most live there, or have the number.
 * In a block, or a company, there are namesakes.
 */
static bool in_household(const struct model *m, const struct agreement *g)
{
	static const enum trait homes[] = { TRAIT_PHONE, TRAIT_STREET, TRAIT_NUMBER };
	double least = m->n;
	for (size_t i = 0; i < countof(homes); i++)
		if (g->level[homes[i]] == LEVEL_SAME && g->holders[homes[i]] < least)
			least = g->holders[homes[i]];
	return least < m->n && least <= HOUSEHOLD + m->mates &&
	       g->level[TRAIT_COMPANY] != LEVEL_SAME;
}

void chance_of(const struct model *m, const struct agreement *g, struct chance *out)
{
	static const enum trait reach[] = { TRAIT_PHONE, TRAIT_EMAIL, TRAIT_TAX };
	out->crowd = 1;
	out->household = in_household(m, g);
	for (enum trait t = 0; t < TRAITS; t++) {
		uint8_t level = g->level[t];
		out->at[t] =
		    level == LEVEL_SAME ? chance_same(m, t, g->holders[t]) : m->u[t][level];
		if (trait_defs[t].leans != t && g->level[trait_defs[t].leans] == LEVEL_SAME)
			out->at[t] *= m->lift[t][level];
		if (out->at[t] > 1)
			out->at[t] = 1;
	}
	for (size_t i = 0; i < countof(reach); i++) {
		double others = (double)g->holders[reach[i]] - 1 - m->mates;
		if (others > out->crowd)
			out->crowd = others < CROWD_MAX ? others : CROWD_MAX;
	}
}

/* The place as one: of a stranger; of one who lives there. */
static void place_likelihood(const struct model *m, const uint8_t *level, const struct chance *c,
			     double *stranger, double *same)
{
	double nested = 1, u = 1;
	*same = 1;
	for (enum trait t = 0; t < TRAITS; t++) {
		if (trait_defs[t].place == NO_PLACE || !level[t])
			continue;
		double chance = c->at[t];
		*same *= m->m[t][level[t]];
		if (trait_defs[t].place == PLACE || level[t] == LEVEL_OTHER)
			u *= chance;
		else if (chance < nested)
			nested = chance;
	}
	*stranger = u * nested;
}

struct likelihood likelihood_of(const struct model *m, const uint8_t *level, const struct chance *c)
{
	struct likelihood l = { 1, 1, 1, 1 };
	for (enum trait t = 0; t < TRAITS; t++) {
		if (trait_defs[t].place != NO_PLACE || !level[t])
			continue;
		double same = m->m[t][level[t]], other = c->at[t];
		double shared = trait_defs[t].shared;
		l.match *= same;
		l.other *= other;
		bool alone = t == TRAIT_GIVEN && level[t] == LEVEL_SAME && c->household;
		l.related *= shared * same + (alone ? 0 : (1 - shared) * other);
	}
	double stranger, same;
	place_likelihood(m, level, c, &stranger, &same);
	l.stayed = (1 - MOVED) * same / ((1 - MOVED) * same + MOVED * stranger);
	l.match *= (1 - MOVED) * same + MOVED * stranger;
	l.related *= SAME_HOUSEHOLD * same + (1 - SAME_HOUSEHOLD) * stranger;
	l.other *= stranger;
	return l;
}

struct shares shares_of(const struct model *m, const struct likelihood *l, double crowd)
{
	struct shares s = { m->match * l->match, m->related * crowd * l->related,
			    (1 - m->match - m->related) * l->other };
	double all = s.match + s.related + s.other;
	if (all > 0)
		return (struct shares){ s.match / all, s.related / all, s.other / all };
	return (struct shares){ 0, 0, 1 };
}

bool more_than_name(const uint8_t *level)
{
	static const enum trait common[] = { TRAIT_GIVEN,    TRAIT_MIDDLE, TRAIT_FAMILY,
					     TRAIT_DISTRICT, TRAIT_CITY,   TRAIT_REGION };
	for (enum trait t = 0; t < TRAITS; t++) {
		bool is_common = false;
		for (size_t i = 0; i < countof(common); i++)
			is_common = is_common || t == common[i];
		if (!is_common && level[t] && level[t] < LEVEL_OTHER)
			return true;
	}
	return false;
}

/* Whether so many copies were seen at that level of a trait that it is a list of such slips. */
static bool slips_seen(const struct model *m, double share, double least)
{
	return share >= least && share * m->mates * m->n / 2 >= SLIPS_SEEN && !m->families;
}

/*
 * Other given names alone, without a telephone or mailbox that a household shares: some
 * lists have so many copies under another name that they themselves outvote the prior.
 * That is learned from those who have something of their own in common, so that a list of
 * families is no such list.  Nor is one where relatives are seen: there they are twins.  Where
 * no house is known in which relatives could be seen, copies must outnumber twins.
 * Likewise namesakes of one house with a generation between them are father and son, unless
 * birth dates are often wrong.
 */
bool kept_apart(const struct model *m, const struct agreement *g)
{
	enum trait name = g->apart == FAMILY_APART ? TRAIT_FAMILY : TRAIT_GIVEN;
	double renamed = m->m[name][LEVEL_OTHER];
	bool house = g->level[TRAIT_STREET] == LEVEL_SAME && g->level[TRAIT_NUMBER] == LEVEL_SAME;
	if (g->apart == NOT_APART || g->apart == APART)
		return g->apart == APART;
	if (g->apart == BORN_APART)
		return !slips_seen(m, m->m[TRAIT_BIRTH][LEVEL_OTHER], REDATED);
	if (g->apart == NAMES_APART && !house && renamed * m->mates < TWINS)
		return true;
	return renamed > RENAMED_MOST || !slips_seen(m, renamed, RENAMED);
}

/* Of two organisations nothing is known to both but the name, and that is the same. */
static bool firm_alone(const uint8_t *level)
{
	if (level[TRAIT_FIRM] != LEVEL_SAME)
		return false;
	for (enum trait t = 0; t < TRAITS; t++)
		if (level[t] == LEVEL_OTHER)
			return false;
	return true;
}

double score_of(const struct model *m, const struct agreement *g, double *uncapped)
{
	struct chance c;
	chance_of(m, g, &c);
	struct likelihood l = likelihood_of(m, g->level, &c);
	double p = *uncapped = shares_of(m, &l, c.crowd).match;
	bool alone = p < NAME_RARE && !more_than_name(g->level);
	double most = alone ? NAME_ALONE : kept_apart(m, g) ? APART_MOST : 1;
	double least = firm_alone(g->level) ? FIRM_ALONE : 0;
	return p < least ? least : p < most ? p : most;
}

double score_pair(const struct model *m, const struct people *p, const struct person *a,
		  const struct person *b)
{
	struct agreement g;
	double uncapped;
	agreement_of(p, a, b, &g);
	return score_of(m, &g, &uncapped);
}
