/* Phone numbers and e-mail addresses: what is kept as typed, and the key it is matched by. */
#ifndef CRM_CORE_PHONE_H
#define CRM_CORE_PHONE_H

#include "core/arena.h"
#include "core/base.h"
#include "core/diag.h"

/*
 * E.164 ("+84912345678") of a number as people write it, or an empty str when it
 * cannot be read.  `region` is the ISO 3166 code of numbers without a country
 * code.  Understands blanks, dots, dashes, brackets, full-width digits, 00 and
 * + prefixes, the trunk 0, a leading label ("zalo: 0912…", "tel:"), Excel's leading
 * apostrophe, extensions (dropped: ext. 12, x12, #12, máy lẻ 12); of several numbers in one text
 * ("0912… / 0987…") the first.  Vietnamese 11-digit mobiles from before the
 * 2018 migration get their new prefix.  What has the wrong length for its region
 * (in Vietnam: for its prefix) cannot be read.
 */
struct str phone_e164(struct str text, const char *region, struct arena *a);

/* Whether region is an ISO 3166 code whose numbering is known. */
bool phone_region(struct str region);

/* The digits of text alone, folded to ASCII: what a search for a part of a number compares. */
struct str phone_digits(struct str text, struct arena *a);

/*
 * The address in canonical form: display name and angle brackets removed, domain
 * in lower case; an ASCII local part in lower case.  False with diag where it is
 * not one address (RFC 5321 as people use it: dot-atom or quoted local part, or
 * UTF-8; a domain of at least two labels, or an address literal is refused).
 */
bool email_parse(struct str text, struct str *out, struct arena *a, struct diag *d);

/* The web address, trimmed, with no scheme guessed; false with diag for blanks or control
 * characters inside. */
bool url_parse(struct str text, struct str *out, struct arena *a, struct diag *d);

#endif
