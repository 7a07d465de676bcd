/* tickets, sla: what customers ask for, how fast they hear from us, and what was promised. */
#include "domain/ticket.h"
#include "report/take.h"
#include "store/service.h"

#define OVER "status in (resolved, closed)"
/* An import may say that a ticket is over, and not since when: nothing tells if it kept a promise.
 */
#define RESPONSE_CLOCK                                                                            \
	"response_due is not null and (first_response_at is not null or resolved_at is not null " \
	"or not (" OVER "))"
#define RESOLUTION_CLOCK \
	"resolution_due is not null and (resolved_at is not null or not (" OVER "))"

static int64_t instant_or_never(const struct value *v)
{
	int64_t at;
	return value_instant(v, &at) ? at : INT64_MAX;
}

/* -- how long: working seconds of the policy that its promises come from -- */

static int64_t worked(const struct taking *t, const struct value *sla, int64_t from, int64_t to)
{
	struct str policy = sla->kind == V_TEXT ? sla->s : (struct str){ 0 };
	return hours_between(service_hours(service_get(t->store), policy), from, to);
}

/* in: sla, opened_at, first_response_at, resolved_at (without a word: the answer) */
static bool take_response(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t from, to;
	if (!value_instant(in[1], &from) ||
	    (!value_instant(in[2], &to) && !value_instant(in[3], &to)))
		return false;
	*figure = worked(t, in[0], from, to);
	return true;
}

/* in: sla, opened_at, resolved_at, pending_s */
static bool take_resolution(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t from, to;
	if (!value_instant(in[1], &from) || !value_instant(in[2], &to))
		return false;
	int64_t own = worked(t, in[0], from, to) - (in[3]->kind == V_INT ? in[3]->i : 0);
	*figure = own > 0 ? own : 0;
	return true;
}

/* -- what was promised -- */

/* in: response_due, first_response_at, resolved_at */
static enum clock_state response_state(const struct taking *t, const struct value *const in[])
{
	int64_t done = instant_or_never(in[1]);
	return clock_state_at(instant_or_never(in[0]),
			      done == INT64_MAX ? instant_or_never(in[2]) : done, false, 0, t->now);
}

/* in: resolution_due, resolved_at, status, pending_since */
static enum clock_state resolution_state(const struct taking *t, const struct value *const in[])
{
	bool waits = in[2]->kind == V_TEXT && str_is(in[2]->s, "pending");
	return clock_state_at(instant_or_never(in[0]), instant_or_never(in[1]), waits,
			      instant_or_never(in[3]), t->now);
}

static bool settled(enum clock_state state)
{
	return state == CLOCK_MET || state == CLOCK_BREACHED;
}

#define TAKE_STATE(name, of, condition)                                                        \
	static bool name(const struct taking *t, const struct value *const in[], wide *figure) \
	{                                                                                      \
		enum clock_state state = of(t, in);                                            \
		*figure = 1;                                                                   \
		return condition;                                                              \
	}
TAKE_STATE(take_response_settled, response_state, settled(state))
TAKE_STATE(take_response_met, response_state, state == CLOCK_MET)
TAKE_STATE(take_response_running, response_state, !settled(state))
TAKE_STATE(take_response_open, response_state,
	   state == CLOCK_BREACHED && in[1]->kind == V_NULL && in[2]->kind == V_NULL)
TAKE_STATE(take_resolution_settled, resolution_state, settled(state))
TAKE_STATE(take_resolution_met, resolution_state, state == CLOCK_MET)
TAKE_STATE(take_resolution_running, resolution_state, !settled(state))
TAKE_STATE(take_resolution_open, resolution_state, state == CLOCK_BREACHED && in[1]->kind == V_NULL)

#define RESPONSE(function)                                                                \
	{                                                                                 \
		"response", .in = { "response_due", "first_response_at", "resolved_at" }, \
			    .take = function                                              \
	}
#define RESOLUTION(function)                                                              \
	{                                                                                 \
		"resolution",                                                             \
		    .in = { "resolution_due", "resolved_at", "status", "pending_since" }, \
		    .take = function                                                      \
	}

/* -- tickets -- */

