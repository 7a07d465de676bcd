/* Phone numbers as people write them, to E.164. */
#include "core/phone.h"

#include "core/phone_regions.h"
#include "core/utf8.h"

enum {
	E164_MAX = 15,	  /* digits of any number */
	DIGITS_MAX = 40,  /* of a text that may hold two */
	BREAKS_MAX = 16,  /* places in it where the first may end */
	ALONE_MIN = 7,	  /* digits of a piece that is believed to be a number by itself */
	TRUSTED_MAX = 10, /* a longer one without + that begins with the calling code has it */
};

/* What was found in a text: its digits, and where a second number may begin. */
struct reading {
	char digits[DIGITS_MAX];
	size_t n;
	bool plus;
	size_t slash[BREAKS_MAX], nslash; /* after how many digits: / and a dash between blanks */
	size_t blank[BREAKS_MAX], nblank; /* and a mere blank */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "+CC…" into out, if the national number can be one of the region; its length, or 0. */
static size_t write_e164(const struct region *r, struct str national, char *out)
{
	char now[E164_MAX];
	if (national.n > E164_MAX)
		return 0;
	const char *prefix = region_migrate(r, &national);
	size_t n = strlen(prefix), code = strlen(r->code);
	if (n + national.n + code > E164_MAX)
		return 0;
	memcpy(now, prefix, n);
	memcpy(now + n, national.p, national.n);
	n += national.n;
	if (!region_fits(r, (struct str){ now, n }))
		return 0;
	*out++ = '+';
	memcpy(out, r->code, code);
	memcpy(out + code, now, n);
	return 1 + code + n;
}

/* Whether no number of the region begins with 0 but by its trunk prefix. */
static bool zero_is_trunk(const struct region *r)
{
	return r->trunk[0] == '0' && (r->trunk[1] == '\0' || r->trunk[1] == ' ');
}

/* With one of the trunk prefixes taken off. */
static size_t without_trunk(const struct region *r, struct str digits, char *out)
{
	struct str rest = str_of(r->trunk), trunk;
	while (str_cut(&rest, ' ', &trunk)) {
		if (trunk.n == 0 || !str_eq(str_sub(digits, 0, trunk.n), trunk))
			continue;
		size_t n = write_e164(r, str_sub(digits, trunk.n, digits.n), out);
		if (n)
			return n;
	}
	return 0;
}

/* Behind the calling code: "+84 (0)912…" has a trunk prefix that does not belong there. */
static size_t behind_code(const struct region *r, struct str digits, char *out)
{
	bool trunk = digits.n && digits.p[0] == '0' && zero_is_trunk(r);
	size_t n = trunk ? 0 : write_e164(r, digits, out);
	return n ? n : without_trunk(r, digits, out);
}

static size_t international(struct str digits, char *out)
{
	const struct region *r = NULL;
	while ((r = region_dialled(digits, r)) != NULL) {
		size_t n = behind_code(r, str_sub(digits, strlen(r->code), digits.n), out);
		if (n)
			return n;
	}
	return 0;
}

static size_t domestic(const struct region *r, struct str digits, char *out)
{
	size_t n = without_trunk(r, digits, out);
	if (n)
		return n;
	bool coded = str_starts(digits, r->code);
	struct str behind = str_sub(digits, coded ? strlen(r->code) : digits.n, digits.n);
	if (coded && digits.n > TRUSTED_MAX && (n = behind_code(r, behind, out)) > 0)
		return n;
	if (!zero_is_trunk(r) || !str_starts(digits, "0"))
		n = write_e164(r, digits, out);
	return n || !coded ? n : behind_code(r, behind, out);
}

/* The first n digits of the reading as one number. */
static size_t resolve(const struct reading *t, size_t n, const struct region *r, char *out)
{
	struct str digits = { t->digits, n };
	if (t->plus)
		return international(digits, out);
	if (str_starts(digits, "00"))
		return international(str_sub(digits, 2, n), out);
	if (r && strcmp(r->code, "1") == 0 && str_starts(digits, "011"))
		return international(str_sub(digits, 3, n), out);
	return r ? domestic(r, digits, out) : 0;
}

static void add_break(size_t *breaks, size_t *count, size_t at)
{
	if (*count < BREAKS_MAX && at >= ALONE_MIN && (*count == 0 || breaks[*count - 1] != at))
		breaks[(*count)++] = at;
}

/* Where the number starts: behind a label ("zalo:", "line 2:") and what else stands before it. */
static struct str skip_label(struct str s)
{
	ptrdiff_t colon = s.n && is_letter(s.p[0]) ? str_find(s, ':') : -1;
	if (colon >= 0)
		s = str_sub(s, (size_t)colon + 1, s.n);
	while (s.n && !is_digit(s.p[0]) && s.p[0] != '+')
		s = str_sub(s, 1, s.n);
	return s;
}

enum mark { DIGIT, FILLER, BLANK, SLASH, LETTER, LIST, AT };

/* Dashes and dots that are not ASCII's. */
static bool is_filler(int32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xb7 || c == 0x2022;
}

/* What the character of *n bytes at i is in a number. */
static enum mark mark_at(struct str s, size_t i, size_t *n)
{
	struct str at = str_sub(s, i, 4);
	char c = s.p[i];
	size_t length = utf8_char(at);
	*n = length ? length : 1;
	if (length != 1)
		return length && is_filler(utf8_code(at, length)) ? FILLER : LETTER;
	if (is_digit(c))
		return DIGIT;
	if (is_letter(c))
		return LETTER;
	if (c == '-' && i && s.p[i - 1] == ' ' && i + 1 < s.n && s.p[i + 1] == ' ')
		return SLASH;
	return c == ' '		       ? BLANK
	       : c == '/'	       ? SLASH
	       : c == '@'	       ? AT
	       : strchr("+,;:|&#=", c) ? LIST
				       : FILLER;
}

/*
 * Collects digits up to where the number surely ends: a letter (an extension), a
 * list mark.  False if they are none of a phone number.
 */
static bool collect(struct str s, struct reading *t)
{
	t->plus = s.n && s.p[0] == '+';
	for (size_t i = 0, n; i < s.n; i += n) {
		switch (mark_at(s, i, &n)) {
		case DIGIT:
			if (t->n == DIGITS_MAX)
				return false;
			t->digits[t->n++] = s.p[i];
			break;
		case SLASH:
			add_break(t->slash, &t->nslash, t->n);
			break;
		case BLANK:
			add_break(t->blank, &t->nblank, t->n);
			break;
		case LETTER:
		case LIST:
			if (t->n)
				return true;
			break;
		case AT:
			return false;
		case FILLER:
			break;
		}
	}
	return t->n > 0;
}

struct str phone_e164(struct str text, const char *region, struct arena *a)
{
	struct reading t = { 0 };
	struct str line = utf8_trim(text);
	ptrdiff_t end = str_find(line, '\n');
	struct str folded = utf8_fold(end < 0 ? line : str_sub(line, 0, (size_t)end), a);
	if (folded.n > 2 && str_eq(str_sub(folded, folded.n - 2, 2), STR(".0")))
		folded.n -= 2; /* a spreadsheet took it for a number */
	if (!collect(skip_label(folded), &t))
		return (struct str){ 0 };
	const struct region *r = region_find(str_of(region));
	char out[1 + E164_MAX];
	size_t n = 0;
	for (size_t i = 0; n == 0 && i < t.nslash; i++)
		n = resolve(&t, t.slash[i], r, out);
	if (n == 0)
		n = resolve(&t, t.n, r, out);
	for (size_t i = t.nblank; n == 0 && i-- > 0;)
		n = resolve(&t, t.blank[i], r, out);
	return n ? arena_str(a, (struct str){ out, n }) : (struct str){ 0 };
}

bool phone_region(struct str region)
{
	return region_find(region);
}

struct str phone_digits(struct str text, struct arena *a)
{
	struct str folded = utf8_fold(text, a);
	char *out = arena_alloc(a, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++) {
		if (is_digit(folded.p[i]))
			out[n++] = folded.p[i];
	}
	return (struct str){ out, n };
}
