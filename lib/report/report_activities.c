/* activities: who does what, and how often. */
#include "report/report.h"

static const struct dimension dimensions[] = {
	{ "kind", "kind", "Loại" },
	{ "direction", "direction", "Chiều" },
	{ "status", "status", "Trạng thái" },
	{ "user", "owner", "Người dùng" },
	{ "owner", "owner", "Người phụ trách" },
	{ "team", "owner.team", "Nhóm" },
	{ "channel", "channel", "Kênh" },
	{ "outcome", "outcome", "Kết quả" },
	{ 0 },
};

static const struct measure measures[] = {
	{ "count", "Activities", "Số hoạt động", UNIT_COUNT, HOW_SUM, .take = NULL },
};

const struct report report_activities = {
	.name = "activities",
	.title = "Activities",
	.title_vi = "Hoạt động",
	.entity = "activity",
	.time = { "done_at", "due_at", "created_at" },
	.by = "kind,direction,status",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "count",
	.definition =
	    "Activities of every kind.  They are counted when they were done (done_at); those\n"
	    "not done when they are due (due_at); those without either when they were made\n"
	    "(created_at).  They count for their owner.",
};
