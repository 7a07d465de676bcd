/*
 * Learning from the records themselves.  u comes from pairs drawn at random (weighed by
 * how surely each is of strangers), m and how frequent each kind of pair is from a
 * sample of those that blocking brings together: all other pairs are strangers.  What is
 * drawn depends on the records alone, so that the same records give the same weights.
 */
#include <stdlib.h>

#include "domain/dedupe_impl.h"
#include "domain/dedupe_text.h"

enum {
	RANDOM_PAIRS = 200000,
	SAMPLE_MAX = 100000,
	FEW = 400 /* all pairs fit the sample */,
	ROUNDS = 3,
	STEPS = 40,
	FAMILIES = 4 /* pairs of relatives, not one house by chance */
};

#define M_STRENGTH 50.0	   /* pairs as which the priors of m count */
#define U_STRENGTH 1000.0  /* and of u */
#define LIFT_STRENGTH 2.0  /* and of what leans on another trait: of either count */
#define RELATED_LEAST 0.05 /* of the matches: so many close pairs there are at least */
#define RELATED_MOST 0.1   /* of all pairs */
#define AS_MANY 10.0	   /* pairs of each kind that were thought to be seen at first */
#define OTHER_MOST 0.5	   /* of m: see limit_other */
#define NAMESAKES 0.1	   /* strangers of that name and town expected in the list */
#define SETTLED 1e-6

struct sample {
	uint32_t a, b;
	struct agreement g;
	struct chance c;
	bool namesakes; /* as far as is known */
};

struct trainer {
	struct model *model;
	const struct people *people;
	struct sample *random, *near; /* random pairs, those of blocking */
	size_t nrandom, nnear;
	uint64_t keep; /* pairs whose hash is below are sampled */
	double each;   /* how many pairs one of `near` stands for */
	double pairs;  /* that can be compared at all */
};

static double pairs_of(const struct people *p)
{
	double of[3] = { 0 }, n = (double)p->n;
	for (size_t i = 0; i < p->n; i++)
		of[p->all[i].kind]++;
	return n * (n - 1) / 2 - of[KIND_PERSON] * of[KIND_ORG];
}

static void fill(struct trainer *t, struct sample *s, uint32_t a, uint32_t b)
{
	s->a = a;
	s->b = b;
	agreement_of(t->people, &t->people->all[a], &t->people->all[b], &s->g);
}

/* All pairs where there are few, else drawn by a fixed sequence (splitmix64). */
static void draw_random(struct trainer *t)
{
	const struct people *p = t->people;
	t->random = xmalloc(RANDOM_PAIRS * sizeof *t->random);
	if (t->pairs <= RANDOM_PAIRS) {
		for (uint32_t i = 1; i < p->n; i++)
			for (uint32_t j = 0; j < i; j++)
				if (comparable(&p->all[j], &p->all[i]))
					fill(t, &t->random[t->nrandom++], j, i);
		return;
	}
	for (uint64_t i = 0; i < 2 * RANDOM_PAIRS && t->nrandom < RANDOM_PAIRS; i++) {
		uint64_t r = hash_mix((i + 1) * UINT64_C(0x9e3779b97f4a7c15));
		uint32_t a = (uint32_t)((r >> 32) % p->n), b = (uint32_t)((r & UINT32_MAX) % p->n);
		if (a != b && comparable(&p->all[a], &p->all[b]))
			fill(t, &t->random[t->nrandom++], a, b);
	}
}

static uint64_t pair_hash(uint32_t a, uint32_t b)
{
	return hash_mix((uint64_t)a << 32 | b);
}

