/*
 * Dealing leads out, as the configuration has it (config/assignment.h, crm-assign(1)).
 *
 * A lead whose person is known goes to who has them; else the first pool whose condition is
 * true deals it to a member who is on duty, has room, and has the skill and the territory.
 * What a pool goes on from (whose turn it is) is what its newest assignment record says, so
 * it outlives the leads, and goes back with an undo.
 *
 * All of it within a writing transaction, so that what many processes decide at once is one
 * decision behind the other; but for assign_decide and what only reads, which need none.
 */
#ifndef CRM_DOMAIN_ASSIGN_H
#define CRM_DOMAIN_ASSIGN_H

#include "store/store.h"

struct assigner;

/*
 * Reads the configuration, the users, their shifts and absences.  What is counted later (open
 * leads, leads of the day) is counted once and kept, so an assigner lives no longer than its
 * transaction, in which nobody else gives leads to users.  In `a`, which outlives it.  NULL
 * with diag: what is configured is right no longer.
 */
struct assigner *assigner_open(struct store *s, struct arena *a, struct diag *d);
void assigner_close(struct assigner *g);

enum assigned {
	ASSIGN_DONE,	/* it has a new owner, and an assignment record says why */
	ASSIGN_KEPT,	/* it is closed, or has an owner already; diag says so */
	ASSIGN_NOBODY,	/* nobody can take it; diag says why.  It stays where it is */
	ASSIGN_REFUSED, /* gone, or not the acting user's to change; diag */
};

enum assign_flags {
	ASSIGN_AGAIN = 1, /* also a lead that has an owner, to somebody else */
};

/*
 * Gives the lead to whoever is to have it.  The acting user must be one who may change the
 * lead; to whom it goes is the house's decision, not theirs.
 */
enum assigned assign_lead(struct assigner *g, int64_t lead, unsigned flags, struct arena *a,
			  struct diag *d);

/* One member in the story of a lead, or in the state of a pool. */
struct assign_candidate {
	const char *login;
	struct str figure; /* what was compared, the lowest first; empty: nothing */
	struct str state;  /* "dealt": they got it; why not ("full"); empty: they could */
};

/* How a lead came to who has it; or how it would, where nobody has it. */
struct assign_story {
	bool to_come;				   /* nothing of it has happened */
	struct str at, why, pool, method, note;	   /* as the assignment record has them; or empty */
	const char *user, *previous;		   /* logins, or NULL */
	const struct assign_candidate *candidates; /* in the order in which they were asked */
	size_t n;
};

/* False with diag: there is no such lead, or nobody kept how it got its owner. */
bool assign_story(struct assigner *g, int64_t lead, struct assign_story *out, struct arena *a,
		  struct diag *d);

/* A member of a pool as they stand now. */
struct assign_standing {
	const char *pool, *method, *login;
	bool closed;	   /* the pool does not deal at this hour */
	size_t place;	   /* 1: asked first */
	const char *state; /* why they take nothing now, or NULL */
	int64_t open, capacity, today, per_day,
	    weight; /* limits: -1 none; counts: not to be seen */
};

/* All members of all pools, pool by pool in the order in which they would be asked. */
const struct assign_standing *assign_standings(struct assigner *g, size_t *n, struct arena *a);

/* A user and why they take nothing now; NULL: on duty. */
struct assign_duty {
	int64_t user;
	const char *state;
	int64_t open, capacity; /* likewise */
};

/* Of all who work here, by id. */
const struct assign_duty *assign_duties(struct assigner *g, size_t *n, struct arena *a);

/* Who has a person: the user (0: nobody has, or not any more) and until when. */
struct assign_hold {
	int64_t user;
	const char *login;
	struct str until; /* local time */
};

/*
 * Who is protected as the one who has the lead's person, as `now` and its identities say of them
 * (`old`: the lead as it is stored, or NULL): its own owner, or that of whoever has the same
 * telephone number and the like.  Nobody where no protection is configured.  In `a`.
 */
struct assign_hold assign_held(struct store *s, const struct record *now, const struct record *old,
			       struct arena *a);

/*
 * For struct store.check_owner: only who has a protected person, or who manages users, gives
 * their leads to somebody else, or makes somebody's lead one of them by a telephone number and
 * the like, of the lead or of an identity (now, old) of its.  False with diag: who has them until
 * when, no more.
 */
bool assign_allows(struct store *s, const struct record *now, const struct record *old,
		   struct diag *d);

/* Whether protection is configured and has run out for this lead: whoever comes may take it. */
bool assign_lapsed(struct store *s, const struct record *lead, struct arena *a);

/*
 * Takes a lead back from its owner, into the pool: if nobody worked on it in time, or its pool's
 * `release` is true; never what no assignment record says was given to them.  *why: what is
 * kept, "not worked on within 4h".  False: it stays (with diag: it was refused).
 */
bool assign_recall(struct assigner *g, int64_t lead, struct arena *a, struct diag *d);

/* Leads that assign_recall may take back: some of them it will not. */
int64_t *assign_recallable(struct assigner *g, size_t *n, struct diag *d);

#endif
