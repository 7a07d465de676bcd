/* Binds the literals of a comparison: what the field's type makes of them. */
#include "core/utf8.h"
#include "query/parse.h"

#define SET_OPS (1u << OP_EQ | 1u << OP_NE | 1u << OP_IN | 1u << OP_NULL | 1u << OP_NOT_NULL)
#define ORDER_OPS (1u << OP_LT | 1u << OP_LE | 1u << OP_GT | 1u << OP_GE)
#define PATTERN_OPS (1u << OP_HAS | 1u << OP_NOT_HAS | 1u << OP_RE)

struct binding {
	const struct query_context *q;
	const struct path *path;
	enum op op;
	struct diag *d;
};

static bool bind_text(const struct binding *b, struct literal *l);
static bool bind_value(const struct binding *b, struct literal *l);
static bool bind_time(const struct binding *b, struct literal *l);
static bool bind_ref(const struct binding *b, struct literal *l);
static bool bind_tag(const struct binding *b, struct literal *l);

static const struct {
	const char *what;
	unsigned ops;
	bool (*bind)(const struct binding *b, struct literal *l);
} classes[] = {
	[COMPARE_TEXT] = { "text", SET_OPS | ORDER_OPS | PATTERN_OPS, bind_text },
	[COMPARE_EXACT] = { "a choice", SET_OPS | PATTERN_OPS, bind_value },
	[COMPARE_NUMBER] = { "a number", SET_OPS | ORDER_OPS, bind_value },
	[COMPARE_TIME] = { "a date", SET_OPS | ORDER_OPS, bind_time },
	[COMPARE_REF] = { "a reference", SET_OPS | PATTERN_OPS, bind_ref },
	[COMPARE_TAGS] = { "a list of tags", SET_OPS | PATTERN_OPS, bind_tag },
};

enum compare field_compare(const struct field *f)
{
	return f->type == &type_id ? COMPARE_NUMBER : f->type->compare;
}

static struct codec codec_of(const struct query_context *q)
{
	/* restoring: what a picklist has retired may still be asked for. */
	return (struct codec){
		.schema = q->schema, .settings = q->settings, .restoring = true, .arena = q->arena
	};
}

static bool empty_text(const struct binding *b)
{
	return diag_set(b->d, b->path->field->name,
			"a value is never empty text; ask for null or none");
}

static bool bind_value(const struct binding *b, struct literal *l)
{
	const struct field *f = b->path->field;
	struct codec c = codec_of(b->q);
	if (!field_parse(f, &l->value, (struct cell){ CELL_TEXT, l->text }, &c, b->d))
		return false;
	if (l->value.kind == V_NULL)
		return empty_text(b);
	bool foreign =
	    f->type == &type_money && l->value.s.n && !str_is(l->value.s, b->q->settings->currency);
	if (foreign && !entity_field(b->path->entity, STR("currency")))
		return diag_set(b->d, f->name, "these amounts are all in %s",
				b->q->settings->currency);
	return true;
}

static bool is_order(enum op op)
{
	return 1u << op & ORDER_OPS;
}

/* In an order text is text: "m" is no e-mail address, but addresses are before or after it. */
static bool bind_text(const struct binding *b, struct literal *l)
{
	if (!is_order(b->op))
		return bind_value(b, l);
	l->value = value_text(utf8_fold(utf8_nfc(l->text, b->q->arena), b->q->arena));
	return l->value.s.n || empty_text(b);
}

/* 17/05 or --05-17, where the field's year may be unknown. */
static bool bind_partial(const struct binding *b, struct literal *l)
{
	struct diag none = { 0 };
	struct str text;
	bool partial =
	    birthday_parse(l->text, b->q->settings->calendar.order, &text, b->q->arena, &none) &&
	    str_starts(text, "--");
	diag_free(&none);
	if (partial)
		l->value = value_text(text);
	return partial;
}

static bool bind_time(const struct binding *b, struct literal *l)
{
	const struct field *f = b->path->field;
	l->text = utf8_trim(l->text);
	if (f->flags & F_PARTIAL && bind_partial(b, l)) {
		if (!is_order(b->op))
			return true;
		return diag_set(b->d, f->name, "%s has no year: nothing is before or after it",
				quoted(l->text, b->q->arena));
	}
	if (when_parse(l->text, &b->q->settings->calendar, &l->when, b->d))
		return true;
	return diag_set(b->d, f->name, "%s", arena_str(b->q->arena, b->d->message).p);
}

static bool bind_me(const struct binding *b, struct literal *l)
{
	const struct settings *s = b->q->settings;
	if (!s->user)
		return diag_set(b->d, b->path->field->name,
				"the acting user %s is not in the database",
				quoted(s->login, b->q->arena));
	l->value = value_int(s->user);
	return true;
}

/* An id is short; what begins with 0 or + or is longer is somebody's telephone number. */
static bool looks_like_phone(struct str s)
{
	enum { ID_DIGITS = 9 };
	int64_t i;
	return str_int(s, &i) && (s.p[0] == '0' || s.p[0] == '+' || s.n > ID_DIGITS);
}

