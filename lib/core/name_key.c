/* What is compared of names of organisations. */
#include "core/buf.h"
#include "core/name.h"
#include "core/name_words.h"
#include "core/utf8.h"

enum { TOKENS_MAX = 32 };

struct tokens {
	struct str at[TOKENS_MAX];
	size_t n;
};

/* Bytes of folded text that are words: letters and digits, in any script. */
static bool is_word(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || is_digit(c);
	if (c == 0xe2 && i + 1 < s.n) /* U+2000 to U+2BFF: punctuation and signs */
		return (unsigned char)s.p[i + 1] >= 0xb0;
	return !(c == 0xe3 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0x80) && c != 0xc2;
}

static size_t char_length(struct str s, size_t i)
{
	size_t n = utf8_char(str_sub(s, i, 4));
	return n ? n : 1;
}

/* The words of folded text; a dot or an apostrophe inside joins (j.r. is jr, o'brien obrien). */
static void cut_words(struct str s, struct tokens *t, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0, start = 0;
	for (size_t i = 0; i < s.n && t->n < TOKENS_MAX;) {
		size_t length = char_length(s, i);
		bool joins = s.p[i] == '.' || s.p[i] == '\'';
		if (is_word(s, i)) {
			memcpy(out + n, s.p + i, length);
			n += length;
		} else if (!joins && n > start) {
			t->at[t->n++] = (struct str){ out + start, n - start };
			start = n;
		}
		i += length;
	}
	if (n > start && t->n < TOKENS_MAX)
		t->at[t->n++] = (struct str){ out + start, n - start };
}

static struct str join(const struct str *words, size_t n, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (b.n)
			buf_putc(&b, ' ');
		buf_put(&b, words[i]);
	}
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

/* Where words say what a company is, and are not of what it is called. */
enum place {
	ANYWHERE,
	FIRST,	 /* before the name: Thương mại Minh Anh, but Đại học Thương mại */
	LAST,	 /* behind it: Minh Anh Co, but Cơ khí */
	FOREIGN, /* beside a word that no Vietnamese name has: Danone SA, but Hoàng Sa */
};

