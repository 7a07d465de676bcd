/* Who can be reached, and by what: written to or rung. */
#ifndef CRM_SCHEMA_REACH_H
#define CRM_SCHEMA_REACH_H

#include "schema/schema.h"

/*
 * The record types that are people, NULL behind them: where a record names several, the first is
 * the one who was met (a contact rather than their account, and no longer the lead they were).
 */
enum { PERSON_TYPES = 3 };
extern const char *const person_types[PERSON_TYPES + 1];

/* The fields of a channel's consent. */
enum { CONSENT_NO, CONSENT_SINCE, CONSENT_BY, CONSENT_SOURCE, CONSENT_PARTS };

struct channel {
	const char *name;     /* of a campaign, template or errand: "sms" */
	const char *activity; /* the kind that is written down of it: "chat" */
	const char *label_en, *label_vi;
	const char *consent[CONSENT_PARTS]; /* "do_not_sms", "do_not_sms_at" … */
	const char *fields[4];		    /* by which people are reached, the best first; NULL */
	const char *none;		    /* what is said where none of them is filled */
};

enum { CHANNELS = 4 };
extern const struct channel channels[CHANNELS];

/* NULL: one of the user's own, by which the product reaches nobody. */
const struct channel *channel_named(struct str name);

/* The do_not_* field that forbids that channel; NULL: nothing does. */
const char *channel_consent(struct str name);

/* The first of the channel's fields that the record has and that is filled; NULL: none. */
const struct field *channel_field(const struct channel *c, const struct record *who);

#endif
