/* sales: what was won, by the day on which it was closed. */
#include "report/take.h"

static const struct source sources[] = {
	{ "deal", "deal", DEALS_WON, .time = { "closed_at" } },
};

static const struct dimension dimensions[] = {
	{ "owner", { "won_by" }, .vi = "Người phụ trách" }, /* at the win, whoever has the deal now */
	{ "team", { "won_by.team" }, .vi = "Nhóm" },
	{ "pipeline", { "pipeline" }, .vi = "Quy trình" },
	{ "source", { "source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign" }, .vi = "Chiến dịch" },
	{ "type", { "type" }, .vi = "Loại" },
	{ "account", { "account.name" }, .vi = "Khách hàng" },
	{ "industry", { "account.industry" }, .vi = "Ngành nghề" },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "count", "Won", "Số thắng", .unit = UNIT_COUNT },
	{ "revenue", "Revenue", "Doanh thu", UNIT_MONEY, HOW_SUM,
	  .from = { { .in = { "amount" }, .take = take_number } } },
	{ "average", "Average", "Trung bình", UNIT_MONEY, HOW_RATIO, .sum = "revenue", .of = "count" },
};
/* clang-format on */

const struct report report_sales = {
	.name = "sales",
	.title = "Sales: won deals",
	.title_vi = "Bán hàng: cơ hội thắng",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "revenue",
	.definition =
	    "The deals in a stage of kind won, by closed_at; owner and team are those at\n"
	    "the win.  revenue is the sum of their\n"
	    "amounts; a deal without amount counts and adds 0.  average is revenue / count,\n"
	    "rounded to the currency's minor unit, half away from zero.",
};
