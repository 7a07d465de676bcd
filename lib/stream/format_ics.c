/* Activities as a calendar: one component a row, written as it comes; and when rules repeat. */
#include <libical/ical.h>
#include <stdlib.h>

#include "core/date.h"
#include "stream/calendar.h"
#include "stream/writer_impl.h"

struct row_of {
	struct writer *writer;
	const struct cell *cells;
	struct arena arena;
};

/* The text of that column; empty: it has none. */
static struct str cell(const struct row_of *r, const char *name)
{
	for (size_t i = 0; i < r->writer->n; i++)
		if (str_is(r->writer->columns[i].name, name))
			return r->cells[i].kind > CELL_NULL ? r->cells[i].text : (struct str){ 0 };
	return (struct str){ 0 };
}

/* Without the control characters that no calendar may have, NUL-terminated. */
static const char *plain(struct row_of *r, struct str s)
{
	char *out = arena_alloc(&r->arena, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= ' ' && c != 0x7f) || c == '\n' || c == '\t')
			out[n++] = s.p[i];
	}
	return out;
}

static void put_text(struct row_of *r, icalcomponent *c, const char *column,
		     icalproperty *(*make)(const char *))
{
	struct str s = cell(r, column);
	if (s.n)
		icalcomponent_add_property(c, make(plain(r, s)));
}

static bool instant_of(const struct row_of *r, const char *column, int64_t *at)
{
	return instant_scan(cell(r, column), at);
}

/* In UTC, or by the clock of the zone, which put_time names. */
static struct icaltimetype time_of(int64_t at, bool local)
{
	icaltimezone *zone = local ? icaltimezone_get_builtin_timezone(zone_name()) : NULL;
	icaltimezone *utc = icaltimezone_get_utc_timezone();
	struct icaltimetype t = icaltime_from_timet_with_zone((time_t)at, 0, zone ? zone : utc);
	t.zone = zone ? NULL : utc;
	return t;
}

static void put_time(icalcomponent *c, icalproperty *p, bool local)
{
	if (local && icaltimezone_get_builtin_timezone(zone_name()))
		icalproperty_add_parameter(p, icalparameter_new_tzid(zone_name()));
	icalcomponent_add_property(c, p);
}

/* The activity's number and when it was made: no other database has both. */
static void put_uid(struct row_of *r, icalcomponent *c)
{
	int64_t made = 0;
	struct str id = cell(r, "id");
	instant_of(r, "created_at", &made);
	struct str uid = arena_printf(&r->arena, "%.*s-%lld@crm", (int)id.n, id.p, (long long)made);
	icalcomponent_add_property(c, icalproperty_new_uid(uid.p));
}

static void put_stamps(struct row_of *r, icalcomponent *c)
{
	int64_t made = 0, changed = 0, rev = 0;
	instant_of(r, "created_at", &made);
	if (!instant_of(r, "updated_at", &changed))
		changed = made;
	str_int(cell(r, "rev"), &rev);
	icalcomponent_add_property(c, icalproperty_new_dtstamp(time_of(changed, false)));
	icalcomponent_add_property(c, icalproperty_new_created(time_of(made, false)));
	icalcomponent_add_property(c, icalproperty_new_lastmodified(time_of(changed, false)));
	icalcomponent_add_property(c, icalproperty_new_sequence((int)(rev > 0 ? rev - 1 : 0)));
}

static bool put_rule(struct row_of *r, icalcomponent *c)
{
	struct calendar_gaps gaps;
	struct str id = cell(r, "id");
	struct str text = calendar_rule(cell(r, "repeats"), &gaps, &r->arena);
	if (!text.n)
		return false;
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(plain(r, text));
	if (rule.freq == ICAL_NO_RECURRENCE) {
		warn("%.*s: repeats: %s is none that libical knows; left out", (int)id.n, id.p,
		     quoted(text, &r->arena));
		return false;
	}
	icalcomponent_add_property(c, icalproperty_new_rrule(rule));
	return true;
}

