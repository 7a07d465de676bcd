/* Templates: from their text to tags. */
#include "query/template.h"

#include "core/utf8.h"

struct parser {
	struct str text;
	size_t at;
	const char *name;
	struct template_node *nodes;
	size_t n;
	size_t told;		     /* byte whose place was told last, */
	long line, column;	     /* and that, from 0 */
	size_t open[TEMPLATE_DEPTH]; /* nodes of the sections that are open */
	size_t depth;
	struct arena *arena;
	struct diag *diag;
};

/* One tag of the text: what stands between its braces. */
struct found {
	size_t from, to; /* of the whole tag */
	struct str inside;
	char sigil; /* # ^ / ! & or {, or 0 */
};

/* Line and column of a byte; none is asked for that stands before one told already. */
static void place(struct parser *p, size_t at, long *line, long *column)
{
	for (; p->told < at; p->told++) {
		bool ends = p->text.p[p->told] == '\n';
		p->line += ends;
		p->column =
		    ends ? 0 : p->column + (((unsigned char)p->text.p[p->told] & 0xc0) != 0x80);
	}
	*line = p->line + 1;
	*column = p->column + 1;
}

static bool wrong(struct parser *p, size_t at, const char *what, struct str which)
{
	p->diag->source = str_of(p->name);
	place(p, at, &p->diag->line, &p->diag->column);
	return diag_set(p->diag, NULL, "%s%s%s", what, which.n ? " " : "",
			which.n ? quoted(which, &p->diag->arena) : "");
}

static size_t find(struct str s, size_t from, const char *what)
{
	size_t n = strlen(what);
	for (size_t i = from; i + n <= s.n; i++)
		if (!memcmp(s.p + i, what, n))
			return i;
	return s.n;
}

