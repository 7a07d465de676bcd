/*
 * Telephone calls: whom a word means, what an outcome is called in a hurry, and what follows
 * from a call that was made.  Whoever is to be rung next: call_next.h.
 */
#ifndef CRM_DOMAIN_CALL_H
#define CRM_DOMAIN_CALL_H

#include "config/calls.h"
#include "domain/campaign.h"
#include "query/ref.h"

/*
 * The outcome that a word means: its key or label; the first letters of the words of its key
 * (na: no_answer), or cb: callback, vm: voicemail; the beginning of one key alone.  NULL with
 * diag: several begin so; NULL without: none does.
 */
const struct pick *call_outcome(const struct store *s, struct str word, struct arena *a,
				struct diag *d);

/* Whom or what a call is about: a lead, contact, account, deal, ticket or order. */
struct call_about {
	const struct entity *entity;
	int64_t id;
};

/*
 * What a person types for it: a typed reference, the bare number of a lead, a telephone
 * number, an address, a name.  False with diag: nobody, or several, who are listed.
 */
bool call_find(struct resolver *r, struct str text, struct call_about *out, struct arena *a,
	       struct diag *d);

struct caller {
	struct store *store;
	const struct call_rules *rules;
	int64_t user; /* who rings; 0: nobody here */
};

/*
 * Begins the activity that the call becomes: one that the caller had planned until the end of
 * today, or that was handed out (`claim`: of call_next.h, or NULL), is done by it; else it is
 * a new one.  What it is about, kind, status and outcome are set; the rest is the user's.
 */
void call_begin(const struct caller *c, const struct call_about *about, const struct record *claim,
		const char *outcome, struct record *call, struct arena *a);

/*
 * What follows, once `call` (complete) was written: how far the member of its campaign went,
 * where the lead stands.  `next`: an instant, null for no plan, V_NONE for what is configured;
 * *plan is the call to be written then, its entity NULL where there is none.  False with diag.
 */
bool call_end(const struct caller *c, const struct record *call, const struct value *next,
	      struct record *plan, struct arena *a, struct diag *d);

/* The number to ring: mobile, phone, else that of a contact's account; empty: none. */
struct str call_number(struct store *s, const struct record *who, struct arena *a);

/* Outward calls with the person that were made, in a campaign (0: any). */
int64_t call_attempts(struct store *s, const struct person *p, int64_t campaign, struct arena *a);

#endif
