/*
 * Records as programs write them one after the other: with the names of the one before and
 * nothing that takes more than a pass to read.  Jansson reads, and judges, all others.
 */
#include "core/buf.h"
#include "core/utf8.h"
#include "stream/json.h"

struct scan {
	const char *p, *end;
	struct arena *arena;
};

static void skip_blanks(struct scan *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
		s->p++;
}

static bool take(struct scan *s, char c)
{
	skip_blanks(s);
	if (s->p == s->end || *s->p != c)
		return false;
	s->p++;
	return true;
}

static bool take_name(struct scan *s, struct str name)
{
	if (!take(s, '"') || (size_t)(s->end - s->p) <= name.n ||
	    memcmp(s->p, name.p, name.n) != 0 || s->p[name.n] != '"')
		return false;
	s->p += name.n + 1;
	return take(s, ':');
}

/* What stands behind a backslash, but for \u and what is none; '\0': one of these. */
static char escaped(char c)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at = c ? strchr(from, c) : NULL;
	return at ? to[at - from] : '\0';
}

/* Behind the quote that begins it. */
static bool take_string(struct scan *s, struct str *out)
{
	const char *from = s->p;
	size_t escapes = 0, n = 0;
	for (; s->p < s->end && *s->p != '"'; s->p++) {
		if ((unsigned char)*s->p < 0x20)
			return false;
		if (*s->p == '\\' && ++s->p < s->end)
			escapes++;
	}
	if (s->p >= s->end)
		return false;
	const char *end = s->p++;
	*out = arena_str(s->arena, (struct str){ from, (size_t)(end - from) });
	if (!escapes)
		return true;
	char *text = arena_take(s->arena, out->n + 1);
	for (const char *p = from; p < end; p++) {
		text[n] = *p == '\\' ? escaped(*++p) : *p;
		if (!text[n++])
			return false;
	}
	text[n] = '\0';
	*out = (struct str){ text, n };
	return true;
}

static size_t digits(struct scan *s)
{
	const char *from = s->p;
	while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
		s->p++;
	return (size_t)(s->p - from);
}

/* Without exponent, and such as 64 bits hold. */
static bool take_number(struct scan *s, struct str *out)
{
	enum { DIGITS_MAX = 18 };
	const char *from = s->p;
	s->p += *s->p == '-';
	const char *first = s->p;
	size_t n = digits(s);
	bool good = n == 1 || (n && *first != '0'), exponent;
	if (s->p < s->end && *s->p == '.') {
		s->p++;
		size_t decimals = digits(s);
		good = good && decimals;
		n += decimals;
	}
	exponent = s->p < s->end && (*s->p == 'e' || *s->p == 'E');
	if (!good || exponent || n > DIGITS_MAX)
		return false;
	*out = json_number((struct str){ from, (size_t)(s->p - from) }, s->arena);
	return true;
}

static bool take_word(struct scan *s, struct str word)
{
	if ((size_t)(s->end - s->p) < word.n || memcmp(s->p, word.p, word.n) != 0)
		return false;
	s->p += word.n;
	return true;
}

static bool take_scalar(struct scan *s, struct cell *cell)
{
	static const struct {
		struct str word;
		enum cell_kind kind;
	} words[] = {
		{ { "null", 4 }, CELL_NULL },
		{ { "true", 4 }, CELL_BOOL },
		{ { "false", 5 }, CELL_BOOL },
	};
	if (take(s, '"')) {
		cell->kind = CELL_TEXT;
		return take_string(s, &cell->text);
	}
	if (s->p < s->end && (*s->p == '-' || (*s->p >= '0' && *s->p <= '9'))) {
		cell->kind = CELL_NUMBER;
		return take_number(s, &cell->text);
	}
	for (size_t i = 0; i < countof(words); i++)
		if (take_word(s, words[i].word)) {
			cell->kind = words[i].kind;
			cell->text = i ? words[i].word : (struct str){ 0 };
			return true;
		}
	return false;
}

/* Values that can be told apart when they are joined; behind the bracket. */
static bool take_list(struct scan *s, struct cell *cell)
{
	struct buf b = { 0 };
	bool good = true, more = !take(s, ']');
	for (size_t n = 0; good && more; n++) {
		struct cell one;
		good = take_scalar(s, &one) && one.kind != CELL_NULL &&
		       !(one.kind == CELL_TEXT && str_find(one.text, ';') >= 0);
		if (good && n)
			buf_putc(&b, ';');
		if (good)
			buf_put(&b, one.text);
		more = good && take(s, ',');
		good = good && (more || take(s, ']'));
	}
	*cell = (struct cell){ CELL_LIST, buf_copy(&b, s->arena) };
	buf_free(&b);
	return good;
}

bool json_plain(struct str text, struct row *row, const struct json_layout *l, struct arena *a)
{
	struct scan s = { text.p, text.p + text.n, a };
	if (!l->plain || !utf8_valid(text) || !take(&s, '{'))
		return false;
	struct cell *cells = arena_new(a, struct cell, l->n);
	for (size_t i = 0; i < l->n; i++)
		if ((i && !take(&s, ',')) || !take_name(&s, l->names[i]) ||
		    !(take(&s, '[') ? take_list(&s, &cells[i]) : take_scalar(&s, &cells[i])))
			return false;
	if (!take(&s, '}'))
		return false;
	skip_blanks(&s);
	if (s.p < s.end)
		return false;
	row->names = l->names;
	row->layout = l->number;
	row->cells = cells;
	row->n = l->n;
	return true;
}