/* Those of its times at which it does not come. */
static void put_gaps(struct row_of *r, icalcomponent *c, int64_t start)
{
	struct calendar_gaps gaps;
	struct str rule = calendar_rule(cell(r, "repeats"), &gaps, &r->arena);
	int64_t at, last = INT64_MIN;
	for (size_t i = 0; i < gaps.n; i++)
		last = gaps.list[i].to > last ? gaps.list[i].to : last;
	struct repeat *times = gaps.n ? repeat_open(rule, start) : NULL;
	while (times && repeat_next(times, &at) && at < last)
		if (calendar_in_gap(&gaps, at))
			put_time(c, icalproperty_new_exdate(time_of(at, true)), true);
	repeat_close(times);
}

/* Rules are only of use where there is a time to start from. */
static bool repeats(struct row_of *r, icalcomponent *c, bool timed)
{
	return timed && put_rule(r, c);
}

static void put_status(icalcomponent *c, icalcomponent_kind kind, struct str status)
{
	bool done = str_is(status, "done"), planned = str_is(status, "planned");
	enum icalproperty_status s = ICAL_STATUS_CANCELLED;
	if (kind == ICAL_VJOURNAL_COMPONENT)
		s = ICAL_STATUS_FINAL;
	else if (kind == ICAL_VEVENT_COMPONENT && (done || planned))
		s = ICAL_STATUS_CONFIRMED;
	else if (done)
		s = ICAL_STATUS_COMPLETED;
	else if (planned)
		s = ICAL_STATUS_NEEDSACTION;
	icalcomponent_add_property(c, icalproperty_new_status(s));
}

static void put_priority(icalcomponent *c, struct str priority)
{
	static const struct {
		const char *key;
		int value;
	} values[] = { { "urgent", 1 }, { "high", 3 }, { "normal", 5 }, { "low", 9 } };
	for (size_t i = 0; i < countof(values); i++)
		if (str_is(priority, values[i].key))
			icalcomponent_add_property(c, icalproperty_new_priority(values[i].value));
}

/* When it is, from when to when, and how often. */
static void put_event_times(struct row_of *r, icalcomponent *c, int64_t start)
{
	int64_t seconds = 0, end;
	bool local = repeats(r, c, true);
	put_time(c, icalproperty_new_dtstart(time_of(start, local)), local);
	if (local)
		put_gaps(r, c, start);
	if (str_int(cell(r, "duration_s"), &seconds) && seconds > 0)
		end = start + seconds;
	else if (!instant_of(r, "done_at", &end) || end <= start || !cell(r, "started_at").n)
		return;
	put_time(c, icalproperty_new_dtend(time_of(end, local)), local);
}

/* A rule starts from DTSTART, which a task that repeats therefore has. */
static void put_task_times(struct row_of *r, icalcomponent *c)
{
	int64_t due = 0, start = 0, done;
	bool dated = instant_of(r, "due_at", &due), began = instant_of(r, "started_at", &start);
	bool local = repeats(r, c, dated || began), before = began && (!dated || start < due);
	if (!before && dated)
		start = due;
	if (before || local)
		put_time(c, icalproperty_new_dtstart(time_of(start, local)), local);
	if (local)
		put_gaps(r, c, start);
	if (dated && (before || !local)) /* one that is due when it starts has its start alone */
		put_time(c, icalproperty_new_due(time_of(due, local)), local);
	if (str_is(cell(r, "status"), "done")) {
		if (instant_of(r, "done_at", &done))
			icalcomponent_add_property(
			    c, icalproperty_new_completed(time_of(done, false)));
		icalcomponent_add_property(c, icalproperty_new_percentcomplete(100));
	}
}

