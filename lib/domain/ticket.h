/* What the service-level agreement says of a ticket or lead now, and how a ticket is answered. */
#ifndef CRM_DOMAIN_TICKET_H
#define CRM_DOMAIN_TICKET_H

#include "store/store.h"

enum clock_state {
	CLOCK_NONE,	/* nothing is promised */
	CLOCK_MET,	/* done in time */
	CLOCK_BREACHED, /* done too late, or not done and past due */
	CLOCK_WAITING,	/* stands: it waits for the customer */
	CLOCK_RUNNING,
};

extern const char *const clock_state_names[]; /* "none", "met" … */

/* What people see in its place. */
const char *clock_state_label(enum clock_state state, enum language l);

/*
 * How a promise for the instant `due` (INT64_MAX: none) stands at `now`.  done: when what was
 * promised happened, INT64_MAX: not yet; waits: the clock stands since `since`.
 */
enum clock_state clock_state_at(int64_t due, int64_t done, bool waits, int64_t since, int64_t now);

struct ticket_clock {
	enum clock_state state;
	int64_t due;  /* instant; INT64_MAX: none */
	int64_t left; /* running, waiting, or overdue: working seconds until due, below 0 past it */
};

/* How much that is: "3h20m", "-0h05m". */
struct str clock_left(int64_t left, struct arena *a);

/* The two clocks of a ticket (complete, as store_get reads it) at the instant `now`. */
void ticket_clocks(struct store *s, const struct record *ticket, int64_t now,
		   struct ticket_clock *response, struct ticket_clock *resolution);

/*
 * The one clock of a lead: until somebody gets back to it.  Of one that was converted or
 * disqualified before that it is CLOCK_NONE: nobody waits any more.
 */
struct ticket_clock lead_clock(struct store *s, const struct record *lead, int64_t now);

/*
 * An activity that answers the ticket (inward: that the customer sent), about whom the
 * ticket is about, by the way it came in.  The caller writes it.
 */
struct record ticket_reply(struct store *s, const struct record *ticket, struct str body,
			   bool inward, struct arena *a);

#endif
