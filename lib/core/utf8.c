/* Unicode text; the one file that knows utf8proc. */
#include "core/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "core/buf.h"

size_t utf8_char(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	if (!s.n)
		return 0;
	unsigned char c = p[0];
	if (c < 0x80)
		return 1;
	size_t n = c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
	if (n == 0 || s.n < n)
		return 0;
	/* The second byte alone tells overlong forms, surrogates and what lies above U+10FFFF. */
	unsigned char low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
	unsigned char high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return n;
}

static bool is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

/* How many bytes at the start of s are ASCII, counted in steps of eight at first. */
static size_t ascii_span(struct str s)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	size_t i = 0;
	for (uint64_t word; s.n - i >= sizeof word; i += sizeof word) {
		memcpy(&word, s.p + i, sizeof word);
		if (word & high)
			break;
	}
	while (i < s.n && is_ascii(s.p[i]))
		i++;
	return i;
}

bool utf8_ascii(struct str s)
{
	return ascii_span(s) == s.n;
}

/* Bytes of the Latin letter with a mark at s, as most languages and Vietnamese have; 0: no such. */
static size_t latin_char(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	if (s.n > 1 && p[0] >= 0xc3 && p[0] <= 0xcb)
		return (p[1] & 0xc0) == 0x80 ? 2 : 0;
	bool letter = s.n > 2 && p[0] == 0xe1 && p[1] >= 0xb8 && p[1] <= 0xbb;
	return letter && (p[2] & 0xc0) == 0x80 ? 3 : 0;
}

bool utf8_valid(struct str s)
{
	size_t i = ascii_span(s);
	while (i < s.n) {
		struct str at = { s.p + i, s.n - i };
		size_t n = latin_char(at);
		if (n == 0)
			n = utf8_char(at);
		if (n == 0)
			return false;
		i += n;
		i += ascii_span(str_sub(s, i, s.n));
	}
	return true;
}

int32_t utf8_code(struct str s, size_t n)
{
	static const unsigned char lead[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	int32_t c = (unsigned char)s.p[0] & lead[n];
	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)s.p[i] & 0x3f);
	return c;
}

struct range {
	int32_t first, last;
};

static bool in_ranges(int32_t c, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n && c >= r[i].first; i++) {
		if (c <= r[i].last)
			return true;
	}
	return false;
}

/*
 * Characters that stand for themselves in NFC whatever is beside them: a text of
 * nothing else needs no normalising.  Not a complete list, the usual scripts.
 */
static bool nfc_alone(int32_t c)
{
	static const struct range alone[] = {
		{ 0x00, 0x2ff },      /* Latin */
		{ 0x400, 0x482 },     /* Cyrillic */
		{ 0x1e00, 0x1eff },   /* Latin, Vietnamese with its tones */
		{ 0x2010, 0x2027 },   /* dashes, quotes, dots */
		{ 0x20a0, 0x20bf },   /* currencies */
		{ 0x3041, 0x3096 },   /* kana */
		{ 0x30a1, 0x30ff },   /* kana */
		{ 0x4e00, 0x9fff },   /* Han */
		{ 0xac00, 0xd7a3 },   /* Hangul */
		{ 0x1f300, 0x1faff }, /* emoji */
	};
	return in_ranges(c, alone, countof(alone));
}

bool utf8_nfc_certain(struct str s)
{
	for (size_t i = ascii_span(s), n; i < s.n; i += n) {
		struct str at = { s.p + i, s.n - i };
		n = is_ascii(s.p[i]) ? 1 : latin_char(at);
		if (n == 0 && ((n = utf8_char(at)) == 0 || !nfc_alone(utf8_code(at, n))))
			return false;
	}
	return true;
}

struct str utf8_nfc(struct str s, struct arena *a)
{
	if (utf8_nfc_certain(s))
		return s;
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
					  &made, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n == UTF8PROC_ERROR_NOMEM)
		die(STATUS_ENV, "out of memory (normalising %zu bytes)", s.n);
	if (n < 0) /* not valid, against the contract: nothing is done to it */
		return s;
	struct str composed = { (const char *)made, (size_t)n };
	struct str out = str_eq(composed, s) ? s : arena_str(a, composed);
	free(made);
	return out;
}

