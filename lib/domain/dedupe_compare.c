/* How much two records agree, trait by trait. */
#include "domain/dedupe_impl.h"
#include "domain/dedupe_text.h"

bool comparable(const struct person *a, const struct person *b)
{
	return a->kind == b->kind || !a->kind || !b->kind;
}

static bool is_initial(struct str a, struct str b)
{
	return (a.n == 1 || b.n == 1) && a.n && b.n && a.p[0] == b.p[0];
}

/* Rob and Robert, Minh and Minh Anh. */
static bool begins_other(struct str a, struct str b)
{
	size_t shorter = a.n < b.n ? a.n : b.n;
	return shorter >= 3 && !memcmp(a.p, b.p, shorter);
}

static enum level compare_name(struct str a, struct str b)
{
	size_t shorter = a.n < b.n ? a.n : b.n;
	if (is_initial(a, b) || short_name(a, b))
		return LEVEL_PART;
	if (same_letters(a, b))
		return LEVEL_NEAR;
	double alike = jaro_winkler(a, b, 0.82);
	bool slip = shorter >= 2 && edit_distance(a, b, 1) <= 1;
	if (alike >= 0.92 || (slip && (shorter >= 4 || neighbours_swapped(a, b))))
		return LEVEL_NEAR;
	if (alike > 0 || (slip && shorter >= 3) || (shorter >= 6 && edit_distance(a, b, 2) <= 2) ||
	    begins_other(a, b) || words_in_common(a, b) > 0)
		return LEVEL_PART;
	return LEVEL_OTHER;
}

static enum level compare_middle(struct str a, struct str b)
{
	if (is_initial(a, b) || words_in_common(a, b) > 0)
		return LEVEL_PART;
	return jaro_winkler(a, b, 0.92) > 0 ? LEVEL_NEAR : LEVEL_OTHER;
}

static bool same_digits(struct str a, struct str b)
{
	for (size_t i = 0, j = 0;; i++, j++) {
		while (i < a.n && (a.p[i] < '0' || a.p[i] > '9'))
			i++;
		while (j < b.n && (b.p[j] < '0' || b.p[j] > '9'))
			j++;
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (a.p[i] != b.p[j])
			return false;
	}
}

/* Names that differ in their numbers are those of two: branches, schools, shops. */
static enum level compare_firm(struct str a, struct str b)
{
	if (!same_digits(a, b))
		return LEVEL_OTHER;
	bool apart = words_apart(a, b);
	if (same_letters(a, b) || (a.n >= 6 && edit_distance(a, b, 1) <= 1) ||
	    (!apart && jaro_winkler(a, b, 0.95) > 0))
		return LEVEL_NEAR;
	if (words_contained(a, b) || words_in_common(a, b) >= 0.6 || jaro_winkler(a, b, 0.88) > 0)
		return LEVEL_PART;
	return LEVEL_OTHER;
}

/* YYYY-MM-DD, or --MM-DD where the year is not known. */
static enum level compare_birth(struct str a, struct str b)
{
	if (a.n < 7 || b.n < 7)
		return LEVEL_OTHER;
	bool same_day = !memcmp(a.p + a.n - 5, b.p + b.n - 5, 5);
	if (a.n != b.n || a.n != 10)
		return same_day ? LEVEL_PART : LEVEL_OTHER;
	bool swapped =
	    !memcmp(a.p, b.p, 4) && !memcmp(a.p + 5, b.p + 8, 2) && !memcmp(a.p + 8, b.p + 5, 2);
	if (swapped || edit_distance(a, b, 1) <= 1)
		return LEVEL_NEAR;
	bool month = !memcmp(a.p + 5, b.p + 5, 2), day = !memcmp(a.p + 8, b.p + 8, 2);
	bool year = !memcmp(a.p, b.p, 4);
	return year + month + day >= 2 || edit_distance(a, b, 2) <= 2 ? LEVEL_PART : LEVEL_OTHER;
}

static enum level compare_digits(struct str a, struct str b)
{
	return edit_distance(a, b, 1) <= 1 && (a.n > 2 || b.n > 2) ? LEVEL_NEAR : LEVEL_OTHER;
}

enum { ENDING = 6 }; /* digits that a number without its area has */

/* One may lack the area and country that the other begins with (the + says that it has them). */
static enum level compare_phone(struct str a, struct str b)
{
	struct str in_full = a.p[0] == '+' ? a : b, local = a.p[0] == '+' ? b : a;
	while (local.n && local.p[0] == '0')
		local = str_sub(local, 1, local.n);
	if (local.n >= ENDING && local.n < in_full.n && in_full.p[0] == '+' && local.p[0] != '+' &&
	    !memcmp(in_full.p + in_full.n - local.n, local.p, local.n))
		return LEVEL_NEAR;
	return compare_digits(a, b);
}

/* A branch has the code of its company with a number of its own behind it. */
static enum level compare_tax(struct str a, struct str b)
{
	return tax_codes_apart(a, b) ? LEVEL_OTHER : compare_digits(a, b);
}

