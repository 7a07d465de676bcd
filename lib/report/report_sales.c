/* sales: what was won, by the day on which it was closed. */
#include "report/take.h"

static const struct dimension dimensions[] = {
	{ "owner", "won_by", "Người phụ trách" }, /* at the win, whoever has the deal now */
	{ "team", "won_by.team", "Nhóm" },
	{ "pipeline", "pipeline", "Quy trình" },
	{ "source", "source", "Nguồn" },
	{ "campaign", "campaign", "Chiến dịch" },
	{ "type", "type", "Loại" },
	{ "account", "account.name", "Khách hàng" },
	{ "industry", "account.industry", "Ngành nghề" },
	{ 0 },
};

static const struct measure measures[] = {
	{ "count", "Won", "Số thắng", UNIT_COUNT, HOW_SUM, .take = NULL },
	{ "revenue",
	  "Revenue",
	  "Doanh thu",
	  UNIT_MONEY,
	  HOW_SUM,
	  { "amount" },
	  .take = take_number },
	{ "average",
	  "Average",
	  "Trung bình",
	  UNIT_MONEY,
	  HOW_RATIO,
	  { "amount" },
	  .take = take_number,
	  .of = "count" },
};

const struct report report_sales = {
	.name = "sales",
	.title = "Sales: won deals",
	.title_vi = "Bán hàng: cơ hội thắng",
	.entity = "deal",
	.deals = DEALS_WON,
	.time = { "closed_at" },
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
