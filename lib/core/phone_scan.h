/* Finding numbers in a text.  Private to phone.c. */
#ifndef CRM_CORE_PHONE_SCAN_H
#define CRM_CORE_PHONE_SCAN_H

#include "core/arena.h"
#include "core/base.h"

/* Folded text; line breaks are ';'.  Its byte i comes from the byte at[i] of the text. */
struct phone_text {
	struct str s;
	const size_t *at; /* s.n + 1 of them */
};

enum {
	DIGITS_MAX = 40, /* of a text that may hold two numbers */
	BREAKS_MAX = 16, /* places in it where the first may end */
	ALONE_MIN = 7,	 /* digits of a piece that is believed to be a number by itself */
};

/* What was found: digits, and where a second number may begin. */
struct phone_reading {
	char digits[DIGITS_MAX];
	size_t end[DIGITS_MAX]; /* byte of the text behind each */
	size_t n;
	bool plus;
	uint64_t gaps, closed;		  /* see struct national */
	size_t slash[BREAKS_MAX], nslash; /* after how many digits: / and a dash between blanks */
	size_t blank[BREAKS_MAX], nblank; /* and a mere blank */
	size_t stop;			  /* byte where the number surely ends */
	enum { WHOLE, EXPONENT, LOST } form; /* 8.4912345678E+10: all digits there; 6.28E+12: not */
};

struct phone_text phone_fold(struct str text, struct arena *a);

/* The first byte from i on that ends a piece of a list (; , | /), or the end. */
size_t phone_piece_end(struct str s, size_t i);

/* Whether it is one of those. */
bool phone_is_list_mark(char c);

/*
 * Reads from byte i on, behind a label, up to where the number surely ends: a letter (an
 * extension), a list mark.  False if there is no digit, or it is an e-mail address.
 */
bool phone_scan(struct str s, size_t i, struct phone_reading *t);

/* The extension that begins at byte i (blanks first): its digits, *end behind it; or empty. */
struct str phone_extension(struct str s, size_t i, size_t *end);

#endif
