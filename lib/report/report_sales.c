/* sales: what was sold, by the day of the order, or of the win where there is no order. */
#include "report/sold.h"

static const struct source sources[] = {
	{ "deal", "deal", DEALS_WON, .time = { "closed_at" }, .when = "basis=auto,deals",
	  .unless = SOLD_ELSEWHERE, .unless_when = "basis=auto" },
	{ "order", "order_line", .where = SOLD_LINES, .time = { "order.ordered_on" },
	  .when = "basis=auto,orders", .behind = "order" },
	/* whoever has both is not asked twice: a user's own where the report goes by users */
	{ "target", "target_figure", .where = "measure = revenue and user is not null",
	  .time = { "from_day" }, .until = "to_day", .when = "target=on", .needs = "owner",
	  .apart = true },
	{ "team_target", "target_figure", .where = "measure = revenue and team is not null",
	  .time = { "from_day" }, .until = "to_day", .when = "target=on", .apart = true },
};

static const struct report_option options[] = {
	{ "basis", "WHAT", "orders, and deals without one (auto), or one of them alone",
	  "auto deals orders", .def = "auto" },
	{ "target", .help = "beside it what users or teams are to reach", .flag = true },
	{ 0 },
};

static const struct dimension dimensions[] = {
	/* at the win, whoever has the deal now */
	{ "owner", { "won_by", "order.owner", "user" }, .vi = "Người phụ trách" },
	{ "team", { "won_by.team", "order.owner.team", "user.team", "team" }, .vi = "Nhóm" },
	{ "pipeline", { "pipeline", "order.deal.pipeline" }, .vi = "Quy trình" },
	{ "source", { "source", "order.source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign", "order.campaign" }, .vi = "Chiến dịch" },
	{ "type", { "type", "order.deal.type" }, .vi = "Loại" },
	{ "account", { "account", "order.account" }, .vi = "Khách hàng", .show = "name" },
	{ "industry", { "account.industry", "order.account.industry" }, .vi = "Ngành nghề" },
	{ "product", { "", "product" }, .vi = "Sản phẩm", .show = "name" },
	{ "category", { "", "product.category" }, .vi = "Nhóm hàng" },
	{ "channel", { "", "order.channel" }, .vi = "Kênh" },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "count", "Sales", "Số lần bán", UNIT_COUNT, HOW_DISTINCT,
	  .from = { { "deal", .in = { "id" } }, { "order", .in = { "order" } } } },
	{ "revenue", "Revenue", "Doanh thu", UNIT_MONEY, HOW_SUM,
	  .from = { { "deal", .in = { "amount" }, .take = take_number },
		    { "order", SOLD_AMOUNT } } },
	{ "average", "Average", "Trung bình", UNIT_MONEY, HOW_RATIO, .sum = "revenue", .of = "count" },
	{ "discount", "Discount", "Chiết khấu", UNIT_MONEY, HOW_SUM,
	  .from = { { "order", SOLD("discount_amount") } } },
	{ "cost", "Cost", "Giá vốn", UNIT_MONEY, HOW_SUM, .hidden = true,
	  .from = { { "order", SOLD("cost") } } },
	{ "known", "Revenue of known cost", "Doanh thu biết giá vốn", UNIT_MONEY, HOW_KNOWN, .hidden = true,
	  .from = { { "order", SOLD_KNOWN } } },
	{ "margin", "Margin", "Lợi nhuận gộp", UNIT_MONEY, HOW_LESS, .sum = "known", .of = "cost" },
	{ "margin_known", "Margin known", "Biết lợi nhuận", UNIT_SHARE, HOW_RATIO, .of = "revenue",
	  .from = { { "order", SOLD_KNOWN } } },
	{ "target", "Target", "Chỉ tiêu", UNIT_MONEY, HOW_KNOWN, .when = "target=on",
	  .from = { { "target", .in = { "value" }, .take = take_number },
		    { "team_target", .in = { "value" }, .take = take_number } } },
	{ "attained", "Attained", "Đạt", UNIT_SHARE, HOW_RATIO, .sum = "revenue", .of = "target", .when = "target=on" },
};
/* clang-format on */

const struct report report_sales = {
	.name = "sales",
	.title = "Sales",
	.title_vi = "Bán hàng",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "revenue",
	.options = options,
	.chart = { CHART_BAR, .beside = "target" },
	.definition =
	    "order: the lines of orders that are confirmed, delivered or returned, by the day of\n"
	    "the order (ordered_on); drafts and cancelled ones do not count.  deal: the deals in\n"
	    "a stage of kind won, by closed_at, to which no order is linked; owner and team are\n"
	    "those at the win.  --basis deals: all won deals and no orders; --basis orders: "
	    "orders\n"
	    "alone.  count: orders and deals.  revenue: what lines come to, discount and tax "
	    "taken\n"
	    "off, less what came back, on the day of the order; the amount of a deal, where one\n"
	    "without amount adds 0.  average is revenue / count, rounded to the currency's minor\n"
	    "unit, half away from zero.  discount: what was taken off the lines.  margin is\n"
	    "revenue less cost of the lines whose cost is known; of nothing known it is empty.\n"
	    "margin_known: the share of the revenue whose cost is known.  --target: target: what\n"
	    "users are to reach by their target figures for revenue, where the report goes by\n"
	    "owner, else what teams are; the time asked for has its part of a figure by the\n"
	    "working days in it.  attained is revenue / target.",
};
