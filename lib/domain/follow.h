/*
 * Follow-up rules and sequences at work: rules without I/O.
 *
 * An occasion is found once: in the history (each rule remembers the last change that it has
 * looked at), or because time has passed (each remembers up to when).  What becomes of it is a
 * `firing`, one a rule, record and occasion, written in the transaction that does what the
 * rule says; so that a crash leaves all of it or nothing, and two runs do not do it twice.
 */
#ifndef CRM_DOMAIN_FOLLOW_H
#define CRM_DOMAIN_FOLLOW_H

#include "config/rules.h"
#include "domain/assign.h"
#include "query/ref.h"

struct follow {
	struct store *store;
	struct arena *arena; /* of one transaction; reset by follow_batch */
	const char *program; /* whose changes are the rules' own */
	struct resolver resolver;
	struct assigner *assigner; /* of this transaction; NULL: not needed yet */
	struct rule *rules;	   /* then the sequences' `enter`s; end without key */
	size_t nrules;
	struct node **states; /* their `while`s as they are understood now; NULL: not asked yet */
	struct sequence *sequences;
	/*
	 * Those that are right no longer, or do what is so (enrol into such a sequence): nothing
	 * of theirs is done, and nothing is passed, so that it is when they are mended.
	 */
	struct follow_held {
		struct str name;
		const char *place; /* "rules.NAME" or "sequences.NAME" */
		struct str what;   /* what is wrong, with its place */
	} * held;
	size_t nheld;
	int64_t newest;	   /* the last change that this run looks at; 0: not known yet */
	bool timed;	   /* all that time has brought was looked at */
	struct map passed; /* how far a long list of dates has been gone through */
	struct follow_counts {
		long fired, waiting, skipped, cancelled, enrolled, ended, steps;
	} counts;
	/* Called for what was done, or (failed) could not be done, of each firing and step. */
	void (*told)(void *ctx, const char *rule, struct str record, struct str did, struct str why,
		     bool failed);
	void *ctx;
};

/* Reads rules and sequences as they are now; which are wrong: held. */
void follow_load(struct follow *f);

/* Whether the acting user sees and may change all that rules are about; false with diag. */
bool follow_allowed(const struct store *s, struct diag *d);

/*
 * Does a part of what there is to do, within a writing transaction that the caller commits;
 * whether there is more.
 */
bool follow_batch(struct follow *f);

void follow_close(struct follow *f);

/*
 * The instant at which the delay has passed since `from`: minutes and hours of business, days
 * of the calendar by the local clock, which end where business goes on.  always: around the
 * clock.
 */
int64_t follow_after(struct store *s, int64_t from, const struct delay *delay, bool always);

/* The sequence of that name; NULL: none. */
const struct sequence *follow_sequence(const struct follow *f, struct str name);

/*
 * Enrols a record of the sequence's type; within a writing transaction.  Its enrolment, or 0
 * with *why: it is in the sequence, was in it, or may not be reached.  What ends it counts from
 * the instant `since` on (empty: now): who answered before the run came to it has answered.
 */
int64_t follow_enrol(struct follow *f, const struct sequence *q, int64_t id, struct str since,
		     struct str *why, struct arena *a, struct diag *d);

/* Ends an enrolment: "stopped", "replied" …; false with diag. */
bool follow_end(struct follow *f, int64_t enrolment, const char *status, struct str why,
		struct arena *a, struct diag *d);

/* Why nothing is to be sent to that person by that kind of errand; empty: it may be. */
struct str follow_refusal(struct store *s, struct str kind, const struct entity *e, int64_t id,
			  struct arena *a);

/*
 * The errands that are due, and those that were handed out longer than `lease` seconds ago and
 * never started, are claimed; those whom people have refused meanwhile are cancelled.  Their
 * ids, of these kinds (separated by commas; empty: all), in order, in `a`; within a writing
 * transaction.
 */
int64_t *follow_claim(struct store *s, int64_t lease, struct str kinds, size_t *n, struct arena *a,
		      struct diag *d);

/* Where an errand of that kind goes: an address, a number; empty: there is none. */
struct str follow_address(struct store *s, struct str kind, const struct entity *e, int64_t id,
			  struct arena *a);

/* Whether the condition is true of the record now; an empty one (NULL) is. */
bool follow_is_true(struct follow *f, const struct entity *e, const char *condition, int64_t id);

#endif
