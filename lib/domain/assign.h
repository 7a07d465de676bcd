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
	ASSIGN_KEPT,	/* it has an owner already; diag says whom */
	ASSIGN_NOBODY,	/* nobody can take it; diag says why.  It stays where it is */
	ASSIGN_REFUSED, /* closed, gone, or not the acting user's to change; diag */
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

#endif
