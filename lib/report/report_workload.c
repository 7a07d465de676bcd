/* workload: what each user and team has on their plate, side by side. */
#include "report/report.h"

#define DONE(kinds) "status = done and kind " kinds

static const struct source sources[] = {
	{ "customer", "account", .where = "customer_since is not null",
	  .time = { "customer_since" } },
	{ "opened", "deal", .time = { "created_at" } },
	{ "won", "deal", DEALS_WON, .index = "stage", .time = { "closed_at" } },
	{ "lost", "deal", DEALS_LOST, .index = "stage", .time = { "closed_at" } },
	{ "activity", "activity", .where = DONE("in (call, email, sms, chat, meeting, visit)"),
	  .time = { "done_at" } },
};

static const struct dimension dimensions[] = {
	{ "user", { "owner", "owner", "won_by", "owner", "owner" }, .vi = "Người dùng" },
	{ "owner", { "owner", "owner", "won_by", "owner", "owner" }, .vi = "Người phụ trách" },
	{ "team",
	  { "owner.team", "owner.team", "won_by.team", "owner.team", "owner.team" },
	  .vi = "Nhóm" },
	{ "campaign",
	  { "campaign", "campaign", "campaign", "campaign", "campaign" },
	  .vi = "Chiến dịch" },
	{ 0 },
};

/* -- in: kind; the statement would ask it of each record once for each measure -- */

static bool take_call(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return str_is(in[0]->s, "call");
}

static bool take_message(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return str_is(in[0]->s, "sms") || str_is(in[0]->s, "chat");
}

static bool take_email(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return str_is(in[0]->s, "email");
}

static bool take_meeting(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return str_is(in[0]->s, "meeting") || str_is(in[0]->s, "visit");
}

#define OF_KIND(function) .from = { { "activity", .in = { "kind" }, .take = function } }

/* clang-format off */
static const struct measure measures[] = {
	{ "new_customers", "New customers", "Khách hàng mới", .unit = UNIT_COUNT },
	{ "deals_opened", "Deals opened", "Cơ hội mới", UNIT_COUNT, HOW_SUM, .from = { { "opened" } } },
	{ "deals_won", "Won", "Thắng", UNIT_COUNT, HOW_SUM, .from = { { "won" } } },
	{ "deals_lost", "Lost", "Thua", UNIT_COUNT, HOW_SUM, .from = { { "lost" } } },
	{ "calls", "Calls", "Cuộc gọi", UNIT_COUNT, HOW_SUM, OF_KIND(take_call) },
	{ "messages", "Messages", "Tin nhắn", UNIT_COUNT, HOW_SUM, OF_KIND(take_message) },
	{ "emails", "E-mails", "Email", UNIT_COUNT, HOW_SUM, OF_KIND(take_email) },
	{ "meetings", "Meetings", "Cuộc gặp", UNIT_COUNT, HOW_SUM, OF_KIND(take_meeting) },
};
/* clang-format on */

const struct report report_workload = {
	.name = "workload",
	.title = "Workload",
	.title_vi = "Khối lượng công việc",
	.sources = sources,
	.nsources = countof(sources),
	.by = "user",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "calls",
	.chart = { CHART_STACKED, .values = "calls messages emails meetings" },
	.definition =
	    "new_customers: accounts by customer_since, the day of their first won deal or\n"
	    "confirmed order.  deals_opened: deals by created_at.  deals_won and deals_lost: "
	    "those\n"
	    "in a stage of kind won or lost, by closed_at; a win stands with its owner at the "
	    "win.\n"
	    "calls, messages (SMS, chat), emails and meetings (visits too): activities that are\n"
	    "done, in either direction, by done_at.  All else stands with the owner it has now.",
};