/* The next tag from p->at on; *any: there is one. */
static bool find_tag(struct parser *p, struct found *f, bool *any)
{
	*f = (struct found){ .from = find(p->text, p->at, "{{") };
	*any = f->from < p->text.n;
	if (!*any)
		return true;
	bool triple = f->from + 2 < p->text.n && p->text.p[f->from + 2] == '{';
	const char *close = triple ? "}}}" : "}}";
	size_t start = f->from + 2 + triple, end = find(p->text, start, close);
	if (end == p->text.n)
		return wrong(p, f->from, triple ? "{{{ without }}}" : "{{ without }}",
			     (struct str){ 0 });
	f->to = end + 2 + triple;
	f->inside = str_trim(str_sub(p->text, start, end - start));
	f->sigil = triple ? '{' : 0;
	if (!triple && f->inside.n && strchr("#^/!&>=", f->inside.p[0])) {
		f->sigil = f->inside.p[0];
		f->inside = str_trim(str_sub(f->inside, 1, f->inside.n));
	}
	if (f->sigil == '>' || f->sigil == '=')
		return wrong(p, f->from, "templates know neither {{> }} nor {{= }}",
			     (struct str){ 0 });
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A tag that shows nothing takes its whole line with it, where it is alone there. */
static void widen(const struct parser *p, struct found *f, size_t *from, size_t *to)
{
	size_t a = f->from, b = f->to;
	*from = a;
	*to = b;
	if (!strchr("#^/!", f->sigil) || !f->sigil)
		return;
	while (a > p->at && is_blank(p->text.p[a - 1]))
		a--;
	bool starts = a == 0 || p->text.p[a - 1] == '\n';
	while (b < p->text.n && (is_blank(p->text.p[b]) || p->text.p[b] == '\r'))
		b++;
	bool ends = b == p->text.n || p->text.p[b] == '\n';
	if (!starts || !ends)
		return;
	*from = a;
	*to = b + (b < p->text.n);
}

static struct template_node *add(struct parser *p, enum tag tag, struct str text)
{
	struct template_node *node = &p->nodes[p->n++];
	*node = (struct template_node){ .tag = tag, .text = text };
	return node;
}

/* Names are of letters, digits, dots and underscores: a slip is noticed at once. */
static bool check_name(struct parser *p, const struct found *f, struct str name)
{
	bool ok = name.n > 0;
	for (size_t i = 0; i < name.n; i++)
		ok &= !strchr(" \t\r\n{}\"'<>|;,", name.p[i]);
	return ok || wrong(p, f->from, "this is no field's name:", name.n ? name : STR("{{}}"));
}

static bool close_section(struct parser *p, const struct found *f)
{
	if (!p->depth)
		return wrong(p, f->from, "nothing is open here that could end:", f->inside);
	struct template_node *open = &p->nodes[p->open[p->depth - 1]];
	if (!str_eq(open->text, f->inside))
		return wrong(p, f->from, "what is open here is", open->text);
	open->end = p->n;
	p->depth--;
	return true;
}

static bool take_tag(struct parser *p, const struct found *f)
{
	struct str rest = f->inside, name = f->inside;
	bool section = f->sigil == '#' || f->sigil == '^';
	if (f->sigil == '!')
		return true;
	if (f->sigil == '/')
		return close_section(p, f);
	bool has_default = !section && str_find(f->inside, '|') >= 0 && str_cut(&rest, '|', &name);
	name = str_trim(name);
	if (!check_name(p, f, name))
		return false;
	struct template_node *node = add(p,
					 f->sigil == '#'   ? TAG_SECTION
					 : f->sigil == '^' ? TAG_INVERTED
							   : TAG_FIELD,
					 name);
	place(p, f->from, &node->line, &node->column);
	node->raw = f->sigil == '{' || f->sigil == '&';
	node->has_default = has_default;
	node->otherwise = has_default ? str_trim(rest) : (struct str){ 0 };
	if (section && p->depth == TEMPLATE_DEPTH)
		return wrong(p, f->from, "too many sections within sections", (struct str){ 0 });
	if (section)
		p->open[p->depth++] = p->n - 1;
	return true;
}

static size_t count_tags(struct str text)
{
	size_t n = 0;
	for (size_t at = 0; (at = find(text, at, "{{")) < text.n; at += 2)
		n++;
	return n;
}

bool template_parse(struct str text, const char *name, struct template *out, struct arena *a,
		    struct diag *d)
{
	struct parser p = { .text = text, .name = name, .arena = a, .diag = d };
	struct found f;
	bool any;
	size_t from, to;
	if (!utf8_valid(text) || str_find(text, '\0') >= 0)
		return wrong(&p, 0, "the text is no UTF-8", (struct str){ 0 });
	p.nodes = arena_new(a, struct template_node, 2 * count_tags(text) + 1);
	for (;;) {
		if (!find_tag(&p, &f, &any))
			return false;
		if (!any)
			break;
		widen(&p, &f, &from, &to);
		if (from > p.at)
			add(&p, TAG_TEXT, str_sub(text, p.at, from - p.at));
		if (!take_tag(&p, &f))
			return false;
		p.at = to;
	}
	if (p.depth) {
		struct template_node *open = &p.nodes[p.open[p.depth - 1]];
		d->source = str_of(name);
		d->line = open->line;
		d->column = open->column;
		return diag_set(d, NULL, "%s is never closed", quoted(open->text, &d->arena));
	}
	if (p.at < text.n)
		add(&p, TAG_TEXT, str_sub(text, p.at, text.n));
	*out = (struct template){ .name = name, .nodes = p.nodes, .n = p.n };
	return true;
}

bool template_names(const struct template *t, struct str name)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->nodes[i].tag != TAG_TEXT && str_eq(t->nodes[i].text, name))
			return true;
	return false;
}

void url_put(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
			     (c && strchr("-._~", c));
		if (plain)
			buf_putc(b, (char)c);
		else
			buf_printf(b, "%%%02X", c);
	}
}
