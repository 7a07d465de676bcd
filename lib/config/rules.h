/*
 * Follow-up rules and sequences, as the sections `rules` and `sequences` say them.
 *
 * What is read is in the arena of document_stored and as good as the schema it was read
 * with: record types and fields are looked up, values and conditions are known to be right.
 * Of delays, 10min and 2h are time of business (unless `always`), 3d and 1w days of the calendar.
 */
#ifndef CRM_CONFIG_RULES_H
#define CRM_CONFIG_RULES_H

#include "config/document.h"
#include "query/query.h"

enum when_kind {
	WHEN_CREATED, /* a record was made */
	WHEN_CHANGED, /* a field changed, or (values) became one of these */
	WHEN_DATE,    /* a date or instant came, or comes within `before` */
	WHEN_STATE,   /* a condition has become true, and stays so for the rule's `after` */
};

struct occasion {
	enum when_kind kind;
	struct str text; /* as it was written */
	const struct entity *entity;
	const struct field *field; /* CHANGED, DATE */
	struct value *values;	   /* CHANGED: what it became; n 0: whatever */
	size_t nvalues;
	const char *state; /* STATE: where expression; CREATED: likewise, of events; or NULL */
	bool yearly;	   /* DATE: every year on that day */
	struct delay before;
	struct delay after; /* `contact.birth_date +1d`: what that adds to the rule's `after` */
	/* DATE: where expression that says whether it still matters; or NULL. */
	const char *guard;
	/* DATE: another one that the same rule is about: a ticket's second clock; or NULL. */
	struct occasion *also;
};

enum deed_kind {
	DO_ACTIVITY, /* make one */
	DO_SET,	     /* change fields of the record, or of one that it refers to */
	DO_TAG,
	DO_UNTAG,
	DO_ASSIGN,   /* deal the lead out */
	DO_CAMPAIGN, /* make a member of it */
	DO_SEQUENCE, /* enrol */
	DO_EMIT,     /* an errand */
};

/* One FIELD: VALUE. */
struct field_text {
	const char *name;	   /* as it was written */
	const struct field *of;	   /* the reference that leads to it; NULL: the record's own */
	const struct field *field; /* NULL: a key of an errand's payload */
	const char *text;	   /* as a user would type it; NULL: empty */
};

struct deed {
	enum deed_kind kind;
	const char *name; /* tags joined by ';', the campaign, the sequence, the errand's kind */
	const char *template;
	struct field_text *pairs;
	size_t n;
	struct delay due; /* ACTIVITY: how long there is for it */
	bool again;	  /* ASSIGN: also a lead that has an owner, to somebody else */
	bool any_hour;	  /* EMIT: no advertisement, so it may go at night */
};

struct rule {
	const char *key;
	struct occasion when;
	const char *condition; /* `if`, or NULL */
	struct delay after;
	bool always;  /* delays run around the clock */
	bool once;    /* once a record, whatever the occasion */
	int64_t from; /* instant from which what happened before the rule counts; INT64_MAX: none */
	const struct deed *deeds;
	size_t ndeeds;
	const char *sequence; /* it is a sequence's `enter`; or NULL */
};

struct sequence_step {
	struct delay after;
	bool always;
	const struct deed *deeds;
	size_t ndeeds;
};

struct sequence {
	const char *key;
	const struct entity *entity; /* lead, contact or account */
	const char *enter;	     /* where expression, or NULL: by hand and by rules alone */
	const struct sequence_step *steps;
	size_t nsteps;
	bool reply, converted, opt_out; /* what ends it */
	const char *exit;		/* where expression that does, or NULL */
	bool once;			/* nobody comes back into it */
};

/*
 * What the sections' readers make: all that are right, behind the last one without a key; *wrong
 * as of document_usable.
 */
struct rule *rules_stored(struct store *s, struct arena *a, struct document_wrong **wrong);
struct sequence *sequences_stored(struct store *s, struct arena *a, struct document_wrong **wrong);

/* ---- shared by the two sections' readers ---- */

bool rules_when(struct config *c, const struct yaml *y, const char *path, struct occasion *w);

/* A list of {activity: …}, or (map) all the keys of a map but those in `but`. */
bool rules_deeds(struct config *c, const struct yaml *y, const char *path, const struct entity *e,
		 struct sequence_step *out);
bool rules_step(struct config *c, const struct yaml *map, const char *path, const struct entity *e,
		struct sequence_step *out);

/* Whether the text, or (where it says nothing of them) the database, has the sequence. */
bool rules_has_sequence(struct config *c, const char *name);

#endif
