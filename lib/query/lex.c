/* The tokens of a where expression. */
#include "query/parse.h"

#include "core/utf8.h"

static const struct {
	const char *text;
	enum op op;
} operators[] = {
	/* longer ones first */
	{ "!=", OP_NE }, { "!~", OP_NOT_HAS }, { "<=", OP_LE }, { ">=", OP_GE },
	{ "=", OP_EQ },	 { "~", OP_HAS },      { "<", OP_LT },	{ ">", OP_GT },
};

static const struct {
	const char *text;
	enum token_kind kind;
} keywords[] = {
	{ "and", T_AND }, { "or", T_OR }, { "not", T_NOT },
	{ "in", T_IN },	  { "is", T_IS }, { "null", T_NULL },
};

const char *op_name(enum op op)
{
	static const char *const others[] = { [OP_RE] = ".re:",
					      [OP_IN] = "in",
					      [OP_NULL] = "is null",
					      [OP_NOT_NULL] = "is not null" };
	for (size_t i = 0; i < countof(operators); i++)
		if (operators[i].op == op)
			return operators[i].text;
	return others[op];
}

long text_columns(struct str s)
{
	long n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* The length of the character at l->at, with *l moved behind it. */
static size_t take(struct lexer *l)
{
	size_t n = utf8_char(str_sub(l->text, l->at, 4));
	if (l->text.p[l->at] == '\n') {
		l->line++;
		l->column = 0;
	}
	l->column++;
	l->at += n;
	return n;
}

bool text_check(struct str s, struct diag *d)
{
	if (utf8_valid(s) && str_find(s, '\0') < 0)
		return true;
	struct lexer l = { .text = s, .line = 1, .column = 1 };
	while (l.at < s.n && s.p[l.at] && utf8_char(str_sub(s, l.at, 4)))
		take(&l);
	if (d->line)
		d->line = l.line;
	if (d->column)
		d->column = l.column;
	unsigned char bad = (unsigned char)s.p[l.at];
	return diag_set(d, NULL, bad ? "byte 0x%02x is not UTF-8" : "a NUL byte (0x%02x)", bad);
}

static struct str char_at(const struct lexer *l)
{
	return str_sub(l->text, l->at, utf8_char(str_sub(l->text, l->at, 4)));
}

static void skip_blanks(struct lexer *l)
{
	while (l->at < l->text.n) {
		if (l->text.p[l->at] == '#') {
			while (l->at < l->text.n && l->text.p[l->at] != '\n')
				take(l);
		} else if (utf8_trim(char_at(l)).n == 0) { /* also the no-break ones */
			take(l);
		} else {
			return;
		}
	}
}

static bool is_word(struct str c)
{
	unsigned char b = (unsigned char)c.p[0];
	if (b >= 0x80)
		return utf8_trim(c).n > 0;
	return is_digit(b) || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z') || strchr(".-+:/@_%", b);
}

static bool same_word(struct str s, const char *word)
{
	if (s.n != strlen(word))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] | 0x20) != word[i])
			return false;
	return true;
}

static void lex_word(struct lexer *l, struct token *t)
{
	size_t start = l->at;
	while (l->at < l->text.n && is_word(char_at(l)))
		take(l);
	t->kind = T_WORD;
	t->text = str_sub(l->text, start, l->at - start);
	for (size_t i = 0; i < countof(keywords); i++)
		if (same_word(t->text, keywords[i].text))
			t->kind = keywords[i].kind;
}

/* A doubled quote and a backslash before a quote or a backslash stand for the character. */
static bool lex_quoted(struct lexer *l, struct token *t, struct diag *d)
{
	char quote = l->text.p[l->at];
	struct buf b = { 0 };
	take(l);
	while (l->at < l->text.n) {
		struct str c = char_at(l), next = str_sub(l->text, l->at + 1, 1);
		bool doubled = c.p[0] == quote && next.n && next.p[0] == quote;
		bool escape = c.p[0] == '\\' && next.n && strchr("\\'\"", next.p[0]);
		if (c.p[0] == quote && !doubled) {
			take(l);
			t->kind = T_QUOTED;
			t->text = buf_copy(&b, l->arena);
			buf_free(&b);
			return true;
		}
		if (doubled || escape)
			take(l);
		buf_put(&b, char_at(l));
		take(l);
	}
	buf_free(&b);
	return diag_set(d, NULL, "this quote is not closed");
}

static bool lex_sign(struct lexer *l, struct token *t, struct diag *d)
{
	static const char signs[] = "(),";
	static const enum token_kind kinds[] = { T_OPEN, T_CLOSE, T_COMMA };
	struct str rest = str_sub(l->text, l->at, l->text.n);
	const char *sign = strchr(signs, rest.p[0]);
	if (sign) {
		t->kind = kinds[sign - signs];
		take(l);
		return true;
	}
	for (size_t i = 0; i < countof(operators); i++) {
		if (!str_starts(rest, operators[i].text))
			continue;
		t->kind = T_OP;
		t->op = operators[i].op;
		for (size_t n = strlen(operators[i].text); n; n--)
			take(l);
		return true;
	}
	if (rest.p[0] == '!')
		return diag_set(d, NULL, "'!' stands for nothing here; write not, != or !~");
	return diag_set(d, NULL, "'%c' cannot stand here; quote text that holds it", rest.p[0]);
}

/* The quotes that word processors put in place of plain ones. */
static bool is_curly(struct str c)
{
	static const char *const curly[] = { "“", "”", "‘", "’", "„", "«", "»" };
	for (size_t i = 0; i < countof(curly); i++)
		if (str_is(c, curly[i]))
			return true;
	return false;
}

bool lex_next(struct lexer *l, struct token *t, struct diag *d)
{
	skip_blanks(l);
	*t = (struct token){ .kind = T_END, .line = l->line, .column = l->column };
	if (l->at == l->text.n)
		return true;
	size_t start = l->at;
	char c = l->text.p[start];
	bool ok = true;
	d->line = t->line;
	d->column = t->column;
	if (is_curly(char_at(l)))
		ok = diag_set(d, NULL, "%.*s is not understood as a quote; write ' or \"",
			      (int)char_at(l).n, char_at(l).p);
	else if (c == '\'' || c == '"')
		ok = lex_quoted(l, t, d);
	else if (is_word(char_at(l)))
		lex_word(l, t);
	else
		ok = lex_sign(l, t, d);
	t->raw = str_sub(l->text, start, l->at - start);
	if (t->kind != T_QUOTED)
		t->text = t->raw;
	return ok;
}