static const struct source sources[] = {
	{ "opened", "ticket", .time = { "opened_at" } },
	{ "answered", "ticket", .where = "first_response_at is not null or resolved_at is not null",
	  .time = { "first_response_at", "resolved_at" } },
	{ "resolved", "ticket", .where = "resolved_at is not null", .time = { "resolved_at" } },
	{ "backlog", "ticket", .where = "status in (new, open, pending)", .apart = true,
	  .stock = true },
	{ "response", "ticket", .where = RESPONSE_CLOCK, .time = { "response_due" } },
	{ "resolution", "ticket", .where = RESOLUTION_CLOCK, .time = { "resolution_due" } },
};

#define SIX(path)                                  \
	{                                          \
		path, path, path, path, path, path \
	}

static const struct dimension dimensions[] = {
	{ "owner", SIX("owner"), .vi = "Người xử lý" },
	{ "team", SIX("owner.team"), .vi = "Nhóm" },
	{ "priority", SIX("priority"), .vi = "Ưu tiên" },
	{ "kind", SIX("kind"), .vi = "Loại" },
	{ "channel", SIX("channel"), .vi = "Kênh" },
	{ "account", SIX("account"), .vi = "Khách hàng", .show = "name" },
	{ "product", SIX("product"), .vi = "Sản phẩm", .show = "name" },
	{ "tier", SIX("account.tier"), .vi = "Hạng" },
	{ "status", SIX("status"), .vi = "Trạng thái" },
	{ "policy", SIX("sla"), .vi = "Chính sách" },
	{ 0 },
};

/* clang-format off */
#define ANSWERED .from = { { "answered", .in = { "sla", "opened_at", "first_response_at", "resolved_at" }, .take = take_response } }
#define RESOLVED .from = { { "resolved", .in = { "sla", "opened_at", "resolved_at", "pending_s" }, .take = take_resolution } }

static const struct measure measures[] = {
	{ "opened", "Opened", "Tiếp nhận", .unit = UNIT_COUNT },
	{ "resolved", "Resolved", "Đã giải quyết", UNIT_COUNT, HOW_SUM, .from = { { "resolved" } } },
	{ "backlog", "Backlog", "Tồn đọng", UNIT_COUNT, HOW_SUM, .from = { { "backlog" } } },
	{ "median_backlog_age_days", "Backlog age (days)", "Tuổi tồn đọng (ngày)", UNIT_NUMBER, HOW_MEDIAN,
	  .from = { { "backlog", .in = { "opened_at" }, .take = take_age } }, .per = DAY_SECONDS },
	{ "oldest_backlog_age_days", "Oldest (days)", "Lâu nhất (ngày)", UNIT_NUMBER, HOW_MAX,
	  .from = { { "backlog", .in = { "opened_at" }, .take = take_age } }, .per = DAY_SECONDS },
	{ "median_first_response_minutes", "First response (min)", "Phản hồi đầu (phút)", UNIT_NUMBER, HOW_MEDIAN, ANSWERED, .per = 60 },
	{ "p90_first_response_minutes", "First response, 90% (min)", "Phản hồi đầu, 90% (phút)", UNIT_NUMBER, HOW_P90, ANSWERED, .per = 60 },
	{ "response_clocks", "Response clocks", "Hạn phản hồi", UNIT_COUNT, HOW_SUM, .hidden = true,
	  .from = { RESPONSE(take_response_settled) } },
	{ "response_within_sla", "Response in SLA", "Phản hồi đúng hạn", UNIT_SHARE, HOW_RATIO, .of = "response_clocks",
	  .from = { RESPONSE(take_response_met) } },
	{ "median_resolution_hours", "Resolution (h)", "Giải quyết (giờ)", UNIT_NUMBER, HOW_MEDIAN, RESOLVED, .per = 3600 },
	{ "p90_resolution_hours", "Resolution, 90% (h)", "Giải quyết, 90% (giờ)", UNIT_NUMBER, HOW_P90, RESOLVED, .per = 3600 },
	{ "resolution_clocks", "Resolution clocks", "Hạn giải quyết", UNIT_COUNT, HOW_SUM, .hidden = true,
	  .from = { RESOLUTION(take_resolution_settled) } },
	{ "resolution_within_sla", "Resolution in SLA", "Giải quyết đúng hạn", UNIT_SHARE, HOW_RATIO, .of = "resolution_clocks",
	  .from = { RESOLUTION(take_resolution_met) } },
	{ "reopened", "Reopened", "Mở lại", UNIT_COUNT, HOW_SUM, .from = { { "opened", .where = "reopened > 0" } } },
	{ "csat", "CSAT", "Mức hài lòng", UNIT_NUMBER, HOW_MEAN,
	  .from = { { "resolved", .in = { "csat" }, .take = take_number } } },
};
/* clang-format on */

