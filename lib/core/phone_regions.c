/* How numbers are built, region by region, and what became of old ones. */
#include "core/phone_regions.h"

#include <stdlib.h>

static int compare(const void *key, const void *row)
{
	const struct region *r = row;
	return memcmp(key, r->iso, 2);
}

const struct region *region_find(struct str iso)
{
	static const struct region *last; /* an installation asks for its own, row after row */
	char upper[2];
	if (iso.n != sizeof upper)
		return NULL;
	for (size_t i = 0; i < sizeof upper; i++)
		upper[i] = iso.p[i] >= 'a' && iso.p[i] <= 'z' ? (char)(iso.p[i] & ~0x20) : iso.p[i];
	if (!last || compare(upper, last))
		last = bsearch(upper, phone_table, nphone_table, sizeof *phone_table, compare);
	return last;
}

const struct region *region_dialled(struct str digits, const struct region *after)
{
	static const struct region *first[100]; /* by two digits: no code begins with another */
	const struct region **known =
	    digits.n > 1 ? &first[(digits.p[0] - '0') * 10 + digits.p[1] - '0'] : NULL;
	if (!after && known && *known && str_starts(digits, (*known)->code))
		return *known;
	const struct region *r = after ? after + 1 : phone_table;
	for (; r < phone_table + nphone_table; r++) { /* most differ in the first digit */
		if (!digits.n || digits.p[0] != r->code[0] || !str_starts(digits, r->code))
			continue;
		if (!after && known)
			*known = r;
		return r;
	}
	return NULL;
}

/* Whether the digit is of the class that *p stands behind the [ of; *p goes behind its ]. */
static bool in_class(const char **p, char digit)
{
	bool in = false;
	for (char from = 0; **p != ']'; (*p)++) {
		if (**p == '-') {
			(*p)++;
			in = in || (digit >= from && digit <= **p);
		}
		from = **p;
		in = in || digit == from;
	}
	(*p)++;
	return in;
}

/* The lengths before the colon: whether n is one of them. */
static bool in_lengths(const char **p, size_t n)
{
	bool in = false;
	for (size_t length = 0;; (*p)++) {
		if (is_digit(**p)) {
			length = length * 10 + (size_t)(**p - '0');
			continue;
		}
		in = in || length == n;
		length = 0;
		if (**p == ':')
			break;
	}
	(*p)++;
	return in;
}

bool plan_fits(const char *plan, struct str national)
{
	const char *p = plan;
	while (*p && national.n > 1) {
		if (!in_lengths(&p, national.n))
			p = strchrnul(p, ' ');
		while (*p && *p != ' ') {
			bool begins = *p++ == national.p[0];
			if (*p == '[') {
				p++;
				begins = in_class(&p, national.p[1]) && begins;
			}
			if (begins)
				return true;
		}
		p += *p == ' ';
	}
	return false;
}

/*
 * Beginnings that were changed.  MX: the 1 of mobiles called from abroad went in August 2019.
 * BJ: all numbers got 01 in front on 30 November 2024.  GA: the 0 that was the trunk's.
 */
static const struct change {
	char code[4];
	unsigned char length; /* of the old national number */
	char from[4], to[4];
} changes[] = { { "52", 11, "1", "" }, { "229", 8, "", "01" }, { "241", 9, "0", "" } };

/* Vietnam's mobiles of eleven digits (with the 0) lost one on 15 September 2018. */
static const struct {
	char from[4], to[3];
} mobiles[] = {
	{ "120", "70" }, { "121", "79" }, { "122", "77" }, { "126", "76" }, { "128", "78" },
	{ "123", "83" }, { "124", "84" }, { "125", "85" }, { "127", "81" }, { "129", "82" },
	{ "162", "32" }, { "163", "33" }, { "164", "34" }, { "165", "35" }, { "166", "36" },
	{ "167", "37" }, { "168", "38" }, { "169", "39" }, { "186", "56" }, { "188", "58" },
	{ "199", "59" },
};

/*
 * Vietnam's areas until 2017, in the three steps of 11 February, 15 April and 17 June.
 * `apart`: the same digits are a mobile today, so the area must stand apart.  The highest first
 * digits come first: there are most mobiles.
 */
