/*
 * Somebody leaves: what is open goes to somebody else, what is past stays theirs, so
 * that figures stand.
 */
#ifndef CRM_DOMAIN_RETIRE_H
#define CRM_DOMAIN_RETIRE_H

#include "store/store.h"

/* How many records of a type changed hands. */
struct handed {
	const struct entity *entity;
	long n;
	bool shares; /* not they, but a share in them */
};

/*
 * Within a writing transaction: hands over what `user` owns and is open (leads that are
 * neither converted nor disqualified, deals in open stages, planned activities, tickets
 * that are not solved, quotes and orders under way; accounts, contacts and whatever else
 * has no end), the teams they manage, and their shares in what is open, which go to `to`,
 * else to the record's owner, else to the largest other share.  to 0: into the pool, nobody's.
 * The user's own record is the caller's to write.  out: one row a type that had any, in `a`;
 * *n of them.  False with diag (source: the record that was refused).
 */
bool retire_hand_over(struct store *s, int64_t user, int64_t to, struct handed **out, size_t *n,
		      struct arena *a, struct diag *d);

#endif
