/* Regular expressions over folded text. */
#include <regex.h>

#include "core/utf8.h"
#include "query/parse.h"

enum {
	LENGTH_MAX = 1000,  /* regcomp recurses on brackets */
	REPEAT_MAX = 10000, /* it unrolls x{n}, nested ones by their product */
};

/* The largest number of the interval {n,m} that starts at s.p[at]; 1 if it is none. */
static size_t interval_at(struct str s, size_t at)
{
	size_t most = 1, n = 0;
	for (size_t i = at + 1; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9' && n < REPEAT_MAX)
			n = n * 10 + (size_t)(c - '0');
		else if (c == ',' || c == '}')
			most = n > most ? n : most, n = 0;
		if (c == '}')
			return most;
	}
	return 1;
}

static bool affordable(struct str s)
{
	size_t product = 1;
	for (size_t i = 0; i < s.n && product <= REPEAT_MAX; i++)
		if (s.p[i] == '{')
			product *= interval_at(s, i);
	return product <= REPEAT_MAX;
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
	if (!affordable(text))
		return diag_set(d, NULL, "%s repeats more than %d times", quoted(text, a),
				REPEAT_MAX);
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
