/* Comparisons become SQL. */
#include "query/compile.h"

#include "core/phone.h"
#include "core/utf8.h"

static struct codec codec_of(const struct compiler *c)
{
	return (struct codec){ .schema = c->qc->schema,
			       .settings = c->qc->settings,
			       .arena = c->qc->arena };
}

/* -- columns -- */

static void put_column(const struct compiler *c, const struct path *p)
{
	sql_at(c->q, joins_alias(c->j, p), p->field);
}

static void put_key_column(const struct compiler *c, size_t alias, const struct field *f)
{
	sql_alias(c->q, alias);
	sql_add(c->q, ".");
	sql_key_column(c->q, f);
}

static void put_call(const struct compiler *c, const char *open, size_t alias,
		     const struct field *f)
{
	sql_add_literal(c->q, open);
	sql_at(c->q, alias, f);
	sql_add(c->q, ")");
}

/* The column that has the text of a path's field: of a reference its title. */
static const struct field *text_field(const struct compiler *c, const struct path *p, size_t *alias)
{
	const struct field *f = p->field;
	*alias = joins_alias(c->j, p);
	if (f->type != &type_ref)
		return f;
	*alias = joins_step(c->j, *alias, f);
	const struct entity *to = schema_entity(c->qc->schema, str_of(f->ref));
	return entity_field(to, str_of(to->title));
}

/* Folded text to look for parts in, or to put in order. */
static void put_text(const struct compiler *c, const struct path *p)
{
	size_t alias;
	const struct field *f = text_field(c, p, &alias);
	if (f->type == &type_text && f->flags & F_MATCH) /* its key is its fold */
		put_key_column(c, alias, f);
	else
		put_call(c, "fold(", alias, f);
}

/* -- equality -- */

/* What the key column of a F_MATCH field holds for the literal; V_NULL: it has no key. */
static struct value key_of(const struct compiler *c, const struct node *n, const struct literal *l)
{
	struct codec codec = codec_of(c);
	return n->path.field->flags & F_MATCH ? field_key(n->path.field, &l->value, &codec)
					      : value_null();
}

static bool is_phone(const struct node *n)
{
	return n->path.field->type == &type_phone;
}

static struct value folded(const struct compiler *c, const struct literal *l)
{
	return value_text(utf8_fold(l->value.s, c->qc->arena));
}

/* Numbers that cannot be read, and those kept without a key, meet by their digits. */
static void put_digits_equal(const struct compiler *c, const struct node *n,
			     const struct literal *l)
{
	struct arena *a = c->qc->arena;
	struct str e164 = phone_e164(l->value.s, c->qc->settings->region, a);
	put_call(c, "digits(", joins_alias(c->j, &n->path), n->path.field);
	sql_add(c->q, " in (");
	sql_text(c->q, phone_digits(l->value.s, a));
	if (e164.n) {
		sql_add(c->q, ", ");
		sql_text(c->q, str_sub(e164, 1, e164.n));
	}
	sql_add(c->q, ")");
}

static void put_text_equal(const struct compiler *c, const struct node *n, const struct literal *l)
{
	struct value key = key_of(c, n, l);
	size_t alias = joins_alias(c->j, &n->path);
	if (key.kind == V_TEXT) {
		put_key_column(c, alias, n->path.field);
	} else if (is_phone(n)) {
		put_digits_equal(c, n, l);
		return;
	} else {
		put_call(c, "fold(", alias, n->path.field);
		key = folded(c, l);
	}
	sql_add(c->q, " = ");
	sql_param(c->q, key);
}

/*
 * Money meets money of one currency: the one that the literal names, else the database's; but
 * nothing is nothing in every currency.
 */
static void put_currency(const struct compiler *c, const struct node *n, const struct literal *l)
{
	const struct field *currency = entity_field(n->path.entity, STR("currency"));
	struct str own = str_of(c->qc->settings->currency);
	bool nothing = l->value.kind == V_INT && !l->value.i && !l->value.s.n;
	if (n->path.field->type != &type_money || !currency || nothing)
		return;
	sql_add(c->q, " and coalesce(");
	sql_at(c->q, joins_alias(c->j, &n->path), currency);
	sql_add(c->q, ", ");
	sql_text(c->q, own);
	sql_add(c->q, ") = ");
	sql_text(c->q, l->value.s.n ? l->value.s : own);
}

