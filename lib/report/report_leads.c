/* leads: what becomes of those who came in, by the time at which they came. */
#include "report/take.h"

/* in: created_at, converted_at */
static bool take_in_time(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t from, to;
	*figure =
	    value_instant(in[1], &to) && value_instant(in[0], &from) && to - from <= t->within;
	return true;
}

static bool take_immature(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t from;
	*figure = value_instant(in[0], &from) && t->now - from < t->within;
	return true;
}

static const struct source sources[] = {
	{ "lead", "lead", .where = "disqualify_reason != duplicate", .time = { "created_at" } },
};

static const struct report_option options[] = {
	{ "within", "DAYS", "days in which a conversion counts (90)", .most = 36500, .def = "90" },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "source", { "source" }, .vi = "Nguồn" },
	{ "channel", { "channel" }, .vi = "Kênh" },
	{ "campaign", { "campaign" }, .vi = "Chiến dịch" },
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "status", { "status" }, .vi = "Trạng thái" },
	{ "rating", { "rating" }, .vi = "Mức độ nóng" },
	{ "industry", { "industry" }, .vi = "Ngành nghề" },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "created", "Created", "Tạo mới", .unit = UNIT_COUNT },
	{ "contacted", "Contacted", "Đã liên hệ", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = "last_contacted_at is not null or "
			       "status in (contacted, nurturing, qualified, converted) or "
			       "disqualified_from in (contacted, nurturing, qualified)" } } },
	{ "qualified", "Qualified", "Đạt tiêu chuẩn", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = "deal is not null or status in (qualified, converted) or "
			       "disqualified_from = qualified" } } },
	{ "converted", "Converted", "Đã chuyển đổi", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = "status = converted" } } },
	{ "disqualified", "Disqualified", "Bị loại", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = "status = disqualified" } } },
	{ "conversion_rate", "Conversion", "Tỷ lệ chuyển đổi", UNIT_SHARE, HOW_RATIO,
	  .from = { { .in = { "created_at", "converted_at" }, .take = take_in_time } }, .of = "created" },
	{ "mature", "Mature", "Đủ thời gian", UNIT_FLAG, HOW_NONE,
	  .from = { { .in = { "created_at" }, .take = take_immature } } },
	{ "median_minutes_to_first_response", "First response (min)", "Phản hồi đầu (phút)", UNIT_NUMBER, HOW_MEDIAN,
	  .from = { { .in = { "created_at", "first_response_at" }, .take = take_span } }, .per = 60 },
};
/* clang-format on */

const struct report report_leads = {
	.name = "leads",
	.title = "Leads",
	.title_vi = "Đầu mối",
	.sources = sources,
	.nsources = countof(sources),
	.options = options,
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "created",
	.chart = { CHART_BAR },
	.definition =
	    "Leads by cohort: those created in the period, as they are now; duplicates\n"
	    "(disqualify_reason duplicate) are left out.  contacted: a contact is recorded\n"
	    "(last_contacted_at), or the status is contacted, nurturing, qualified or converted.\n"
	    "qualified: the status is qualified or converted, or there is a deal; of those who\n"
	    "were disqualified, the status before counts for both.  converted and\n"
	    "disqualified: the status.  conversion_rate: converted within --within days (90) of\n"
	    "their creation / created.  mature: every lead of the group is at least that old, so\n"
	    "that its rate is final.  median_minutes_to_first_response: from created_at to\n"
	    "first_response_at of the leads that have one.",
};
