/* Finding numbers in a text. */
#include "core/phone_scan.h"

#include "core/utf8.h"

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Dashes and dots that are not ASCII's. */
static bool is_filler(int32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xb7 || c == 0x2022;
}

/* The fold of the character at the start of s, its length in *n. */
static size_t fold_at(struct str s, char out[UTF8_FOLD_MAX], size_t *n)
{
	*n = utf8_char(s);
	if (*n == 0) {
		*n = 1;
		out[0] = s.p[0];
		return 1;
	}
	int32_t c = utf8_code(s, *n);
	if (*n > 1 && !is_filler(c))
		return utf8_fold_char(c, out);
	out[0] = *n > 1 ? '-' : s.p[0];
	if (out[0] >= 'A' && out[0] <= 'Z')
		out[0] = (char)(out[0] | 0x20);
	if (out[0] == '\n')
		out[0] = ';';
	if (out[0] >= '\t' && out[0] <= '\r')
		out[0] = ' ';
	return 1;
}

struct phone_text phone_fold(struct str text, struct arena *a)
{
	size_t room = text.n + UTF8_FOLD_MAX + 1, n = 0, length;
	char *out = arena_take(a, room), folded[UTF8_FOLD_MAX];
	size_t *at = arena_take(a, room * sizeof *at);
	for (size_t i = 0; i < text.n; i += length) {
		if (text.p[i] >= ' ' && text.p[i] < 'A' && n < text.n) { /* nearly all there is */
			out[n] = text.p[i];
			at[n++] = i;
			length = 1;
			continue;
		}
		size_t m = fold_at(str_sub(text, i, 4), folded, &length);
		if (n + m > text.n) /* longer than the text: nothing of a number */
			break;
		for (size_t j = 0; j < m; j++) {
			out[n] = folded[j];
			at[n++] = i;
		}
	}
	at[n] = text.n;
	return (struct phone_text){ { out, n }, at };
}

bool phone_is_list_mark(char c)
{
	return c == ';' || c == ',' || c == '|' || c == '/';
}

size_t phone_piece_end(struct str s, size_t i)
{
	while (i < s.n && !phone_is_list_mark(s.p[i]))
		i++;
	return i;
}

enum mark { DIGIT, FILLER, BLANK, SLASH, LETTER, LIST, AT };

static enum mark mark_at(struct str s, size_t i)
{
	char c = s.p[i];
	if (is_digit(c))
		return DIGIT;
	if (is_letter(c) || (unsigned char)c >= 0x80)
		return LETTER;
	if (c == '-' && i && s.p[i - 1] == ' ' && i + 1 < s.n && s.p[i + 1] == ' ')
		return SLASH;
	return c == ' '				    ? BLANK
	       : c == '/'			    ? SLASH
	       : c == '@'			    ? AT
	       : c && strchr("+,;:|&#=", c) != NULL ? LIST
						    : FILLER;
}

static void add_break(size_t *breaks, size_t *count, size_t at)
{
	if (*count < BREAKS_MAX && at >= ALONE_MIN && (*count == 0 || breaks[*count - 1] != at))
		breaks[(*count)++] = at;
}

/* Where the number starts: behind a label ("zalo:", "line 2:") and what else stands before it. */
static size_t skip_label(struct str s, size_t i)
{
	size_t digits = 0, colon = i;
	while (i < s.n && s.p[i] == ' ')
		i++;
	if (i < s.n && (is_letter(s.p[i]) || (unsigned char)s.p[i] >= 0x80)) {
		for (colon = i; colon < s.n && s.p[colon] != ':' && digits < ALONE_MIN &&
				!phone_is_list_mark(s.p[colon]);
		     colon++)
			digits += is_digit(s.p[colon]);
		if (colon < s.n && s.p[colon] == ':')
			i = colon + 1;
	}
	while (i < s.n && !is_digit(s.p[i]) && s.p[i] != '+' && !phone_is_list_mark(s.p[i]))
		i++;
	return i;
}

/*
 * A number that a spreadsheet shows as 8.4912345678E+10 or 8,49E+10: *end is behind it.
 * All digits are there if as many as the exponent says are behind the point.
 */
static bool scan_exponent(struct str s, size_t i, struct phone_reading *t)
{
	size_t n = 0, exponent = 0;
	if (i + 1 < s.n && is_digit(s.p[i])) {
		t->digits[n++] = s.p[i++];
		i += i < s.n && (s.p[i] == '.' || s.p[i] == ',');
	}
	for (; n && i < s.n && is_digit(s.p[i]) && n < DIGITS_MAX; i++)
		t->digits[n++] = s.p[i];
	if (!n || i + 1 >= s.n || s.p[i] != 'e')
		return false;
	i += s.p[i + 1] == '+' ? 2 : 1;
	size_t from = i;
	for (; i < s.n && is_digit(s.p[i]) && i < from + 2; i++)
		exponent = exponent * 10 + (size_t)(s.p[i] - '0');
	if (i == from || (i < s.n && (is_digit(s.p[i]) || is_letter(s.p[i]))))
		return false;
	t->form = n == exponent + 1 ? EXPONENT : LOST;
	t->n = n;
	t->stop = i;
	for (size_t j = 0; j < n; j++)
		t->end[j] = i;
	return true;
}

static void add_digit(struct phone_reading *t, struct str s, size_t i)
{
	t->digits[t->n] = s.p[i];
	t->end[t->n++] = i + 1;
}

bool phone_scan(struct str s, size_t i, struct phone_reading *t)
{
	i = skip_label(s, i);
	if (scan_exponent(s, i, t))
		return true;
	t->n = 0;
	t->plus = i < s.n && s.p[i] == '+';
	for (t->stop = i; t->stop < s.n; t->stop++) {
		enum mark mark = mark_at(s, t->stop);
		if (mark == AT || (mark == DIGIT && t->n == DIGITS_MAX))
			return false;
		if (mark >= LETTER && t->n)
			break;
		if (mark == DIGIT)
			add_digit(t, s, t->stop);
		else if (mark < LETTER)
			t->gaps |= UINT64_C(1) << t->n;
		if (s.p[t->stop] == ')')
			t->closed |= UINT64_C(1) << t->n;
		if (mark == SLASH)
			add_break(t->slash, &t->nslash, t->n);
		if (mark == BLANK)
			add_break(t->blank, &t->nblank, t->n);
	}
	return t->n > 0;
}

struct str phone_extension(struct str s, size_t i, size_t *end)
{
	static const char *const labels[] = {
		";ext=", "extension", "ext",   "x",  "#",   "may le",
		"so le", "may nhanh", "nhanh", "ml", "доб", "внутр",
	};
	enum { LONGEST = 7 };
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == ',' || s.p[i] == '(' || s.p[i] == '-'))
		i++;
	for (size_t k = 0; i < s.n && k < countof(labels); k++) {
		struct str rest = str_sub(s, i, s.n);
		if (!str_starts(rest, labels[k]))
			continue;
		size_t from = i + strlen(labels[k]);
		while (from < s.n && s.p[from] && strchr(" .:=", s.p[from]))
			from++;
		size_t to = from;
		while (to < s.n && is_digit(s.p[to]))
			to++;
		if (to > from && to - from <= LONGEST) {
			*end = to;
			return str_sub(s, from, to - from);
		}
	}
	return (struct str){ 0 };
}
