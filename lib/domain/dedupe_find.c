/* Pairs: everybody is read, the weights are learned, the pairs are looked for. */
#include "domain/dedupe_impl.h"

#include <math.h>
#include <stdlib.h>

struct dedupe *dedupe_open(struct store *s, const struct entity *const *of, size_t nof)
{
	struct dedupe *d = xcalloc(1, sizeof *d);
	d->store = s;
	d->ntypes = nof;
	memcpy(d->types, of, nof * sizeof *of);
	people_load(&d->people, s, of, nof);
	model_train(&d->model, &d->people);
	return d;
}

void dedupe_close(struct dedupe *d)
{
	people_free(&d->people);
	free(d->links);
	free(d);
}

void dedupe_ask(struct dedupe *d, const struct entity *e, const int64_t *ids, size_t n)
{
	size_t type = 0;
	while (type < d->ntypes && d->types[type] != e)
		type++;
	d->any_asked = true;
	for (size_t i = 0; i < n; i++) {
		size_t at = person_index(&d->people, type, ids[i]);
		if (at < d->people.n)
			d->people.all[at].asked = true;
	}
}

static int by_strength(const void *x, const void *y)
{
	const struct link *a = x, *b = y;
	if (a->score > b->score || a->score < b->score)
		return a->score > b->score ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

/* Each pair once; passes bring a pair together several times, always with one score. */
static void settle(struct dedupe *d)
{
	size_t kept = 0;
	if (d->nlinks)
		qsort(d->links, d->nlinks, sizeof *d->links, by_strength);
	for (size_t i = 0; i < d->nlinks; i++)
		if (!kept || by_strength(&d->links[kept - 1], &d->links[i]))
			d->links[kept++] = d->links[i];
	d->nlinks = kept;
}

static void add_link(struct dedupe *d, uint32_t a, uint32_t b, double score)
{
	if (d->nlinks == d->room) { /* mostly what is there already */
		settle(d);
		if (d->nlinks * 2 >= d->room) {
			d->room = d->room ? d->room * 2 : 4096;
			d->links = xrealloc(d->links, d->room * sizeof *d->links);
		}
	}
	d->links[d->nlinks++] = (struct link){ a, b, (float)score };
}

/* About a million comparisons: a second. */
enum { ALL_PAIRS_MAX = 1500 };

static void take(void *ctx, uint32_t a, uint32_t b)
{
	struct dedupe *d = ctx;
	const struct person *x = &d->people.all[a], *y = &d->people.all[b];
	if (d->any_asked && !x->asked && !y->asked)
		return;
	double score = score_pair(&d->model, &d->people, x, y);
	if (score >= d->review)
		add_link(d, a, b, score);
}

size_t dedupe_find(struct dedupe *d, double review, struct dedupe_limits *limits)
{
	struct blocking b = {
		.people = &d->people, .ctx = d, .pair = take, .all_below = ALL_PAIRS_MAX
	};
	d->nlinks = 0;
	d->review = review;
	blocks_visit(&b);
	settle(d);
	*limits = b.limits;
	return d->nlinks;
}

struct dedupe_pair dedupe_pair_at(const struct dedupe *d, size_t i, double same)
{
	const struct link *l = &d->links[i];
	const struct person *a = &d->people.all[l->a], *b = &d->people.all[l->b];
	return (struct dedupe_pair){ d->types[a->type], d->types[b->type],	 a->id, b->id,
				     (double)l->score,	(double)l->score >= same };
}

struct cell dedupe_score_cell(double score, struct arena *a)
{
	return (struct cell){ CELL_NUMBER, arena_printf(a, "%.4f", floor(score * 10000) / 10000) };
}
