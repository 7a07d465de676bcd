/* Pairs into clusters, so that a weak link does not chain. */
#include <stdlib.h>

#include "domain/dedupe_impl.h"

/* Of large clusters so many members are looked at before they are joined. */
enum { SIDE_MAX = 10 };

/* One record; the members of a cluster are a ring. */
struct place_of {
	uint32_t root, next;
	uint32_t size, number; /* of a root: members; place among the clusters, from 1 */
	bool sure;	       /* joined by a pair of `same` */
	bool core;	       /* of a root: some member is sure */
	float score;	       /* of the strongest pair in the cluster */
};

struct clustering {
	const struct dedupe *d;
	struct place_of *at; /* by index of the people */
};

/*
 * Whether at least half of the pairs between the two are worth a look, and none is of two
 * who are apart: a record without birth date links no father with his son.
 */
static bool holds(const struct clustering *c, uint32_t a, uint32_t b, bool sure)
{
	const struct dedupe *d = c->d;
	size_t pairs = 0, good = 0;
	uint32_t x = a;
	for (size_t i = 0; i < SIDE_MAX && i < c->at[a].size; i++, x = c->at[x].next) {
		uint32_t y = b;
		for (size_t j = 0; j < SIDE_MAX && j < c->at[b].size; j++, y = c->at[y].next) {
			const struct person *p = &d->people.all[x], *q = &d->people.all[y];
			struct agreement g;
			double uncapped;
			agreement_of(&d->people, p, q, &g);
			bool apart = kept_apart(&d->model, &g);
			if (sure && apart && (g.apart == APART || g.apart == BORN_APART))
				return false;
			pairs++;
			good += comparable(p, q) && !(sure && apart) &&
				score_of(&d->model, &g, &uncapped) >= d->review;
		}
	}
	return 2 * good >= pairs;
}

/* Two rings become one when their heads swap what follows them. */
static void join(struct clustering *c, uint32_t a, uint32_t b)
{
	uint32_t small = c->at[a].size < c->at[b].size ? a : b, large = small == a ? b : a;
	uint32_t x = small, next = c->at[large].next;
	do {
		c->at[x].root = large;
		x = c->at[x].next;
	} while (x != small);
	c->at[large].next = c->at[small].next;
	c->at[small].next = next;
	c->at[large].size += c->at[small].size;
	c->at[large].core = c->at[large].core || c->at[small].core;
}

static void note(struct clustering *c, const struct link *l, bool sure)
{
	const uint32_t ends[] = { l->a, l->b };
	for (size_t i = 0; i < countof(ends); i++) {
		struct place_of *p = &c->at[ends[i]];
		p->score = p->score < l->score ? l->score : p->score;
		p->sure = p->sure || sure;
		c->at[p->root].core = c->at[p->root].core || sure;
	}
}

static void link_one(struct clustering *c, const struct link *l, bool sure)
{
	uint32_t a = c->at[l->a].root, b = c->at[l->b].root;
	if (a != b && !sure && c->at[a].core && c->at[b].core)
		return;
	if (a != b) {
		bool singles = c->at[a].size == 1 && c->at[b].size == 1;
		if (!singles && !holds(c, a, b, sure))
			return;
		join(c, a, b);
	}
	note(c, l, sure);
}

static struct dedupe_member *members(struct clustering *c, size_t *n, struct arena *a)
{
	const struct people *p = &c->d->people;
	size_t room = 0;
	uint32_t clusters = 0;
	for (size_t i = 0; i < p->n; i++)
		room += c->at[c->at[i].root].size > 1;
	struct dedupe_member *out = arena_new(a, struct dedupe_member, room + 1);
	*n = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct place_of *root = &c->at[c->at[i].root];
		const struct person *who = &p->all[i];
		if (root->size < 2)
			continue;
		if (!root->number)
			root->number = ++clusters;
		out[(*n)++] = (struct dedupe_member){ root->number, c->d->types[who->type], who->id,
						      (double)c->at[i].score, c->at[i].sure };
	}
	return out;
}

/* Stable: they come by type and id. */
static void sort(struct dedupe_member *all, size_t n, struct arena *a)
{
	size_t clusters = 0, sum = 0;
	for (size_t i = 0; i < n; i++)
		clusters = all[i].cluster > clusters ? all[i].cluster : clusters;
	size_t *start = arena_new(a, size_t, clusters + 1);
	struct dedupe_member *from = arena_new(a, struct dedupe_member, n + 1);
	memcpy(from, all, n * sizeof *all);
	for (size_t i = 0; i < n; i++)
		start[all[i].cluster]++;
	for (size_t i = 0; i <= clusters; i++) {
		size_t here = start[i];
		start[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < n; i++)
		all[start[from[i].cluster]++] = from[i];
}

struct dedupe_member *dedupe_clusters(struct dedupe *d, double same, size_t *n, struct arena *a)
{
	struct clustering c = { d, xcalloc(d->people.n + 1, sizeof *c.at) };
	for (uint32_t i = 0; i < d->people.n; i++)
		c.at[i] = (struct place_of){ .root = i, .next = i, .size = 1 };
	for (size_t i = 0; i < d->nlinks; i++)
		link_one(&c, &d->links[i], (double)d->links[i].score >= same);
	struct dedupe_member *out = members(&c, n, a);
	sort(out, *n, a);
	free(c.at);
	return out;
}
