/*
 * Words to search for: what they may look like in a record, and which part of a
 * condition the index behind them can answer.
 */
#include "core/phone.h"
#include "core/phone_regions.h"
#include "query/compile.h"
#include "store/search.h"

/* -- needles -- */

/* Digits, and no more between them than telephone numbers have. */
static bool is_number(struct str word)
{
	enum { FEWEST = 3 };
	size_t digits = 0;
	for (size_t i = 0; i < word.n; i++) {
		bool digit = is_digit(word.p[i]);
		if (!digit && !strchr(" +.-", word.p[i]))
			return false;
		digits += digit;
	}
	return digits >= FEWEST;
}

static void add_needle(struct needles *all, struct str text)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->text[i], text))
			return;
	all->text[all->n++] = text;
}

/* 0912 as it is dialled from abroad: 84912.  Empty where it has no trunk prefix. */
static struct str from_abroad(struct str digits, const struct query_context *qc)
{
	const struct region *r = region_find(str_of(qc->settings->region));
	struct str rest = r ? str_of(r->trunk) : (struct str){ 0 }, trunk;
	if (!str_cut(&rest, ' ', &trunk) || !trunk.n || digits.n <= trunk.n ||
	    !str_eq(str_sub(digits, 0, trunk.n), trunk))
		return (struct str){ 0 };
	digits = str_sub(digits, trunk.n, digits.n);
	return arena_printf(qc->arena, "%s%.*s", r->code, (int)digits.n, digits.p);
}

struct needles search_needles(struct str folded, const struct query_context *qc)
{
	struct needles all = { .text = { folded }, .n = 1 };
	if (!is_number(folded))
		return all;
	struct str digits = phone_digits(folded, qc->arena);
	struct str e164 = phone_e164(folded, qc->settings->region, qc->arena);
	struct str abroad = from_abroad(digits, qc);
	add_needle(&all, digits);
	if (e164.n)
		add_needle(&all, str_sub(e164, 1, e164.n));
	else if (abroad.n)
		add_needle(&all, abroad);
	return all;
}

/* -- what the index is asked -- */

struct question {
	const struct query_context *qc;
	struct search_words words;
};

/* Appends what is true of every record that n is true of; false, and nothing: nothing is. */
static bool ask(struct question *q, const struct node *n);

/* Pieces with AND or OR between them, in brackets. */
struct chain {
	const char *between;
	struct search_words before; /* to be gone back to */
	size_t n;
};

static struct chain begin(struct question *q, enum node_kind kind)
{
	struct chain c = { kind == NODE_AND ? " AND " : " OR ", q->words, 0 };
	buf_putc(&q->words.text, '(');
	return c;
}

static bool fail(struct question *q, const struct chain *c)
{
	q->words.text.n = c->before.text.n;
	q->words.n = c->before.n;
	return false;
}

static bool end(struct question *q, const struct chain *c)
{
	buf_putc(&q->words.text, ')');
	return c->n || fail(q, c);
}

static bool ask_any(struct question *q, const struct str *words, size_t n)
{
	struct chain c = begin(q, NODE_OR);
	for (; c.n < n; c.n++) {
		buf_puts(&q->words.text, c.n ? c.between : "");
		if (!search_word(&q->words, words[c.n]))
			return fail(q, &c);
	}
	return end(q, &c);
}

/* The links of a chain hang to the left; of and, those that can be asked; of or, all or none. */
static bool ask_links(struct question *q, const struct node *n)
{
	enum node_kind kind = n->kind;
	struct chain c = begin(q, kind);
	for (bool last = false; !last; n = n->left) {
		size_t at = q->words.text.n;
		last = n->kind != kind;
		buf_puts(&q->words.text, c.n ? c.between : "");
		if (ask(q, last ? n : n->right))
			c.n++;
		else if (kind == NODE_OR)
			return fail(q, &c);
		else
			q->words.text.n = at;
	}
	return end(q, &c);
}

/* Whether the condition is that a part of the record's own search text has one of the literals. */
static bool is_part(const struct node *n, const struct query_context *qc)
{
	const struct field *f = n->path.field;
	enum compare compare = field_compare(f);
	if (n->path.nsteps || n->path.entity != qc->entity || !(f->flags & F_SEARCH))
		return false;
	if (compare == COMPARE_TAGS)
		return n->op == OP_HAS || n->op == OP_EQ || n->op == OP_IN;
	return compare == COMPARE_TEXT && f->type != &type_phone && n->op == OP_HAS;
}

static bool ask_part(struct question *q, const struct node *n)
{
	struct str *words = arena_new(q->qc->arena, struct str, n->n);
	for (size_t i = 0; i < n->n; i++)
		words[i] = n->literals[i].value.s;
	return ask_any(q, words, n->n);
}

static bool ask(struct question *q, const struct node *n)
{
	if (n->kind == NODE_AND || n->kind == NODE_OR)
		return ask_links(q, n);
	if (n->kind == NODE_COMPARE && is_part(n, q->qc))
		return ask_part(q, n);
	if (n->kind != NODE_SEARCH)
		return false;
	struct needles all = search_needles(n->text, q->qc);
	return ask_any(q, all.text, all.n);
}

/* -- whether it is worth asking -- */

/* Whether another index may lead to the records sooner. */
static bool has_index(const struct node *n, const struct query_context *qc)
{
	for (; n->kind == NODE_AND || n->kind == NODE_OR; n = n->left)
		if (has_index(n->right, qc))
			return true;
	const struct field *f = n->path.field;
	if (n->kind != NODE_COMPARE)
		return n->kind == NODE_REFS;
	return !n->path.nsteps && !is_part(n, qc) &&
	       (f->type == &type_id || f->flags & (F_MATCH | F_INDEX | F_UNIQUE));
}

struct str search_question(struct store *s, const struct node *where,
			   const struct query_context *qc)
{
	struct question q = { .qc = qc };
	struct str words = { 0 };
	if (ask(&q, where) && search_ready(s, qc->entity)) {
		words = buf_copy(&q.words.text, qc->arena);
		if (has_index(where, qc) && !search_is_rare(s, qc->entity, words))
			words.n = 0;
	}
	buf_free(&q.words.text);
	return words;
}
