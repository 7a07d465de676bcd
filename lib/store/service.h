/* Hours of business and service-level agreements, as configured. */
#ifndef CRM_STORE_SERVICE_H
#define CRM_STORE_SERVICE_H

#include "core/hours.h"
#include "store/store.h"

/* Read when first asked for; lives as long as the store. */
struct service {
	struct hours hours;
	const char *week, *special;	   /* what hours was parsed from */
	const struct sla_policy *policies; /* in order */
	size_t n;
};

const struct service *service_get(struct store *s);

/*
 * The policy for a ticket or lead: the first that names what it is (all that it names), else
 * the first for all others; NULL: none.
 */
const struct sla_policy *service_policy_of(struct store *s, const struct record *r,
					   struct arena *a);

/* The policy's row for a priority, or NULL. */
const struct sla_time *service_time(const struct sla_policy *p, struct str priority);

/* The hours in which the clocks of the policy of that key run; of none: those of business. */
const struct hours *service_hours(const struct service *v, struct str policy);

/*
 * Replaces hours, special days and policies (NULL: as they are) within a writing
 * transaction; a policy needs at least one row of times to be remembered.  Whoever was
 * promised something keeps it.
 */
void service_set(struct store *s, const char *week, const char *special,
		 const struct sla_policy *policies, size_t n);

#endif