static bool is_space(int32_t c)
{
	static const struct range space[] = {
		{ 0x09, 0x0d },	    { 0x20, 0x20 },	{ 0x85, 0x85 },	    { 0xa0, 0xa0 },
		{ 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2028, 0x2029 }, { 0x202f, 0x202f },
		{ 0x205f, 0x205f }, { 0x3000, 0x3000 },
	};
	return in_ranges(c, space, countof(space));
}

/* What is not seen and, at the end of a text, does nothing: zero widths, direction marks, BOM. */
static bool is_invisible(int32_t c)
{
	static const struct range invisible[] = {
		{ 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x202a, 0x202e },
		{ 0x2060, 0x2060 }, { 0x2066, 0x2069 }, { 0xfeff, 0xfeff },
	};
	return in_ranges(c, invisible, countof(invisible));
}

/* Bytes of the white space at the start of s, or 0. */
static size_t blank_char(struct str s)
{
	if (s.n && is_ascii(s.p[0]) && s.p[0] > ' ')
		return 0;
	size_t n = utf8_char(s);
	if (n == 0)
		return 0;
	int32_t c = utf8_code(s, n);
	return is_space(c) || is_invisible(c) ? n : 0;
}

struct str utf8_trim(struct str s)
{
	size_t n;
	if (s.n && is_ascii(s.p[0]) && s.p[0] > ' ' && is_ascii(s.p[s.n - 1]) && s.p[s.n - 1] > ' ')
		return s;
	while (s.n && (n = blank_char(s)) > 0)
		s = str_sub(s, n, s.n);
	while (s.n) {
		size_t last = s.n - 1;
		while (last && s.n - last < 4 && ((unsigned char)s.p[last] & 0xc0) == 0x80)
			last--;
		if (blank_char(str_sub(s, last, 4)) != s.n - last)
			break;
		s.n = last;
	}
	return s;
}

/*
 * Letters that Unicode does not decompose but that people leave out or mistake:
 * Ð (eth) and Ɖ (African D) look like Đ and are often typed for it.
 */
static const struct {
	int32_t letter;
	const char *plain;
} plain_letters[] = {
	{ 0xe6, "ae" },	 { 0xf0, "d" },	 { 0xf8, "o" },	 { 0xfe, "th" },
	{ 0x111, "d" },	 { 0x127, "h" }, { 0x131, "i" }, { 0x142, "l" },
	{ 0x153, "oe" }, { 0x167, "t" }, { 0x180, "b" }, { 0x256, "d" },
};

static size_t plain_letter(int32_t c, char *out)
{
	for (size_t i = 0; i < countof(plain_letters); i++) {
		if (plain_letters[i].letter == c) {
			size_t n = strlen(plain_letters[i].plain);
			memcpy(out, plain_letters[i].plain, n);
			return n;
		}
	}
	return (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)out);
}

size_t utf8_fold_char(int32_t c, char out[UTF8_FOLD_MAX])
{
	enum { PARTS = UTF8_FOLD_MAX / 4 };
	utf8proc_int32_t parts[PARTS];
	int boundary = 0;
	if (is_space(c))
		c = ' ';
	utf8proc_ssize_t n =
	    utf8proc_decompose_char(c, parts, PARTS,
				    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
					UTF8PROC_STRIPMARK | UTF8PROC_IGNORE | UTF8PROC_STABLE,
				    &boundary);
	if (n < 0 || n > PARTS)
		return (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)out);
	size_t length = 0;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		length += plain_letter(parts[i], out + length);
	return length;
}

/*
 * Folds of the characters of two and the smaller ones of three bytes, which hold
 * all Latin letters: filled as they are met, so a process pays only for its own.
 */
