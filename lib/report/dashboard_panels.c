/* The panels that a dashboard has unless it is configured. */
#include "report/dashboard.h"

/* clang-format off */
const struct panel dashboard_panels[] = {
	{ "revenue", "sales", .kpi = "revenue" },
	{ "sales", "sales", .kpi = "count" },
	{ "average", "sales", .kpi = "average", .en = "Average sale", .vi = "Trung bình mỗi lần bán" },
	{ "win_rate", "winloss", .kpi = "win_rate" },
	{ "leads", "leads", .kpi = "created", .en = "New leads", .vi = "Đầu mối mới" },
	/* of those who had their 90 days: a rate of younger ones is not final */
	{ "conversion", "leads", .kpi = "conversion_rate",
	  .en = "Conversion (leads 90–180 days)",
	  .vi = "Chuyển đổi (đầu mối 90–180 ngày)",
	  .options = { { "from", "-180d" }, { "to", "-90d" } } },
	{ "activities", "activities", .kpi = "count", .options = { { "by", "" } } },
	{ "open", "pipeline", .kpi = "amount", .en = "Open deals", .vi = "Cơ hội đang mở",
	  .time = TIME_ALWAYS },
	{ "weighted", "pipeline", .kpi = "weighted", .en = "Open, weighted", .vi = "Đang mở, theo xác suất",
	  .time = TIME_ALWAYS },
	{ "service", "sla", .kpi = "within_sla" },
	{ "months", "sales", .en = "Sales by month, against last year and target",
	  .vi = "Bán hàng theo tháng, so với năm trước và chỉ tiêu",
	  .time = TIME_YEAR, .wide = true, .columns = "count revenue margin target attained previous change_pct",
	  .options = { { "period", "month" }, { "compare", "year" }, { "target", NULL } } },
	{ "stages", "pipeline", .en = "Open deals by stage", .vi = "Cơ hội đang mở theo bước",
	  .columns = "count amount weighted stale_share", .time = TIME_ALWAYS },
	{ "funnel", "funnel", "lead", .en = "From lead to win, the last twelve months",
	  .vi = "Từ đầu mối đến chốt, mười hai tháng qua", .time = TIME_YEAR },
	{ "sources", "leads", .en = "Leads by source, the last twelve months",
	  .vi = "Đầu mối theo nguồn, mười hai tháng qua", .columns = "created qualified converted conversion_rate",
	  .time = TIME_YEAR,
	  .options = { { "by", "source" }, { "sort", "-created" } } },
	{ "people", "activities", .en = "Activities by user", .vi = "Hoạt động theo người dùng",
	  .options = { { "by", "user,kind" } } },
	{ "tickets", "tickets", .en = "Tickets by priority", .vi = "Yêu cầu theo mức ưu tiên",
	  .columns = "opened resolved backlog response_within_sla resolution_within_sla",
	  .options = { { "by", "priority" } } },
	{ "customers", "customers", .en = "Top customers, the last twelve months",
	  .vi = "Khách hàng hàng đầu, mười hai tháng qua", .columns = "orders revenue share", .time = TIME_YEAR,
	  .options = { { "limit", "10" } } },
	{ "risk", "pipeline", .en = "At risk: overdue, or nothing planned",
	  .vi = "Có nguy cơ: quá hạn hoặc chưa có kế hoạch", .chart = "none", .columns = "amount average_age_days", .time = TIME_ALWAYS,
	  .options = { { "by", "name,owner" }, { "sort", "-amount" }, { "limit", "10" },
		       { "where", "expected_close < today or next_contact_at is null" } } },
};
/* clang-format on */
const size_t ndashboard_panels = countof(dashboard_panels);
