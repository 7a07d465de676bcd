/* What is compared of addresses. */
#include <stdlib.h>

#include "core/address.h"
#include "core/buf.h"
#include "core/utf8.h"

/* Words that are written in several ways, folded, in their order; "": they say nothing. */
static const struct abbreviation {
	const char *word, *to;
} words[] = {
	{ "apartment", "apt" }, { "av", "ave" },
	{ "avenue", "ave" },	{ "boulevard", "blvd" },
	{ "building", "bldg" }, { "bulevard", "blvd" },
	{ "city", "" },		{ "commune", "x" },
	{ "court", "ct" },	{ "d", "" },
	{ "dist", "q" },	{ "district", "q" },
	{ "drive", "dr" },	{ "duong", "" },
	{ "east", "e" },	{ "f", "p" },
	{ "floor", "fl" },	{ "highway", "hwy" },
	{ "huyen", "h" },	{ "lane", "ln" },
	{ "no", "" },		{ "north", "n" },
	{ "number", "" },	{ "pho", "" },
	{ "phuong", "p" },	{ "place", "pl" },
	{ "province", "" },	{ "quan", "q" },
	{ "road", "rd" },	{ "so", "" },
	{ "south", "s" },	{ "square", "sq" },
	{ "street", "st" },	{ "suite", "ste" },
	{ "tinh", "" },		{ "tp", "" },
	{ "ward", "p" },	{ "west", "w" },
	{ "xa", "x" },
};

/* Two words first, where both stand together. */
static const struct {
	const char *first, *second, *to;
} pairs[] = {
	{ "thanh", "pho", "" },
	{ "thi", "xa", "tx" },
	{ "thi", "tran", "tt" },
	{ "viet", "nam", "" },
};

/* A slash between letters or digits holds them together: 12/3A. */
static bool is_word(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	if (c == '/' && i && i + 1 < s.n)
		return is_digit(s.p[i - 1]) && s.p[i + 1] != ' ' && s.p[i + 1] != '/';
	return (c >= 'a' && c <= 'z') || is_digit((char)c) || c >= 0x80;
}

/* The next word of folded text; "p5" and "q10" are two. */
static struct str next_word(struct str *rest)
{
	size_t from = 0, to;
	struct str s = *rest;
	while (from < s.n && !is_word(s, from))
		from++;
	for (to = from; to < s.n && is_word(s, to); to++)
		if (to == from + 1 && strchr("pqf", s.p[from]) && is_digit(s.p[to]))
			break;
	*rest = str_sub(s, to, s.n);
	return str_sub(s, from, to - from);
}

static int compare(const void *key, const void *row)
{
	const struct abbreviation *w = row;
	return str_cmp(*(const struct str *)key, str_of(w->word));
}

static void put_word(struct buf *b, struct str word)
{
	const struct abbreviation *w =
	    bsearch(&word, words, countof(words), sizeof *words, compare);
	if (w)
		word = str_of(w->to);
	while (word.n > 1 && word.p[0] == '0' && is_digit(word.p[1]))
		word = str_sub(word, 1, word.n);
	if (!word.n)
		return;
	if (b->n)
		buf_putc(b, ' ');
	buf_put(b, word);
}

static void put_piece(struct buf *b, struct str piece, struct arena *a)
{
	struct str province = province_name(piece, a), rest = piece, word;
	if (province.n)
		rest = utf8_fold(province, a);
	while ((word = next_word(&rest)).n) {
		struct str after = rest, second = next_word(&after);
		size_t i = 0;
		while (i < countof(pairs) &&
		       !(str_is(word, pairs[i].first) && str_is(second, pairs[i].second)))
			i++;
		if (i < countof(pairs) && !province.n) {
			put_word(b, str_of(pairs[i].to));
			rest = after;
		} else {
			put_word(b, word);
		}
	}
}

struct str address_key(struct str text, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0, from = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ',' && text.p[i] != ';' && text.p[i] != '\n')
			continue;
		put_piece(&b, utf8_fold(str_sub(text, from, i - from), a), a);
		from = i + 1;
	}
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}
