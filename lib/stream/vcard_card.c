/* What a card says, as the cells of a record: names, addresses, dates. */
#include <strings.h>

#include "core/utf8.h"
#include "stream/vcard.h"

const char *const card_columns[CARD_SLOTS][CARD_NAMES] = {
	[CARD_NAME] = { "name" },
	[CARD_FIRST] = { "first_name" },
	[CARD_LAST] = { "last_name" },
	[CARD_SALUTATION] = { "salutation" },
	[CARD_TITLE] = { "title" },
	/* A lead has both; its account is what it became. */
	[CARD_COMPANY] = { "company", "account", "account.name" },
	[CARD_DEPARTMENT] = { "department" },
	[CARD_KIND] = { "kind" },
	[CARD_PHONE] = { "phone" },
	[CARD_MOBILE] = { "mobile" },
	[CARD_EMAIL] = { "email" },
	[CARD_ZALO] = { "zalo" },
	[CARD_FACEBOOK] = { "facebook" },
	[CARD_WEBSITE] = { "website" },
	[CARD_STREET] = { "street", "billing_street" },
	[CARD_WARD] = { "ward", "billing_ward" },
	[CARD_DISTRICT] = { "district", "billing_district" },
	[CARD_CITY] = { "city", "billing_city" },
	[CARD_REGION] = { "region", "billing_region" },
	[CARD_POSTAL] = { "postal_code", "billing_postal_code" },
	[CARD_COUNTRY] = { "country", "billing_country" },
	[CARD_BIRTH] = { "birth_date" },
	[CARD_FOUNDED] = { "founded_on" },
	[CARD_GENDER] = { "gender" },
	[CARD_TAGS] = { "tags" },
	[CARD_NOTES] = { "notes", "description" },
	[CARD_EXTERNAL] = { "external_id" },
};

const char *const card_relations[] = { "spouse",  "child",  "parent",	 "sibling", "assistant",
				       "manager", "friend", "colleague", NULL };

const char *card_relation(struct str property)
{
	for (size_t i = 0; card_relations[i] && str_starts(property, "X-"); i++)
		if (property.n == strlen(card_relations[i]) + 2 &&
		    strncasecmp(property.p + 2, card_relations[i], property.n - 2) == 0)
			return card_relations[i];
	return NULL;
}

enum card_slot card_slot_of(struct str column)
{
	for (enum card_slot i = 0; i < CARD_SLOTS; i++)
		for (size_t j = 0; j < CARD_NAMES; j++)
			if (card_columns[i][j] && str_is(column, card_columns[i][j]))
				return i;
	return CARD_SLOTS;
}

void card_open(struct card *c, card_takes *takes, void *context)
{
	*c = (struct card){ .version = VCARD_30, .takes = takes, .context = context };
	for (enum card_slot i = 0; i < CARD_SLOTS; i++)
		for (size_t j = CARD_NAMES; j-- > 0;) {
			const char *name = card_columns[i][j];
			if (name && (!takes || takes(context, name, (struct str){ 0 })))
				c->column[i] = name;
		}
}

bool card_fits(const struct card *c, enum card_slot slot, struct str text)
{
	return c->column[slot] && text.n &&
	       (!c->takes || c->takes(c->context, c->column[slot], text));
}

const char *card_default_type(enum card_slot slot, bool at_company)
{
	if (slot == CARD_MOBILE)
		return "cell";
	if (slot == CARD_STREET) /* RFC 2426: unless it says otherwise */
		return "work";
	return slot == CARD_PHONE && at_company ? "work" : "";
}

