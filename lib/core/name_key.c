/* What is compared of names of organisations. */
#include "core/buf.h"
#include "core/name.h"
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

/* What a company is, not what it is called: words in a row, folded. */
static const char *const forms[] = {
	"cong ty",
	"cty",
	"c ty",
	"tong cong ty",
	"tct",
	"tap doan",
	"trach nhiem huu han",
	"tnhh",
	"co phan",
	"cp",
	"ctcp",
	"mot thanh vien",
	"1 thanh vien",
	"1tv",
	"mtv",
	"hai thanh vien",
	"hai thanh vien tro len",
	"2 thanh vien",
	"2tv",
	"thuong mai",
	"tm",
	"tmdv",
	"dich vu",
	"dv",
	"san xuat",
	"sx",
	"sxtm",
	"xuat nhap khau",
	"xnk",
	"dau tu",
	"dt",
	"xay dung",
	"xd",
	"hop danh",
	"doanh nghiep tu nhan",
	"dntn",
	"doanh nghiep",
	"dn",
	"ho kinh doanh",
	"hkd",
	"chi nhanh",
	"cn",
	"van phong dai dien",
	"vpdd",
	"hop tac xa",
	"htx",
	"va",
	"and",
	"the",
	"ltd",
	"limited",
	"inc",
	"incorporated",
	"llc",
	"llp",
	"lp",
	"plc",
	"corp",
	"corporation",
	"co",
	"company",
	"gmbh",
	"mbh",
	"ag",
	"kg",
	"ohg",
	"ug",
	"kgaa",
	"sa",
	"sas",
	"sarl",
	"srl",
	"spa",
	"bv",
	"nv",
	"ab",
	"as",
	"oy",
	"aps",
	"pte",
	"pty",
	"pvt",
	"private",
	"sdn",
	"bhd",
	"jsc",
	"joint stock",
	"kk",
	"ooo",
};

/* How many tokens from i are one legal form, the longest one. */
static size_t form_at(const struct tokens *t, size_t i)
{
	size_t longest = 0;
	for (size_t f = 0; f < countof(forms); f++) {
		if (forms[f][0] != t->at[i].p[0])
			continue;
		struct str rest = str_of(forms[f]), word;
		size_t n = 0;
		bool same = true;
		while (same && str_cut(&rest, ' ', &word)) {
			same = i + n < t->n && str_eq(t->at[i + n], word);
			n++;
		}
		if (same && n > longest)
			longest = n;
	}
	return longest;
}

struct str org_key(struct str name, struct arena *a)
{
	struct tokens t = { .n = 0 };
	struct str kept[TOKENS_MAX];
	size_t n = 0, form;
	cut_words(utf8_fold(name, a), &t, a);
	for (size_t i = 0; i < t.n; i += form ? form : 1) {
		form = form_at(&t, i);
		if (!form)
			kept[n++] = t.at[i];
	}
	return n ? join(kept, n, a) : join(t.at, t.n, a);
}
