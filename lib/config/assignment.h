/*
 * How leads are dealt out, as it is configured; what is done with that: domain/assign.h.
 *
 *	assignment:
 *	  conflict: {match: [phone, email, zalo], protect: 30d}
 *	  recall: {after: 4h, hours: business, statuses: [new]}
 *	  pools:
 *	    - vip: {if: budget >= 500tr, method: least_load, members: [lan, mai], overflow: true}
 *	    - south: {if: region = south, method: weighted, teams: [hcm], territory: city}
 *	    - rest: {method: round_robin, members: [lan, {mai: {weight: 2, per_day: 10}}]}
 */
#ifndef CRM_CONFIG_ASSIGNMENT_H
#define CRM_CONFIG_ASSIGNMENT_H

#include "config/config.h"

enum assignment_method { ROUND_ROBIN, WEIGHTED, LEAST_LOAD, ASSIGNMENT_METHODS };
extern const char *const assignment_methods[]; /* by the enum: keys of assignment.method */

/* How much one member takes; -1: no word of it. */
struct assignment_limits {
	int64_t weight, capacity, per_day, per_month; /* per_month: in 30 days */
};

struct assignment_member {
	const char *login;
	const char *condition; /* what they take of the pool's leads; NULL: all */
	struct assignment_limits limits;
};

struct assignment_pool {
	const char *key;
	const char *condition; /* which leads it deals; NULL: all */
	const char
	    *release; /* which it does not deal, and those that it dealt come back; or NULL */
	enum assignment_method method;
	const struct assignment_member *members; /* in the order in which they are dealt to */
	size_t n;
	const char *teams; /* whose users are members behind those; separated by blanks; or NULL */
	const char *skill, *territory;	 /* fields of leads that users must have; NULL: any user */
	const char *person;		 /* a field of leads that names the user; NULL: none */
	const char *hours;		 /* as hours_parse reads them; NULL: at all hours */
	struct assignment_limits limits; /* of each member that has none of its own */
	bool overflow;			 /* whom nobody can take goes on to the next pool */
	int64_t recall_s;		 /* instead of the general one; 0: never, -1: no word */
};

/* What makes of a lead a known person. */
enum { KNOWN_PHONE = 1, KNOWN_EMAIL = 2, KNOWN_ZALO = 4, KNOWN_FACEBOOK = 8, KNOWN_TAX_CODE = 16 };

struct assignment_rules {
	unsigned match;	      /* KNOWN_*; 0: nobody is known */
	int64_t protect_s;    /* since the last touch; 0: whoever is known is, for good */
	int64_t recall_s;     /* 0: never */
	bool business;	      /* that and the pools' are working time */
	const char *statuses; /* in which a lead is recalled, separated by blanks */
	const struct assignment_pool *pools; /* in order: the first that fits */
	size_t n;
};

/*
 * Those of the database, in `a`; where nothing is configured: known people go to who has them,
 * all others in turn to whoever sells.  NULL with diag: what is configured is right no longer.
 */
const struct assignment_rules *assignment_stored(struct store *s, struct arena *a, struct diag *d);

#endif
