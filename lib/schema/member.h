/* How far members of a campaign go, by the campaign's channel. */
#ifndef CRM_SCHEMA_MEMBER_H
#define CRM_SCHEMA_MEMBER_H

#include "core/base.h"

/*
 * The statuses of a channel in order, NULL-terminated; the first is that of a new member.
 * A channel that is none of the shipped ones takes them all.
 */
const char *const *member_statuses(struct str channel);

/* The place of a status among its channel's; -1: it is none of them. */
int member_rank(const char *const *statuses, struct str status);

/* What an event of that kind, or a call with that outcome, makes of a member; NULL: nothing. */
const char *member_after_event(struct str kind);
const char *member_after_call(struct str outcome);

#endif
