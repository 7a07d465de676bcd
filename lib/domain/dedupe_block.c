/*
 * Pairs that may be one person, without comparing each with each.
 *
 * Several passes, each of which puts together the records that share a key; whoever is
 * the same differs in something, but hardly in all keys.  Up to BLOCK_MAX records of a
 * block are compared each with each; of a larger one each with its WINDOW neighbours by
 * name, and it is counted, so that the caller can say so.  So the work is at most
 * passes x BLOCK_MAX x records, and the memory that of one pass.
 */
#include "domain/dedupe_impl.h"

#include <stdlib.h>

#include "domain/dedupe_keys.h"

enum { BLOCK_MAX = 64, WINDOW = 10, NEIGHBOURS = 5 };

static int by_key(const void *a, const void *b)
{
	const struct block_entry *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->who < y->who ? -1 : x->who > y->who;
}

static void give(struct blocking *b, uint32_t x, uint32_t y)
{
	if (x != y && comparable(&b->people->all[x], &b->people->all[y]))
		b->pair(b->ctx, x < y ? x : y, x < y ? y : x);
}

static void visit_block(struct blocking *b, const struct block_entry *e, size_t n, size_t window)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = i > window ? i - window : 0; j < i; j++)
			give(b, e[j].who, e[i].who);
}

static void visit_pass(struct blocking *b, const struct block_pass *pass, struct block_list *list)
{
	qsort(list->all, list->n, sizeof *list->all, by_key);
	for (size_t from = 0, to; from < list->n; from = to) {
		for (to = from + 1; to < list->n && list->all[to].key == list->all[from].key;)
			to++;
		bool large = to - from > BLOCK_MAX;
		visit_block(b, list->all + from, to - from, large ? WINDOW : to - from);
		b->limits.blocks += large;
		if (large && to - from > b->limits.largest) {
			b->limits.largest = to - from;
			b->limits.key = pass->name;
		}
	}
}

static void visit_all(struct blocking *b)
{
	for (uint32_t i = 1; i < b->people->n; i++)
		for (uint32_t j = 0; j < i; j++)
			give(b, j, i);
}

/* Everybody in the order of their names: who stand side by side. */
static void visit_neighbours(struct blocking *b, struct block_list *list)
{
	visit_block(b, list->all, list->n, NEIGHBOURS);
}

void blocks_visit(struct blocking *b)
{
	const struct people *p = b->people;
	struct block_list list = { 0 };
	b->limits = (struct dedupe_limits){ 0 };
	if (p->n <= b->all_below) {
		visit_all(b);
		return;
	}
	uint32_t *rank = name_ranks(p, false, &list);
	visit_neighbours(b, &list);
	for (size_t i = 0; i < nblock_passes; i++) {
		list.n = 0;
		for (uint32_t who = 0; who < p->n; who++)
			block_keys(&block_passes[i], p, who, rank[who], &list);
		visit_pass(b, &block_passes[i], &list);
	}
	free(rank);
	free(name_ranks(p, true, &list));
	visit_neighbours(b, &list);
	free(list.all);
}
