/* What records of one person have in common. */
#include "domain/dedupe_keys.h"

#include <stdlib.h>

#include "domain/dedupe_text.h"

typedef void put_fn(void *ctx, uint64_t key);

enum { WORDS = 8 };

/* A person's words: of given and family name, and with `middle` of that too; or a firm's. */
static size_t words_of(const struct people *p, const struct person *who, bool middle,
		       struct str out[WORDS])
{
	static const enum trait names[] = { TRAIT_GIVEN, TRAIT_FAMILY, TRAIT_MIDDLE, TRAIT_FIRM };
	size_t n = 0;
	for (size_t i = 0; i < countof(names); i++) {
		enum trait t = names[i];
		struct str rest = pool_text(&p->pools[trait_defs[t].pool], who->word[t]), word;
		if (t == TRAIT_MIDDLE && !middle)
			continue;
		while (n < WORDS && str_cut(&rest, ' ', &word))
			if (word.n)
				out[n++] = word;
	}
	return n;
}

static uint64_t join(uint64_t hash, uint64_t part)
{
	return hash_mix(hash ^ (part + UINT64_C(0x9e3779b97f4a7c15)));
}

static uint64_t text_hash(struct str s)
{
	return hash_bytes(HASH_START, s.p, s.n);
}

/* Of the traits a and b; 0: one is not known. */
static uint64_t fixed(const struct block_pass *pass, const struct person *who)
{
	uint64_t key = 1;
	const enum trait parts[] = { pass->a, pass->b };
	for (size_t i = 0; i < countof(parts); i++) {
		if (parts[i] == TRAITS)
			continue;
		if (!who->word[parts[i]])
			return 0;
		key = join(key, who->word[parts[i]]);
	}
	return key;
}

static void keys_fixed(const struct block_pass *pass, const struct people *p,
		       const struct person *who, put_fn *put, void *ctx)
{
	uint64_t key = fixed(pass, who);
	(void)p;
	if (key)
		put(ctx, key);
}

/* The numbers of one kind, each a key. */
static void keys_reach(const struct block_pass *pass, const struct people *p,
		       const struct person *who, put_fn *put, void *ctx)
{
	const uint32_t *more = pass->a == TRAIT_PHONE ? who->phone : who->email;
	(void)p;
	if (who->word[pass->a])
		put(ctx, who->word[pass->a]);
	for (size_t i = 0; i < FURTHER && more[i]; i++)
		put(ctx, more[i]);
}

enum { LOCAL_MIN = 5 };

static void keys_local(const struct block_pass *pass, const struct people *p,
		       const struct person *who, put_fn *put, void *ctx)
{
	struct str address = pool_text(&p->pools[TRAIT_EMAIL], who->word[TRAIT_EMAIL]);
	ptrdiff_t at = str_find(address, '@');
	(void)pass;
	if (at >= LOCAL_MIN)
		put(ctx, text_hash(str_sub(address, 0, (size_t)at)));
}

static uint64_t sound_hash(struct str s)
{
	return sound_code(s);
}

/* The fixed part with each word. */
static void keys_word(const struct block_pass *pass, const struct people *p,
		      const struct person *who, put_fn *put, void *ctx)
{
	struct str words[WORDS];
	uint64_t key = fixed(pass, who);
	size_t n = key ? words_of(p, who, false, words) : 0;
	for (size_t i = 0; i < n; i++)
		put(ctx, join(key, text_hash(words[i])));
}

/* The fixed part with all words in any order: sums do not mind it. */
static void keys_sum(const struct block_pass *pass, const struct people *p,
		     const struct person *who, bool middle, uint64_t (*code)(struct str),
		     put_fn *put, void *ctx)
{
	struct str words[WORDS];
	uint64_t key = fixed(pass, who), sum = 0;
	size_t n = words_of(p, who, middle, words);
	for (size_t i = 0; i < n; i++)
		sum += hash_mix(code(words[i]));
	if (key && n > 1)
		put(ctx, join(key, sum));
}

/* The whole name. */
static void keys_name(const struct block_pass *pass, const struct people *p,
		      const struct person *who, put_fn *put, void *ctx)
{
	keys_sum(pass, p, who, true, text_hash, put, ctx);
}

/* How given and family name sound. */
static void keys_both(const struct block_pass *pass, const struct people *p,
		      const struct person *who, put_fn *put, void *ctx)
{
	keys_sum(pass, p, who, false, sound_hash, put, ctx);
}

static uint64_t initial_hash(struct str s)
{
	return (unsigned char)s.p[0];
}