#define CLOCKS                                                                                     \
	"Times are working time, in the hours of the SLA policy that the promises come from,\n"    \
	"as its clocks count it.  Within SLA is met / settled, of the clocks that were "           \
	"due\n"                                                                                    \
	"in the time asked for: met is done by then; missed is done later, or not done and\n"      \
	"overdue.  A clock that still runs, or stands while the ticket waits for the customer,\n"  \
	"and is not overdue, is not settled and in neither.  A ticket that was resolved without\n" \
	"a word was answered by that.  Tickets without a promise have no clock, and neither "      \
	"have\n"                                                                                   \
	"those that are over without it being known since when."

const struct report report_tickets = {
	.name = "tickets",
	.title = "Tickets",
	.title_vi = "Yêu cầu hỗ trợ",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "opened",
	.chart = { CHART_BAR, .values = "opened resolved" },
	.definition =
	    "opened: tickets by opened_at.  resolved: those resolved or closed, by resolved_at\n"
	    "(who is opened again is so no more).  backlog: those that are neither now, whatever\n"
	    "--from and --to say; by a period it is empty; its age counts days of the calendar\n"
	    "since opened_at.  First response: from opened_at to first_response_at, of those\n"
	    "answered in the time.  Resolution: from opened_at to resolved_at of those resolved "
	    "in\n"
	    "the time, less the time it waited for the customer.  p90: the shortest time that "
	    "nine\n"
	    "of ten do not exceed.  reopened: of the tickets opened in the time, those that were\n"
	    "opened again at least once.  csat: the mean grade (1 to 5) of the resolved tickets\n"
	    "that have one.\n" CLOCKS,
};

/* -- sla: leads, too -- */

/* Of one that was converted or disqualified before anybody got back to it nobody waits any more. */
static const struct source sla_sources[] = {
	{ "response", "ticket", .where = RESPONSE_CLOCK, .time = { "response_due" } },
	{ "resolution", "ticket", .where = RESOLUTION_CLOCK, .time = { "resolution_due" } },
	{ "lead", "lead",
	  .where = "response_due is not null and (first_response_at is not null or not (status in "
		   "(converted, disqualified)))",
	  .time = { "response_due" }, .apart = true },
};

/* What only tickets have is of leads no value. */
static const struct dimension sla_dimensions[] = {
	{ "owner", { "owner", "owner", "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team", "owner.team", "owner.team" }, .vi = "Nhóm" },
	{ "policy", { "sla", "sla", "sla" }, .vi = "Chính sách" },
	{ "priority", { "priority", "priority", "" }, .vi = "Ưu tiên" },
	{ "kind", { "kind", "kind", "" }, .vi = "Loại" },
	{ "channel", { "channel", "channel", "channel" }, .vi = "Kênh" },
	{ "account", { "account", "account", "" }, .vi = "Khách hàng", .show = "name" },
	{ "product", { "product", "product", "" }, .vi = "Sản phẩm", .show = "name" },
	{ "tier", { "account.tier", "account.tier", "" }, .vi = "Hạng" },
	{ "status", { "status", "status", "" }, .vi = "Trạng thái" },
	{ 0 },
};

/* The answer of a lead is the only one. */
#define LEAD(function)                                                                      \
	{                                                                                   \
		"lead", .in = { "response_due", "first_response_at", "first_response_at" }, \
			.take = function                                                    \
	}
#define ALL(response, resolution) RESPONSE(response), RESOLUTION(resolution), LEAD(response)

