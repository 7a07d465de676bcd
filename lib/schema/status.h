/* How a document may go from status to status: a table, and one reader of it. */
#ifndef CRM_SCHEMA_STATUS_H
#define CRM_SCHEMA_STATUS_H

#include "schema/schema.h"

struct transition {
	const char *from;
	const char *to;	     /* statuses, separated by blanks */
	const char *excused; /* those that want a --reason; likewise, or NULL */
};

/*
 * Whether r may have the status that it has, coming from old (NULL: anything may be
 * written down as it is).  What an import or a restore brings has happened elsewhere and is
 * taken.  The table ends with a row without `from`.  False with diag that says what can be.
 */
bool status_follows(const struct transition *table, const struct record *r,
		    const struct record *old, const struct codec *c, struct diag *d);

/* The record comes into this status with this write. */
bool status_enters(const struct record *r, const struct record *old, const char *status);

/* Statuses of leads whom nobody works on any more, NULL-terminated. */
extern const char *const lead_closed[];

/* The codec's calendar day, as dates are held. */
struct str today(const struct codec *c);

#endif
