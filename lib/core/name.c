/* A person's name in parts. */
#include "core/name.h"

#include "core/buf.h"
#include "core/name_words.h"
#include "core/utf8.h"

enum { WORDS_MAX = 24, TITLE_WORDS = 3, TITLE_BYTES = 16, ASIDE_BYTES = 128 };

/* One word of a name: where it stands, and what the tables compare. */
struct word {
	struct str text, folded; /* folded: without dots */
	bool closes;		 /* a comma follows */
};

struct words {
	struct word at[WORDS_MAX];
	size_t n;
	struct arena *arena;
};

static struct str without_dots(struct str s, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '.')
			out[n++] = s.p[i];
	return (struct str){ out, n };
}

/* Where the bracket or quote that opens at the start of s is closed; 0: it opens nothing. */
static size_t aside(struct str s)
{
	static const char *const pairs[][2] = {
		{ "(", ")" }, { "[", "]" },   { "\"", "\"" },
		{ "“", "”" }, { "（", "）" }, { "«", "»" },
	};
	for (size_t i = 0; i < countof(pairs); i++) {
		size_t open = strlen(pairs[i][0]);
		if (!str_starts(s, pairs[i][0]))
			continue;
		struct str rest = str_sub(s, open, ASIDE_BYTES);
		const char *end = memmem(rest.p, rest.n, pairs[i][1], strlen(pairs[i][1]));
		return end ? open + (size_t)(end - rest.p) + strlen(pairs[i][1]) : 0;
	}
	return 0;
}

