/* calls: how many, how long, and what comes of them. */
#include "report/sequel.h"
#include "report/take.h"

static const struct source sources[] = {
	{ "call", "activity", .index = "kind=call", .where = "kind = call and status = done",
	  .time = { "done_at" } },
	{ "missed", "activity", .where = "status = missed and kind = call and direction = 'in'",
	  .time = { "started_at", "due_at", "created_at" } },
};

static const struct report_option options[] = {
	{ "within", "DAYS", "days in which a meeting or deal counts as following (14)",
	  .most = 36500, .def = "14" },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "owner", { "owner", "owner" }, .vi = "Người phụ trách" },
	{ "user", { "owner", "owner" }, .vi = "Người dùng" },
	{ "team", { "owner.team", "owner.team" }, .vi = "Nhóm" },
	{ "direction", { "direction", "direction" }, .vi = "Chiều" },
	{ "channel", { "channel", "channel" }, .vi = "Kênh" },
	{ "outcome", { "outcome", "outcome" }, .vi = "Kết quả" },
	{ "campaign", { "campaign", "campaign" }, .vi = "Chiến dịch" },
	{ 0 },
};

/* -- in: outcome, duration_s, direction -- */

#define CALL_IN "outcome", "duration_s", "direction"
enum { SHORT_SECONDS = 30 };

static bool is_inward(const struct value *const in[])
{
	return in[2]->kind == V_TEXT && str_is(in[2]->s, "in");
}

static bool is_connected(const struct value *const in[])
{
	return call_connected(in[0], in[1], in[2]);
}

static bool take_attempt(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return !is_inward(in);
}

static bool take_connected(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return !is_inward(in) && is_connected(in);
}

static bool take_received(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return is_inward(in) && is_connected(in);
}

/* A call that came in and that nobody took, as exchanges report it. */
static bool take_missed(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return is_inward(in) && !is_connected(in);
}

static bool take_talk(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = in[1]->i;
	return in[1]->kind == V_INT && is_connected(in);
}

static bool take_timed(const struct taking *t, const struct value *const in[], wide *figure)
{
	bool timed = take_talk(t, in, figure);
	*figure = 1;
	return timed;
}

static bool take_short(const struct taking *t, const struct value *const in[], wide *figure)
{
	return take_timed(t, in, figure) && in[1]->i < SHORT_SECONDS;
}

static bool take_talked(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return is_connected(in);
}

/*
 * in: a customer, the direction, those who would stand for the customer.  A statement that asked
 * it would do so in as many columns.
 */
static bool take_customer(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t, (void)figure;
	bool known = in[2]->kind != V_NULL || in[3]->kind != V_NULL;
	return in[0]->kind != V_NULL && !known &&
	       !(in[1]->kind == V_TEXT && str_is(in[1]->s, "in"));
}

/* -- in: outcome, duration_s, direction, SEQUEL_WHO, done_at -- */

static bool take_followed(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at, then;
	*figure = 1;
	return is_connected(in) && value_instant(in[7], &at) &&
	       sequel_next(t->sequel, SEQUEL_SUCCESS, &in[3], at, &then) && then - at <= t->within;
}

static bool take_young(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at;
	*figure = 1;
	return is_connected(in) && value_instant(in[7], &at) && t->now - at < t->within;
}

static bool take_return(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at, then;
	if (!is_inward(in) || is_connected(in) || !value_instant(in[7], &at) ||
	    !sequel_next(t->sequel, SEQUEL_CALL, &in[3], at, &then))
		return false;
	*figure = then - at;
	return true;
}

/* -- in: SEQUEL_WHO, started_at, due_at, created_at -- */

static bool take_back(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at, then;
	if (!value_instant(in[4], &at) && !value_instant(in[5], &at) && !value_instant(in[6], &at))
		return false;
	if (!sequel_next(t->sequel, SEQUEL_CALL, in, at, &then))
		return false;
	*figure = then - at;
	return true;
}

#define CALL(function) .from = { { .in = { CALL_IN }, .take = function } }
#define AFTER(function) .from = { { .in = { CALL_IN, SEQUEL_WHO, "done_at" }, .take = function } }
#define CUSTOMER(...)                                                \
	{                                                            \
		"call", .in = { __VA_ARGS__ }, .take = take_customer \
	}
#define BACK                                                                              \
	.from = { { .in = { CALL_IN, SEQUEL_WHO, "done_at" }, .take = take_return },      \
		  { "missed", .in = { SEQUEL_WHO, "started_at", "due_at", "created_at" }, \
		    .take = take_back } }

