/*
 * vCard 2.1, 3.0 and 4.0 (RFC 2426, 6350, 9554): content lines, and what a card says as the
 * cells of a record.
 */
#ifndef CRM_STREAM_VCARD_H
#define CRM_STREAM_VCARD_H

#include "core/buf.h"
#include "core/diag.h"

enum vcard_version { VCARD_21 = 21, VCARD_30 = 30, VCARD_40 = 40 };

/* --- content lines --- */

/* One line, unfolded and in UTF-8.  Its texts live in the arena that it was parsed into. */
struct vcard_line {
	struct str group;  /* "item1" in small letters; empty: none */
	struct str name;   /* in capitals: "TEL" */
	struct str params; /* as they stood, without the first semicolon */
	struct str value;  /* quoted-printable undone; components and text still escaped */
	struct str label;  /* of its group, X-ABLabel's; empty: none */
};

/*
 * Takes a whole logical line apart.  `decoded`: the stream has been made UTF-8 already, so
 * CHARSET is only about quoted-printable.  False with diag: no colon, a bad name, bytes that
 * are no text in their charset.
 */
bool vcard_parse(struct str text, bool decoded, struct vcard_line *l, struct arena *a,
		 struct diag *d);

/* Whether it is that word, in capitals or not. */
bool vcard_is(struct str s, const char *word);

/* The next parameter, its name in capitals (empty: a bare word of 2.1) and its value without
 * quotes; false past the last. */
bool vcard_param(struct str *rest, struct str *name, struct str *value, struct arena *a);

/* The value of the parameter of that name; empty: none. */
struct str vcard_param_of(const struct vcard_line *l, const char *name, struct arena *a);

/* Whether the value is a picture, a key, a sound: base64, which is not read. */
bool vcard_binary(const struct vcard_line *l, struct arena *a);

/*
 * What the number or address is to its owner: the words of TYPE that say something ("home",
 * "work fax"), in small letters, or the group's label; *preferred: how much
 * it is, of 100 with PREF=1 or TYPE=pref, 1 with PREF=100, 0 without.
 */
struct str vcard_types(const struct vcard_line *l, unsigned *preferred, struct arena *a);

/* Words that TYPE knows, here or in some address book; others become a label of their own. */
bool vcard_is_type(struct str label);

/* A fax or a pager, at which nobody answers. */
bool vcard_is_machine(struct str label);

/* \n \, \; \\ undone (in 2.1: \; alone). */
struct str vcard_unescape(struct str s, enum vcard_version v, struct arena *a);

/* The parts of a structured value, unescaped; at most `max`, what is missing is empty. */
void vcard_parts(struct str value, enum vcard_version v, struct str *parts, size_t max,
		 struct arena *a);

/* Appends text escaped as 3.0 and 4.0 do. */
void vcard_escape(struct buf *b, struct str s);

/* Appends text as one content line: folded after at most 75 octets, no character cut, CRLF. */
void vcard_fold(struct buf *b, struct str line);

/* --- cards as cells --- */

enum card_slot {
	CARD_NAME,
	CARD_FIRST,
	CARD_LAST,
	CARD_SALUTATION,
	CARD_TITLE,
	CARD_COMPANY,
	CARD_DEPARTMENT,
	CARD_KIND,
	CARD_PHONE,
	CARD_MOBILE,
	CARD_EMAIL,
	CARD_ZALO,
	CARD_FACEBOOK,
	CARD_WEBSITE,
	CARD_STREET,
	CARD_WARD,
	CARD_DISTRICT,
	CARD_CITY,
	CARD_REGION,
	CARD_POSTAL,
	CARD_COUNTRY,
	CARD_BIRTH,
	CARD_FOUNDED,
	CARD_GENDER,
	CARD_TAGS,
	CARD_NOTES,
	CARD_EXTERNAL,
	CARD_SLOTS
};

/* Names of the columns that a slot may be, in order of preference. */
enum { CARD_NAMES = 3 };
extern const char *const card_columns[CARD_SLOTS][CARD_NAMES];

/* The slot that a column is; CARD_SLOTS: none. */
enum card_slot card_slot_of(struct str column);

/* Whether the column is there (text.p NULL), or can hold the text.  See reader_options. */
typedef bool card_takes(void *context, const char *column, struct str text);

struct card {
	enum vcard_version version;
	const char *column[CARD_SLOTS]; /* NULL: the record has no such field */
	card_takes *takes;		/* NULL: all */
	void *context;
	struct arena *arena;
	/* what it says */
	struct str slot[CARD_SLOTS];
	struct buf further; /* see struct row */
	struct buf kept;    /* lines that no field holds, as 3.0 writes them, an LF behind each */
	long nkept;
	bool company; /* it is the card of an organisation */
};

/* Chooses the columns of the slots.  takes NULL: the first of each. */
void card_open(struct card *c, card_takes *takes, void *context);

/* Fills slots, further and kept (which the caller frees) from the lines of one card. */
void card_fill(struct card *c, struct vcard_line *lines, size_t n);

/* Whether the slot has a column, and that takes the text, which is not empty. */
bool card_fits(const struct card *c, enum card_slot slot, struct str text);

/*
 * The parts of a name (N, behind FN) or an address (ADR) into their slots.  False: a part of
 * it has no slot.
 */
bool card_take_name(struct card *c, struct str value);
bool card_take_address(struct card *c, struct str value);

/* The sex of GENDER as fields have it: "female" of F; any other word in small letters. */
struct str card_gender(struct str word, struct arena *a);

/* The day of BDAY or ANNIVERSARY as fields have it: 1980-03-22, --05-17; false: it is none. */
bool card_date(struct str value, struct str *date, struct arena *a);

/* A salutation's key as the prefix of a name: "mr" → "Mr.". */
struct str card_prefix(struct str key, struct arena *a);

/* Kinds of relatives that cards have names for; ends with NULL. */
extern const char *const card_relations[];

/* The kind that the property is about: "spouse" of X-SPOUSE; NULL: none of these. */
const char *card_relation(struct str property);

/* Whether a line of a record's notes is one that card_fill kept: a property in capitals. */
bool card_kept_line(struct str line);

/* What the number or address in that slot is where nothing else says so: "work", "cell". */
const char *card_default_type(enum card_slot slot, bool at_company);

/* Components of ADR; those behind the country are RFC 9554's. */
enum {
	ADR_BOX,
	ADR_EXTENDED,
	ADR_STREET,
	ADR_CITY,
	ADR_REGION,
	ADR_CODE,
	ADR_COUNTRY,
	ADR_WARD = 14,
	ADR_DISTRICT = 15,
	ADR_PARTS = 18
};

#endif
