/* What is written to customers: templates of mail and text messages, and how mail leaves. */
#ifndef CRM_CONFIG_LETTERS_H
#define CRM_CONFIG_LETTERS_H

#include "config/config.h"
#include "query/template.h"
#include "stream/mime.h"

enum letter_kind { LETTER_EMAIL, LETTER_SMS, LETTER_ZALO, LETTER_KINDS };
extern const char *const letter_kinds[]; /* "email" "sms" "zalo", NULL */

enum letter_part { LETTER_SUBJECT, LETTER_TEXT, LETTER_HTML, LETTER_PARTS };
extern const char *const letter_parts[]; /* "subject" "text" "html" */

struct letter {
	const char *key; /* "welcome" */
	enum letter_kind kind;
	const char *of;	     /* record types, separated by blanks; NULL: any */
	const char *columns; /* of a stream that it asks for, likewise */
	const char *from;    /* an address, or "owner"; NULL: as mail says */
	const char *reply_to;
	bool unsubscribe; /* it says how to unsubscribe, where mail does */
	/* In any language, English, Vietnamese; name NULL: it has no such part there. */
	struct template parts[3][LETTER_PARTS];
};

/* Sections templates and mail; both readers give what is in c->arena, see document.h. */
struct letters {
	struct letter *all;
	size_t n;
};

struct mail_settings {
	const char *from, *reply_to;	 /* NULL: nothing said */
	const char *domain;		 /* of Message-IDs */
	const char *unsubscribe;	 /* address that takes unsubscriptions */
	struct template unsubscribe_url; /* name NULL: none */
	int64_t per_day; /* advertisements to one address in 24 hours; 0: nothing said */
};

/* Words that every template may use besides fields. */
enum letter_word {
	WORD_GREETING,
	WORD_GIVEN_NAME,
	WORD_TODAY,
	WORD_SENDER,
	WORD_SENDER_EMAIL,
	WORD_SENDER_PHONE,
	WORD_TO,
	WORD_MESSAGE_ID,
	WORD_UNSUBSCRIBE,
	LETTER_WORDS
};
extern const struct str letter_words[LETTER_WORDS];

const struct letter *letter_named(const struct letters *l, const char *key); /* NULL: none */

/* The part in that language, else in none, else in the other; NULL: it has none. */
const struct template *letter_part_in(const struct letter *l, enum letter_part part,
				      enum language language);

/* "Minh Anh <sales@x.vn>", or the address alone.  False with diag. */
bool mailbox_parse(struct str text, struct mime_address *out, struct arena *a, struct diag *d);

#endif