/* clang-format off */
static const struct measure sla_measures[] = {
	{ "clocks", "Clocks", "Số hạn", UNIT_COUNT, HOW_SUM,
	  .from = { ALL(take_response_settled, take_resolution_settled) } },
	{ "met", "Met", "Đúng hạn", UNIT_COUNT, HOW_SUM, .from = { ALL(take_response_met, take_resolution_met) } },
	{ "missed", "Missed", "Trễ hạn", UNIT_COUNT, HOW_LESS, .sum = "clocks", .of = "met" },
	{ "open_breaches", "Still open", "Quá hạn chưa xong", UNIT_COUNT, HOW_SUM,
	  .from = { ALL(take_response_open, take_resolution_open) } },
	{ "within_sla", "Within SLA", "Tỷ lệ đúng hạn", UNIT_SHARE, HOW_RATIO, .sum = "met", .of = "clocks" },
	{ "running", "Not settled", "Đang chạy", UNIT_COUNT, HOW_SUM,
	  .from = { ALL(take_response_running, take_resolution_running) } },
	{ "response_clocks", "Responses", "Hạn phản hồi", UNIT_COUNT, HOW_SUM,
	  .from = { RESPONSE(take_response_settled) } },
	{ "response_met", "In time", "Phản hồi đúng hạn", UNIT_COUNT, HOW_SUM,
	  .from = { RESPONSE(take_response_met) } },
	{ "response_within_sla", "Response in SLA", "Tỷ lệ phản hồi đúng hạn", UNIT_SHARE, HOW_RATIO,
	  .sum = "response_met", .of = "response_clocks" },
	{ "median_first_response_minutes", "First response (min)", "Phản hồi đầu (phút)", UNIT_NUMBER, HOW_MEDIAN,
	  .from = { { "response", .in = { "sla", "opened_at", "first_response_at", "resolved_at" }, .take = take_response } },
	  .per = 60 },
	{ "resolution_clocks", "Resolutions", "Hạn giải quyết", UNIT_COUNT, HOW_SUM,
	  .from = { RESOLUTION(take_resolution_settled) } },
	{ "resolution_met", "In time", "Giải quyết đúng hạn", UNIT_COUNT, HOW_SUM,
	  .from = { RESOLUTION(take_resolution_met) } },
	{ "resolution_within_sla", "Resolution in SLA", "Tỷ lệ giải quyết đúng hạn", UNIT_SHARE, HOW_RATIO,
	  .sum = "resolution_met", .of = "resolution_clocks" },
	{ "lead_clocks", "Leads", "Hạn đầu mối", UNIT_COUNT, HOW_SUM, .from = { LEAD(take_response_settled) } },
	{ "lead_met", "In time", "Đầu mối đúng hạn", UNIT_COUNT, HOW_SUM, .from = { LEAD(take_response_met) } },
	{ "lead_within_sla", "Leads in SLA", "Tỷ lệ đầu mối đúng hạn", UNIT_SHARE, HOW_RATIO,
	  .sum = "lead_met", .of = "lead_clocks" },
	{ "median_lead_response_minutes", "Lead response (min)", "Phản hồi đầu mối (phút)", UNIT_NUMBER, HOW_MEDIAN,
	  .from = { { "lead", .in = { "sla", "created_at", "first_response_at", "first_response_at" }, .take = take_response } },
	  .per = 60 },
};
/* clang-format on */

const struct report report_sla = {
	.name = "sla",
	.title = "Promises kept",
	.title_vi = "Thực hiện cam kết dịch vụ",
	.sources = sla_sources,
	.nsources = countof(sla_sources),
	.by = "owner",
	.dimensions = sla_dimensions,
	.measures = sla_measures,
	.nmeasures = countof(sla_measures),
	.main = "met",
	.chart = { CHART_STACKED, .values = "met missed" },
	.definition =
	    "The clocks of tickets (response_due, resolution_due) and of leads (response_due), "
	    "each\n"
	    "by the instant at which it was due.  clocks: those that are settled; open_breaches:\n"
	    "the missed ones whose ticket or lead still waits for it; running: due in the time\n"
	    "asked for and not settled.  The medians are of those of them that were answered: "
	    "from\n"
	    "opened_at (leads: created_at) to first_response_at.  A lead that was converted or\n"
	    "disqualified without an answer has no clock; leads have no priority.\n" CLOCKS,
};