static const struct area {
	char from[4], to[4];
	bool apart;
} areas[] = {
	{ "8", "28", true },	 { "780", "290", false }, { "781", "291", false },
	{ "710", "292", false }, { "711", "293", false }, { "74", "294", false },
	{ "76", "296", true },	 { "77", "297", true },	  { "79", "299", true },
	{ "70", "270", true },	 { "72", "272", false },  { "73", "273", false },
	{ "75", "275", false },	 { "61", "251", false },  { "62", "252", false },
	{ "64", "254", false },	 { "68", "259", false },  { "60", "260", false },
	{ "63", "263", false },	 { "651", "271", false }, { "650", "274", false },
	{ "66", "276", false },	 { "67", "277", true },	  { "52", "232", true },
	{ "53", "233", false },	 { "54", "234", false },  { "510", "235", false },
	{ "511", "236", false }, { "55", "255", true },	  { "56", "256", true },
	{ "57", "257", false },	 { "58", "258", true },	  { "501", "261", false },
	{ "500", "262", false }, { "59", "269", true },	  { "4", "24", false },
	{ "37", "237", true },	 { "38", "238", true },	  { "39", "239", true },
	{ "33", "203", true },	 { "320", "220", false }, { "321", "221", false },
	{ "31", "225", false },	 { "351", "226", false }, { "36", "227", true },
	{ "350", "228", false }, { "30", "229", false },  { "22", "212", false },
	{ "231", "213", false }, { "20", "214", false },  { "230", "215", false },
	{ "29", "216", false },	 { "240", "204", false }, { "25", "205", false },
	{ "26", "206", false },	 { "27", "207", false },  { "280", "208", false },
	{ "281", "209", false }, { "241", "222", false },
};

static struct str put(char out[E164_MAX], const char *first, struct str rest)
{
	size_t n = strlen(first);
	if (n + rest.n > E164_MAX)
		return (struct str){ 0 };
	memcpy(out, first, n);
	memmove(out + n, rest.p, rest.n);
	return (struct str){ out, n + rest.n };
}

/* Whether the first n digits were written as an area: "(08) 38221234", "08 3822 1234". */
static bool stands_apart(const struct national *number, size_t n)
{
	uint64_t inner = number->gaps >> n & ((UINT64_C(1) << (number->digits.n - n)) - 1);
	if (number->closed >> n & 1)
		return true;
	return n == 1 && (inner == 1 || inner == (1 | 1 << 4)); /* no mobile is written like that */
}

/* Old landlines had eight digits behind an area of one digit, else seven. */
static struct str vietnam(const struct national *n, char out[E164_MAX])
{
	struct str s = n->digits;
	for (size_t i = 0; s.n == 10 && i < countof(mobiles); i++)
		if (str_starts(s, mobiles[i].from))
			return put(out, mobiles[i].to, str_sub(s, 3, s.n));
	for (size_t i = 0; s.n && i < countof(areas) && areas[i].from[0] >= s.p[0]; i++) {
		if (s.p[0] != areas[i].from[0])
			continue;
		size_t area = strlen(areas[i].from);
		if (!str_starts(s, areas[i].from) || s.n != area + (area == 1 ? 8 : 7))
			continue;
		char local = s.p[area];
		if (local >= '2' && local <= '7' && (!areas[i].apart || stands_apart(n, area)))
			return put(out, areas[i].to, str_sub(s, area, s.n));
	}
	return s;
}

/* At home a mobile is area, 15, number; from abroad 9, area, number: 12 and 11 digits. */
static struct str argentina(struct str s, char out[E164_MAX])
{
	enum { LONG = 12 };
	if (s.n == LONG + 1 && s.p[0] == '9')
		s = str_sub(s, 1, s.n);
	if (s.n != LONG)
		return s;
	for (size_t area = 2; area <= 4; area++) {
		if ((area == 2) != str_starts(s, "11") || memcmp(s.p + area, "15", 2) != 0)
			continue;
		out[0] = '9';
		memcpy(out + 1, s.p, area);
		memcpy(out + 1 + area, s.p + area + 2, LONG - area - 2);
		return (struct str){ out, LONG - 1 };
	}
	return s;
}

/* Mobiles of eight digits behind the area got a 9 in front of them from 2012 to 2016. */
static struct str brazil(struct str s, char out[E164_MAX])
{
	if (s.n != 10 || !strchr("689", s.p[2]))
		return s;
	memcpy(out, s.p, 2);
	out[2] = '9';
	memcpy(out + 3, s.p + 2, s.n - 2);
	return (struct str){ out, s.n + 1 };
}

struct str region_today(const struct region *r, const struct national *n, char out[E164_MAX])
{
	struct str s = n->digits;
	if (strcmp(r->code, "84") == 0)
		return vietnam(n, out);
	for (size_t i = 0; i < countof(changes); i++) {
		const struct change *c = &changes[i];
		if (c->length == s.n && strcmp(c->code, r->code) == 0 && str_starts(s, c->from))
			return put(out, c->to, str_sub(s, strlen(c->from), s.n));
	}
	return strcmp(r->code, "54") == 0   ? argentina(s, out)
	       : strcmp(r->code, "55") == 0 ? brazil(s, out)
					    : s;
}
