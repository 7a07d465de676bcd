/* How people are rung: when, how often, and what becomes of each outcome. */
#ifndef CRM_CONFIG_CALLS_H
#define CRM_CONFIG_CALLS_H

#include "core/delay.h"
#include "core/hours.h"
#include "store/store.h"

struct call_rule {
	const char *outcome; /* of activity.outcome */
	struct delay again;  /* none: no further call is planned */
	int64_t most;	     /* calls of one person (in one campaign) after which none is planned */
	const char *member;  /* how far it brings a campaign's member; NULL: as the store has it */
	const char *lead;    /* what the lead becomes where no further call is planned; or NULL */
	const char *reason;  /* of a lead that becomes disqualified */
};

struct call_rules {
	struct hours hours; /* when people are handed out */
	int64_t lease_s;    /* how long nobody else gets who was handed out */
	int64_t late_s;	    /* so late, a call that somebody planned is anybody's */
	int64_t rest_days;  /* so long nobody is rung again without a plan or campaign */
	int64_t per_day;    /* calls to one number in 24 hours */
	const struct call_rule *rules;
	size_t n;
};

/* As configured (section calls), else as shipped; what it allocates is a's.  Dies where what is
 * configured is right no longer. */
const struct call_rules *call_rules_get(struct store *s, struct arena *a);

/* The rule for an outcome, or NULL. */
const struct call_rule *call_rule_of(const struct call_rules *r, struct str outcome);

#endif
