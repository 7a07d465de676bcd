/* The words of names that mean something: what name.c splits by.  Private to it. */
#ifndef CRM_CORE_NAME_WORDS_H
#define CRM_CORE_NAME_WORDS_H

#include "core/base.h"

/* All take a word folded by utf8_fold, without dots. */

/* mr, dr, ts, "bac si" …: nobody's name. */
bool name_is_title(struct str folded);

/* ông, chị …, in small letters with their accents: without them many are names. */
bool name_is_address(struct str lower);

/* The same, folded: ong, chi … */
bool name_is_bare_address(struct str folded);

bool name_is_suffix(struct str folded);	  /* jr, iii, phd */
bool name_is_particle(struct str folded); /* van, de, bin: part of the family name behind it */

/* How surely it is a Vietnamese family name. */
enum family { FAMILY_NOT, FAMILY_MAYBE, FAMILY_SURE }; /* SURE: hardly anybody's given name */
enum family name_is_family(struct str folded);

/* Whether it can be a Vietnamese syllable: its consonants, its vowels, its end. */
bool name_is_syllable(struct str folded);

/* How many bytes the family name at the start of Chinese or Korean characters has. */
size_t name_east_asian_family(struct str s);

#endif
