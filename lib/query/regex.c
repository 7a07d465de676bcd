/* Regular expressions over folded text. */
#include <regex.h>

#include "core/utf8.h"
#include "query/parse.h"

enum {
	LENGTH_MAX = 1000, /* regcomp recurses on brackets */
	NODES_MAX = 3000,
};

static size_t number_at(struct str s, size_t *at)
{
	size_t n = 0;
	for (; *at < s.n && is_digit(s.p[*at]); ++*at)
		n = n > NODES_MAX ? n : n * 10 + (size_t)(s.p[*at] - '0');
	return n;
}

/* How often {n,m} at s.p[*at] copies, with *at moved to its end; 1 if it is no interval. */
static size_t interval_at(struct str s, size_t *at)
{
	size_t i = *at + 1, least = number_at(s, &i), most = least;
	if (i < s.n && s.p[i] == ',') {
		i++;
		most = number_at(s, &i);
	}
	if (i == s.n || s.p[i] != '}')
		return 1;
	*at = i;
	return (least > most ? least : most) + 1;
}

/* Where the bracket expression that starts at s.p[at] ends: at its ']' or the end. */
static size_t set_end(struct str s, size_t at)
{
	size_t i = at + 1;
	if (i < s.n && s.p[i] == '^')
		i++;
	if (i < s.n && s.p[i] == ']')
		i++;
	for (; i < s.n && s.p[i] != ']'; i++) {
		char kind = i + 1 < s.n && s.p[i] == '[' ? s.p[i + 1] : 0;
		if (kind != ':' && kind != '.' && kind != '=')
			continue;
		for (i += 2; i + 1 < s.n && !(s.p[i] == kind && s.p[i + 1] == ']'); i++)
			;
		i++;
	}
	return i;
}

/*
 * How many nodes regcomp makes of it: it copies what is repeated, x{9} nine times
 * and x+ twice, so that (x{9}){9} are 81 and x+++++ are 32.  Stops at what is too many.
 */
static size_t regex_size(struct str s)
{
	size_t outer[LENGTH_MAX], depth = 0, sum = 0, last = 0; /* last: the atom before i */
	for (size_t i = 0; i < s.n && sum + last <= NODES_MAX; i++) {
		char c = s.p[i];
		if (c == '+' || c == '{') {
			last *= c == '+' ? 2 : interval_at(s, &i);
		} else if (c == '(') {
			outer[depth++] = sum + last;
			sum = last = 0;
		} else if (c == ')' && depth) {
			last += sum + 1;
			sum = outer[--depth];
		} else if (c != '*' && c != '?') {
			sum += last;
			last = 1;
			i = c == '\\' ? i + 1 : c == '[' ? set_end(s, i) : i;
		}
	}
	return sum + last;
}

/* Character by character: "\W" and "[[:ALPHA:]]" aside, letters are what folding changes. */
static void put_folded(struct buf *b, struct str s, struct arena *a)
{
	for (size_t i = 0; i < s.n;) {
		size_t n = utf8_char(str_sub(s, i, 4));
		struct str c = str_sub(s, i, n);
		if (c.p[0] == '\\' && i + 1 < s.n) {
			n += utf8_char(str_sub(s, i + 1, 4));
			buf_put(b, str_sub(s, i, n));
		} else if (n > 1) {
			buf_put(b, utf8_fold(c, a));
		} else {
			buf_putc(b,
				 c.p[0] >= 'A' && c.p[0] <= 'Z' ? (char)(c.p[0] | 0x20) : c.p[0]);
		}
		i += n;
	}
}

bool regex_fold(struct str text, struct str *out, struct arena *a, struct diag *d)
{
	regex_t re;
	char why[200];
	if (text.n > LENGTH_MAX)
		return diag_set(d, NULL, "a regular expression of more than %d bytes", LENGTH_MAX);
	if (regex_size(text) > NODES_MAX)
		return diag_set(d, NULL, "%s repeats too much", quoted(text, a));
	struct buf b = { 0 };
	put_folded(&b, utf8_nfc(text, a), a);
	*out = buf_copy(&b, a);
	buf_free(&b);
	int error = regcomp(&re, out->p, REG_EXTENDED | REG_NOSUB);
	if (error) {
		regerror(error, &re, why, sizeof why);
		return diag_set(d, NULL, "%s is not a regular expression: %s", quoted(text, a),
				why);
	}
	regfree(&re);
	return true;
}
