/* care: whether what was planned for customers was done, and in time. */
#include "report/take.h"

static const struct source sources[] = {
	{ "step", "activity", .where = "due_at is not null and kind != note",
	  .time = { "due_at" } },
};

static const struct dimension dimensions[] = {
	{ "plan", { "campaign" }, .vi = "Kế hoạch", .show = "name" },
	{ "user", { "owner" }, .vi = "Người dùng" },
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "kind", { "kind" }, .vi = "Loại" },
	{ "channel", { "channel" }, .vi = "Kênh" },
	{ "account", { "account" }, .vi = "Khách hàng", .show = "name" },
	{ "tier", { "account.tier" }, .vi = "Hạng" },
	{ "lifecycle", { "account.lifecycle" }, .vi = "Giai đoạn" },
	{ 0 },
};

/* -- in: status, due_at, done_at -- */

static bool has_status(const struct value *v, const char *status)
{
	return v->kind == V_TEXT && str_is(v->s, status);
}

static bool done_late(const struct value *const in[], wide *seconds)
{
	int64_t due, done;
	*seconds = 0;
	if (!has_status(in[0], "done") || !value_instant(in[1], &due) ||
	    !value_instant(in[2], &done) || done <= due)
		return false;
	*seconds = done - due;
	return true;
}

static bool take_on_time(const struct taking *t, const struct value *const in[], wide *figure)
{
	bool late = done_late(in, figure);
	(void)t;
	*figure = 1;
	return has_status(in[0], "done") && !late;
}

static bool take_late(const struct taking *t, const struct value *const in[], wide *figure)
{
	bool late = done_late(in, figure);
	(void)t;
	*figure = 1;
	return late;
}

static bool take_delay(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	return done_late(in, figure);
}

static bool is_overdue(const struct taking *t, const struct value *const in[])
{
	int64_t due;
	return has_status(in[0], "planned") && value_instant(in[1], &due) && due < t->now;
}

static bool take_missed(const struct taking *t, const struct value *const in[], wide *figure)
{
	*figure = 1;
	return has_status(in[0], "missed") || is_overdue(t, in);
}

static bool take_ahead(const struct taking *t, const struct value *const in[], wide *figure)
{
	*figure = 1;
	return has_status(in[0], "planned") && !is_overdue(t, in);
}

#define STEP(function) .from = { { .in = { "status", "due_at", "done_at" }, .take = function } }

/* clang-format off */
static const struct measure measures[] = {
	{ "planned", "Planned", "Số việc", .unit = UNIT_COUNT },
	{ "on_time", "On time", "Đúng hạn", UNIT_COUNT, HOW_SUM, STEP(take_on_time) },
	{ "late", "Late", "Trễ", UNIT_COUNT, HOW_SUM, STEP(take_late) },
	{ "missed", "Missed", "Bỏ lỡ", UNIT_COUNT, HOW_SUM, STEP(take_missed) },
	{ "skipped", "Skipped", "Bỏ qua", UNIT_COUNT, HOW_SUM, .from = { { .where = "status = cancelled" } } },
	{ "ahead", "Ahead", "Sắp tới", UNIT_COUNT, HOW_SUM, STEP(take_ahead) },
	{ "done", "Done", "Đã làm", UNIT_COUNT, HOW_PLUS, .sum = "on_time", .of = "late", .hidden = true },
	{ "due", "Due", "Đến hạn", UNIT_COUNT, HOW_PLUS, .sum = "done", .of = "missed", .hidden = true },
	{ "on_time_share", "Share on time", "Tỷ lệ đúng hạn", UNIT_SHARE, HOW_RATIO, .sum = "on_time", .of = "due" },
	{ "median_days_late", "Days late", "Số ngày trễ", UNIT_NUMBER, HOW_MEDIAN, STEP(take_delay), .per = DAY_SECONDS },
};
/* clang-format on */

const struct report report_care = {
	.name = "care",
	.title = "Care as planned",
	.title_vi = "Chăm sóc theo kế hoạch",
	.sources = sources,
	.nsources = countof(sources),
	.by = "plan,user",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "on_time",
	.chart = { CHART_STACKED, .category = "user", .values = "on_time late missed skipped" },
	.definition =
	    "Steps of care: the activities that were planned for a time (due_at), by that time;\n"
	    "notes are none.  plan: the campaign that they belong to; those of no campaign are\n"
	    "under no plan.  -w 'lifecycle = after' takes those after a sale alone.  on_time: "
	    "done\n"
	    "at due_at or before; late: done after that; missed: the status is missed, or planned\n"
	    "and due_at has passed; skipped: cancelled; ahead: planned and not due yet.\n"
	    "on_time_share: on_time / (on_time + late + missed).  median_days_late: of those that\n"
	    "were done late, from due_at to done_at.",
};