static bool bind_ref(const struct binding *b, struct literal *l)
{
	const struct field *f = b->path->field;
	const struct query_context *q = b->q;
	if (!l->quoted && str_is(l->text, "me") && !strcmp(f->ref, "user"))
		return bind_me(b, l);
	if (!q->resolve || !looks_like_phone(l->text)) {
		if (!bind_value(b, l))
			return false;
		if (l->value.kind == V_INT)
			return true;
	}
	int64_t id;
	const struct entity *to = schema_entity(q->schema, str_of(f->ref));
	if (!q->resolve)
		return diag_set(b->d, f->name, "%s is no reference such as %s-42",
				quoted(l->text, q->arena), f->ref);
	if (!q->resolve(q->resolve_ctx, to, utf8_trim(l->text), &id, b->d)) {
		b->d->field = f->name;
		return false;
	}
	l->value = value_int(id);
	return true;
}

/* The column holds ";stale;vip;". */
static bool bind_tag(const struct binding *b, struct literal *l)
{
	struct str tag = utf8_fold(utf8_nfc(l->text, b->q->arena), b->q->arena);
	if (!tag.n || str_find(tag, ';') >= 0 || str_find(tag, ',') >= 0)
		return diag_set(b->d, b->path->field->name, "%s is not one tag",
				quoted(l->text, b->q->arena));
	l->value = value_text(arena_printf(b->q->arena, ";%.*s;", (int)tag.n, tag.p));
	return true;
}

static bool bind_pattern(const struct binding *b, struct literal *l)
{
	struct arena *a = b->q->arena;
	const char *name = b->path->field->name;
	if (b->op == OP_RE) {
		if (regex_fold(l->text, &l->value.s, a, b->d)) {
			l->value.kind = V_TEXT;
			return true;
		}
		b->d->field = name;
		return false;
	}
	l->value = value_text(utf8_fold(utf8_nfc(l->text, a), a));
	if (!l->value.s.n)
		return diag_set(b->d, name, "%s holds nothing to look for", quoted(l->text, a));
	return true;
}

/* Whether a pattern finds text in the field: a reference is known by its title. */
static bool has_text(const struct query_context *q, const struct field *f)
{
	if (f->type == &type_ref) {
		const struct entity *to = schema_entity(q->schema, str_of(f->ref));
		f = entity_field(to, str_of(to->title));
	}
	return f && !strcmp(f->type->sql, "TEXT");
}

static bool check_op(const struct binding *b)
{
	const struct field *f = b->path->field;
	unsigned bit = 1u << b->op;
	if (!(classes[field_compare(f)].ops & bit) || (bit & PATTERN_OPS && !has_text(b->q, f)))
		return diag_set(b->d, NULL, "'%s' cannot be asked of %s, which is %s",
				op_name(b->op), f->name, classes[field_compare(f)].what);
	return true;
}

static bool bind_literal(const struct binding *b, struct literal *l)
{
	b->d->line = l->line;
	b->d->column = l->column;
	if (!text_check(l->text, b->d)) /* a term's columns are 0 and stay so */
		return false;
	if (1u << b->op & PATTERN_OPS)
		return bind_pattern(b, l);
	return classes[field_compare(b->path->field)].bind(b, l);
}

/* OP_NULL or OP_NOT_NULL where `l` is none or any, else `op`. */
static enum op special(const struct literal *l, enum op op)
{
	bool none = str_is(l->text, "none");
	if (l->quoted || (!none && !str_is(l->text, "any")))
		return op;
	if (op == OP_NE)
		none = !none;
	return op == OP_EQ || op == OP_NE || op == OP_IN ? (none ? OP_NULL : OP_NOT_NULL) : op;
}

static struct node *compare_node(const struct binding *b, enum op op, struct literal *literals,
				 size_t n)
{
	struct node *node = node_new(NODE_COMPARE, NULL, NULL, b->q->arena);
	node->path = *b->path;
	node->op = op == OP_IN && n == 1 ? OP_EQ : op;
	node->literals = literals;
	node->n = n;
	return node;
}

struct node *compare_new(const struct query_context *q, const struct path *p, enum op op,
			 struct literal *literals, size_t n, struct diag *d)
{
	struct binding b = { q, p, op, d };
	struct node *node = NULL;
	size_t kept = 0;
	bool seen[OP_NOT_NULL + 1] = { 0 };
	if (!check_op(&b))
		return NULL;
	if (n == 0)
		return compare_node(&b, op, NULL, 0);
	for (size_t i = 0; i < n; i++) {
		enum op as = special(&literals[i], op);
		if (as == op) {
			if (!bind_literal(&b, &literals[i]))
				return NULL;
			literals[kept++] = literals[i];
		} else if (!seen[as]) {
			seen[as] = true;
			node = node_join(NODE_OR, node, compare_node(&b, as, NULL, 0), q->arena);
		}
	}
	if (!kept)
		return node;
	return node_join(NODE_OR, node, compare_node(&b, op, literals, kept), q->arena);
}