static void put_plain_equal(const struct compiler *c, const struct node *n, const struct literal *l)
{
	put_column(c, &n->path);
	sql_add(c->q, " = ");
	sql_param(c->q, l->value);
	put_currency(c, n, l);
}

static void put_part(const struct compiler *c, const struct node *n, const struct literal *l)
{
	sql_add(c->q, "instr(");
	put_text(c, &n->path);
	sql_add(c->q, ", ");
	sql_param(c->q, l->value);
	sql_add(c->q, ") > 0");
}

/* -- days and instants -- */

/* Years end at 9999; a bound beyond is text that is greater than all, or less. */
static struct str print_bound(int64_t at, bool instant, struct arena *a)
{
	enum { SECONDS = 86400 };
	int64_t day = instant ? (at - (at % SECONDS + SECONDS) % SECONDS) / SECONDS : at;
	if (day > DAY_MAX)
		return STR("9999-12-31~");
	if (day < DAY_MIN)
		return STR("0001-01-01");
	return instant ? instant_print(at, a) : day_print(at, a);
}

/* One end of what was meant, in the form of the column: an instant or a local day. */
static struct value bound(const struct compiler *c, const struct node *n, const struct when *w,
			  bool end)
{
	bool instant = n->path.field->type == &type_instant;
	int64_t at = end ? w->to : w->from;
	if (w->is_instant && !instant) /* the days that it touches */
		at = end ? zone_day(w->to - 1) + 1 : zone_day(w->from);
	else if (!w->is_instant && instant && at <= DAY_MAX)
		at = zone_instant(at, 0);
	else if (!w->is_instant && instant)
		return value_text(STR("9999-12-31~"));
	return value_text(print_bound(at, instant, c->qc->arena));
}

static void put_bound(const struct compiler *c, const struct node *n, const char *op,
		      struct value v)
{
	put_column(c, &n->path);
	sql_add_literal(c->q, op);
	sql_param(c->q, v);
}

static void put_time_equal(const struct compiler *c, const struct node *n, const struct literal *l)
{
	if (l->value.kind == V_TEXT) { /* --05-17 */
		put_bound(c, n, " = ", l->value);
		return;
	}
	put_bound(c, n, " >= ", bound(c, n, &l->when, false));
	sql_add(c->q, " and ");
	put_bound(c, n, " < ", bound(c, n, &l->when, true));
}

/* x is before an interval when it is before its start, after it when past its end. */
static void put_time_order(const struct compiler *c, const struct node *n)
{
	bool below = n->op == OP_LT || n->op == OP_LE;
	bool end = n->op == OP_LE || n->op == OP_GT;
	if (below && n->path.field->flags & F_PARTIAL) { /* --05-17 is before nothing */
		put_bound(c, n, " >= ", value_text(STR("0001-01-01")));
		sql_add(c->q, " and ");
	}
	put_bound(c, n, below ? " < " : " >= ", bound(c, n, &n->literals->when, end));
}

/* -- comparisons -- */

static void put_equal(const struct compiler *c, const void *of, size_t i)
{
	static void (*const equal[])(const struct compiler *, const struct node *,
				     const struct literal *) = {
		[COMPARE_TEXT] = put_text_equal,    [COMPARE_EXACT] = put_plain_equal,
		[COMPARE_NUMBER] = put_plain_equal, [COMPARE_TIME] = put_time_equal,
		[COMPARE_REF] = put_plain_equal,    [COMPARE_TAGS] = put_part,
	};
	const struct node *n = of;
	sql_add_literal(c->q, n->n > 1 ? "(" : "");
	equal[field_compare(n->path.field)](c, n, &n->literals[i]);
	sql_add_literal(c->q, n->n > 1 ? ")" : "");
}

/* The literals of "column in (…)", or NULL where the values need more than a list. */
static struct value *list_of(const struct compiler *c, const struct node *n)
{
	enum compare compare = field_compare(n->path.field);
	bool match = n->path.field->flags & F_MATCH, text = compare == COMPARE_TEXT;
	if (compare == COMPARE_TIME || compare == COMPARE_TAGS || (is_phone(n) && !match))
		return NULL;
	struct value *list = arena_new(c->qc->arena, struct value, n->n);
	for (size_t i = 0; i < n->n; i++) {
		const struct literal *l = &n->literals[i];
		list[i] = !text ? l->value : match ? key_of(c, n, l) : folded(c, l);
		bool currency = n->path.field->type == &type_money;
		if (list[i].kind == V_NULL || currency)
			return NULL;
	}
	return list;
}

