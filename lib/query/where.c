/* Where expressions: recursive descent, and the nodes of the tree. */
#include "query/parse.h"

struct parser {
	struct lexer lex;
	struct token t; /* the one to look at */
	const struct query_context *q;
	struct diag *d;
	int depth;
	size_t conditions;
};

struct node *node_new(enum node_kind kind, struct node *left, struct node *right,
		      struct arena *arena)
{
	struct node *n = arena_new(arena, struct node, 1);
	n->kind = kind;
	n->left = left;
	n->right = right;
	return n;
}

struct node *node_join(enum node_kind kind, struct node *a, struct node *b, struct arena *arena)
{
	return !a ? b : !b ? a : node_new(kind, a, b, arena);
}

struct node *node_and(struct node *a, struct node *b, struct arena *arena)
{
	return node_join(NODE_AND, a, b, arena);
}

struct node *node_refs(const struct entity *e, const int64_t *ids, size_t n, struct arena *arena)
{
	struct node *node = node_new(NODE_REFS, NULL, NULL, arena);
	node->entity = e;
	node->ids = arena_new(arena, int64_t, n);
	if (n)
		memcpy(node->ids, ids, n * sizeof *ids);
	node->n = n;
	return node;
}

struct node *node_chosen(const struct entity *e, int64_t list, struct arena *arena)
{
	struct node *node = node_refs(e, NULL, 0, arena);
	node->chosen = list;
	return node;
}

struct node *node_unreferred(const struct entity *e, const struct field *field, struct arena *arena)
{
	struct node *node = node_new(NODE_REFERRED, NULL, NULL, arena);
	node->entity = e;
	node->path.field = field;
	return node_new(NODE_NOT, node, NULL, arena);
}

static bool next(struct parser *p)
{
	return lex_next(&p->lex, &p->t, p->d);
}

static void point_at(struct parser *p, const struct token *t)
{
	p->d->line = t->line;
	p->d->column = t->column;
}

static struct node *unexpected(struct parser *p, const char *wanted)
{
	const char *quote = p->t.kind == T_QUOTED ? "" : "'";
	point_at(p, &p->t);
	if (p->t.kind == T_END)
		diag_set(p->d, NULL, "expected %s, but the expression ends here", wanted);
	else
		diag_set(p->d, NULL, "expected %s, found %s%.*s%s", wanted, quote, shown(p->t.raw),
			 p->t.raw.p, quote);
	return NULL;
}

/* Behind a whole condition: a value of two words is the likely slip. */
static struct node *no_joint(struct parser *p, const char *wanted)
{
	unexpected(p, wanted);
	if (p->t.kind == T_WORD || p->t.kind == T_QUOTED)
		diag_set(p->d, NULL, "%s (text with blanks wants quotes)",
			 arena_str(p->q->arena, p->d->message).p);
	return NULL;
}

/* Counts a value, or a test for null: what the SQL grows by. */
static bool count_condition(struct parser *p)
{
	if (++p->conditions <= CONDITIONS_MAX)
		return true;
	point_at(p, &p->t);
	return diag_set(p->d, NULL, "more than %d conditions or values", CONDITIONS_MAX);
}

static bool take_literal(struct parser *p, struct literal *l)
{
	if (p->t.kind == T_NULL) {
		point_at(p, &p->t);
		return diag_set(p->d, NULL, "nothing compares with null; write 'is null'");
	}
	if (p->t.kind != T_WORD && p->t.kind != T_QUOTED) {
		unexpected(p, "a value");
		return false;
	}
	*l = (struct literal){ .text = p->t.text,
			       .quoted = p->t.kind == T_QUOTED,
			       .line = p->t.line,
			       .column = p->t.column };
	return count_condition(p) && next(p);
}

static struct node *bind(struct parser *p, const struct path *path, const struct token *at,
			 enum op op, struct literal *literals, size_t n)
{
	point_at(p, at);
	return compare_new(p->q, path, op, literals, n, p->d);
}

static struct node *parse_in(struct parser *p, const struct path *path)
{
	struct token at = p->t;
	struct literal *list = NULL;
	size_t n = 0, room = 0;
	if (!next(p))
		return NULL;
	if (p->t.kind != T_OPEN)
		return unexpected(p, "'(' and a list of values");
	do {
		list = arena_grow(p->q->arena, list, n, &room, sizeof *list);
		if (!next(p) || !take_literal(p, &list[n++]))
			return NULL;
	} while (p->t.kind == T_COMMA);
	if (p->t.kind != T_CLOSE)
		return unexpected(p, "',' or ')'");
	return next(p) ? bind(p, path, &at, OP_IN, list, n) : NULL;
}

