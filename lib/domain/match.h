/*
 * Who is this?  Records that share a telephone number (E.164), an e-mail address
 * or a tax code with what is known; a name alone only suggests.
 */
#ifndef CRM_DOMAIN_MATCH_H
#define CRM_DOMAIN_MATCH_H

#include "store/store.h"

/* Most telling first. */
enum match_by { MATCH_PHONE, MATCH_EMAIL, MATCH_TAX_CODE, MATCH_NOTHING };

/* "phone", "e-mail address", "tax code": for messages. */
extern const char *const match_names[];

enum { MATCH_MAX = 16 }; /* records looked at for one question */

struct match {
	enum match_by by; /* MATCH_NOTHING: nobody was found */
	int64_t ids[MATCH_MAX];
	size_t n;
	bool more; /* there are others besides these */
};

/* Keeps its statements, so that many questions are quick. */
struct matcher;

/* Looks among the records of type e, within whatever transaction there is. */
struct matcher *matcher_open(struct store *s, const struct entity *e);
void matcher_close(struct matcher *m); /* NULL is fine */

/*
 * The records that share with `probe`, a record of any type, a telephone number in
 * any of its fields; failing that an e-mail address; failing that a tax code.  The
 * first of these that finds somebody decides.  Oldest first, each once; the probe
 * itself (same type and id) is never among them.
 */
void matcher_find(struct matcher *m, const struct record *probe, struct match *out);

/*
 * The records called `name`, without case and accents; by is MATCH_NOTHING, since
 * a name proves nothing.
 */
void matcher_named(struct matcher *m, struct str name, struct match *out);

/* " account-5 account-6 …", for messages. */
struct str match_refs(const struct match *m, const struct entity *e, struct arena *a);

#endif