static struct str local_part(struct str address)
{
	ptrdiff_t at = str_find(address, '@');
	return at < 0 ? address : str_sub(address, 0, (size_t)at);
}

/* Names before the @ are like the person's name anyway: what tells are their numbers. */
static enum level compare_email(struct str a, struct str b)
{
	struct str la = local_part(a), lb = local_part(b);
	bool near = la.n >= 4 && edit_distance(a, b, 2) <= 2;
	if (near && same_digits(a, b))
		return LEVEL_NEAR;
	if (la.n < a.n && lb.n < b.n && la.n >= 4 && same_letters(la, lb))
		return LEVEL_PART;
	if (!near)
		return LEVEL_OTHER;
	return edit_distance(a, b, 1) <= 1 ? LEVEL_PART : LEVEL_OTHER;
}

static enum level compare_street(struct str a, struct str b)
{
	if (same_letters(a, b) || jaro_winkler(a, b, 0.93) > 0 ||
	    (a.n >= 6 && edit_distance(a, b, 2) <= 2))
		return LEVEL_NEAR;
	return words_contained(a, b) || words_in_common(a, b) >= 0.6 ? LEVEL_PART : LEVEL_OTHER;
}

static enum level compare_number(struct str a, struct str b)
{
	if (words_contained(a, b))
		return LEVEL_PART;
	return edit_distance(a, b, 1) <= 1 && (a.n > 1 || b.n > 1) ? LEVEL_NEAR : LEVEL_OTHER;
}

static enum level compare_city(struct str a, struct str b)
{
	double alike = jaro_winkler(a, b, 0.8);
	if (same_letters(a, b) || alike >= 0.93 || (a.n >= 5 && edit_distance(a, b, 2) <= 2))
		return LEVEL_NEAR;
	return alike > 0 || words_contained(a, b) ? LEVEL_PART : LEVEL_OTHER;
}

static enum level (*const comparisons[TRAITS])(struct str, struct str) = {
	[TRAIT_GIVEN] = compare_name,	 [TRAIT_MIDDLE] = compare_middle,
	[TRAIT_FAMILY] = compare_name,	 [TRAIT_FIRM] = compare_firm,
	[TRAIT_BIRTH] = compare_birth,	 [TRAIT_PHONE] = compare_phone,
	[TRAIT_EMAIL] = compare_email,	 [TRAIT_TAX] = compare_tax,
	[TRAIT_COMPANY] = compare_firm,	 [TRAIT_STREET] = compare_street,
	[TRAIT_NUMBER] = compare_number, [TRAIT_WARD] = compare_city,
	[TRAIT_DISTRICT] = compare_city, [TRAIT_CITY] = compare_city,
	[TRAIT_REGION] = compare_digits, [TRAIT_POSTCODE] = compare_digits,
};

static enum level compare_words(const struct pool *p, enum trait t, uint32_t a, uint32_t b)
{
	if (!a || !b)
		return LEVEL_MISSING;
	return a == b ? LEVEL_SAME : comparisons[t](pool_text(p, a), pool_text(p, b));
}

static void set(const struct people *p, struct agreement *out, enum trait t, uint32_t a, uint32_t b)
{
	const struct pool *pool = &p->pools[trait_defs[t].pool];
	out->level[t] = (uint8_t)compare_words(pool, t, a, b);
	out->holders[t] = out->level[t] == LEVEL_SAME ? pool->count[a] : 0;
}

/* The best of several numbers; the rarer of two that are the same. */
static void set_best(const struct people *p, struct agreement *out, enum trait t, const uint32_t *a,
		     const uint32_t *b, size_t na, size_t nb)
{
	for (size_t i = 0; i < na && a[i]; i++)
		for (size_t j = 0; j < nb && b[j]; j++) {
			struct agreement now;
			set(p, &now, t, a[i], b[j]);
			bool rarer = now.level[t] == LEVEL_SAME && now.holders[t] < out->holders[t];
			if (out->level[t] && now.level[t] >= out->level[t] && !rarer)
				continue;
			out->level[t] = now.level[t];
			out->holders[t] = now.holders[t];
		}
}

static void set_all(const struct people *p, struct agreement *out, enum trait t,
		    const struct person *a, const struct person *b, const uint32_t *more_a,
		    const uint32_t *more_b)
{
	uint32_t of_a[1 + FURTHER] = { a->word[t] }, of_b[1 + FURTHER] = { b->word[t] };
	if (!of_a[0] || !of_b[0]) {
		out->level[t] = LEVEL_MISSING;
		return;
	}
	set(p, out, t, of_a[0], of_b[0]);
	if (!more_a[0] && !more_b[0])
		return;
	memcpy(of_a + 1, more_a, FURTHER * sizeof *of_a);
	memcpy(of_b + 1, more_b, FURTHER * sizeof *of_b);
	set_best(p, out, t, of_a, of_b, countof(of_a), countof(of_b));
}