static struct node *parse_not_in(struct parser *p, const struct path *path)
{
	if (!next(p))
		return NULL;
	if (p->t.kind != T_IN)
		return unexpected(p, "'in' after 'not'");
	struct node *in = parse_in(p, path);
	return in ? node_new(NODE_NOT, in, NULL, p->q->arena) : NULL;
}

static struct node *parse_is(struct parser *p, const struct path *path)
{
	struct token at = p->t;
	if (!next(p))
		return NULL;
	enum op op = p->t.kind == T_NOT ? OP_NOT_NULL : OP_NULL;
	if (op == OP_NOT_NULL && !next(p))
		return NULL;
	if (p->t.kind != T_NULL)
		return unexpected(p, op == OP_NULL ? "'null' or 'not null'" : "'null'");
	return count_condition(p) && next(p) ? bind(p, path, &at, op, NULL, 0) : NULL;
}

static struct node *parse_op(struct parser *p, const struct path *path)
{
	struct token at = p->t;
	struct literal *l = arena_new(p->q->arena, struct literal, 1);
	return next(p) && take_literal(p, l) ? bind(p, path, &at, at.op, l, 1) : NULL;
}

static struct node *parse_compare(struct parser *p)
{
	struct path path;
	if (p->t.kind != T_WORD)
		return unexpected(p, "a field");
	point_at(p, &p->t);
	if (!path_resolve(p->t.text, p->q, &path, p->d) || !next(p))
		return NULL;
	switch (p->t.kind) {
	case T_OP:
		return parse_op(p, &path);
	case T_IN:
		return parse_in(p, &path);
	case T_NOT:
		return parse_not_in(p, &path);
	case T_IS:
		return parse_is(p, &path);
	default:
		return unexpected(p, "an operator such as = or 'in'");
	}
}

static struct node *parse_or(struct parser *p);

static struct node *parse_not(struct parser *p)
{
	struct node *n;
	enum token_kind kind = p->t.kind;
	if (kind != T_NOT && kind != T_OPEN)
		return parse_compare(p);
	if (p->depth == DEPTH_MAX) {
		point_at(p, &p->t);
		diag_set(p->d, NULL, "more than %d brackets and nots inside one another",
			 DEPTH_MAX);
		return NULL;
	}
	if (!next(p))
		return NULL;
	p->depth++;
	n = kind == T_NOT ? parse_not(p) : parse_or(p);
	p->depth--;
	if (n && kind == T_NOT)
		return node_new(NODE_NOT, n, NULL, p->q->arena);
	if (n && p->t.kind != T_CLOSE)
		return no_joint(p, "'and', 'or' or ')'");
	return n && next(p) ? n : NULL;
}

/* One or more of `part`, with `joint` between them. */
static struct node *parse_chain(struct parser *p, enum token_kind joint, enum node_kind kind,
				struct node *(*part)(struct parser *))
{
	struct node *n = part(p);
	while (n && p->t.kind == joint) {
		struct node *right = next(p) ? part(p) : NULL;
		n = right ? node_new(kind, n, right, p->q->arena) : NULL;
	}
	return n;
}

static struct node *parse_and(struct parser *p)
{
	return parse_chain(p, T_AND, NODE_AND, parse_not);
}

static struct node *parse_or(struct parser *p)
{
	return parse_chain(p, T_OR, NODE_OR, parse_and);
}

struct node *where_parse(struct str text, const struct query_context *q, struct diag *d)
{
	struct diag before = *d; /* its position: a good expression leaves no trace */
	struct parser p = { .lex = { text, 0, 1, 1, q->arena }, .q = q, .d = d };
	struct node *n = NULL;
	if (!d->source.n)
		d->source = STR("-w");
	d->line = d->column = 1;
	if (text_check(text, d) && next(&p)) {
		n = parse_or(&p);
		if (n && p.t.kind != T_END)
			n = no_joint(&p, "'and', 'or' or the end");
		if (n && !node_fits(n)) {
			d->line = d->column = 1;
			diag_set(d, NULL, "too many conditions inside one another");
			n = NULL;
		}
	}
	if (n) {
		d->source = before.source;
		d->line = before.line;
		d->column = before.column;
	}
	return n;
}
