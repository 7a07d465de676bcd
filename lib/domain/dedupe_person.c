/* From a record's fields to what is compared. */
#include <stdlib.h>

#include "core/address.h"
#include "core/email.h"
#include "core/name.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "domain/dedupe_impl.h"
#include "domain/dedupe_text.h"

/* Digits of a telephone number that cannot be read: fewer may be anything, more be two. */
enum { LOCAL_LEAST = 7, LOCAL_MOST = 12 };

const char *const dedupe_types[DEDUPE_TYPES] = { "lead", "contact", "account" };

/* By type, in the order of dedupe_types; NULL: the type has no such thing. */
static const char *const slots[SLOTS][DEDUPE_TYPES] = {
	[SLOT_NAME] = { "name", "name", "name" },
	[SLOT_FIRST] = { "first_name", "first_name", "first_name" },
	[SLOT_LAST] = { "last_name", "last_name", "last_name" },
	[SLOT_COMPANY] = { "company", "account.name", NULL },
	[SLOT_KIND] = { NULL, NULL, "kind" },
	[SLOT_EMAIL] = { "email", "email", "email" },
	[SLOT_EMAIL2] = { NULL, NULL, "invoice_email" },
	[SLOT_PHONE] = { "phone", "phone", "phone" },
	[SLOT_MOBILE] = { "mobile", "mobile", "mobile" },
	[SLOT_ZALO] = { "zalo", "zalo", "zalo" },
	[SLOT_FACEBOOK] = { "facebook", "facebook", "facebook" },
	[SLOT_STREET] = { "street", "street", "billing_street" },
	[SLOT_WARD] = { "ward", "ward", "billing_ward" },
	[SLOT_DISTRICT] = { "district", "district", "billing_district" },
	[SLOT_CITY] = { "city", "city", "billing_city" },
	[SLOT_REGION] = { "region", "region", "billing_region" },
	[SLOT_POSTCODE] = { "postal_code", "postal_code", "billing_postal_code" },
	[SLOT_BIRTH] = { "birth_date", "birth_date", "birth_date" },
	[SLOT_TAX] = { "tax_code", NULL, "tax_code" },
};

const char *slot_path(const struct entity *e, enum slot slot)
{
	for (size_t i = 0; i < DEDUPE_TYPES; i++)
		if (!strcmp(e->name, dedupe_types[i]))
			return slots[slot][i];
	return NULL;
}

static void put(struct people *p, struct person *who, enum trait t, struct str s)
{
	who->word[t] = pool_add(&p->pools[trait_defs[t].pool], s);
}

/* The first free place of 1 + FURTHER; what is there already is not put twice. */
static void put_further(uint32_t *first, uint32_t further[FURTHER], uint32_t word)
{
	if (!word || *first == word)
		return;
	if (!*first) {
		*first = word;
		return;
	}
	for (size_t i = 0; i < FURTHER; i++) {
		if (further[i] == word)
			return;
		if (!further[i]) {
			further[i] = word;
			return;
		}
	}
}

/*
 * A number that cannot be read, for it lacks its area or country, is still one: its digits
 * are compared.  Without the + that a number in full has; empty: too few to tell anything.
 */
static struct str local_number(struct str text, struct arena *a)
{
	char *out = arena_alloc(a, text.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= '0' && text.p[i] <= '9')
			out[n++] = text.p[i];
	return (struct str){ out, n < LOCAL_LEAST || n > LOCAL_MOST ? 0 : n };
}

void person_add_phone(struct people *p, struct person *who, struct str text,
		      const struct settings *s, struct arena *scratch)
{
	struct str key = text.n ? phone_e164(text, s->region, scratch) : text;
	if (!key.n)
		key = local_number(text, scratch);
	if (!phone_is_blank(key))
		put_further(&who->word[TRAIT_PHONE], who->phone,
			    pool_add(&p->pools[TRAIT_PHONE], key));
}

void person_add_email(struct people *p, struct person *who, struct str text, struct arena *scratch)
{
	struct str key = email_loose_key(text, scratch);
	if (!email_is_blank(key))
		put_further(&who->word[TRAIT_EMAIL], who->email,
			    pool_add(&p->pools[TRAIT_EMAIL], key));
}

