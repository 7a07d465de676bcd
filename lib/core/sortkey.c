/*
 * Sort keys for names: three levels, one behind the other, so that a mark or a
 * capital only decides between texts that are otherwise the same.
 */
#include "core/buf.h"
#include "core/utf8.h"

/*
 * Bytes of the levels.  END closes one and is less than all that is in them.  The
 * first level holds ASCII by its place in order and UTF-8 above it.  SECOND and THIRD
 * are in no UTF-8: they put ă behind every text that begins with a, and before b.
 */
enum { END = 1, PLAIN = 2, CAPITAL = 3, OTHER_MARK = 8, SECOND = 0xf8, THIRD = 0xf9 };

static const struct letter {
	char base;
	unsigned char after;  /* SECOND, THIRD letter that is made from it */
	const char *forms[2]; /* the tones in their order: small, capital */
} letters[] = {
	{ 'a', 0, { "aàảãáạ", "AÀẢÃÁẠ" } },	 { 'a', SECOND, { "ăằẳẵắặ", "ĂẰẲẴẮẶ" } },
	{ 'a', THIRD, { "âầẩẫấậ", "ÂẦẨẪẤẬ" } },	 { 'd', SECOND, { "đ", "Đ" } },
	{ 'e', 0, { "eèẻẽéẹ", "EÈẺẼÉẸ" } },	 { 'e', SECOND, { "êềểễếệ", "ÊỀỂỄẾỆ" } },
	{ 'i', 0, { "iìỉĩíị", "IÌỈĨÍỊ" } },	 { 'o', 0, { "oòỏõóọ", "OÒỎÕÓỌ" } },
	{ 'o', SECOND, { "ôồổỗốộ", "ÔỒỔỖỐỘ" } }, { 'o', THIRD, { "ơờởỡớợ", "ƠỜỞỠỚỢ" } },
	{ 'u', 0, { "uùủũúụ", "UÙỦŨÚỤ" } },	 { 'u', SECOND, { "ưừửữứự", "ƯỪỬỮỨỰ" } },
	{ 'y', 0, { "yỳỷỹýỵ", "YỲỶỸÝỴ" } },
};

/* What a letter of the table above weighs on each level; base 0: it is none. */
enum { WEIGHTS = 0x1f00 };
static struct weight {
	char base;
	unsigned char after, tone, capital;
} weights[WEIGHTS];

/* Folded ASCII in its order, and the place of each character in it, from the blank on. */
static const char order[] =
    " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789abcdefghijklmnopqrstuvwxyz";
static char rank[0x80]; /* 0: control characters, which are left out */

static void fill_tables(void)
{
	for (size_t i = 0; order[i]; i++)
		rank[(unsigned char)order[i]] = (char)(' ' + i);
	for (size_t i = 0; i < 2 * countof(letters); i++) {
		const struct letter *l = &letters[i / 2];
		struct str forms = str_of(l->forms[i % 2]);
		unsigned char tone = PLAIN;
		while (forms.n) {
			size_t n = utf8_char(forms);
			weights[utf8_code(forms, n)] = (struct weight){
				.base = l->base,
				.after = l->after,
				.tone = tone++,
				.capital = i % 2 ? CAPITAL : PLAIN,
			};
			forms = str_sub(forms, n, forms.n);
		}
	}
}

struct key {
	struct buf base, tone, kind;
};

static void put_base(struct buf *base, struct str folded)
{
	for (size_t i = 0; i < folded.n; i++) {
		unsigned char c = (unsigned char)folded.p[i];
		char place = c < 0x80 ? rank[c] : (char)c;
		bool doubled = c == ' ' && base->n && base->p[base->n - 1] == ' ';
		if (place && !doubled)
			buf_putc(base, place);
	}
}

static void put_char(struct key *k, int32_t c)
{
	struct weight w = c < WEIGHTS ? weights[c] : (struct weight){ 0 };
	if (w.base) {
		buf_putc(&k->base, rank[(unsigned char)w.base]);
		if (w.after)
			buf_putc(&k->base, (char)w.after);
		buf_putc(&k->tone, (char)w.tone);
		buf_putc(&k->kind, (char)w.capital);
		return;
	}
	char folded[UTF8_FOLD_MAX];
	size_t n = utf8_fold_char(c, folded), before = k->base.n;
	put_base(&k->base, (struct str){ folded, n });
	if (n && k->base.n == before) /* a second blank, a control character */
		return;
	bool marked = c >= 0x80 && (n == 0 || (unsigned char)folded[0] < 0x80);
	buf_putc(&k->tone, marked ? OTHER_MARK : PLAIN);
	buf_putc(&k->kind, utf8_upper(c) ? CAPITAL : PLAIN);
}

/* Trailing PLAINs say nothing: the end of a level is less than any of them. */
static void put_level(struct buf *out, const struct buf *level)
{
	size_t n = level->n;
	while (n && level->p[n - 1] == PLAIN)
		n--;
	buf_putc(out, END);
	buf_put(out, (struct str){ level->p, n });
}

struct str utf8_sort_key(struct str s, struct arena *a)
{
	static struct key k; /* kept from call to call: this runs for every row */
	if (!weights['a'].base)
		fill_tables();
	k.base.n = k.tone.n = k.kind.n = 0;
	s = utf8_nfc(utf8_trim(s), a);
	for (size_t i = 0, n; i < s.n; i += n) {
		struct str at = str_sub(s, i, 4);
		n = utf8_char(at);
		if (n == 0) { /* no UTF-8: the byte stands for itself */
			n = 1;
			buf_putc(&k.base, s.p[i]);
		} else {
			put_char(&k, utf8_code(at, n));
		}
	}
	put_level(&k.base, &k.tone);
	put_level(&k.base, &k.kind);
	return buf_copy(&k.base, a);
}
