/* frequency: on what days and at what hours customers are about, and pick up. */
#include "report/take.h"

static const struct source sources[] = {
	{ "event", "event", .time = { "at" }, .apart = true },
	{ "call", "activity", .index = "kind=call",
	  .where = "kind = call and status = done and direction != 'in'", .time = { "done_at" },
	  .apart = true },
};

static const struct dimension dimensions[] = {
	{ "weekday",
	  { "at", "done_at" },
	  .vi = "Thứ",
	  .cut = cut_weekday,
	  .word = weekday_word,
	  .from = 1,
	  .to = 7 },
	{ "hour", { "at", "done_at" }, .vi = "Giờ", .cut = cut_hour, .from = 0, .to = 23 },
	{ "owner", { NULL, "owner" }, .vi = "Người phụ trách" },
	{ "user", { NULL, "owner" }, .vi = "Người dùng" },
	{ "team", { NULL, "owner.team" }, .vi = "Nhóm" },
	{ "campaign", { "campaign", "campaign" }, .vi = "Chiến dịch" },
	{ 0 },
};

static bool take_answered(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = 1;
	return call_connected(in[0], in[1], in[2]);
}

/* clang-format off */
static const struct measure measures[] = {
	{ "events", "Events", "Sự kiện", .unit = UNIT_COUNT },
	{ "calls", "Calls", "Cuộc gọi", UNIT_COUNT, HOW_SUM, .from = { { "call" } } },
	{ "answered", "Answered", "Nghe máy", UNIT_COUNT, HOW_SUM,
	  .from = { { "call", .in = { "outcome", "duration_s", "direction" }, .take = take_answered } } },
	{ "answer_rate", "Answer rate", "Tỷ lệ nghe máy", UNIT_SHARE, HOW_RATIO, .sum = "answered", .of = "calls" },
};
/* clang-format on */

const struct report report_frequency = {
	.name = "frequency",
	.title = "Activity by weekday and hour",
	.title_vi = "Tần suất theo thứ và giờ",
	.sources = sources,
	.nsources = countof(sources),
	.by = "weekday,hour",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "answered",
	.chart = { CHART_HEAT, .category = "hour", .values = "answered", .series = "weekday" },
	.definition =
	    "Every hour of the week, by the clock of the database's zone; 1 is Monday.  events:\n"
	    "what customers did, as other systems report it, by the hour in which it was (at).\n"
	    "calls: our calls that are done, by done_at; answered: those in which somebody spoke,\n"
	    "as crm-report calls has it; answer_rate: answered / calls.  What --by or -w asks for\n"
	    "and one of the two does not have leaves its figures empty.",
};