/* Letters, digits and single blanks. */
static struct str plain(struct str text, struct arena *a)
{
	struct str folded = utf8_fold(text, a);
	char *out = arena_alloc(a, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];
		bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c & '\x80';
		if (kept)
			out[n++] = c;
		else if (c != '\'' && n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	while (n && out[n - 1] == ' ')
		n--;
	return (struct str){ out, n };
}

/* 1 of Sr, 2 of Jr and II …; 0 of any other word. */
static uint8_t generation_of(struct str word)
{
	static const struct {
		const char *word;
		uint8_t number;
	} all[] = { { "sr", 1 }, { "senior", 1 }, { "jr", 2 }, { "junior", 2 },
		    { "ii", 2 }, { "iii", 3 },	  { "iv", 4 } };
	for (size_t i = 0; i < countof(all); i++)
		if (str_is(word, all[i].word))
			return all[i].number;
	return 0;
}

/* Jr stands behind the name, or as the last word of the family name, which it is no part of. */
static uint8_t take_generation(struct str suffix, struct str *family)
{
	struct str word;
	size_t last = family->n;
	while (str_cut(&suffix, ' ', &word))
		if (generation_of(word))
			return generation_of(word);
	while (last && family->p[last - 1] != ' ')
		last--;
	uint8_t found = last ? generation_of(str_sub(*family, last, family->n)) : 0;
	if (found)
		family->n = last - 1;
	return found;
}

/*
 * The parts where they are filled, for whoever filled them knew; a last name of several
 * words has the middle name in it where the whole is written family name first.
 */
static void put_name(struct people *p, struct person *who, const struct str s[SLOTS],
		     const struct settings *settings, struct arena *a)
{
	struct person_name n = { 0 };
	bool parts = s[SLOT_FIRST].n || s[SLOT_LAST].n;
	if (s[SLOT_NAME].n)
		name_split(s[SLOT_NAME], settings->family_first, &n, a);
	struct str suffix = plain(n.suffix, a);
	if (parts &&
	    !(n.family_first && memchr(s[SLOT_LAST].n ? s[SLOT_LAST].p : "", ' ', s[SLOT_LAST].n)))
		n = (struct person_name){ .given = s[SLOT_FIRST], .family = s[SLOT_LAST] };
	struct str family = plain(n.family, a);
	who->generation = take_generation(suffix, &family);
	put(p, who, TRAIT_GIVEN, plain(n.given, a));
	put(p, who, TRAIT_MIDDLE, plain(n.middle, a));
	put(p, who, TRAIT_FAMILY, family);
}

/* More digits than letters, or digits first: 12/3, 5b, k12; nels0n is a slip of the finger. */
static bool is_number(struct str s)
{
	size_t digits = 0;
	for (size_t i = 0; i < s.n; i++)
		digits += is_digit(s.p[i]);
	return s.n && (is_digit(s.p[0]) || 2 * digits >= s.n);
}

/* "12/3 le loi" is number "12/3" and street "le loi". */
static void put_street(struct people *p, struct person *who, struct str text, struct arena *a)
{
	struct str rest = address_key(text, a), word;
	struct buf number = { 0 }, name = { 0 };
	while (str_cut(&rest, ' ', &word)) {
		struct buf *to = is_number(word) ? &number : &name;
		if (to->n && word.n)
			buf_putc(to, ' ');
		buf_put(to, word);
	}
	put(p, who, TRAIT_NUMBER, buf_str(&number));
	put(p, who, TRAIT_STREET, buf_str(&name));
	buf_free(&number);
	buf_free(&name);
}

static void put_address(struct people *p, struct person *who, const struct str s[SLOTS],
			struct arena *a)
{
	put_street(p, who, s[SLOT_STREET], a);
	put(p, who, TRAIT_WARD, address_key(s[SLOT_WARD], a));
	put(p, who, TRAIT_DISTRICT, address_key(s[SLOT_DISTRICT], a));
	put(p, who, TRAIT_CITY, address_key(s[SLOT_CITY], a));
	put(p, who, TRAIT_REGION, address_key(s[SLOT_REGION], a));
	put(p, who, TRAIT_POSTCODE, plain(s[SLOT_POSTCODE], a));
}

/* Words by which the name of a branch says that it is one; org_key leaves them out. */
static bool is_branch(struct str name, struct arena *a)
{
	static const char *const words[] = { " chi nhanh ", " cn ",	 " branch ",
					     " vpdd ",	    " filiale ", " niederlassung ",
					     " sucursal " };
	struct str key = plain(name, a);
	const char *text = arena_printf(a, " %.*s ", (int)key.n, key.p).p;
	for (size_t i = 0; i < countof(words); i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

/* An account says what it is; a lead without a person's name is its company. */
static enum person_kind kind_of(const struct entity *e, const struct str s[SLOTS])
{
	bool named = s[SLOT_NAME].n || s[SLOT_FIRST].n || s[SLOT_LAST].n;
	if (str_is(s[SLOT_KIND], "org"))
		return KIND_ORG;
	if (!strcmp(e->name, "lead") && !named)
		return s[SLOT_COMPANY].n ? KIND_ORG : KIND_UNKNOWN;
	return KIND_PERSON;
}

static struct person *new_person(struct people *p)
{
	if (p->n == p->room) {
		p->room = p->room ? p->room + p->room / 2 : 64;
		p->all = xrealloc(p->all, p->room * sizeof *p->all);
	}
	struct person *who = &p->all[p->n++];
	memset(who, 0, sizeof *who);
	return who;
}

struct person *people_add(struct people *p, const struct settings *settings, const struct entity *e,
			  const struct str given[SLOTS], struct arena *scratch)
{
	struct person *who = new_person(p);
	struct str s[SLOTS];
	for (enum slot i = 0; i < SLOTS; i++)
		s[i] = says_nothing(i, given[i], scratch) ? (struct str){ 0 } : given[i];
	enum person_kind kind = kind_of(e, s);
	struct str org = s[SLOT_COMPANY].n || kind != KIND_ORG ? s[SLOT_COMPANY] : s[SLOT_NAME];
	who->kind = (uint8_t)kind;
	if (kind == KIND_PERSON)
		put_name(p, who, s, settings, scratch);
	who->branch = kind == KIND_ORG && is_branch(org, scratch);
	if (org.n)
		put(p, who, kind == KIND_ORG ? TRAIT_FIRM : TRAIT_COMPANY, org_key(org, scratch));
	put(p, who, TRAIT_BIRTH, s[SLOT_BIRTH]);
	put(p, who, TRAIT_TAX, plain(s[SLOT_TAX], scratch));
	put_address(p, who, s, scratch);
	person_add_phone(p, who, s[SLOT_MOBILE], settings, scratch);
	person_add_phone(p, who, s[SLOT_PHONE], settings, scratch);
	person_add_phone(p, who, s[SLOT_ZALO], settings, scratch);
	person_add_email(p, who, s[SLOT_EMAIL], scratch);
	person_add_email(p, who, s[SLOT_EMAIL2], scratch);
	person_add_email(p, who, s[SLOT_FACEBOOK], scratch);
	return who;
}

static void count(struct people *p, enum trait t, uint32_t word)
{
	if (word)
		p->pools[trait_defs[t].pool].count[word]++;
}

struct known_as {
	uint64_t key;
	uint32_t who;
};

/* The name, in any order of its words, and the first number that tells; 0: none does. */
static uint64_t known_as(const struct person *who)
{
	static const enum trait names[] = { TRAIT_GIVEN, TRAIT_MIDDLE, TRAIT_FAMILY, TRAIT_FIRM };
	static const enum trait telling[] = { TRAIT_PHONE, TRAIT_EMAIL, TRAIT_TAX, TRAIT_BIRTH };
	uint64_t name = 0;
	for (size_t i = 0; i < countof(names); i++) {
		uint32_t word = who->word[names[i]];
		name += word ? hash_mix((uint64_t)word << 1 | (names[i] == TRAIT_FIRM)) : 0;
	}
	for (size_t i = 0; name && i < countof(telling); i++)
		if (who->word[telling[i]])
			return hash_mix(name ^ ((uint64_t)who->word[telling[i]] << 8 | i));
	return 0;
}

static int by_key(const void *x, const void *y)
{
	const struct known_as *a = x, *b = y;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->who < b->who ? -1 : a->who > b->who;
}

static void count_all(struct people *p, const struct person *who)
{
	for (enum trait t = 0; t < TRAITS; t++)
		count(p, t, who->word[t]);
	born_count(p, pool_text(&p->pools[TRAIT_BIRTH], who->word[TRAIT_BIRTH]));
	for (size_t j = 0; j < FURTHER; j++) {
		count(p, TRAIT_PHONE, who->phone[j]);
		count(p, TRAIT_EMAIL, who->email[j]);
	}
}

void people_count(struct people *p)
{
	struct known_as *all = xmalloc((p->n + 1) * sizeof *all);
	for (size_t i = 0; i < p->n; i++)
		all[i] = (struct known_as){ known_as(&p->all[i]), (uint32_t)i };
	qsort(all, p->n, sizeof *all, by_key);
	for (size_t i = 0; i < p->n; i++)
		if (!i || !all[i].key || all[i].key != all[i - 1].key)
			count_all(p, &p->all[all[i].who]);
	free(all);
}

void people_free(struct people *p)
{
	for (size_t i = 0; i < TRAITS; i++)
		pool_free(&p->pools[i]);
	free(p->all);
	*p = (struct people){ 0 };
}
