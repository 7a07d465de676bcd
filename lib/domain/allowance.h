/*
 * How often, and at what hours, somebody may be rung or written to unasked: by the number or
 * address, whoever has it.
 *
 * In Vietnam, decree 91/2020/ND-CP, article 13: to a number three text messages in 24 hours,
 * from 7:00 to 22:00, and one call, from 8:00 to 17:00; to an address three e-mails in 24 hours;
 * unless the receiver agreed to something else.
 */
#ifndef CRM_DOMAIN_ALLOWANCE_H
#define CRM_DOMAIN_ALLOWANCE_H

#include "domain/campaign.h"

enum { ALLOWANCE_MAX = 100 /* times in 24 hours */ };

/* Whether the law of the database's region says so: messages that advertise in 24 hours; 0: any. */
int64_t allowance_messages(const struct store *s);

/* The instant from `at` on at which that kind (email, sms, zalo, call) of advertisement may go. */
int64_t allowance_hour(const struct store *s, struct str kind, int64_t at);

/*
 * The instant from which the person may be rung or written to again at that number or address,
 * where `most` times (up to ALLOWANCE_MAX) in 24 hours are allowed: calls that were made, messages
 * that nobody wrote by hand and that have left or are leaving, for all who have it.  INT64_MIN:
 * now.
 */
int64_t allowance_next(struct store *s, struct str kind, const struct person *p, struct str address,
		       int64_t most, struct arena *a);

#endif