/* NFC, single blanks, a blank behind each comma, without what stands in brackets or quotes. */
static struct str clean(struct str full, struct arena *a)
{
	struct buf b = { 0 };
	struct str s = utf8_valid(full) ? utf8_nfc(full, a) : full;
	for (size_t i = 0, n; i < s.n; i += n) {
		struct str at = str_sub(s, i, s.n);
		n = utf8_char(at);
		size_t skip = aside(at);
		bool comma = str_starts(at, ",") || str_starts(at, "、") || str_starts(at, "，");
		if (n == 0)
			n = 1;
		if (skip)
			n = skip;
		if (!skip && !comma && utf8_trim(str_sub(s, i, n)).n) {
			buf_put(&b, str_sub(s, i, n));
			continue;
		}
		while (comma && b.n && b.p[b.n - 1] == ' ')
			b.n--;
		if (comma && b.n && b.p[b.n - 1] != ',')
			buf_putc(&b, ',');
		if (b.n && b.p[b.n - 1] != ' ')
			buf_putc(&b, ' ');
	}
	while (b.n && (b.p[b.n - 1] == ' ' || b.p[b.n - 1] == ','))
		b.n--;
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

/* "ThS.Lan": the title is a word of its own. */
static struct str glued_title(struct str word, struct arena *a)
{
	for (size_t i = word.n < TITLE_BYTES ? word.n : TITLE_BYTES; i-- > 1;)
		if (word.p[i] == '.' && i + 1 < word.n &&
		    name_is_title(without_dots(utf8_fold(str_sub(word, 0, i), a), a)))
			return str_sub(word, 0, i + 1);
	return word;
}

static void add_word(struct words *w, struct str text, bool closes)
{
	struct str folded = without_dots(utf8_fold(text, w->arena), w->arena);
	w->at[w->n++] = (struct word){ text, folded, closes };
}

/* What is beyond WORDS_MAX stays with the last word. */
static void find_words(struct words *w, struct str s)
{
	while (s.n && w->n < WORDS_MAX) {
		ptrdiff_t blank = w->n + 1 < WORDS_MAX ? str_find(s, ' ') : -1;
		struct str word = str_sub(s, 0, blank < 0 ? s.n : (size_t)blank);
		struct str title = w->n + 2 < WORDS_MAX ? glued_title(word, w->arena) : word;
		if (title.n < word.n) {
			word = title;
			s = str_sub(s, title.n, s.n);
		} else {
			s = str_sub(s, word.n + 1, s.n);
		}
		bool closes = word.n && word.p[word.n - 1] == ',';
		add_word(w, str_sub(word, 0, word.n - closes), closes);
	}
}

/* The words from i up to end as they stand, one blank between. */
static struct str text_of(const struct words *w, size_t i, size_t end)
{
	struct buf b = { 0 };
	for (; i < end; i++) {
		if (b.n)
			buf_putc(&b, ' ');
		buf_put(&b, w->at[i].text);
	}
	struct str out = buf_copy(&b, w->arena);
	buf_free(&b);
	return out;
}

static struct str two(struct str x, struct str y, struct arena *a)
{
	if (!x.n || !y.n)
		return x.n ? x : y;
	return arena_printf(a, "%.*s %.*s", (int)x.n, x.p, (int)y.n, y.p);
}

/* Ông, Chị …; without accents only where a Vietnamese name follows (Chi Tran Thi Lan). */
static bool is_address(const struct words *w, size_t i)
{
	const struct word *word = &w->at[i];
	struct str bare = { 0 };
	struct str lower = utf8_lower(word->text, w->arena);
	bool again = i && str_eq(lower, utf8_lower(w->at[i - 1].text, w->arena));
	if (again || (str_is(lower, "anh") && !str_eq(word->text, lower) &&
		      i + 2 == w->n)) /* Anh Anh Thư; Anh Thư is a name */
		return false;
	if (name_is_address(lower))
		return true;
	return i + 2 < w->n && name_is_bare_address(word->folded) &&
	       !name_is_family(word->folded, bare) && name_is_family(w->at[i + 1].folded, bare);
}

/* How many words at i are a title; at least one word is left over. */
static size_t title_at(const struct words *w, size_t i)
{
	if (i + 1 >= w->n)
		return 0;
	struct str phrase = w->at[i].folded;
	size_t most = name_begins_title(phrase) ? TITLE_WORDS : 1;
	size_t found = name_is_title(phrase) || is_address(w, i);
	for (size_t n = 2; n <= most && i + n < w->n; n++) {
		phrase = two(phrase, w->at[i + n - 1].folded, w->arena);
		if (name_is_title(phrase))
			found = n;
	}
	return found;
}

static void drop(struct words *w, size_t i, size_t n)
{
	memmove(&w->at[i], &w->at[i + n], (w->n - i - n) * sizeof *w->at);
	w->n -= n;
}

/* Titles in front, and behind the comma of "Smith, Dr. John". */
static void take_title(struct words *w, struct str *title)
{
	size_t from = 0, n = 0, more;
	for (size_t i = 0; !n && i < w->n; i++) {
		if (i && !w->at[i - 1].closes)
			continue;
		while ((more = title_at(w, i + n)) > 0)
			n += more;
		from = i;
	}
	*title = text_of(w, from, from + n);
	drop(w, from, n);
}

static void take_suffix(struct words *w, struct str *suffix)
{
	size_t n = 0;
	while (w->n > n + 1 && name_is_suffix(w->at[w->n - n - 1].folded))
		n++;
	*suffix = text_of(w, w->n - n, w->n);
	w->n -= n;
	if (n)
		w->at[w->n - 1].closes = false;
}

/* Letters that only Vietnamese has, or hardly anybody else. */
static bool has_vietnamese(struct str s)
{
	for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
		struct str at = str_sub(s, i, 4);
		n = utf8_char(at);
		int32_t c = n > 1 ? utf8_code(at, n) : 0;
		if ((c >= 0x1ea0 && c <= 0x1ef9) || c == 0x102 || c == 0x103 || c == 0x110 ||
		    c == 0x111 || c == 0x1a0 || c == 0x1a1 || c == 0x1af || c == 0x1b0)
			return true;
	}
	return false;
}

static bool is_east_asian(int32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) ||
	       (c >= 0x3040 && c <= 0x30ff) || (c >= 0x20000 && c <= 0x323af);
}

static bool all_east_asian(const struct words *w)
{
	for (size_t k = 0; k < w->n; k++) {
		struct str s = w->at[k].text;
		for (size_t i = 0, n; i < s.n; i += n) {
			struct str at = str_sub(s, i, 4);
			n = utf8_char(at);
			if (n == 0 || !is_east_asian(utf8_code(at, n)))
				return false;
		}
	}
	return true;
}

static bool is_vietnamese_middle(struct str folded)
{
	return str_is(folded, "thi") || str_is(folded, "van");
}

static enum family family_of(const struct words *w, size_t i, bool accents)
{
	const struct word *word = &w->at[i];
	struct str lower = { 0 };
	return name_is_family(word->folded, accents ? utf8_lower(word->text, w->arena) : lower);
}

/* Which way round the words stand; see name_split. */
static bool is_family_first(const struct words *w, bool setting)
{
	bool letters = false, syllables = true, accents = false;
	for (size_t i = 0; i < w->n; i++) {
		accents = accents || w->at[i].folded.n < w->at[i].text.n;
		letters = letters || has_vietnamese(w->at[i].text);
		syllables = syllables && name_is_syllable(w->at[i].folded);
	}
	enum family first = family_of(w, 0, accents), last = family_of(w, w->n - 1, accents);
	letters = letters || (syllables && accents); /* Lê: the French have ê, too */
	if (first && w->n > 2 && is_vietnamese_middle(w->at[1].folded))
		return letters || syllables || first == FAMILY_SURE;
	if (!letters && !syllables)
		return false;
	if (last > first && (w->n == 2 || (last == FAMILY_SURE && !first)))
		return first && !letters ? setting : false;
	if (first == FAMILY_SURE || (first && letters))
		return true;
	return setting || (letters && w->n > 2);
}

