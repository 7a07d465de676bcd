/* Who has this telephone number, e-mail address, Zalo or Facebook account, or number elsewhere? */
#ifndef CRM_DOMAIN_IDENTIFY_H
#define CRM_DOMAIN_IDENTIFY_H

#include "store/store.h"

/* The source of an identity whose external id came without the name of its system. */
#define IDENTITY_NO_SYSTEM "import"

struct identified {
	const struct entity *entity; /* contact, account, lead or user */
	int64_t id;
	const char *by; /* the field that has it, "mobile"; of an identity "identity.phone" */
};

enum { IDENTIFIED_MAX = 32 };

/*
 * The people who have it, each once: contacts, then accounts, leads and users; of each the
 * oldest first.  Of a text with several numbers or addresses, whoever has one of them.  A converted
 * lead whose contact or account is among them is left out.  Returns how many, at most
 * IDENTIFIED_MAX; *more says whether there are others.
 */
size_t identify(struct store *s, struct str text, struct identified *out, bool *more,
		struct arena *a);

/* Whether that lead was converted into the record. */
bool lead_became(const struct record *lead, const struct entity *e, int64_t id);

/*
 * The identity that says of the same person what r, an identity that is to be made, says
 * (numbers and addresses compared as they are matched); 0: none does.
 */
int64_t identity_like(struct store *s, const struct record *r, struct arena *a);

#endif
