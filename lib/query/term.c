/* Terms: status:new,contacted  score:50..  owner.not:none  nguyen. */
#include "core/utf8.h"
#include "query/parse.h"

static const struct {
	const char *suffix;
	enum op op;
} suffixes[] = {
	{ ".not", OP_NE }, { ".gt", OP_GT },   { ".ge", OP_GE }, { ".lt", OP_LT },
	{ ".le", OP_LE },  { ".has", OP_HAS }, { ".re", OP_RE },
};

/* name.op:value, cut up. */
struct term {
	struct str name;
	enum op op; /* OP_EQ where no operator was named */
	struct str value;
};

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
	       c == '.';
}

/* How many characters at the start of s could be a path. */
static size_t name_length(struct str s)
{
	size_t n = 0;
	while (n < s.n && is_name_char(s.p[n]))
		n++;
	return n && (s.p[0] < '0' || s.p[0] > '9') ? n : 0; /* 09:30 is text */
}

/* False where s is no term but text, as is https://example.com. */
static bool split_term(struct str s, struct term *t)
{
	size_t n = name_length(s);
	if (!n || n == s.n || s.p[n] != ':' || str_starts(str_sub(s, n, 3), "://"))
		return false;
	*t = (struct term){ str_sub(s, 0, n), OP_EQ, str_sub(s, n + 1, s.n) };
	for (size_t i = 0; i < countof(suffixes); i++) {
		size_t len = strlen(suffixes[i].suffix);
		if (n <= len || !str_is(str_sub(s, n - len, len), suffixes[i].suffix))
			continue;
		t->op = suffixes[i].op;
		t->name.n -= len;
	}
	return true;
}

static bool ends_in_tag(struct str name)
{
	return str_is(name, "tag") || (name.n > 4 && str_is(str_sub(name, name.n - 4, 4), ".tag"));
}

/* The path that a term's name stands for: tag is another name of tags. */
static bool term_path(struct str name, const struct query_context *q, struct path *p,
		      struct diag *d)
{
	struct diag none = { 0 };
	struct str tags = arena_printf(q->arena, "%.*ss", (int)name.n, name.p);
	bool tag = ends_in_tag(name) && path_parse(tags, q->schema, q->entity, p, q->arena, &none);
	diag_free(&none);
	return tag || path_parse(name, q->schema, q->entity, p, q->arena, d);
}

static bool is_search(struct str name, const struct query_context *q)
{
	return str_is(name, "text") && !entity_field(q->entity, name);
}

bool term_is(struct str text, const struct query_context *q)
{
	enum { SLIP = 4 }; /* shorter words are near to everything */
	struct term t;
	struct str first;
	if (!split_term(text, &t))
		return false;
	str_cut(&(struct str){ t.name.p, t.name.n }, '.', &first);
	return is_search(t.name, q) || ends_in_tag(t.name) || entity_field(q->entity, first) ||
	       (first.n >= SLIP && nearest_field(q->entity, first));
}

/*
 * Cuts the next value off the front of *rest, up to a comma or the end.  A value in
 * quotes runs to the closing one.  False with diag where that is missing.
 */
static bool cut_value(struct str *rest, struct literal *l, struct arena *a, struct diag *d)
{
	char first = rest->n ? rest->p[0] : 0, quote = first == '\'' || first == '"' ? first : 0;
	struct buf b = { 0 };
	size_t i = quote ? 1 : 0;
	for (; i < rest->n && rest->p[i] != (quote ? quote : ','); i++) {
		if (rest->p[i] == '\\' && i + 1 < rest->n && strchr("\\,'\"", rest->p[i + 1]))
			i++;
		buf_putc(&b, rest->p[i]);
	}
	*l = (struct literal){ .text = buf_copy(&b, a), .quoted = quote };
	buf_free(&b);
	if (quote && i == rest->n)
		return diag_set(d, NULL,
				"the quote %c is not closed; write \\%c for the sign itself", quote,
				quote);
	i += quote ? 1 : 0;
	if (i < rest->n && rest->p[i] != ',')
		return diag_set(d, NULL, "a ',' is missing behind the closing %c", quote);
	*rest = i < rest->n ? str_sub(*rest, i + 1, rest->n) : (struct str){ 0 };
	return true;
}

/* All values of a term, commas apart. */
static bool split_values(struct str value, struct literal **list, size_t *n, struct arena *a,
			 struct diag *d)
{
	size_t most = 1;
	for (size_t i = 0; i < value.n; i++)
		most += value.p[i] == ',';
	if (most > CONDITIONS_MAX)
		return diag_set(d, NULL, "more than %d values", CONDITIONS_MAX);
	*list = arena_new(a, struct literal, most);
	*n = 0;
	for (struct str rest = value; rest.p;) {
		struct literal *l = &(*list)[(*n)++];
		if (!cut_value(&rest, l, a, d))
			return false;
		if (!l->text.n && !l->quoted)
			return diag_set(d, NULL,
					"a value is missing (FIELD:none finds empty ones)");
	}
	return true;
}

/* Where ".." stands in a..b; -1 where there is no range. Three dots are an ellipsis. */
static ptrdiff_t range_at(const struct literal *l)
{
	struct str s = l->text;
	for (size_t i = 0; !l->quoted && i + 1 < s.n; i++) {
		size_t dots = 0;
		while (i + dots < s.n && s.p[i + dots] == '.')
			dots++;
		if (dots == 2)
			return (ptrdiff_t)i;
		i += dots;
	}
	return -1;
}

static struct node *range_end(struct str text, const struct path *p, enum op op,
			      const struct query_context *q, struct diag *d)
{
	struct literal *l = arena_new(q->arena, struct literal, 1);
	l->text = text;
	return compare_new(q, p, op, l, 1, d);
}

