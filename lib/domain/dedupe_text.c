/* How near two texts are. */
#include "domain/dedupe_text.h"

static struct str cut(struct str s)
{
	return str_sub(s, 0, NEAR_MAX);
}

static size_t common_prefix(struct str a, struct str b, size_t most)
{
	size_t n = 0;
	while (n < most && n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	return n;
}

/* Which characters there are, as bits; several share one. */
static uint64_t letters_of(struct str s)
{
	uint64_t letters = 0;
	for (size_t i = 0; i < s.n; i++)
		letters |= UINT64_C(1) << (s.p[i] & 63);
	return letters;
}

/* How many characters are among the letters, at most. */
static size_t among_letters(struct str s, uint64_t letters)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += letters >> (s.p[i] & 63) & 1;
	return n;
}

/* Characters of a that stand near enough in b; which ones, as bits. */
static size_t jaro_matches(struct str a, struct str b, uint64_t *in_a, uint64_t *in_b)
{
	size_t longer = a.n > b.n ? a.n : b.n, matches = 0;
	size_t window = longer > 3 ? longer / 2 - 1 : 0;
	*in_a = *in_b = 0;
	for (size_t i = 0; i < a.n; i++) {
		size_t from = i > window ? i - window : 0;
		size_t to = i + window + 1 < b.n ? i + window + 1 : b.n;
		for (size_t j = from; j < to; j++) {
			if (*in_b >> j & 1 || a.p[i] != b.p[j])
				continue;
			*in_a |= UINT64_C(1) << i;
			*in_b |= UINT64_C(1) << j;
			matches++;
			break;
		}
	}
	return matches;
}

/* Of two texts with m characters in common, t of them at other places. */
static double jaro(struct str a, struct str b, double m, double t)
{
	double likeness = m > 0 ? (m / (double)a.n + m / (double)b.n + (m - t) / m) / 3 : 0;
	return likeness + (double)common_prefix(a, b, 4) * 0.1 * (1 - likeness);
}

double jaro_winkler(struct str a, struct str b, double least)
{
	uint64_t in_a, in_b;
	size_t moved = 0;
	a = cut(a);
	b = cut(b);
	if (!a.n || !b.n)
		return a.n == b.n ? 1 : 0;
	size_t of_a = among_letters(a, letters_of(b)), of_b = among_letters(b, letters_of(a));
	if (jaro(a, b, (double)(of_a < of_b ? of_a : of_b), 0) < least) /* most pairs */
		return 0;
	double m = (double)jaro_matches(a, b, &in_a, &in_b);
	for (size_t i = 0, j = 0; i < a.n; i++) {
		if (!(in_a >> i & 1))
			continue;
		while (!(in_b >> j & 1))
			j++;
		moved += a.p[i] != b.p[j++];
	}
	double alike = jaro(a, b, m, (double)moved / 2);
	return alike < least ? 0 : alike;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;
	return m < c ? m : c;
}

size_t edit_distance(struct str a, struct str b, size_t most)
{
	size_t rows[3][NEAR_MAX + 1], *before = rows[0], *last = rows[1], *now = rows[2];
	a = cut(a);
	b = cut(b);
	if ((a.n > b.n ? a.n - b.n : b.n - a.n) > most ||
	    a.n - among_letters(a, letters_of(b)) > most ||
	    b.n - among_letters(b, letters_of(a)) > most)
		return most + 1;
	for (size_t j = 0; j <= b.n; j++)
		last[j] = before[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t smallest = now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			now[j] = least(last[j] + 1, now[j - 1] + 1,
				       last[j - 1] + (a.p[i - 1] != b.p[j - 1]));
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] && before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
			smallest = now[j] < smallest ? now[j] : smallest;
		}
		if (smallest > most)
			return most + 1;
		size_t *free_row = before;
		before = last;
		last = now;
		now = free_row;
	}
	return last[b.n] > most ? most + 1 : last[b.n];
}

