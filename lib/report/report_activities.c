/* activities: who does what, and how often. */
#include "report/take.h"

static const struct source sources[] = {
	{ "activity", "activity", .time = { "done_at", "due_at", "created_at" } },
};

static const struct dimension dimensions[] = {
	{ "kind", { "kind" }, .vi = "Loại" },
	{ "direction", { "direction" }, .vi = "Chiều" },
	{ "status", { "status" }, .vi = "Trạng thái" },
	{ "user", { "owner" }, .vi = "Người dùng" },
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "channel", { "channel" }, .vi = "Kênh" },
	{ "outcome", { "outcome" }, .vi = "Kết quả" },
	{ "weekday", { "done_at" }, .vi = "Thứ", .cut = cut_weekday, .word = weekday_word },
	{ "hour", { "done_at" }, .vi = "Giờ", .cut = cut_hour },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "count", "Activities", "Số hoạt động", .unit = UNIT_COUNT },
};
/* clang-format on */

const struct report report_activities = {
	.name = "activities",
	.title = "Activities",
	.title_vi = "Hoạt động",
	.sources = sources,
	.nsources = countof(sources),
	.by = "kind,direction,status",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "count",
	.chart = { CHART_STACKED },
	.definition =
	    "Activities of every kind.  They are counted when they were done (done_at); those\n"
	    "not done when they are due (due_at); those without either when they were made\n"
	    "(created_at).  They count for their owner.",
};
