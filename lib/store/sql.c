/* Statements put together from literals, names and parameters. */
#include "store/sql.h"

void sql_add_literal(struct sql *q, const char *literal)
{
	buf_puts(&q->text, literal);
}

/* A quote in a name cannot happen in a shipped schema; doubling it keeps that a mere fact. */
static void put_name(struct sql *q, const char *name, const char *suffix)
{
	buf_putc(&q->text, '"');
	for (; *name; name++) {
		if (*name == '"')
			buf_putc(&q->text, '"');
		buf_putc(&q->text, *name);
	}
	buf_puts(&q->text, suffix);
	buf_putc(&q->text, '"');
}

void sql_table(struct sql *q, const struct entity *e)
{
	put_name(q, e->name, "");
}

void sql_stored(struct sql *q, const struct entity *e)
{
	sql_add(q, "main.");
	sql_table(q, e);
}

void sql_column(struct sql *q, const struct field *f)
{
	put_name(q, f->name, "");
}

void sql_key_column(struct sql *q, const struct field *f)
{
	put_name(q, f->name, "_key");
}

void sql_match_column(struct sql *q, const struct field *f)
{
	if (f->flags & F_MATCH)
		sql_key_column(q, f);
	else
		sql_column(q, f);
}

void sql_alias(struct sql *q, size_t n)
{
	buf_putc(&q->text, 't');
	buf_int(&q->text, (int64_t)n);
}

void sql_at(struct sql *q, size_t alias, const struct field *f)
{
	sql_alias(q, alias);
	buf_putc(&q->text, '.');
	sql_column(q, f);
}

/* The value's text is copied: a statement outlives the record that it was made for. */
static void keep_param(struct sql *q, struct value v)
{
	if (q->nparams == q->room) {
		size_t room = q->room ? q->room * 2 : 8;
		struct value *more = arena_new(q->arena, struct value, room);
		if (q->nparams)
			memcpy(more, q->params, q->nparams * sizeof *more);
		q->params = more;
		q->room = room;
	}
	if (v.kind == V_TEXT)
		v.s = arena_str(q->arena, v.s);
	q->params[q->nparams++] = v;
}

void sql_param(struct sql *q, struct value v)
{
	keep_param(q, v);
	buf_putc(&q->text, '$');
	buf_int(&q->text, (int64_t)q->nparams);
}

void sql_text(struct sql *q, struct str s)
{
	sql_param(q, value_text(s));
}

void sql_int(struct sql *q, int64_t i)
{
	sql_param(q, value_int(i));
}

void sql_refers(struct sql *q, const struct entity *e, const char *name, int64_t id)
{
	sql_column(q, entity_field(e, str_of(name)));
	sql_add(q, " = ");
	sql_int(q, id);
}

/* Reads the number at s[*at], moving *at behind it. */
static size_t number_at(struct str s, size_t *at)
{
	size_t n = 0;
	for (; *at < s.n && is_digit(s.p[*at]); ++*at)
		n = n * 10 + (size_t)(s.p[*at] - '0');
	return n;
}

void sql_append(struct sql *q, const struct sql *part)
{
	struct str text = buf_str(&part->text);
	size_t shift = q->nparams;
	char quote = 0; /* inside '…' or "…" a $ is a dollar */
	for (size_t i = 0; i < text.n;) {
		char c = text.p[i++];
		buf_putc(&q->text, c);
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '\'' || c == '"')
			quote = c;
		else if (c == '$')
			buf_int(&q->text, (int64_t)(number_at(text, &i) + shift));
	}
	for (size_t i = 0; i < part->nparams; i++)
		keep_param(q, part->params[i]);
}

void sql_in_pieces(struct sql *q, const struct entity *of, const char *as, bool where)
{
	q->pieces.of = of;
	q->pieces.as = as;
	q->pieces.where = where;
}

void sql_free(struct sql *q)
{
	buf_free(&q->text);
}