bool neighbours_swapped(struct str a, struct str b)
{
	size_t i = common_prefix(a, b, a.n);
	return a.n == b.n && i + 1 < a.n && a.p[i] == b.p[i + 1] && a.p[i + 1] == b.p[i] &&
	       !memcmp(a.p + i + 2, b.p + i + 2, a.n - i - 2);
}

uint32_t sound_code(struct str s)
{
	/*                           abcdefghijklmnopqrstuvwxyz */
	static const char class[] = "01230120022455012623010202";
	uint32_t code = 0;
	size_t n = 0;
	char last = 0;
	for (size_t i = 0; i < s.n && n < 4; i++) {
		if (s.p[i] < 'a' || s.p[i] > 'z')
			continue;
		char c = class[s.p[i] - 'a'];
		if (!n)
			code = (uint32_t)(unsigned char)s.p[i];
		else if (c != '0' && c != last)
			code = code << 4 | (uint32_t)(c - '0');
		n += !n || (c != '0' && c != last);
		last = c;
	}
	return code;
}

/* Texts are a few words long: quicker than str_cut. */
static bool next_word(struct str *rest, struct str *word)
{
	size_t from = 0;
	while (from < rest->n && rest->p[from] == ' ')
		from++;
	size_t to = from;
	while (to < rest->n && rest->p[to] != ' ')
		to++;
	*word = str_sub(*rest, from, to - from);
	*rest = str_sub(*rest, to, rest->n);
	return to > from;
}

static bool has_word(struct str text, struct str word)
{
	struct str w;
	while (next_word(&text, &w))
		if (str_eq(w, word))
			return true;
	return false;
}

static size_t count_words(struct str text, struct str among, size_t *found)
{
	struct str w;
	size_t n = 0;
	*found = 0;
	while (next_word(&text, &w)) {
		n++;
		*found += has_word(among, w);
	}
	return n;
}

/* The same word but for a slip of the finger, or cut short: centre, center, cent. */
static bool alike(struct str a, struct str b)
{
	size_t shorter = a.n < b.n ? a.n : b.n;
	if (shorter >= 3 && !memcmp(a.p, b.p, shorter))
		return true;
	return str_eq(a, b) || (shorter >= 4 && edit_distance(a, b, 1) <= 1) ||
	       (shorter >= 5 && jaro_winkler(a, b, 0.93) > 0);
}

/* How many words have nothing alike in the other text; how many have: *found. */
static size_t words_alone(struct str text, struct str other, size_t *found)
{
	struct str w, v;
	size_t n = 0;
	*found = 0;
	while (next_word(&text, &w)) {
		struct str rest = other;
		bool has = false;
		while (!has && next_word(&rest, &v))
			has = alike(w, v);
		n += !has;
		*found += has;
	}
	return n;
}

bool words_shared(struct str a, struct str b)
{
	size_t found;
	words_alone(a, b, &found);
	return found > 0;
}

bool words_apart(struct str a, struct str b)
{
	size_t found;
	return !same_letters(a, b) && words_alone(a, b, &found) && words_alone(b, a, &found);
}

double words_in_common(struct str a, struct str b)
{
	size_t found, other, n = count_words(a, b, &found);
	if (!found)
		return 0;
	n += count_words(b, a, &other);
	return n ? (double)(found + other) / (double)n : 0;
}

bool words_contained(struct str a, struct str b)
{
	size_t found, n = count_words(a, b, &found);
	if (!found)
		return false;
	if (found == n)
		return true;
	n = count_words(b, a, &found);
	return found == n;
}

static bool between(char c)
{
	return c == ' ' || c == '.';
}

bool same_letters(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < a.n && between(a.p[i]))
			i++;
		while (j < b.n && between(b.p[j]))
			j++;
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (a.p[i++] != b.p[j++])
			return false;
	}
}

uint64_t hash_bytes(uint64_t hash, const void *p, size_t n)
{
	const unsigned char *bytes = p;
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
	return hash;
}

uint64_t hash_mix(uint64_t x)
{
	x = (x ^ (x >> 33)) * UINT64_C(0xff51afd7ed558ccd);
	x = (x ^ (x >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ (x >> 33);
}
