/* How near two texts are.  Bytes are compared: give it folded text (utf8_fold). */
#ifndef CRM_DOMAIN_DEDUPE_TEXT_H
#define CRM_DOMAIN_DEDUPE_TEXT_H

#include "core/base.h"

enum { NEAR_MAX = 64 }; /* bytes looked at of each text */

/*
 * Jaro-Winkler similarity, 0 to 1 (Winkler 1990: prefix of at most 4, scale 0.1,
 * no threshold for the bonus); anything below `least` is 0.  Two empty texts are alike.
 */
double jaro_winkler(struct str a, struct str b, double least);

/*
 * Damerau-Levenshtein distance where no part is edited twice (optimal string
 * alignment): insertions, deletions, substitutions and swaps of neighbours.
 * Anything beyond `most` is most + 1.
 */
size_t edit_distance(struct str a, struct str b, size_t most);

/* Whether they differ by two neighbours that have changed places: nhi, nih. */
bool neighbours_swapped(struct str a, struct str b);

/*
 * A code that names which sound alike have in common: the first letter and the
 * classes of the consonants after it, as Soundex has them (Russell 1918), without its
 * special rule for h and w.  0 where there is no letter a to z.
 */
uint32_t sound_code(struct str s);

/* The words that both have, as a share of all of theirs: 2 |A and B| / (|A| + |B|). */
double words_in_common(struct str a, struct str b);

/* Whether all words of one are among those of the other. */
bool words_contained(struct str a, struct str b);

/* Whether they have a word in common, slips of the finger and short forms included. */
bool words_shared(struct str a, struct str b);

/* Whether each has a word that the other has nothing like: "minh anh east", "minh anh west". */
bool words_apart(struct str a, struct str b);

/* Whether the one is what people with the other first name are called: bob, robert. */
bool short_name(struct str a, struct str b);

/* Whether the texts are the same once blanks and dots are left out. */
bool same_letters(struct str a, struct str b);

/* FNV-1a of the bytes, going on from `hash` (HASH_START for a new one). */
#define HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t hash_bytes(uint64_t hash, const void *p, size_t n);

/* Bits of x spread over the whole of the result (the end of MurmurHash3). */
uint64_t hash_mix(uint64_t x);

#endif
