/* winloss: how much of what is decided is won, and what the rest is lost to. */
#include "report/take.h"

static const struct source sources[] = {
	{ "won", "deal", DEALS_WON, .time = { "closed_at" } },
	{ "lost", "deal", DEALS_LOST, .time = { "closed_at" } },
};

static const struct dimension dimensions[] = {
	{ "owner", { "won_by", "owner" }, .vi = "Người phụ trách" },
	{ "team", { "won_by.team", "owner.team" }, .vi = "Nhóm" },
	{ "pipeline", { "pipeline", "pipeline" }, .vi = "Quy trình" },
	{ "source", { "source", "source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign", "campaign" }, .vi = "Chiến dịch" },
	{ "type", { "type", "type" }, .vi = "Loại" },
	{ "lost_reason", { "", "lost_reason" }, .vi = "Lý do thua" },
	{ "competitor", { "competitor", "competitor" }, .vi = "Đối thủ" },
	{ "account", { "account", "account" }, .vi = "Khách hàng", .show = "name" },
	{ "industry", { "account.industry", "account.industry" }, .vi = "Ngành nghề" },
	{ "interest", { "interest", "interest" }, .vi = "Sản phẩm quan tâm" },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "won", "Won", "Thắng", .unit = UNIT_COUNT },
	{ "lost", "Lost", "Thua", UNIT_COUNT, HOW_SUM, .from = { { "lost" } } },
	{ "closed", "Closed", "Đã chốt", UNIT_COUNT, HOW_PLUS, .sum = "won", .of = "lost",
	  .hidden = true },
	{ "win_rate", "Win rate", "Tỷ lệ thắng", UNIT_SHARE, HOW_RATIO, .sum = "won",
	  .of = "closed" },
	{ "won_amount", "Won amount", "Giá trị thắng", UNIT_MONEY, HOW_SUM,
	  .from = { { "won", .in = { "amount" }, .take = take_number } } },
	{ "lost_amount", "Lost amount", "Giá trị thua", UNIT_MONEY, HOW_SUM,
	  .from = { { "lost", .in = { "amount" }, .take = take_number } } },
	{ "closed_amount", "Closed amount", "Giá trị đã chốt", UNIT_MONEY, HOW_PLUS,
	  .sum = "won_amount", .of = "lost_amount", .hidden = true },
	{ "amount_win_rate", "Win rate by amount", "Tỷ lệ thắng theo giá trị", UNIT_SHARE,
	  HOW_RATIO, .sum = "won_amount", .of = "closed_amount" },
	{ "average_won", "Average won", "Giá trị thắng trung bình", UNIT_MONEY, HOW_RATIO,
	  .sum = "won_amount", .of = "won" },
	{ "average_cycle_days", "Won in (days)", "Số ngày để thắng", UNIT_NUMBER, HOW_MEAN,
	  .from = { { "won", .in = { "created_at", "closed_at" }, .take = take_span } },
	  .per = DAY_SECONDS },
	{ "average_lost_days", "Lost in (days)", "Số ngày đến khi thua", UNIT_NUMBER, HOW_MEAN,
	  .from = { { "lost", .in = { "created_at", "closed_at" }, .take = take_span } },
	  .per = DAY_SECONDS },
};
/* clang-format on */

const struct report report_winloss = {
	.name = "winloss",
	.title = "Won and lost",
	.title_vi = "Thắng và thua",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "won",
	.chart = { CHART_STACKED, .values = "won lost" },
	.definition =
	    "won and lost: the deals in a stage of kind won or lost, by the day on which they\n"
	    "were closed (closed_at); open ones are in neither.  A win stands with its owner at\n"
	    "the win, a loss with the deal's owner.  win_rate is won / (won + lost), and\n"
	    "amount_win_rate the same of the amounts, where a deal without amount counts 0;\n"
	    "without deals, or amounts, they are empty, as they are where one part alone is\n"
	    "read.  average_won is won_amount / won.  average_cycle_days is the mean time from\n"
	    "created_at to closed_at of those won, average_lost_days of those lost.  By\n"
	    "lost_reason, those won stand under no reason.",
};
