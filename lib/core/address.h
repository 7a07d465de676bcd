/*
 * Postal addresses in one text: their parts, and what is compared of them.  Vietnamese
 * ones are understood, with and without accents and districts (two levels since 1 July
 * 2025); others keep all but what can be told at their end in `street`.  Pure functions.
 */
#ifndef CRM_CORE_ADDRESS_H
#define CRM_CORE_ADDRESS_H

#include "core/arena.h"
#include "core/base.h"

/*
 * As the address fields of a record; each may be empty.  ward, district and city are
 * written in full: P.5, Q1, TP.HCM are "Phường 5", "Quận 1", "Hồ Chí Minh".
 */
struct address {
	struct str street;   /* number, lane, street, building, hamlet: what is left, as written */
	struct str ward;     /* phường, xã, thị trấn, đặc khu */
	struct str district; /* quận, huyện, thị xã, thành phố of a province */
	struct str city;     /* tỉnh or thành phố: the name alone, with accents, as it was
			      * written: a province of before the 2025 mergers stays itself */
	struct str postal_code; /* five or six digits */
	struct str country;	/* "Việt Nam" where it was named */
};

/*
 * Splits a Vietnamese address; parts are told by their words (phường, P., xã, X., thị
 * trấn, TT., quận, Q., huyện, H., thị xã, TX., thành phố, TP., tỉnh, T.) and by the 63
 * province names and their short forms (HCM, SG, Sài Gòn, HN, ĐN, BR-VT …), separated by
 * commas, dashes between blanks, semicolons, line breaks.  True if a ward, district or
 * province was found; else *out has the whole text as its street.
 */
bool address_split(struct str text, struct address *out, struct arena *a);

/*
 * What is compared of an address or of a part of it: folded words in their order, without
 * punctuation, abbreviations folded to one form (đường and đ. go; street is st, road rd,
 * avenue ave …; phường is p, quận q …), leading zeros of numbers gone (P.05 = Phường 5),
 * a province by its one name.  "12/3 Đường Lê Lợi, P. Bến Nghé, Q.1" gives "12/3 le loi
 * p ben nghe q 1".
 */
struct str address_key(struct str text, struct arena *a);

/*
 * The province or city that text names (with or without accents, "tỉnh", "TP."; short
 * forms; English exonyms): its name with accents, static.  Empty: none of the 63.
 */
struct str province_name(struct str text, struct arena *a);

#endif
