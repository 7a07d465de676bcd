/*
 * Names of people and of organisations: their parts, and what is compared of them.
 * Pure functions of the text: no locale, no database.
 */
#ifndef CRM_CORE_NAME_H
#define CRM_CORE_NAME_H

#include "core/arena.h"
#include "core/base.h"

/*
 * The parts of a person's name, as written (NFC; blanks made single); each may be
 * empty.  "Chị Trần Thị Thanh Lan" is Chị, Trần, Thị Thanh, Lan; "Dr. Ludwig van der
 * Berg Jr." is Dr., van der Berg, Ludwig, Jr.
 */
struct person_name {
	struct str title; /* Mr. Dr. Anh Chị Ông Bà Thầy … : several together, "Ông TS." */
	struct str given; /* tên; Western: the first of the first names */
	struct str middle; /* tên đệm (Thị, Văn …); Western: further first names, initials */
	struct str family; /* họ, with its particles: van der Berg, de la Cruz, al-Masri */
	struct str suffix; /* Jr., III, PhD */
	bool family_first; /* how it was written; decides what name_first and name_last give */
};

/*
 * Splits a full name.  What decides the order, the first that can: a comma ("Tran,
 * Lan": family first; what follows a suffix only, "John Smith, PhD", is none); East
 * Asian letters (family first, the two-letter family names are known); the name's own
 * words: a Vietnamese family name in front, with Vietnamese letters, with Thị or Văn
 * behind it, or all of it Vietnamese syllables, is family first, in the back (Lan Nguyễn)
 * it is given first; words that no Vietnamese name has (Smith) are given first.  Where
 * they do not say, `family_first` (the setting `names`) does.  A single word is the given
 * name.  Nicknames in brackets or quotes are left out of the parts.
 */
void name_split(struct str full, bool family_first, struct person_name *out, struct arena *a);

/*
 * What the fields first_name and last_name hold.  Family first (Vietnamese): tên, and
 * họ và tên đệm; given first: all first names, and the family name.  So joining the two
 * in the name's order gives the name back, without title and suffix.
 */
struct str name_first(const struct person_name *n, struct arena *a);
struct str name_last(const struct person_name *n, struct arena *a);

/*
 * What is compared of an organisation's name: folded words in their order, "&" and
 * punctuation gone, without legal forms and what stands between them (Công ty TNHH MTV
 * TM DV XNK, Cổ phần, CP, Chi nhánh, Ltd, Inc, LLC, GmbH, Co., S.A. …), which are such only
 * in their place: Cơ khí, Hoàng Sa and Đại học Thương mại stay; a name of nothing else keeps
 * its words.  "CÔNG TY CỔ PHẦN SỮA VIỆT NAM" gives "sua viet nam".
 */
struct str org_key(struct str name, struct arena *a);

#endif
