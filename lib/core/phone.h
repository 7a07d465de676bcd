/*
 * Telephone numbers: what is kept as typed, and the key it is matched by.  Every region's
 * calling code, trunk prefixes, lengths and first digits are known (phone_regions.c).
 */
#ifndef CRM_CORE_PHONE_H
#define CRM_CORE_PHONE_H

#include "core/arena.h"
#include "core/base.h"

/* What became of one number of a text. */
enum phone_state {
	PHONE_GOOD,	/* read as it stands, old prefixes brought up to date */
	PHONE_REPAIRED, /* read, but it had lost its trunk 0 or was in 8.4912345678E+10 form:
			 * as spreadsheets do; worth a word to the user */
	PHONE_DAMAGED,	/* 6.28E+12: the digits are gone; never matched, worth a warning */
	PHONE_UNREAD,	/* no number that can be */
};

struct phone {
	struct str text; /* as it stands in the text, trimmed, label and extension too; borrowed */
	struct str e164; /* empty unless PHONE_GOOD or PHONE_REPAIRED */
	struct str extension; /* its digits, "12" of ext. 12, x12, #12, máy lẻ 12; mostly empty */
	enum phone_state state;
};

/*
 * E.164 ("+84912345678") of a number as people write it, or an empty str when it
 * cannot be read; of several numbers in one text the first.  `region` is the ISO 3166
 * code of numbers without a country code.
 *
 * Understands blanks, dots, dashes, brackets, full-width digits; + and the region's
 * prefixes for calls abroad (00, 011, 810 …); the trunk prefix, also where it is missing
 * or stands behind the country's code, Brazil's carrier codes; a leading label ("zalo:
 * 0912…", "tel:"), Excel's leading apostrophe and trailing .0, extensions (ext. 12, x12,
 * #12, máy lẻ 12).  What has changed is brought up to date: Vietnamese 11-digit mobiles of
 * before 2018 and landlines of before 2017 (where they are not like a mobile of today, or
 * are written with their area apart, "(08) 3822 1234"), Argentina's 15, Mexico's 1,
 * Benin's eight digits.  What has the wrong length or first digits for its region cannot
 * be read.
 */
struct str phone_e164(struct str text, const char *region, struct arena *a);

/*
 * All numbers of a text ("0912… / 0987…"; also `;` `,` | line breaks, "hoặc", "or", "và"),
 * each read as phone_e164 does; what is no number at all is a row of its own, so that
 * nothing is lost unseen.  How many were put into out; beyond PHONES_MAX the last one's
 * text is all the rest, PHONE_UNREAD.
 */
enum { PHONES_MAX = 8 };
size_t phone_all(struct str text, const char *region, struct phone out[PHONES_MAX],
		 struct arena *a);

/* Whether region is an ISO 3166 code whose numbering is known. */
bool phone_region(struct str region);

/* The digits of text alone, folded to ASCII: what a search for a part of a number compares. */
struct str phone_digits(struct str text, struct arena *a);

#endif