static struct str two(struct str a, struct str b, struct arena *arena)
{
	if (!a.n || !b.n)
		return a.n ? a : b;
	return arena_printf(arena, "%.*s %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

/* "Mr." for "mr": the salutation's key as cards have it. */
struct str card_prefix(struct str key, struct arena *a)
{
	static const char *const known[][2] = {
		{ "mr", "Mr." }, { "ms", "Ms." },     { "mrs", "Mrs." },
		{ "dr", "Dr." }, { "prof", "Prof." },
	};
	for (size_t i = 0; i < countof(known); i++)
		if (str_is(key, known[i][0]))
			return str_of(known[i][1]);
	return arena_str(a, key);
}

/*
 * A name that is written family name first keeps the middle name with it, as the fields do
 * (họ và tên đệm); else it goes with the given name, so that both joined are the whole.
 * A whole name as the given one was not taken apart by whoever wrote it.
 */
bool card_take_name(struct card *c, struct str value)
{
	enum { FAMILY, GIVEN, MIDDLE, PREFIX, SUFFIX, PARTS };
	struct str part[PARTS], full = c->slot[CARD_NAME], family;
	struct arena *a = c->arena;
	vcard_parts(value, c->version, part, PARTS, a);
	family = part[FAMILY];
	if (!family.n && !part[MIDDLE].n && str_eq(part[GIVEN], full) && str_find(full, ' ') >= 0)
		part[GIVEN] = family;
	bool family_first = family.n && part[GIVEN].n && full.n > family.n &&
			    memcmp(full.p, family.p, family.n) == 0;
	c->slot[CARD_LAST] = family_first ? two(family, part[MIDDLE], a) : family;
	c->slot[CARD_FIRST] = family_first ? part[GIVEN] : two(part[GIVEN], part[MIDDLE], a);
	struct str prefix = part[PREFIX];
	if (prefix.n && prefix.p[prefix.n - 1] == '.')
		prefix.n--;
	bool known = card_fits(c, CARD_SALUTATION, prefix);
	if (known)
		c->slot[CARD_SALUTATION] = utf8_lower(prefix, a);
	bool parts = c->slot[CARD_LAST].n || c->slot[CARD_FIRST].n;
	return !part[MIDDLE].n && !part[SUFFIX].n && (known || !prefix.n) &&
	       (!parts || (c->column[CARD_FIRST] && c->column[CARD_LAST]));
}

/* Without ", Ward, District" at the end, which RFC 9554 says in components of their own. */
static struct str bare_street(struct str street, struct str ward, struct str district,
			      struct arena *a)
{
	struct str tail = two(ward, district, a);
	if (ward.n && district.n)
		tail =
		    arena_printf(a, "%.*s, %.*s", (int)ward.n, ward.p, (int)district.n, district.p);
	if (!tail.n || tail.n > street.n ||
	    memcmp(street.p + street.n - tail.n, tail.p, tail.n) != 0)
		return street;
	struct str rest = utf8_trim(str_sub(street, 0, street.n - tail.n));
	if (rest.n && rest.p[rest.n - 1] == ',')
		rest.n--;
	return rest;
}

bool card_take_address(struct card *c, struct str value)
{
	struct str part[ADR_PARTS];
	vcard_parts(value, c->version, part, ADR_PARTS, c->arena);
	struct str ward = part[ADR_WARD], district = part[ADR_DISTRICT];
	c->slot[CARD_STREET] = bare_street(part[ADR_STREET], ward, district, c->arena);
	if (!c->slot[CARD_STREET].n)
		c->slot[CARD_STREET] = part[ADR_EXTENDED];
	c->slot[CARD_WARD] = ward;
	c->slot[CARD_DISTRICT] = district;
	c->slot[CARD_CITY] = part[ADR_CITY];
	c->slot[CARD_REGION] = part[ADR_REGION];
	c->slot[CARD_POSTAL] = part[ADR_CODE];
	c->slot[CARD_COUNTRY] = part[ADR_COUNTRY];
	bool others = part[ADR_BOX].n || part[ADR_EXTENDED].n;
	for (size_t i = ADR_COUNTRY + 1; i < ADR_PARTS; i++)
		others |= i != ADR_WARD && i != ADR_DISTRICT && part[i].n;
	return !others && c->column[CARD_STREET] && c->column[CARD_COUNTRY];
}

static bool digits(struct str s, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* 1980-03-22, 19800322, --05-17, --0517, each with a time behind it or not. */
struct str card_gender(struct str word, struct arena *a)
{
	static const char *const keys[][2] = { { "m", "male" },
					       { "f", "female" },
					       { "o", "other" } };
	struct str small = utf8_lower(word, a);
	for (size_t i = 0; i < countof(keys); i++)
		if (str_is(small, keys[i][0]))
			return str_of(keys[i][1]);
	return small;
}

bool card_date(struct str value, struct str *date, struct arena *a)
{
	struct str s = str_trim(value);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == 'T' || s.p[i] == ' ')
			s.n = i;
	bool yearless = s.n > 2 && s.p[0] == '-' && s.p[1] == '-';
	size_t at = yearless ? 2 : 4;
	if (!yearless && !digits(s, 0, 4))
		return false;
	at += !yearless && at < s.n && s.p[at] == '-';
	size_t month = at;
	at += 2;
	at += at < s.n && s.p[at] == '-';
	if (!digits(s, month, 2) || !digits(s, at, 2) || at + 2 != s.n)
		return false;
	*date = arena_printf(a, "%.*s-%.2s-%.2s", yearless ? 1 : 4, s.p, s.p + month, s.p + at);
	return true;
}