static int by_pair(const void *x, const void *y)
{
	const struct sample *a = x, *b = y;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

/* Each pair once; where that is too many, every other one goes (by its hash) until it fits. */
static void thin(struct trainer *t)
{
	size_t kept = 0;
	qsort(t->near, t->nnear, sizeof *t->near, by_pair);
	for (size_t i = 0; i < t->nnear; i++)
		if (!kept || by_pair(&t->near[kept - 1], &t->near[i]))
			t->near[kept++] = t->near[i];
	t->nnear = kept;
	while (t->nnear > SAMPLE_MAX) {
		t->keep /= 2;
		t->each *= 2;
		kept = 0;
		for (size_t i = 0; i < t->nnear; i++)
			if (pair_hash(t->near[i].a, t->near[i].b) <= t->keep)
				t->near[kept++] = t->near[i];
		t->nnear = kept;
	}
}

static void take(void *ctx, uint32_t a, uint32_t b)
{
	struct trainer *t = ctx;
	if (pair_hash(a, b) > t->keep)
		return;
	if (t->nnear == 2 * SAMPLE_MAX)
		thin(t);
	struct sample *s = &t->near[t->nnear];
	s->a = a;
	s->b = b;
	t->nnear += pair_hash(a, b) <= t->keep;
}

static void draw_near(struct trainer *t)
{
	struct blocking b = { .people = t->people, .ctx = t, .pair = take, .all_below = FEW };
	t->near = xmalloc(2 * SAMPLE_MAX * sizeof *t->near);
	t->keep = UINT64_MAX;
	t->each = 1;
	blocks_visit(&b);
	thin(t);
	for (size_t i = 0; i < t->nnear; i++)
		fill(t, &t->near[i], t->near[i].a, t->near[i].b);
}

/*
 * What leans on another trait: names of a nation, of a sex, birth dates that are a town's.  How
 * often it was seen over how often it is to be expected, drawn to 1 where that is seldom: names
 * that few have never agree by chance, and one copy that is taken for a stranger would make all
 * others strangers, too.
 */
static void learn_lift(struct model *m, double with[TRAITS][LEVELS])
{
	for (enum trait k = 0; k < TRAITS; k++) {
		double all = 0;
		for (size_t l = LEVEL_SAME; l < LEVELS; l++)
			all += with[k][l];
		for (size_t l = LEVEL_SAME; l < LEVEL_OTHER; l++) {
			double lift =
			    (with[k][l] + LIFT_STRENGTH) / (all * m->u[k][l] + LIFT_STRENGTH);
			m->lift[k][l] = lift > 1 ? lift : 1;
		}
	}
}

/* What strangers look like. */
static void learn_u(struct trainer *t, bool first)
{
	struct model *m = t->model;
	double seen[TRAITS][LEVELS] = { 0 }, with[TRAITS][LEVELS] = { 0 };
	for (size_t i = 0; i < t->nrandom; i++) {
		struct sample *s = &t->random[i];
		double weight = 1;
		if (!first) {
			chance_of(m, &s->g, &s->c);
			struct likelihood l = likelihood_of(m, s->g.level, &s->c);
			weight = shares_of(m, &l, s->c.crowd).other;
		}
		for (enum trait k = 0; k < TRAITS; k++) {
			seen[k][s->g.level[k]] += weight;
			if (s->g.level[trait_defs[k].leans] == LEVEL_SAME)
				with[k][s->g.level[k]] += weight;
		}
	}
	for (enum trait k = 0; k < TRAITS; k++) {
		level_estimate(seen[k], trait_defs[k].u, U_STRENGTH, m->u[k]);
		for (size_t l = LEVEL_NEAR; l < LEVEL_OTHER; l++)
			if (m->u[k][l] < trait_defs[k].u[l]) /* traits lean on each other */
				m->u[k][l] = trait_defs[k].u[l];
	}
	if (!first) /* copies are among them, who agree in everything */
		learn_lift(m, with);
}

static double limited(double x, double least, double most)
{
	return x < least ? least : x > most ? most : x;
}

/*
 * Copies of a record do not differ in a trait more often than not, nor more often than
 * strangers do.  Without that, the kind of pair that is found in a list without copies
 * would be namesakes.
 */
static void limit_other(double m[LEVELS], double strangers)
{
	double most = strangers < OTHER_MOST ? strangers : OTHER_MOST;
	if (m[LEVEL_OTHER] <= most)
		return;
	m[LEVEL_SAME] += m[LEVEL_OTHER] - most;
	m[LEVEL_OTHER] = most;
}

/*
 * Whether relatives are among the records: of those who share family name and house or number,
 * but no given name, more have different birth dates than the same one.  Brothers and spouses
 * outnumber twins by far; a copy with another given name has the birth date of its original.
 */
static bool families_seen(const struct trainer *t)
{
	size_t twins = 0, others = 0;
	for (size_t i = 0; i < t->nnear; i++) {
		const struct agreement *g = &t->near[i].g;
		const uint8_t *level = g->level;
		bool house = level[TRAIT_STREET] == LEVEL_SAME && level[TRAIT_NUMBER] == LEVEL_SAME;
		if (g->swapped || level[TRAIT_FAMILY] != LEVEL_SAME ||
		    level[TRAIT_GIVEN] != LEVEL_OTHER ||
		    !(house || level[TRAIT_PHONE] == LEVEL_SAME ||
		      level[TRAIT_EMAIL] == LEVEL_SAME))
			continue;
		twins += level[TRAIT_BIRTH] == LEVEL_SAME;
		others += level[TRAIT_BIRTH] == LEVEL_OTHER;
	}
	return others > twins && others >= FAMILIES;
}

/*
 * Whether two may well be namesakes: nothing but name and town agrees, something else differs,
 * and the list is so large that strangers of that name are to be expected in the town.  Few are
 * called so many things in some nations that such pairs outnumber the copies; learned from, they
 * would make it seem that copies have other birth dates and telephones.
 */
static bool may_be_namesakes(const struct model *m, const struct sample *s)
{
	double expected = m->n, town = 1;
	bool differ = false;
	for (enum trait t = 0; t < TRAITS; t++) {
		bool other = s->g.level[t] == LEVEL_OTHER, place = trait_defs[t].place != NO_PLACE;
		differ = differ || (other && !place && t > TRAIT_FAMILY);
		if (!s->g.level[t] || other)
			continue;
		if (!place)
			expected *= s->c.at[t];
		else if (s->c.at[t] < town)
			town = s->c.at[t];
	}
	return differ && expected * town >= NAMESAKES && !more_than_name(s->g.level);
}

/* What strangers of a round look like is known: weighs the sampled pairs by that. */
static void weigh(struct trainer *t)
{
	for (size_t i = 0; i < t->nnear; i++) {
		chance_of(t->model, &t->near[i].g, &t->near[i].c);
		t->near[i].namesakes = may_be_namesakes(t->model, &t->near[i]);
	}
}

/* One step of expectation and maximisation; how much the number of matches changed. */
static double learn_m(struct trainer *t)
{
	struct model *m = t->model;
	double seen[TRAITS][LEVELS] = { 0 }, matches = 0, related = 0, before = m->match;
	for (size_t i = 0; i < t->nnear; i++) {
		const struct sample *s = &t->near[i];
		struct likelihood l = likelihood_of(m, s->g.level, &s->c);
		struct shares is = shares_of(m, &l, s->c.crowd);
		if (s->g.apart >= HOUSE_APART || (m->families && s->g.apart != NOT_APART))
			/* of them nothing is learned about copies */
			is.match = 0;
		matches += is.match;
		related += is.related;
		if (s->namesakes)
			continue;
		for (enum trait k = 0; k < TRAITS; k++)
			seen[k][s->g.level[k]] +=
			    trait_defs[k].place ? is.match * l.stayed : is.match;
	}
	for (enum trait k = 0; k < TRAITS; k++) {
		level_estimate(seen[k], trait_defs[k].m, M_STRENGTH, m->m[k]);
		limit_other(m->m[k], m->u[k][LEVEL_OTHER]);
	}
	m->match = (matches * t->each + 0.5) / (t->pairs + 50);
	double ratio = (related * t->each + AS_MANY) / (matches * t->each + AS_MANY);
	m->related = limited(ratio * m->match, RELATED_LEAST * m->match, RELATED_MOST);
	m->mates = 2 * m->match * t->pairs / m->n;
	return before > m->match ? before - m->match : m->match - before;
}

void model_train(struct model *m, const struct people *p)
{
	struct trainer t = { .model = m, .people = p, .pairs = pairs_of(p) };
	model_start(m, (double)p->n);
	if (p->n < 2)
		return;
	draw_random(&t);
	draw_near(&t);
	m->families = families_seen(&t);
	for (size_t round = 0; round < ROUNDS; round++) {
		learn_u(&t, round == 0);
		weigh(&t);
		for (size_t step = 0; step < STEPS; step++)
			if (learn_m(&t) < SETTLED * m->match)
				break;
	}
	free(t.random);
	free(t.near);
}
