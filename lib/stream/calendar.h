/*
 * iCalendar (RFC 5545), by libical: going out, and when a rule of repetition comes again.
 * Whoever names any of this is linked with it, so only the programs that need it do.
 */
#ifndef CRM_STREAM_CALENDAR_H
#define CRM_STREAM_CALENDAR_H

#include "core/base.h"

struct writer_ops;

/*
 * For writer_options.ops.  Rows are activities with the columns CALENDAR_FIELDS: meetings and
 * visits become VEVENTs, notes VJOURNALs, all else VTODOs.  Times are UTC; what repeats is
 * in the zone of zone_name(), so that it stays at its hour.  A rule of repetition that
 * libical does not know is left out with a warning.  Two more columns are understood:
 * "on", a day that the row is an all-day VEVENT of, and "alarm_s", how many seconds before
 * (of an all-day one: after midnight) somebody is to be told.
 */
extern const struct writer_ops ics_writer;

#define CALENDAR_FIELDS                                                                       \
	"id,kind,subject,body,status,due_at,started_at,done_at,duration_s,location,priority," \
	"repeats,tags,lead.name,contact.name,account.name,owner.name,created_at,updated_at,rev"

/* From an instant to before another a rule does not come. */
struct calendar_gaps {
	struct calendar_gap {
		int64_t from, to;
	} * list;
	size_t n;
};

/* calendar_gaps.c: the rule (of type_rrule) without its EXDATE, which become gaps, in `a`. */
struct str calendar_rule(struct str text, struct calendar_gaps *gaps, struct arena *a);
bool calendar_in_gap(const struct calendar_gaps *gaps, int64_t at);

/*
 * The times of a rule (of type_rrule) that begins at the instant `start`, in order: the
 * hour by the clock of the zone stays, whatever clocks are put on or back.  `start` is one
 * of them only where the rule says so.  NULL: libical does not know the rule.
 */
struct repeat *repeat_open(struct str rule, int64_t start);
bool repeat_next(struct repeat *r, int64_t *at); /* false: it has ended */
void repeat_close(struct repeat *r);		 /* NULL: nothing */

#endif