/* Two family names that are one: Tôn Nữ, Âu Dương. */
static size_t family_words(const struct words *w)
{
	static const char *const two[][2] = {
		{ "ton", "nu" }, { "ton", "that" }, { "au", "duong" }, { "cong", "tang" }
	};
	for (size_t i = 0; i < countof(two) && w->n > 2; i++)
		if (str_is(w->at[0].folded, two[i][0]) && str_is(w->at[1].folded, two[i][1]))
			return 2;
	return 1;
}

/* Where the family name begins that ends the name: its particles belong to it. */
static size_t family_start(const struct words *w)
{
	size_t i = w->n - 1;
	if (i > 2 && str_is(w->at[i - 1].folded, "y")) /* Ortega y Gasset */
		i -= 2;
	while (i > 1 && name_is_particle(w->at[i - 1].folded))
		i--;
	return i;
}

static void split_words(const struct words *w, bool setting, struct person_name *out)
{
	size_t n = w->n;
	out->family_first = n > 1 && is_family_first(w, setting);
	if (n < 2) {
		out->given = text_of(w, 0, n);
	} else if (out->family_first) {
		size_t family = family_words(w);
		out->family = text_of(w, 0, family);
		out->middle = text_of(w, family, n - 1);
		out->given = text_of(w, n - 1, n);
	} else {
		size_t family = family_start(w);
		out->given = text_of(w, 0, 1);
		out->middle = text_of(w, 1, family);
		out->family = text_of(w, family, n);
	}
}

/* "Tran, Thi Lan" and "Smith, John Paul": the given name is where the order has it. */
static void split_comma(const struct words *w, size_t family, struct person_name *out)
{
	size_t n = w->n;
	bool vietnamese = name_is_family(w->at[0].folded, (struct str){ 0 }) && family == 1;
	for (size_t i = 0; i < n; i++)
		vietnamese = vietnamese && name_is_syllable(w->at[i].folded);
	out->family = text_of(w, 0, family);
	out->given = vietnamese ? text_of(w, n - 1, n) : text_of(w, family, family + 1);
	out->middle = vietnamese ? text_of(w, family, n - 1) : text_of(w, family + 1, n);
	out->family_first = vietnamese;
}

/* 欧阳娜娜, 김민준, 田中太郎: two of four characters are the family's, else the first. */
static void split_east_asian(const struct words *w, struct person_name *out)
{
	struct str s = w->at[0].text;
	size_t family = w->n > 1 ? s.n : name_east_asian_family(s), letters = 0, half = 0, one = 0;
	bool kana = false;
	for (size_t i = 0; i < s.n; letters++) {
		struct str at = str_sub(s, i, 4);
		size_t n = utf8_char(at);
		int32_t c = utf8_code(at, n);
		kana = kana || (c >= 0x3040 && c <= 0x30ff);
		i += n;
		if (letters == 0)
			one = i;
		if (letters == 1)
			half = i;
	}
	if (!family)
		family = kana || letters < 2 ? 0 : letters == 4 ? half : one;
	out->family_first = true;
	out->family = str_sub(s, 0, family);
	out->given = w->n > 1 ? text_of(w, 1, w->n) : str_sub(s, family, s.n);
}

void name_split(struct str full, bool family_first, struct person_name *out, struct arena *a)
{
	struct words w = { .arena = a };
	size_t family = 0;
	*out = (struct person_name){ .family_first = family_first };
	find_words(&w, clean(full, a));
	take_title(&w, &out->title);
	take_suffix(&w, &out->suffix);
	while (family < w.n && !w.at[family].closes)
		family++;
	if (!w.n)
		return;
	if (family + 1 < w.n)
		split_comma(&w, family + 1, out);
	else if (all_east_asian(&w))
		split_east_asian(&w, out);
	else
		split_words(&w, family_first, out);
}

struct str name_first(const struct person_name *n, struct arena *a)
{
	return n->family_first ? n->given : two(n->given, n->middle, a);
}

struct str name_last(const struct person_name *n, struct arena *a)
{
	return n->family_first ? two(n->family, n->middle, a) : n->family;
}