/* clang-format off */
static const struct measure measures[] = {
	{ "attempted", "Attempted", "Số cuộc gọi đi", UNIT_COUNT, HOW_SUM, CALL(take_attempt) },
	{ "connected", "Connected", "Kết nối được", UNIT_COUNT, HOW_SUM, CALL(take_connected) },
	{ "connect_rate", "Connect rate", "Tỷ lệ kết nối", UNIT_SHARE, HOW_RATIO, .sum = "connected", .of = "attempted" },
	{ "customers", "Customers", "Số khách", UNIT_COUNT, HOW_DISTINCT,
	  .from = { CUSTOMER("account", "direction"),
		    CUSTOMER("contact.account", "direction", "account"),
		    CUSTOMER("contact", "direction", "account", "contact.account"),
		    CUSTOMER("lead", "direction", "account", "contact") } },
	{ "received", "Received", "Số cuộc nhận", UNIT_COUNT, HOW_SUM, CALL(take_received) },
	{ "talk_minutes", "Talk (min)", "Thời gian đàm thoại (phút)", UNIT_NUMBER, HOW_SUM, CALL(take_talk), .per = 60 },
	{ "average_handle_minutes", "Handle time (min)", "Thời lượng trung bình (phút)", UNIT_NUMBER, HOW_MEAN, CALL(take_talk), .per = 60 },
	{ "timed", "Timed", "Có thời lượng", UNIT_COUNT, HOW_SUM, CALL(take_timed), .hidden = true },
	{ "short_share", "Under 30 s", "Dưới 30 giây", UNIT_SHARE, HOW_RATIO, CALL(take_short), .of = "timed" },
	{ "missed_inbound", "Missed", "Cuộc gọi nhỡ", UNIT_COUNT, HOW_SUM,
	  .from = { { .in = { CALL_IN }, .take = take_missed }, { "missed" } } },
	{ "median_minutes_to_call_back", "Called back (min)", "Gọi lại sau (phút)", UNIT_NUMBER, HOW_MEDIAN, BACK, .per = 60 },
	{ "quality", "Quality", "Chất lượng", UNIT_NUMBER, HOW_MEAN,
	  .from = { { .in = { "quality" }, .take = take_number } } },
	{ "talked", "Talked", "Đã nói chuyện", UNIT_COUNT, HOW_SUM, CALL(take_talked), .hidden = true },
	{ "followed_share", "Followed", "Có kết quả tiếp", UNIT_SHARE, HOW_RATIO, AFTER(take_followed), .of = "talked" },
	{ "mature", "Mature", "Đủ thời gian", UNIT_FLAG, HOW_NONE, AFTER(take_young) },
};
/* clang-format on */

const struct report report_calls = {
	.name = "calls",
	.title = "Calls",
	.title_vi = "Cuộc gọi",
	.sources = sources,
	.nsources = countof(sources),
	.by = "owner",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "attempted",
	.options = options,
	.sequel = 1u << SEQUEL_CALL | 1u << SEQUEL_SUCCESS,
	.chart = { CHART_BAR, .values = "attempted connected" },
	.definition =
	    "call: calls that were made or came in (status done), by done_at; they count for\n"
	    "their owner.  attempted: those of ours.  connected: of them, those whose outcome\n"
	    "says that somebody spoke (connected, interested, not_interested, callback,\n"
	    "meeting_set), or says nothing of it while the call took time (duration_s); "
	    "no_answer,\n"
	    "busy, voicemail and wrong_number are not.  connect_rate: connected / attempted.\n"
	    "customers: how many different ones we called: the account, else the contact's, else\n"
	    "the contact, else the lead.  received: those that came in and were taken.\n"
	    "talk_minutes: how long those that were connected or received took, in all;\n"
	    "average_handle_minutes: on average, where it is known; short_share: the share of the\n"
	    "latter that took less than 30 seconds.  missed_inbound: those that came in and "
	    "nobody\n"
	    "took, by their outcome, and those with the status missed (by started_at, else\n"
	    "due_at, else created_at); median_minutes_to_call_back: until our next call to the\n"
	    "same lead, account or contact, of those for which there was one.  quality: the mean\n"
	    "of those that have one.  followed_share: the share of those connected or received\n"
	    "after which, within --within days (14), a meeting or visit with the same lead,\n"
	    "account or contact took place or a deal with it was opened; mature: all of them are\n"
	    "at least that old, so that the share is final.",
};