static void put_any_equal(const struct compiler *c, const struct node *n)
{
	struct value *list = n->n > 1 ? list_of(c, n) : NULL;
	size_t alias = joins_alias(c->j, &n->path);
	const struct field *f = n->path.field;
	if (!list) {
		put_chain(c, NODE_OR, put_equal, n, 0, n->n);
		return;
	}
	if (field_compare(f) != COMPARE_TEXT)
		sql_at(c->q, alias, f);
	else if (f->flags & F_MATCH)
		put_key_column(c, alias, f);
	else
		put_call(c, "fold(", alias, f);
	for (size_t i = 0; i < n->n; i++) {
		sql_add_literal(c->q, i ? ", " : " in (");
		sql_param(c->q, list[i]);
	}
	sql_add(c->q, ")");
}

static void put_order(const struct compiler *c, const struct node *n)
{
	static const char *const signs[] = {
		[OP_LT] = " < ", [OP_LE] = " <= ", [OP_GT] = " > ", [OP_GE] = " >= "
	};
	enum compare compare = field_compare(n->path.field);
	if (compare == COMPARE_TIME) {
		put_time_order(c, n);
		return;
	}
	if (compare == COMPARE_TEXT)
		put_text(c, &n->path);
	else
		put_column(c, &n->path);
	sql_add_literal(c->q, signs[n->op]);
	sql_param(c->q, compare == COMPARE_TEXT ? folded(c, n->literals) : n->literals->value);
	put_currency(c, n, n->literals);
}

/* The seam's matches() folds the text itself. */
static void put_matches(const struct compiler *c, const struct node *n)
{
	size_t alias;
	const struct field *f = text_field(c, &n->path, &alias);
	sql_add(c->q, "matches(");
	sql_param(c->q, n->literals->value);
	sql_add(c->q, ", ");
	sql_at(c->q, alias, f);
	sql_add(c->q, ")");
}

/* The list, where no installation has other values than those that ship; else NULL. */
static const struct picklist *closed_list(const struct path *p)
{
	const struct picklist *l;
	if (p->field->type != &type_pick || !(p->field->flags & F_REQUIRED) || p->nsteps)
		return NULL;
	for (size_t i = 0; (l = default_picklist_at(i)); i++)
		if (!strcmp(l->name, p->field->picklist))
			return l->fixed && !strcmp(l->fixed, "*") ? l : NULL;
	return NULL;
}

/*
 * status not in (resolved, closed) as status in (new, open, pending): that can be looked up in
 * an index.  What leaves out but one value means most records, which are better read through.
 */
static bool put_others(const struct compiler *c, const struct node *n)
{
	const struct picklist *l = n->op == OP_NE && n->n > 1 ? closed_list(&n->path) : NULL;
	const char *before = " in (";
	if (!l)
		return false;
	put_column(c, &n->path);
	for (size_t i = 0; i < l->n; i++) {
		bool named = false;
		for (size_t k = 0; k < n->n; k++)
			named |= str_is(n->literals[k].value.s, l->picks[i].key);
		if (named)
			continue;
		sql_add_literal(c->q, before);
		sql_text(c->q, str_of(l->picks[i].key));
		before = ", ";
	}
	sql_add_literal(c->q, *before == ',' ? ")" : " in (null)");
	return true;
}

void put_compare(const struct compiler *c, const struct node *n)
{
	if (put_others(c, n))
		return;
	bool negative = n->op == OP_NE || n->op == OP_NOT_HAS;
	sql_add_literal(c->q, negative ? "(" : "");
	switch (n->op) {
	case OP_NULL:
	case OP_NOT_NULL:
		put_column(c, &n->path);
		sql_add_literal(c->q, n->op == OP_NULL ? " is null" : " is not null");
		break;
	case OP_HAS:
	case OP_NOT_HAS:
		put_part(c, n, n->literals);
		break;
	case OP_RE:
		put_matches(c, n);
		break;
	case OP_EQ:
	case OP_NE:
	case OP_IN:
		put_any_equal(c, n);
		break;
	default:
		put_order(c, n);
	}
	sql_add_literal(c->q, negative ? ") is not true" : "");
}
