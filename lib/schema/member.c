/* How far members of a campaign go, by the campaign's channel. */
#include "schema/member.h"

static const char *const by_message[] = { "listed",    "sent",	  "delivered", "opened",
					  "clicked",   "replied", "converted", "bounced",
					  "opted_out", NULL };
static const char *const by_call[] = { "queued",  "no_answer",	"busy",	     "callback",  "reached",
				       "refused", "interested", "converted", "opted_out", NULL };
static const char *const by_event[] = { "invited",   "registered", "absent", "attended",
					"converted", "opted_out",  NULL };
static const char *const any[] = { "listed",  "sent",	    "delivered", "opened",   "clicked",
				   "queued",  "no_answer",  "busy",	 "callback", "reached",
				   "invited", "registered", "absent",	 "attended", "replied",
				   "refused", "interested", "converted", "bounced",  "opted_out",
				   NULL };

static const struct way {
	const char *channel;
	const char *const *statuses;
} ways[] = {
	{ "email", by_message }, { "sms", by_message }, { "zalo", by_message },
	{ "call", by_call },	 { "event", by_event },
};

const char *const *member_statuses(struct str channel)
{
	for (size_t i = 0; i < countof(ways); i++)
		if (str_is(channel, ways[i].channel))
			return ways[i].statuses;
	return any;
}

int member_rank(const char *const *statuses, struct str status)
{
	for (int i = 0; statuses[i]; i++)
		if (str_is(status, statuses[i]))
			return i;
	return -1;
}

struct becomes {
	const char *seen, *status;
};

static const char *after(const struct becomes *rows, size_t n, struct str seen)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(seen, rows[i].seen))
			return rows[i].status;
	return NULL;
}

const char *member_after_event(struct str kind)
{
	static const struct becomes rows[] = {
		{ "email_sent", "sent" },	    { "email_open", "opened" },
		{ "email_click", "clicked" },	    { "bounce", "bounced" },
		{ "email_delivered", "delivered" }, { "email_reply", "replied" },
		{ "unsubscribe", "opted_out" },	    { "complaint", "opted_out" },
		{ "form", "registered" },	    { "survey", "replied" },
	};
	return after(rows, countof(rows), kind);
}

const char *member_after_call(struct str outcome)
{
	static const struct becomes rows[] = {
		{ "connected", "reached" },
		{ "no_answer", "no_answer" },
		{ "busy", "busy" },
		{ "voicemail", "no_answer" },
		{ "interested", "interested" },
		{ "not_interested", "refused" },
		{ "callback", "callback" },
		{ "meeting_set", "interested" },
	};
	return after(rows, countof(rows), outcome);
}