/* Words in a row, folded. */
static const struct form {
	const char *words;
	enum place place;
} forms[] = {
	{ "cong ty", ANYWHERE },
	{ "cty", ANYWHERE },
	{ "c ty", ANYWHERE },
	{ "tong cong ty", ANYWHERE },
	{ "tct", ANYWHERE },
	{ "tap doan", FIRST },
	{ "trach nhiem huu han", ANYWHERE },
	{ "tnhh", ANYWHERE },
	{ "co phan", ANYWHERE },
	{ "thuong mai co phan", ANYWHERE },
	{ "tmcp", ANYWHERE },
	{ "cp", FIRST },
	{ "ctcp", ANYWHERE },
	{ "mot thanh vien", ANYWHERE },
	{ "1 thanh vien", ANYWHERE },
	{ "1tv", ANYWHERE },
	{ "mtv", ANYWHERE },
	{ "hai thanh vien", ANYWHERE },
	{ "hai thanh vien tro len", ANYWHERE },
	{ "2 thanh vien", ANYWHERE },
	{ "2tv", ANYWHERE },
	{ "thuong mai", FIRST },
	{ "tm", FIRST },
	{ "tmdv", FIRST },
	{ "dich vu", FIRST },
	{ "dv", FIRST },
	{ "san xuat", FIRST },
	{ "sx", FIRST },
	{ "sxtm", FIRST },
	{ "xuat nhap khau", FIRST },
	{ "xnk", FIRST },
	{ "dau tu", FIRST },
	{ "dt", FIRST },
	{ "xay dung", FIRST },
	{ "xd", FIRST },
	{ "hop danh", ANYWHERE },
	{ "doanh nghiep tu nhan", ANYWHERE },
	{ "dntn", ANYWHERE },
	{ "doanh nghiep", FIRST },
	{ "dn", FIRST },
	{ "ho kinh doanh", ANYWHERE },
	{ "hkd", ANYWHERE },
	{ "chi nhanh", ANYWHERE },
	{ "cn", ANYWHERE },
	{ "van phong dai dien", ANYWHERE },
	{ "vpdd", ANYWHERE },
	{ "hop tac xa", ANYWHERE },
	{ "htx", ANYWHERE },
	{ "va", ANYWHERE },
	{ "and", ANYWHERE },
	{ "the", FOREIGN },
	{ "ltd", ANYWHERE },
	{ "limited", ANYWHERE },
	{ "inc", ANYWHERE },
	{ "incorporated", ANYWHERE },
	{ "llc", ANYWHERE },
	{ "llp", ANYWHERE },
	{ "lp", FOREIGN },
	{ "plc", ANYWHERE },
	{ "corp", ANYWHERE },
	{ "corporation", ANYWHERE },
	{ "co", LAST },
	{ "co ltd", ANYWHERE },
	{ "company", ANYWHERE },
	{ "gmbh", ANYWHERE },
	{ "mbh", FOREIGN },
	{ "ag", FOREIGN },
	{ "kg", FOREIGN },
	{ "ohg", FOREIGN },
	{ "ug", FOREIGN },
	{ "kgaa", FOREIGN },
	{ "sa", FOREIGN },
	{ "sas", FOREIGN },
	{ "sarl", FOREIGN },
	{ "srl", FOREIGN },
	{ "spa", FOREIGN },
	{ "bv", FOREIGN },
	{ "nv", FOREIGN },
	{ "ab", FOREIGN },
	{ "as", FOREIGN },
	{ "oy", FOREIGN },
	{ "aps", FOREIGN },
	{ "pte", ANYWHERE },
	{ "pty", ANYWHERE },
	{ "pvt", ANYWHERE },
	{ "private", FOREIGN },
	{ "sdn", ANYWHERE },
	{ "bhd", ANYWHERE },
	{ "jsc", ANYWHERE },
	{ "joint stock", ANYWHERE },
	{ "kk", FOREIGN },
	{ "ooo", FOREIGN },
};

/* The longest form from token i, and of how many tokens; NULL: none. */
static const struct form *form_at(const struct tokens *t, size_t i, size_t *length)
{
	const struct form *longest = NULL;
	*length = 0;
	for (const struct form *f = forms; i < t->n && f < forms + countof(forms); f++) {
		if (f->words[0] != t->at[i].p[0])
			continue;
		struct str rest = str_of(f->words), word;
		size_t n = 0;
		bool same = true;
		while (same && str_cut(&rest, ' ', &word)) {
			same = i + n < t->n && str_eq(t->at[i + n], word);
			n++;
		}
		if (same && n > *length) {
			longest = f;
			*length = n;
		}
	}
	return longest;
}

/* Whether the name goes on with a word from token i. */
static bool goes_on(const struct tokens *t, size_t i)
{
	size_t length;
	while (form_at(t, i, &length))
		i += length;
	return i < t->n;
}

/* Whether the form stands where it says what the company is; `next`: the token behind it. */
static bool in_place(enum place place, const struct tokens *t, size_t next, const struct str *kept,
		     size_t n)
{
	switch (place) {
	case FIRST:
		return !n;
	case LAST:
		return n && !goes_on(t, next);
	case FOREIGN:
		return n ? !name_is_syllable(kept[n - 1])
			 : next < t->n && !name_is_syllable(t->at[next]);
	default:
		return true;
	}
}

struct str org_key(struct str name, struct arena *a)
{
	struct tokens t = { .n = 0 };
	struct str kept[TOKENS_MAX];
	size_t n = 0, length;
	cut_words(utf8_fold(name, a), &t, a);
	for (size_t i = 0; i < t.n; i += length) {
		const struct form *form = form_at(&t, i, &length);
		if (form && in_place(form->place, &t, i + length, kept, n))
			continue;
		kept[n++] = t.at[i];
		length = 1;
	}
	return n ? join(kept, n, a) : join(t.at, t.n, a);
}
