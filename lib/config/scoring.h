/*
 * How leads and deals are scored, as it is configured.
 *
 *	scoring:
 *	  grades: {hot: 70, warm: 40, cold: 0}
 *	  rules:
 *	    - referred: {if: "source = referral", points: 15}
 *	    - fresh: {if: "budget is not null", points: 10, half_life: 30d, time: created_at}
 *	    - opened: {of: event, if: "kind = email_open", points: 2, cap: 10, half_life: 14d}
 *	  lead: {fields: [source, industry], filled: [email, phone], weight: 50}
 *	  deal: {fields: [source, account.industry, tags], since: 2025-01-01}
 *	  tiers:
 *	    - vip: {segments: [champions], if: "type = customer"}
 *	    - gold: {top: 20, clv: 50000000}
 *
 * Each of the five that it leaves out is as shipped (crm-score rules prints it).
 */
#ifndef CRM_CONFIG_SCORING_H
#define CRM_CONFIG_SCORING_H

#include "query/query.h"
#include "store/store.h"

enum { SCORE_RULES = 200, SCORE_FIELDS = 32, SCORE_GRADES = 16, SCORE_TIERS = 16 };

/* A rating and the score from which on it holds; the highest that holds is the lead's. */
struct score_grade {
	const char *rating; /* of lead.rating */
	int least;
};

/* Points for what a lead is, or each time for what was done or happened about it. */
struct score_rule {
	const char *key;
	const char *text;	  /* the condition, as written; NULL: always true */
	const struct node *where; /* NULL: likewise */
	const struct entity *on;  /* lead, or a type that refers to leads: event, activity … */
	const struct field *time; /* instant that decay and `within` count from; NULL: neither */
	double points;		  /* each; below 0: against it; never 0 */
	double cap;		  /* what all of them come to at most (least, below 0); 0: no cap */
	double half_life;	  /* days after which they are worth half; 0: no decay */
	int64_t within;		  /* days: what is older does not count; 0: all of it does */
};

/* A field whose values history is counted by. */
struct score_field {
	const char *name; /* the path as written; of `filled` with a "?" behind it */
	struct path path;
	bool filled; /* whether there is one counts, not which */
	bool empty;  /* that it is empty is a value, too */
	bool tags;   /* its labels count one by one */
};

/* What is learnt from records that were won and lost. */
struct score_learning {
	struct score_field fields[SCORE_FIELDS];
	size_t n;
	int64_t from;	/* instant: records made before do not count; INT64_MIN: all do */
	int64_t after;	/* won and lost records before it counts in a score */
	int64_t weight; /* percent of a lead's score that is the learned one, the rest points */
	int64_t tags;	/* a label that fewer decided records have does not count */
	bool teams;	/* each team of owners has tables of its own */
};

/* What a customer must be for a tier of accounts; the first that fits is theirs. */
struct score_tier {
	const char *tier;	  /* of account.tier */
	const char *segments;	  /* of crm-report rfm, separated by blanks; NULL: any */
	const struct node *where; /* of accounts; NULL: any */
	int64_t top;		  /* percent of the customers with the most revenue; 0: any */
	double monetary, clv;	  /* at least, in the currency's major unit; 0: any */
	int64_t frequency;	  /* likewise, purchases */
	int64_t recency;	  /* at most, days; 0: any */
};

struct scoring {
	struct score_grade grades[SCORE_GRADES];
	size_t ngrades;
	struct score_rule rules[SCORE_RULES];
	size_t nrules;
	struct score_learning lead, deal;
	struct score_tier tiers[SCORE_TIERS];
	size_t ntiers;
};

/*
 * What is in force, in `a`: what is configured, and as shipped what that leaves out; a shipped
 * rule that names what is no longer there is left out.  NULL with diag: what is configured is
 * right no longer.
 */
struct scoring *scoring_get(struct store *s, struct arena *a, struct diag *d);

/* The same as text, a section that crm-config takes. */
struct str scoring_text(struct store *s, struct arena *a);

#endif