static struct node *range_node(struct str s, size_t at, const struct path *p,
			       const struct query_context *q, struct diag *d)
{
	struct str from = utf8_trim(str_sub(s, 0, at)), to = utf8_trim(str_sub(s, at + 2, s.n));
	struct node *low = NULL, *high = NULL;
	if (!from.n && !to.n) {
		diag_set(d, p->field->name,
			 "a range needs an end (FIELD:any finds those with a value)");
		return NULL;
	}
	if (from.n && !(low = range_end(from, p, OP_GE, q, d)))
		return NULL;
	if (to.n && !(high = range_end(to, p, OP_LE, q, d)))
		return NULL;
	return node_and(low, high, q->arena);
}

/* Any of the values of `:`; ranges apart, the others in one list. */
static struct node *any_of(struct literal *list, size_t n, const struct path *p, enum op op,
			   const struct query_context *q, struct diag *d)
{
	struct node *ranges = NULL;
	size_t plain = 0;
	for (size_t i = 0; i < n; i++) {
		ptrdiff_t at = range_at(&list[i]);
		if (at < 0) {
			list[plain++] = list[i];
			continue;
		}
		struct node *range = range_node(list[i].text, (size_t)at, p, q, d);
		if (!range)
			return NULL;
		ranges = node_join(NODE_OR, ranges, range, q->arena);
	}
	if (plain == 1 && n == 1)
		return compare_new(q, p, op, list, 1, d);
	struct node *others = plain ? compare_new(q, p, OP_IN, list, plain, d) : NULL;
	if (plain && !others)
		return NULL;
	struct node *all = node_join(NODE_OR, others, ranges, q->arena);
	return op == OP_NE ? node_new(NODE_NOT, all, NULL, q->arena) : all;
}

static struct node *search_node(struct str word, const struct query_context *q, struct diag *d)
{
	struct node *n = node_new(NODE_SEARCH, NULL, NULL, q->arena);
	n->text = utf8_fold(utf8_nfc(word, q->arena), q->arena);
	if (n->text.n)
		return n;
	diag_set(d, NULL, "there is nothing to search for");
	return NULL;
}

static struct node *text_term(const struct term *t, const struct query_context *q, struct diag *d)
{
	struct literal *list;
	size_t n;
	struct node *all = NULL;
	if (t->op != OP_EQ && t->op != OP_NE) {
		diag_set(d, NULL, "text: takes words to search for, and .not: alone");
		return NULL;
	}
	if (!split_values(t->value, &list, &n, q->arena, d))
		return NULL;
	for (size_t i = 0; i < n; i++) {
		struct node *word = search_node(list[i].text, q, d);
		if (!word)
			return NULL;
		all = node_join(NODE_OR, all, word, q->arena);
	}
	return t->op == OP_NE ? node_new(NODE_NOT, all, NULL, q->arena) : all;
}

static struct node *field_term(const struct term *t, const struct query_context *q, struct diag *d)
{
	struct path p;
	struct literal *list;
	size_t n = 1;
	if (is_search(t->name, q))
		return text_term(t, q, d);
	if (!term_path(t->name, q, &p, d))
		return NULL;
	if (t->op == OP_EQ || t->op == OP_NE)
		return split_values(t->value, &list, &n, q->arena, d)
			   ? any_of(list, n, &p, t->op, q, d)
			   : NULL;
	list = arena_new(q->arena, struct literal, 1);
	list->text = t->value;
	return compare_new(q, &p, t->op, list, 1, d);
}

/* score, score>=50 and score=50: a field's name is hardly what somebody searches for. */
static bool meant_field(struct str text, const struct query_context *q, struct diag *d)
{
	static const char *const examples[] = {
		[COMPARE_TEXT] = "VALUE",  [COMPARE_EXACT] = "VALUE", [COMPARE_NUMBER] = "50..",
		[COMPARE_TIME] = "-30d..", [COMPARE_REF] = "me",      [COMPARE_TAGS] = "vip",
	};
	struct diag none = { 0 };
	struct path p;
	struct str name = str_sub(text, 0, name_length(text));
	struct str rest = str_trim(str_sub(text, name.n, text.n));
	bool field = name.n && term_path(name, q, &p, &none);
	diag_free(&none);
	if (!field || (rest.n && !strchr("=<>!~", rest.p[0])))
		return false;
	const char *example = examples[field_compare(p.field)];
	if (rest.n)
		diag_set(d, NULL, "':' asks and '=' sets; write %.*s:%s or -w with the expression",
			 shown(name), name.p, example);
	else
		diag_set(d, NULL,
			 "this is a field's name; did the shell take '>' or '<' and what follows? "
			 "write %.*s:%s or quote -w (text:%.*s searches for the word)",
			 shown(name), name.p, example, shown(name), name.p);
	return true;
}

static struct node *bare_word(struct str text, const struct query_context *q, bool bare_ok,
			      struct diag *d)
{
	if (meant_field(text, q, d))
		return NULL;
	if (bare_ok)
		return search_node(text, q, d);
	diag_set(d, NULL, "this is no term such as FIELD:VALUE");
	return NULL;
}

struct node *term_parse(struct str text, const struct query_context *q, bool bare_ok,
			struct diag *d)
{
	struct diag before = *d;
	struct node *n = NULL;
	struct term t;
	d->source = text;
	d->line = d->column = 0;
	if (text_check(text, d))
		n = split_term(text, &t) ? field_term(&t, q, d) : bare_word(text, q, bare_ok, d);
	if (n) {
		d->source = before.source;
		d->line = before.line;
		d->column = before.column;
	}
	return n;
}
