/* What the service-level agreement says of a ticket or lead now, and how a ticket is answered. */
#include "domain/ticket.h"

#include "core/date.h"
#include "schema/check.h"
#include "schema/label.h"
#include "store/service.h"

const char *const clock_state_names[] = {
	[CLOCK_NONE] = "none",	     [CLOCK_MET] = "met",	  [CLOCK_BREACHED] = "breached",
	[CLOCK_WAITING] = "waiting", [CLOCK_RUNNING] = "running",
};

const char *clock_state_label(enum clock_state state, enum language l)
{
	static const char *const vi[] = {
		[CLOCK_NONE] = "không có",     [CLOCK_MET] = "đạt",
		[CLOCK_BREACHED] = "quá hạn",  [CLOCK_WAITING] = "tạm dừng",
		[CLOCK_RUNNING] = "đang chạy",
	};
	return label(l, clock_state_names[state], vi[state]);
}

struct str clock_left(int64_t left, struct arena *a)
{
	int64_t s = left < 0 ? -left : left;
	return arena_printf(a, "%s%lldh%02lldm", left < 0 ? "-" : "", (long long)(s / 3600),
			    (long long)(s / 60 % 60));
}

static int64_t instant_at(const struct record *r, const char *name)
{
	int64_t at;
	return instant_scan(text_of(r, name), &at) ? at : INT64_MAX;
}

static int64_t working_seconds(const struct hours *h, int64_t now, int64_t due)
{
	return due >= now ? hours_between(h, now, due) : -hours_between(h, due, now);
}

enum clock_state clock_state_at(int64_t due, int64_t done, bool waits, int64_t since, int64_t now)
{
	if (due == INT64_MAX)
		return CLOCK_NONE;
	if (done != INT64_MAX)
		return done <= due ? CLOCK_MET : CLOCK_BREACHED;
	if ((waits && since < now ? since : now) > due)
		return CLOCK_BREACHED;
	return waits ? CLOCK_WAITING : CLOCK_RUNNING;
}

/* A clock that stands shows what was left when it stopped. */
static struct ticket_clock clock_at(const struct hours *h, int64_t due, int64_t done, bool waits,
				    int64_t since, int64_t now)
{
	struct ticket_clock c = { .due = due,
				  .state = clock_state_at(due, done, waits, since, now) };
	if (due != INT64_MAX && done == INT64_MAX)
		c.left = working_seconds(h, waits && since < now ? since : now, due);
	return c;
}

void ticket_clocks(struct store *s, const struct record *ticket, int64_t now,
		   struct ticket_clock *response, struct ticket_clock *resolution)
{
	const struct hours *h = service_hours(service_get(s), text_of(ticket, "sla"));
	bool waits = str_is(text_of(ticket, "status"), "pending");
	int64_t resolved = instant_at(ticket, "resolved_at");
	int64_t answered = instant_at(ticket, "first_response_at");
	if (answered == INT64_MAX) /* resolved without a word: that was the answer */
		answered = resolved;
	*response = clock_at(h, instant_at(ticket, "response_due"), answered, false, 0, now);
	*resolution = clock_at(h, instant_at(ticket, "resolution_due"), resolved, waits,
			       instant_at(ticket, "pending_since"), now);
}

struct ticket_clock lead_clock(struct store *s, const struct record *lead, int64_t now)
{
	static const char *const over[] = { "converted", "disqualified", NULL };
	const struct hours *h = service_hours(service_get(s), text_of(lead, "sla"));
	int64_t answered = instant_at(lead, "first_response_at");
	bool closed = answered == INT64_MAX && is_one_of(text_of(lead, "status"), over);
	int64_t due = closed ? INT64_MAX : instant_at(lead, "response_due");
	return clock_at(h, due, answered, false, 0, now);
}

/* The kind of activity by which one answers what came in by that channel. */
static struct str kind_for(struct str channel)
{
	static const struct {
		const char *channel, *kind;
	} ways[] = {
		{ "hotline", "call" },	{ "call", "call" }, { "zalo", "chat" },
		{ "facebook", "chat" }, { "chat", "chat" }, { "sms", "sms" },
		{ "store", "visit" },
	};
	for (size_t i = 0; i < countof(ways); i++)
		if (str_is(channel, ways[i].channel))
			return str_of(ways[i].kind);
	return STR("email");
}

struct record ticket_reply(struct store *s, const struct record *ticket, struct str body,
			   bool inward, struct arena *a)
{
	static const char *const same[] = { "channel", "lead", "account", "contact", "order" };
	struct record r = record_new(store_entity(s, "activity"), a);
	for (size_t i = 0; i < countof(same); i++)
		if (is_set(ticket, same[i]))
			*record_get(&r, same[i]) = *record_at(ticket, same[i]);
	*record_get(&r, "ticket") = value_int(ticket->id);
	set_text(&r, "kind", kind_for(text_of(ticket, "channel")));
	set_text(&r, "direction", inward ? STR("in") : STR("out"));
	set_text(&r, "status", STR("done"));
	set_text(&r, "subject", text_of(ticket, "subject"));
	set_text(&r, "body", body);
	return r;
}
