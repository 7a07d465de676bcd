/* Who is not to be listed in a campaign, or written to at all, and why. */
#ifndef CRM_DOMAIN_SUPPRESS_H
#define CRM_DOMAIN_SUPPRESS_H

#include "domain/campaign.h"
#include "query/ref.h"

/*
 * Whether letters to that address came back for good: somebody who has it (in a field or an
 * identity) has an event `bounce` that names the address, or none, and none later by which it
 * must have arrived (email_delivered, email_open, email_click, email_reply).  An event
 * soft_bounce says nothing of the address.
 */
bool address_bounced(struct store *s, struct str email, struct arena *a);

/* Others besides whom a campaign passes over: --suppress. */
struct suppress_list {
	bool any;		     /* members of any other campaign that is active */
	const struct entity *entity; /* campaign or segment, unless any */
	struct record record;
	int64_t since; /* only who became a member of it at or after that instant */
};

struct suppressor {
	struct store *store;
	struct record campaign;
	const struct suppress_list *lists;
	size_t nlists;
	struct resolver *resolver;
};

/*
 * "autumn:30d,segment:vip,any:7d" into s->lists, in `a`: campaigns and segments by name or
 * reference, each with how long ago at most somebody came to be in it.  False with diag.
 */
bool suppress_parse(struct suppressor *s, struct str text, struct arena *a, struct diag *d);

enum suppress_reason {
	SUPPRESS_NOT,
	SUPPRESS_CONSENT,   /* they said no */
	SUPPRESS_ADDRESS,   /* nothing by which the channel would reach them */
	SUPPRESS_BOUNCED,   /* letters to their address come back */
	SUPPRESS_SAME,	    /* another member has the same address */
	SUPPRESS_ELSEWHERE, /* --suppress */
	SUPPRESS_REASONS
};

/* What a count of them is called: "must not be contacted", "no address" … */
extern const char *const suppress_names[SUPPRESS_REASONS];

/* Why that person is not to be listed; *why, in `a`, says it of this one: "no e-mail address". */
enum suppress_reason suppress_ask(const struct suppressor *s, const struct person *p,
				  struct str *why, struct arena *a);

#endif
