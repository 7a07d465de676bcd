/*
 * Who is this?  The one place that knows who is known by a telephone number (E.164), an
 * e-mail address, a messenger account, a tax code, a number in another system or a name:
 * in any field of that kind, and by what identities say besides.
 *
 * Every question is a few look-ups in indexes, by statements that the store keeps, so that
 * many questions are quick.
 */
#ifndef CRM_DOMAIN_MATCH_H
#define CRM_DOMAIN_MATCH_H

#include "store/store.h"

/* By what somebody is known.  The first three prove it, the most telling first. */
enum match_by {
	MATCH_PHONE,
	MATCH_EMAIL,
	MATCH_TAX_CODE,
	MATCH_ZALO,
	MATCH_FACEBOOK,
	MATCH_EXTERNAL, /* a number in another system, whichever that is */
	MATCH_SYSTEM,	/* "hubspot:12": the number 12 of hubspot, as identities have it; "12": of
			 * IDENTITY_NO_SYSTEM */
	MATCH_NAME,	/* only suggests */
	MATCH_COMPANY,	/* where a lead works; likewise */
	MATCH_NOTHING
};

/* "phone", "e-mail address", "tax code" …, "nothing": for messages. */
extern const char *const match_names[];

/* The sign that a field's values are of (mobile: MATCH_PHONE), or MATCH_NOTHING. */
enum match_by match_sign(const struct field *f);

/*
 * The keys of a text as that sign, each once: of every number of a cell that holds several,
 * every address; none where it cannot be that.  In c->arena; how many.
 */
enum { MATCH_KEYS = 8 };
size_t match_keys(enum match_by sign, struct str text, const struct codec *c,
		  struct str keys[MATCH_KEYS]);

/* Whom match_key looks at: those whom the acting user may read, in fields and identities. */
enum {
	MATCH_HIDDEN = 1,  /* also those whom the acting user may not read */
	MATCH_FURTHER = 2, /* in identities alone */
};

struct matched {
	int64_t id;
	const char *by; /* the field that has it, "mobile"; of an identity "identity.phone" */
};

/*
 * The first n records of type e that have the key (of match_keys), oldest first, each once;
 * how many.
 */
size_t match_key(struct store *s, const struct entity *e, enum match_by sign, struct str key,
		 unsigned flags, struct matched *out, size_t n);

/*
 * What match_key asks: $1 is the key, of MATCH_SYSTEM $2 the system.  No parameters: there
 * is nothing to ask.  Its plan is tested.
 */
void match_sql(struct sql *q, const struct schema *s, const struct entity *e, enum match_by sign,
	       unsigned flags);

/*
 * Adds "select id, key …" of all records of type e and all their keys of that sign, in fields
 * and identities, those with MATCH_HIDDEN too; false: there are none, and nothing is added.
 */
bool match_all_sql(struct sql *q, struct store *s, const struct entity *e, enum match_by sign,
		   unsigned flags);

enum { MATCH_MAX = 16 }; /* records looked at for one question */

struct match {
	enum match_by by; /* MATCH_NOTHING: nobody was found */
	int64_t ids[MATCH_MAX];
	size_t n;
	bool more; /* there are others besides these */
};

/*
 * The records of type e that share with `probe`, a record of any type, a telephone number
 * in any of its fields; failing that an e-mail address; failing that a tax code.  The
 * first of these that finds somebody decides.  Oldest first, each once, also those whom the
 * acting user may not read; the probe itself (same type and id) is never among them.
 */
void match_find(struct store *s, const struct entity *e, const struct record *probe,
		struct match *out);

/* The same from that sign on: MATCH_EMAIL asks no telephone. */
void match_find_from(struct store *s, const struct entity *e, const struct record *probe,
		     enum match_by first, struct match *out);

/*
 * The records of type e called `name`, without case and accents; by is MATCH_NOTHING, since
 * a name proves nothing.
 */
void match_named(struct store *s, const struct entity *e, struct str name, struct match *out);

/* " account-5 account-6 …", for messages. */
struct str match_refs(const struct match *m, const struct entity *e, struct arena *a);

#endif