/* The less, the better; what is missing is neither. */
static int badness(const struct agreement *g)
{
	int g1 = g->level[TRAIT_GIVEN], g2 = g->level[TRAIT_FAMILY];
	return (g1 ? g1 : LEVEL_PART) + (g2 ? g2 : LEVEL_PART);
}

/* The same three words, whichever was taken for which. */
static bool same_words(const uint32_t *x, const uint32_t *y)
{
	uint32_t g = x[TRAIT_GIVEN], m = x[TRAIT_MIDDLE], f = x[TRAIT_FAMILY];
	uint32_t a = y[TRAIT_GIVEN], b = y[TRAIT_MIDDLE], c = y[TRAIT_FAMILY];
	if (!g || !m || !f)
		return false;
	return (a == m && ((b == f && c == g) || (b == g && c == f))) ||
	       (a == f && ((b == g && c == m) || (b == m && c == g))) ||
	       (a == g && b == f && c == m);
}

/* Given and family name may have changed places; the middle one may have become either. */
static void set_names(const struct people *p, struct agreement *out, const struct person *a,
		      const struct person *b)
{
	struct agreement swapped;
	const uint32_t *x = a->word, *y = b->word;
	if (same_words(x, y)) {
		for (enum trait t = TRAIT_GIVEN; t <= TRAIT_FAMILY; t++)
			set(p, out, t, x[t], x[t]);
		return;
	}
	set(p, out, TRAIT_GIVEN, x[TRAIT_GIVEN], y[TRAIT_GIVEN]);
	set(p, out, TRAIT_FAMILY, x[TRAIT_FAMILY], y[TRAIT_FAMILY]);
	set(p, out, TRAIT_MIDDLE, 0, 0);
	if (x[TRAIT_MIDDLE] && y[TRAIT_MIDDLE])
		set(p, out, TRAIT_MIDDLE, x[TRAIT_MIDDLE], y[TRAIT_MIDDLE]);
	if (out->level[TRAIT_GIVEN] == LEVEL_SAME || out->level[TRAIT_FAMILY] == LEVEL_SAME)
		return;
	set(p, &swapped, TRAIT_GIVEN, x[TRAIT_GIVEN], y[TRAIT_FAMILY]);
	set(p, &swapped, TRAIT_FAMILY, x[TRAIT_FAMILY], y[TRAIT_GIVEN]);
	/* a name that one has not is no better than another name */
	bool nothing = !swapped.level[TRAIT_GIVEN] && !swapped.level[TRAIT_FAMILY];
	if (nothing || badness(&swapped) >= badness(out))
		return;
	out->swapped = true;
	for (enum trait t = TRAIT_GIVEN; t <= TRAIT_FAMILY; t++) {
		if (t == TRAIT_MIDDLE)
			continue;
		out->level[t] = swapped.level[t];
		out->holders[t] = swapped.holders[t];
	}
}

static bool holds(struct str text, struct str part)
{
	return part.n >= 3 && memmem(text.p, text.n, part.p, part.n);
}

/* Nothing is before the @ but the person's name: nam.tran. */
static bool says_the_name(const struct people *p, const struct person *who)
{
	struct str local = local_part(pool_text(&p->pools[TRAIT_EMAIL], who->word[TRAIT_EMAIL]));
	const struct pool *names = &p->pools[TRAIT_GIVEN];
	for (size_t i = 0; i < local.n; i++)
		if (local.p[i] >= '0' && local.p[i] <= '9')
			return false;
	return holds(local, pool_text(names, who->word[TRAIT_GIVEN])) ||
	       holds(local, pool_text(names, who->word[TRAIT_FAMILY]));
}

void agreement_of(const struct people *p, const struct person *a, const struct person *b,
		  struct agreement *out)
{
	memset(out, 0, sizeof *out);
	set_names(p, out, a, b);
	for (enum trait t = TRAIT_FAMILY + 1; t < TRAITS; t++)
		if (t == TRAIT_PHONE)
			set_all(p, out, t, a, b, a->phone, b->phone);
		else if (t == TRAIT_EMAIL)
			set_all(p, out, t, a, b, a->email, b->email);
		else
			set(p, out, t, a->word[t], b->word[t]);
	if ((out->level[TRAIT_BIRTH] == LEVEL_NEAR || out->level[TRAIT_BIRTH] == LEVEL_PART) &&
	    born_on_any_day(p, pool_text(&p->pools[TRAIT_BIRTH], a->word[TRAIT_BIRTH]),
			    pool_text(&p->pools[TRAIT_BIRTH], b->word[TRAIT_BIRTH])))
		out->level[TRAIT_BIRTH] = LEVEL_OTHER;
	/* namesakes have that before the @ of any domain */
	if (out->level[TRAIT_EMAIL] == LEVEL_PART && says_the_name(p, a) && says_the_name(p, b))
		out->level[TRAIT_EMAIL] = LEVEL_MISSING;
	out->apart = people_apart(p, a, b, out);
}
