/*
 * How much of an engine's patience a condition takes.  SQLite's parser keeps at most
 * 100 things open, and an open bracket is up to three; an expression is at most 1000
 * high, and a flat chain of conditions is as high as it is long.
 */
#include "query/parse.h"

enum { BRACKETS_MAX = 20, HEIGHT_MAX = 800 };

struct cost {
	size_t brackets, height;
};

static struct cost node_cost(const struct node *n);

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* What a chain of that many links adds: put_chain cuts it into pieces of CHAIN. */
static struct cost chain_cost(size_t links)
{
	struct cost c = { 1, links < CHAIN ? links : CHAIN };
	for (size_t piece = CHAIN; piece < links; piece *= CHAIN) {
		c.brackets++;
		c.height += CHAIN;
	}
	return c;
}

/* The dearest link of a chain of `kind`, and how many there are. */
static void visit_links(const struct node *n, enum node_kind kind, struct cost *most, size_t *links)
{
	for (; n->kind == kind; n = n->left)
		visit_links(n->right, kind, most, links);
	struct cost c = node_cost(n);
	most->brackets = larger(most->brackets, c.brackets);
	most->height = larger(most->height, c.height);
	++*links;
}

static struct cost node_cost(const struct node *n)
{
	enum { LEAF = 4 }; /* instr(fold(x), y) > 0 */
	struct cost inner = { 0, LEAF }, chain = { 0, 0 };
	size_t links = 0;
	if (n->kind == NODE_AND || n->kind == NODE_OR) {
		visit_links(n, n->kind, &inner, &links);
		chain = chain_cost(links);
	} else if (n->kind == NODE_NOT) {
		inner = node_cost(n->left);
		chain = (struct cost){ 1, 1 };
	} else if (n->kind == NODE_COMPARE && n->n > 1) {
		chain = chain_cost(n->n);
	}
	return (struct cost){ inner.brackets + chain.brackets, inner.height + chain.height };
}

bool node_fits(const struct node *n)
{
	struct cost c = node_cost(n);
	return c.brackets <= BRACKETS_MAX && c.height <= HEIGHT_MAX;
}
