/*
 * iCalendar (RFC 5545) going out, by libical.  Whoever names this writer is linked with it,
 * so only the one program that writes calendars does.
 */
#ifndef CRM_STREAM_CALENDAR_H
#define CRM_STREAM_CALENDAR_H

struct writer_ops;

/*
 * For writer_options.ops.  Rows are activities with the columns CALENDAR_FIELDS: meetings and
 * visits become VEVENTs, notes VJOURNALs, all else VTODOs.  Times are UTC; what repeats is
 * in the zone of zone_name(), so that it stays at its hour.  A rule of repetition that
 * libical does not know is left out with a warning.
 */
extern const struct writer_ops ics_writer;

#define CALENDAR_FIELDS                                                                       \
	"id,kind,subject,body,status,due_at,started_at,done_at,duration_s,location,priority," \
	"repeats,tags,lead.name,contact.name,account.name,owner.name,created_at,updated_at,rev"

#endif