/* The first letters of given and family name. */
static void keys_initials(const struct block_pass *pass, const struct people *p,
			  const struct person *who, put_fn *put, void *ctx)
{
	keys_sum(pass, p, who, false, initial_hash, put, ctx);
}

/* The digits of the birth date in any order, with the first letters. */
static void keys_digits(const struct block_pass *pass, const struct people *p,
			const struct person *who, put_fn *put, void *ctx)
{
	struct str birth = pool_text(&p->pools[TRAIT_BIRTH], who->word[TRAIT_BIRTH]);
	struct str words[WORDS];
	uint64_t sum = 0;
	size_t n = words_of(p, who, false, words);
	(void)pass;
	for (size_t i = 0; i < birth.n; i++)
		sum += hash_mix((unsigned char)birth.p[i]);
	for (size_t i = 0; birth.n && i < n; i++)
		put(ctx, join(sum, initial_hash(words[i])));
}

/* The house number and how the street begins. */
static void keys_house(const struct block_pass *pass, const struct people *p,
		       const struct person *who, put_fn *put, void *ctx)
{
	uint64_t key = fixed(pass, who);
	struct str street = pool_text(&p->pools[TRAIT_STREET], who->word[TRAIT_STREET]);
	if (key && street.n)
		put(ctx, join(key, text_hash(str_sub(street, 0, 3))));
}

const struct block_pass block_passes[] = {
	{ "telephone", keys_reach, TRAIT_PHONE, TRAITS },
	{ "e-mail address", keys_reach, TRAIT_EMAIL, TRAITS },
	{ "name before the @", keys_local, TRAITS, TRAITS },
	{ "tax code", keys_fixed, TRAIT_TAX, TRAITS },
	{ "name", keys_name, TRAITS, TRAITS },
	{ "birth date", keys_fixed, TRAIT_BIRTH, TRAITS },
	{ "digits of the birth date and first letter", keys_digits, TRAITS, TRAITS },
	{ "first letters and house number", keys_initials, TRAIT_NUMBER, TRAITS },
	{ "sound of the names and city", keys_both, TRAIT_CITY, TRAITS },
	{ "name and postal code", keys_word, TRAIT_POSTCODE, TRAITS },
	{ "house number and street", keys_house, TRAIT_NUMBER, TRAITS },
	{ "name and street", keys_word, TRAIT_STREET, TRAITS },
	{ "name and company", keys_word, TRAIT_COMPANY, TRAITS },
};
const size_t nblock_passes = countof(block_passes);

struct taker {
	struct block_list *list;
	uint32_t rank, who;
};

static void take(void *ctx, uint64_t key)
{
	struct taker *t = ctx;
	struct block_list *l = t->list;
	if (l->n == l->room) {
		l->room = l->room ? l->room + l->room / 2 : 1024;
		l->all = xrealloc(l->all, l->room * sizeof *l->all);
	}
	l->all[l->n++] = (struct block_entry){ key, t->rank, t->who };
}

void block_keys(const struct block_pass *pass, const struct people *p, uint32_t who, uint32_t rank,
		struct block_list *out)
{
	struct taker t = { out, rank, who };
	pass->keys(pass, p, &p->all[who], take, &t);
}

struct order {
	const struct people *people;
	enum trait by[5];
};

static int by_name(const void *a, const void *b, void *ctx)
{
	const struct order *o = ctx;
	const struct block_entry *x = a, *y = b;
	for (size_t i = 0; i < countof(o->by); i++) {
		enum trait t = o->by[i];
		uint32_t v = o->people->all[x->who].word[t], w = o->people->all[y->who].word[t];
		const struct pool *pool = &o->people->pools[trait_defs[t].pool];
		int c = v == w ? 0 : str_cmp(pool_text(pool, v), pool_text(pool, w));
		if (c)
			return c;
	}
	return x->who < y->who ? -1 : x->who > y->who;
}

uint32_t *name_ranks(const struct people *p, bool reversed, struct block_list *list)
{
	uint32_t *rank = xmalloc((p->n + 1) * sizeof *rank);
	struct order family = {
		p, { TRAIT_FAMILY, TRAIT_FIRM, TRAIT_GIVEN, TRAIT_MIDDLE, TRAIT_BIRTH }
	};
	struct order given = { p,
			       { TRAIT_GIVEN, TRAIT_FIRM, TRAIT_FAMILY, TRAIT_BIRTH, TRAIT_CITY } };
	list->n = 0;
	for (uint32_t i = 0; i < p->n; i++)
		take(&(struct taker){ list, 0, i }, 0);
	qsort_r(list->all, list->n, sizeof *list->all, by_name, reversed ? &given : &family);
	for (uint32_t i = 0; i < p->n; i++)
		rank[list->all[i].who] = i;
	return rank;
}
