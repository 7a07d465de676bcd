/* velocity: how long deals take, stage by stage and in all, and what that brings a day. */
#include "report/take.h"

static const struct source sources[] = {
	{ "won", "deal", DEALS_WON, .time = { "closed_at" }, .apart = true },
	{ "lost", "deal", DEALS_LOST, .time = { "closed_at" }, .apart = true },
	{ "stage", "stage_change", .where = "from_stage is not null", .time = { "at" },
	  .apart = true },
	{ "open", "deal", DEALS_OPEN, .apart = true, .stock = true },
};

static const struct dimension dimensions[] = {
	{ "pipeline", { "pipeline", "pipeline", "pipeline", "pipeline" }, .vi = "Quy trình" },
	{ "stage", { NULL, NULL, "from_stage", "stage" }, .vi = "Bước" },
	{ "owner", { "won_by", "owner", "owner", "owner" }, .vi = "Người phụ trách" },
	{ "team", { "won_by.team", "owner.team", "owner.team", "owner.team" }, .vi = "Nhóm" },
	{ "source", { "source", "source", "deal.source", "source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign", "campaign", "deal.campaign", "campaign" }, .vi = "Chiến dịch" },
	{ "type", { "type", "type", "deal.type", "type" }, .vi = "Loại" },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "open", "Open", "Đang mở", UNIT_COUNT, HOW_SUM, .from = { { "open" } } },
	{ "won", "Won", "Thắng", .unit = UNIT_COUNT, .hidden = true },
	{ "lost", "Lost", "Thua", UNIT_COUNT, HOW_SUM, .from = { { "lost" } }, .hidden = true },
	{ "closed", "Closed", "Đã chốt", UNIT_COUNT, HOW_PLUS, .sum = "won", .of = "lost",
	  .hidden = true },
	{ "win_rate", "Win rate", "Tỷ lệ thắng", UNIT_SHARE, HOW_RATIO, .sum = "won", .of = "closed" },
	{ "amount", "Amount", "Giá trị", UNIT_MONEY, HOW_SUM, .hidden = true,
	  .from = { { "won", .in = { "amount" }, .take = take_number } } },
	{ "average_won", "Average won", "Giá trị thắng trung bình", UNIT_MONEY, HOW_RATIO,
	  .sum = "amount", .of = "won" },
	{ "cycle_days", "Cycle (days)", "Chu kỳ bán (ngày)", UNIT_NUMBER, HOW_MEAN,
	  .from = { { "won", .in = { "created_at", "closed_at" }, .take = take_span } },
	  .per = DAY_SECONDS },
	{ "median_cycle_days", "Median cycle (days)", "Chu kỳ trung vị (ngày)", UNIT_NUMBER, HOW_MEDIAN,
	  .from = { { "won", .in = { "created_at", "closed_at" }, .take = take_span } },
	  .per = DAY_SECONDS },
	{ "expected", "Expected", "Kỳ vọng", UNIT_MONEY, HOW_TIMES, .sum = "open", .of = "win_rate",
	  .hidden = true },
	{ "worth", "Worth", "Giá trị kỳ vọng", UNIT_MONEY, HOW_TIMES, .sum = "expected",
	  .of = "average_won", .hidden = true },
	{ "velocity", "Worth a day", "Giá trị mỗi ngày", UNIT_MONEY, HOW_RATIO, .sum = "worth", .of = "cycle_days" },
	{ "stays", "Stays", "Lượt ở bước", UNIT_COUNT, HOW_SUM, .from = { { "stage" } } },
	{ "median_days", "Median days in stage", "Số ngày ở bước (trung vị)", UNIT_NUMBER, HOW_MEDIAN,
	  .from = { { "stage", .in = { "duration_s" }, .take = take_number } }, .per = DAY_SECONDS },
	{ "mean_days", "Mean days in stage", "Số ngày ở bước (trung bình)", UNIT_NUMBER, HOW_MEAN,
	  .from = { { "stage", .in = { "duration_s" }, .take = take_number } }, .per = DAY_SECONDS },
};
/* clang-format on */

const struct report report_velocity = {
	.name = "velocity",
	.title = "Velocity of deals",
	.title_vi = "Tốc độ bán hàng",
	.sources = sources,
	.nsources = countof(sources),
	.by = "pipeline",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "stays",
	.chart = { CHART_BAR, .values = "cycle_days mean_days" },
	.definition =
	    "open: the deals that are open now, whatever --from and --to say; by a period it is\n"
	    "empty.  won and lost: those closed in the time (closed_at); a win stands with its\n"
	    "owner at the win.  win_rate: won / (won + lost).  average_won: the amounts won / "
	    "won.\n"
	    "cycle_days and median_cycle_days: from created_at to closed_at of those won.\n"
	    "velocity: open × win_rate × average_won / cycle_days, unrounded until then: what a\n"
	    "day brings, in the row's currency; empty where one of them is.\n"
	    "stage: the history of the deals' stages.  stays: how often a stage was left in the\n"
	    "time; median_days and mean_days: how long the deal had been in it, then; with the\n"
	    "deal's owner at that moment.  --by stage shows them stage by stage, and what is of\n"
	    "whole deals alone is empty there.",
};