/* Meetings have a time; one that has none is a task to find one. */
static icalcomponent_kind kind_of(struct row_of *r, int64_t *start)
{
	struct str kind = cell(r, "kind");
	bool meeting = str_is(kind, "meeting") || str_is(kind, "visit");
	int64_t day;
	if (day_scan(cell(r, "on"), &day))
		return ICAL_VEVENT_COMPONENT;
	bool timed = instant_of(r, "started_at", start) || instant_of(r, "due_at", start) ||
		     instant_of(r, "done_at", start);
	if (str_is(kind, "note"))
		return ICAL_VJOURNAL_COMPONENT;
	return meeting && timed ? ICAL_VEVENT_COMPONENT : ICAL_VTODO_COMPONENT;
}

static struct icaltimetype date_of(int64_t day)
{
	struct civil c = civil_of(day);
	return (
	    struct icaltimetype){ .year = c.year, .month = c.month, .day = c.day, .is_date = 1 };
}

/* A whole day, which keeps nobody busy. */
static bool put_day(struct row_of *r, icalcomponent *c)
{
	int64_t day;
	if (!day_scan(cell(r, "on"), &day))
		return false;
	put_rule(r, c);
	icalcomponent_add_property(c, icalproperty_new_dtstart(date_of(day)));
	icalcomponent_add_property(c, icalproperty_new_dtend(date_of(day + 1)));
	icalcomponent_add_property(c, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	return true;
}

/* Before it, and of what is due, before that; of a whole day, from its midnight on. */
static void put_alarm(struct row_of *r, icalcomponent *c, struct str summary)
{
	int64_t seconds;
	bool whole = cell(r, "on").n > 0;
	bool due = icalcomponent_get_first_property(c, ICAL_DUE_PROPERTY) != NULL;
	bool start = icalcomponent_get_first_property(c, ICAL_DTSTART_PROPERTY) != NULL;
	if (!str_int(cell(r, "alarm_s"), &seconds) || (!due && !start))
		return;
	icalcomponent *alarm = icalcomponent_new_valarm();
	struct icaltriggertype when = { .duration = icaldurationtype_from_int(
					    (int)(whole ? seconds : -seconds)) };
	icalproperty *trigger = icalproperty_new_trigger(when);
	if (due)
		icalproperty_add_parameter(trigger, icalparameter_new_related(ICAL_RELATED_END));
	icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
	icalcomponent_add_property(alarm, icalproperty_new_description(plain(r, summary)));
	icalcomponent_add_property(alarm, trigger);
	icalcomponent_add_component(c, alarm);
}

static void put_people(struct row_of *r, icalcomponent *c)
{
	static const char *const columns[] = { "contact.name", "lead.name", "account.name" };
	for (size_t i = 0; i < countof(columns); i++)
		put_text(r, c, columns[i], icalproperty_new_contact);
}

static void put_times(struct row_of *r, icalcomponent *c, icalcomponent_kind kind, int64_t start)
{
	if (kind == ICAL_VTODO_COMPONENT)
		put_task_times(r, c);
	else if (kind == ICAL_VJOURNAL_COMPONENT) {
		if (instant_of(r, "done_at", &start) || instant_of(r, "created_at", &start))
			icalcomponent_add_property(c,
						   icalproperty_new_dtstart(time_of(start, false)));
	} else if (!put_day(r, c)) {
		put_event_times(r, c, start);
	}
}

static void put_row(struct writer *w, const struct cell *cells)
{
	struct row_of r = { .writer = w, .cells = cells };
	int64_t start;
	icalcomponent_kind kind = kind_of(&r, &start);
	icalcomponent *c = icalcomponent_new(kind);
	bool journal = kind == ICAL_VJOURNAL_COMPONENT; /* no place, priority or alarm */
	struct str subject = cell(&r, "subject").n ? cell(&r, "subject") : cell(&r, "kind");
	put_uid(&r, c);
	put_stamps(&r, c);
	icalcomponent_add_property(c, icalproperty_new_summary(plain(&r, subject)));
	put_text(&r, c, "body", icalproperty_new_description);
	put_text(&r, c, "location", journal ? icalproperty_new_comment : icalproperty_new_location);
	put_text(&r, c, "kind", icalproperty_new_categories);
	put_people(&r, c);
	if (!journal)
		put_priority(c, cell(&r, "priority"));
	put_status(c, kind, cell(&r, "status"));
	put_times(&r, c, kind, start);
	if (!journal)
		put_alarm(&r, c, subject);
	char *text = icalcomponent_as_ical_string_r(c);
	buf_puts(&w->buf, text);
	free(text);
	icalcomponent_free(c);
	arena_free(&r.arena);
}

/* libical's own name of the zone is no one else's. */
static void put_zone(struct writer *w, icaltimezone *zone)
{
	icalcomponent *rules = icalcomponent_new_clone(icaltimezone_get_component(zone));
	icalproperty *name = icalcomponent_get_first_property(rules, ICAL_TZID_PROPERTY);
	if (name)
		icalproperty_set_tzid(name, zone_name());
	char *text = icalcomponent_as_ical_string_r(rules);
	buf_puts(&w->buf, text);
	free(text);
	icalcomponent_free(rules);
}

static void put_begin(struct writer *w)
{
	icaltimezone *zone = icaltimezone_get_builtin_timezone(zone_name());
	buf_puts(&w->buf, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//crm//crm//EN\r\n"
			  "CALSCALE:GREGORIAN\r\n");
	if (zone && strcmp(zone_name(), "UTC"))
		put_zone(w, zone);
}

static void put_end(struct writer *w)
{
	buf_puts(&w->buf, "END:VCALENDAR\r\n");
	icaltimezone_free_builtin_timezones();
}

const struct writer_ops ics_writer = { .begin = put_begin, .row = put_row, .end = put_end };

/* -- when a rule comes again -- */

struct repeat {
	icalrecur_iterator *times;
	int64_t last;
	struct calendar_gaps gaps;
	struct arena arena; /* the gaps' */
};

/* By the clock on the wall, of no zone: the hour stays the same. */
static struct icaltimetype wall_clock(int64_t at)
{
	int second = zone_second(at);
	struct icaltimetype t = date_of(zone_day(at));
	t.is_date = 0;
	t.hour = second / 3600;
	t.minute = second / 60 % 60;
	t.second = second % 60;
	return t;
}

/* UNTIL is an instant in UTC, or a day: all of it. */
static void settle_until(struct icalrecurrencetype *rule)
{
	struct icaltimetype t = rule->until;
	if (icaltime_is_null_time(t))
		return;
	int64_t day = day_of((struct civil){ t.year, t.month, t.day });
	if (t.is_date)
		rule->until = wall_clock(zone_instant(day + 1, 0) - 1);
	else if (icaltime_is_utc(t))
		rule->until =
		    wall_clock(day * DAY_SECONDS + t.hour * 3600 + t.minute * 60 + t.second);
}

struct repeat *repeat_open(struct str text, int64_t start)
{
	struct repeat *r = xcalloc(1, sizeof *r);
	struct str rule_text = calendar_rule(text, &r->gaps, &r->arena);
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(rule_text.p);
	if (rule.freq != ICAL_NO_RECURRENCE) {
		settle_until(&rule);
		r->times = icalrecur_iterator_new(rule, wall_clock(start));
	}
	r->last = INT64_MIN;
	if (r->times)
		return r;
	repeat_close(r);
	return NULL;
}

/* What falls into the hour that is left out when clocks are put on may be one that comes anyway. */
bool repeat_next(struct repeat *r, int64_t *at)
{
	do {
		struct icaltimetype t = icalrecur_iterator_next(r->times);
		if (icaltime_is_null_time(t))
			return false;
		*at = zone_instant(day_of((struct civil){ t.year, t.month, t.day }),
				   t.hour * 3600 + t.minute * 60 + t.second);
	} while (*at <= r->last || calendar_in_gap(&r->gaps, *at));
	r->last = *at;
	return true;
}

void repeat_close(struct repeat *r)
{
	if (!r)
		return;
	if (r->times)
		icalrecur_iterator_free(r->times);
	arena_free(&r->arena);
	free(r);
}
