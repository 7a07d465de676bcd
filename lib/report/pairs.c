/* Which products are bought together. */
#include "report/pairs.h"

#include <math.h>
#include <stdlib.h>

struct together {
	const struct bought *bought;
	struct baskets baskets; /* products of each basket */
	struct baskets holders; /* the other way round: baskets of each product */
	struct pairs *pairs;
};

static void add_pair(struct together *t, uint32_t product, uint32_t with, uint32_t count)
{
	struct pairs *p = t->pairs;
	double expected = (double)p->counts[product] * p->counts[with] / (double)p->filled;
	p->list = xgrow(p->list, p->n, &p->room, sizeof *p->list);
	p->list[p->n++] =
	    (struct pair){ .product = product,
			   .with = with,
			   .count = count,
			   .lift = count / expected,
			   .ids = { t->bought->products[product], t->bought->products[with] } };
}

/*
 * Product by product, what else is in its baskets: so one counter for each product is
 * enough, however many pairs there are.
 */
static void count_pairs(struct together *t)
{
	size_t n = t->bought->nproducts, nmet;
	uint32_t *met = xcalloc(n + 1, sizeof *met), *counts = xcalloc(n + 1, sizeof *counts);
	for (uint32_t a = 0; a < n; a++) {
		nmet = 0;
		if (t->pairs->counts[a] < t->pairs->least)
			continue;
		for (size_t h = t->holders.start[a]; h < t->holders.start[a + 1]; h++) {
			size_t basket = t->holders.items[h];
			for (size_t i = t->baskets.start[basket]; i < t->baskets.start[basket + 1];
			     i++) {
				uint32_t b = t->baskets.items[i];
				if (b == a || t->pairs->counts[b] < t->pairs->least)
					continue;
				if (!counts[b]++)
					met[nmet++] = b;
			}
		}
		for (size_t i = 0; i < nmet; i++) {
			if (counts[met[i]] >= t->pairs->least)
				add_pair(t, a, met[i], counts[met[i]]);
			counts[met[i]] = 0;
		}
	}
	free(met);
	free(counts);
}

static void turn_round(struct together *t)
{
	size_t n = t->baskets.start[t->baskets.n], k = 0;
	struct bought_line *lines = xcalloc(n + 1, sizeof *lines);
	uint32_t *keys = xcalloc(n + 1, sizeof *keys);
	for (uint32_t basket = 0; basket < t->baskets.n; basket++)
		for (size_t i = t->baskets.start[basket]; i < t->baskets.start[basket + 1]; i++) {
			keys[k] = t->baskets.items[i];
			lines[k++].product = basket;
		}
	baskets_make(&t->holders, keys, lines, n, t->bought->nproducts);
	free(keys);
	free(lines);
}

static int by_lift(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->lift != y->lift)
		return x->lift < y->lift ? 1 : -1;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	for (size_t i = 0; i < countof(x->ids); i++)
		if (x->ids[i] != y->ids[i])
			return x->ids[i] < y->ids[i] ? -1 : 1;
	return 0;
}

static void make_baskets(struct together *t, bool per_customer)
{
	const struct bought *b = t->bought;
	uint32_t *keys = xcalloc(b->nlines + 1, sizeof *keys);
	for (size_t i = 0; i < b->nlines; i++) {
		uint32_t order = b->lines[i].order;
		keys[i] = per_customer ? b->orders[order].customer : order;
	}
	baskets_make(&t->baskets, keys, b->lines, b->nlines,
		     per_customer ? b->ncustomers : b->norders);
	t->pairs->counts = baskets_count(&t->baskets, b->nproducts);
	t->pairs->filled = baskets_filled(&t->baskets);
	free(keys);
}

void pairs_learn(const struct bought *b, bool per_customer, double support, uint32_t least,
		 struct pairs *out)
{
	struct together t = { .bought = b, .pairs = out };
	*out = (struct pairs){ 0 };
	make_baskets(&t, per_customer);
	out->least = (uint32_t)fmax(least, ceil(support / 100 * (double)out->filled - 1e-9));
	turn_round(&t);
	count_pairs(&t);
	if (out->n)
		qsort(out->list, out->n, sizeof *out->list, by_lift);
	baskets_free(&t.baskets);
	baskets_free(&t.holders);
}

void pairs_free(struct pairs *p)
{
	free(p->list);
	free(p->counts);
}