enum { CACHED = 0x2000, CACHED_BYTES = 7, UNKNOWN = 0, KNOWN = 1 };
static struct folded {
	unsigned char n; /* bytes + KNOWN */
	char bytes[CACHED_BYTES];
} folds[CACHED];

/* Folding needs no context: marks vanish, so their order does not matter. */
static size_t fold_code(int32_t c, char out[UTF8_FOLD_MAX])
{
	struct folded *f = c < CACHED ? &folds[c] : NULL;
	if (f && f->n != UNKNOWN) {
		memcpy(out, f->bytes, CACHED_BYTES);
		return (size_t)f->n - KNOWN;
	}
	size_t n = utf8_fold_char(c, out);
	if (f && n <= CACHED_BYTES) {
		memcpy(f->bytes, out, n);
		f->n = (unsigned char)(n + KNOWN);
	}
	return n;
}

bool utf8_upper(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);
	return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

static char ascii_fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

void utf8_fold_put(struct buf *out, struct str s)
{
	size_t start = out->n;
	for (size_t i = 0, n; i < s.n; i += n) {
		char *to = buf_room(out, s.n - i + UTF8_FOLD_MAX), *first = out->p + start;
		for (; i < s.n && is_ascii(s.p[i]); i++) {
			*to = ascii_space(s.p[i]) ? ' ' : ascii_fold(s.p[i]);
			to += *to != ' ' || (to > first && to[-1] != ' ');
		}
		struct str at = str_sub(s, i, 4);
		n = latin_char(at);
		if (n == 0)
			n = utf8_char(at);
		size_t length = n ? fold_code(utf8_code(at, n), to) : at.n > 0;
		if (n == 0 && at.n) /* no UTF-8: the byte stands for itself */
			*to = at.p[n++];
		if (length && *to == ' ' && (to == first || to[-1] == ' '))
			memmove(to, to + 1, --length);
		out->n = (size_t)(to + length - out->p);
	}
	while (out->n > start && out->p[out->n - 1] == ' ')
		out->n--;
}

struct str utf8_fold(struct str s, struct arena *a)
{
	static struct buf out; /* kept from call to call: this runs for every row */
	out.n = 0;
	utf8_fold_put(&out, s);
	return buf_copy(&out, a);
}

static struct str lower_ascii(struct str s, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		out[i] = ascii_fold(s.p[i]);
	return (struct str){ out, s.n };
}

struct str utf8_lower(struct str s, struct arena *a)
{
	struct buf out = { 0 };
	if (utf8_ascii(s))
		return lower_ascii(s, a);
	for (size_t i = 0, n; i < s.n; i += n) {
		struct str at = str_sub(s, i, 4);
		n = utf8_char(at);
		if (n == 0)
			break;
		utf8proc_uint8_t *p = (utf8proc_uint8_t *)buf_room(&out, 4);
		out.n += (size_t)utf8proc_encode_char(utf8proc_tolower(utf8_code(at, n)), p);
	}
	struct str lower = buf_copy(&out, a);
	buf_free(&out);
	return lower;
}

size_t utf8_width(struct str s)
{
	size_t width = 0;
	for (size_t i = 0, n; i < s.n; i += n) {
		struct str at = str_sub(s, i, 4);
		n = utf8_char(at);
		if (n == 0) { /* no UTF-8: a terminal shows a replacement character */
			n = 1;
			width++;
			continue;
		}
		width += (size_t)utf8proc_charwidth(utf8_code(at, n));
	}
	return width;
}

size_t utf8_grapheme(struct str s)
{
	utf8proc_int32_t state = 0;
	size_t end = utf8_char(s);
	if (!end)
		return s.n > 0;
	for (int32_t last = utf8_code(s, end); end < s.n;) {
		struct str rest = str_sub(s, end, s.n);
		size_t n = utf8_char(rest);
		int32_t next = n ? utf8_code(rest, n) : 0;
		if (!n || utf8proc_grapheme_break_stateful(last, next, &state))
			break;
		end += n;
		last = next;
	}
	return end;
}
