/* Who is a campaign's member for a record, and the segments a record is in. */
#ifndef CRM_DOMAIN_CAMPAIGN_H
#define CRM_DOMAIN_CAMPAIGN_H

#include "query/query.h"
#include "store/store.h"

struct person {
	const struct entity *entity; /* contact, account or lead; NULL: nobody */
	int64_t id;
};

/* The first contact, account or lead that the record refers to; entity NULL: none. */
struct person person_named(struct store *s, const struct record *r);

/*
 * Whom a campaign reaches for that record: a lead, contact or person itself, an organisation's
 * main contact, the contact, account or lead of anything else.
 */
struct person campaign_person(struct store *s, const struct entity *e, int64_t id, struct arena *a);

/*
 * Whom a letter about that record reaches: campaign_person, else the organisation itself, where
 * nobody in it is the main contact.
 */
struct person addressee_of(struct store *s, const struct entity *e, int64_t id, struct arena *a);

/*
 * Why that person is not to be reached by that channel (email, sms, zalo, call), "must not be
 * contacted by e-mail"; NULL: may be.  A contact whose account said no has said no, and a lead for
 * whom it became one of them: *who (unless NULL) is which of them did.
 */
const char *person_refusal(struct store *s, struct str channel, const struct person *p,
			   struct person *who, struct arena *a);
/* The same on the campaign's channel. */
const char *campaign_refusal(struct store *s, int64_t campaign, const struct person *p,
			     struct arena *a);

/* The record of type `members` that makes e-id a member of that campaign or segment; 0: none. */
int64_t membership_of(struct store *s, const char *members, const char *group, int64_t group_id,
		      const struct entity *e, int64_t id, struct arena *a);

/* Whether the record is in the segment now.  False with diag: its condition is not understood. */
bool segment_has(struct store *s, const struct query_context *q, const struct record *segment,
		 int64_t id, bool *is_in, struct diag *d);

/*
 * The condition that a record (of the segment's type, q's entity) is in the segment.  NULL
 * with diag.
 */
struct node *segment_node(struct store *s, const struct query_context *q,
			  const struct record *segment, struct diag *d);

/* For struct store.check_condition. */
bool segment_check_condition(struct store *s, const struct entity *e, struct str text,
			     struct diag *d);

#endif
