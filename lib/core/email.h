/* E-mail and web addresses: what is kept, and the keys they are matched by. */
#ifndef CRM_CORE_EMAIL_H
#define CRM_CORE_EMAIL_H

#include "core/arena.h"
#include "core/base.h"
#include "core/diag.h"

/*
 * The address in canonical form: display name, angle brackets and mailto: (with its
 * ?subject=…) removed, domain in lower case; an ASCII local part in lower case.  False
 * with diag where it is not one address (RFC 5321 as people use it: dot-atom or quoted
 * local part, or UTF-8; a domain of at least two labels, or an address literal is refused).
 */
bool email_parse(struct str text, struct str *out, struct arena *a, struct diag *d);

/* local@domain, as they stand. */
struct str email_of(struct str local, struct str domain, struct arena *a);

/*
 * The key of an address that email_parse gave: lower case; the domain in its one ASCII
 * form (RFC 3492: đức.vn is xn--c-kia430u.vn; full-width letters and dots are plain
 * ones); googlemail.com is gmail.com.  Accents make a difference: they do in mail, too.
 */
struct str email_key(struct str address, struct arena *a);

/*
 * A looser key, for the duplicate finder only: of the local part what stands before a
 * + tag; for gmail.com without its dots, too.  Two people may share it where the
 * provider knows no tags.
 */
struct str email_loose_key(struct str address, struct arena *a);

/*
 * The domain of an e-mail address or a web address, as email_key has it and without www.:
 * whose house that is.  Empty where everybody may have one (gmail.com, facebook.com).
 */
struct str email_house(struct str text, struct arena *a);

/*
 * The next address of a cell that may hold several ("a@x.vn; Lan <b@y.vn>, c@z.vn",
 * also separated by blanks, |, /, line breaks, "và", "or"): cut off the front of *rest,
 * trimmed, not judged (email_parse does that).  False: there is no more.
 */
bool email_next(struct str *rest, struct str *piece);

/* The web address, trimmed, with no scheme guessed; false with diag for blanks or control
 * characters inside. */
bool url_parse(struct str text, struct str *out, struct arena *a, struct diag *d);

#endif
