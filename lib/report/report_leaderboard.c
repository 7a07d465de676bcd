/* leaderboard: users and teams against what they are to reach, and against each other. */
#include "report/board.h"
#include "report/sold.h"

/* What they are to reach in all of the time asked for, and by the end of today. */
#define FIGURES(name, whose, measure, needs_, now)                                                 \
	{                                                                                          \
		name, "target_figure", .where = "measure = " measure " and " whose " is not null", \
				       .time = { "from_day" }, .until = "to_day", .needs = needs_, \
				       .apart = true, .so_far = now                                \
	}
#define TARGETS(measure)                                          \
	FIGURES("target", "user", measure, "owner", false),       \
	    FIGURES("team_target", "team", measure, NULL, false), \
	    FIGURES("due", "user", measure, "owner", true),       \
	    FIGURES("team_due", "team", measure, NULL, true)

/* clang-format off */
#define OF_TARGETS(name, of)                                                                       \
	.from = { { name, .in = { of }, .take = take_number },                                     \
		  { "team_" name, .in = { of }, .take = take_number } }

#define COUNTS                                                                                     \
	{ "target", "Target", "Chỉ tiêu", UNIT_COUNT, HOW_KNOWN, OF_TARGETS("target", "number") }, \
	{ "due", "Due by now", "Đến nay cần", UNIT_COUNT, HOW_KNOWN, OF_TARGETS("due", "number") }
#define AMOUNTS                                                                                    \
	{ "target", "Target", "Chỉ tiêu", UNIT_MONEY, HOW_KNOWN, OF_TARGETS("target", "value") },  \
	{ "due", "Due by now", "Đến nay cần", UNIT_MONEY, HOW_KNOWN, OF_TARGETS("due", "value") }

static const struct measure counts[] = {
	{ "actual", "Actual", "Thực hiện", .unit = UNIT_COUNT },
	COUNTS,
};

static const struct measure revenue_measures[] = {
	{ "actual", "Actual", "Thực hiện", UNIT_MONEY, HOW_SUM,
	  .from = { { "order", SOLD_AMOUNT }, { "deal", .in = { "amount" }, .take = take_number } } },
	AMOUNTS,
};

static const struct measure margin_measures[] = {
	{ "cost", "Cost", "Giá vốn", UNIT_MONEY, HOW_SUM, .from = { { "order", SOLD("cost") } },
	  .hidden = true },
	{ "known", "Revenue of known cost", "Doanh thu biết giá vốn", UNIT_MONEY, HOW_KNOWN,
	  .from = { { "order", SOLD_KNOWN } }, .hidden = true },
	{ "actual", "Actual", "Thực hiện", UNIT_MONEY, HOW_LESS, .sum = "known", .of = "cost" },
	AMOUNTS,
};

#define DEFINITION                                                                                 \
	"For each user (--by owner) or team (--by team), measure by measure, in the running month\n" \
	"unless --from, --to or --period says otherwise.  revenue, margin: as crm-report sales\n"  \
	"has them; won_deals: by closed_at, for the owner at the win; new_deals and leads: made\n" \
	"in the time, duplicates left out; converted_leads: by converted_at; new_customers:\n"     \
	"accounts by customer_since; orders: confirmed, delivered or returned, by ordered_on;\n"   \
	"calls, meetings, activities: done, by done_at.\n"                                         \
	"rank: by actual, within a currency; equal figures have the same rank, and what has no\n"   \
	"owner has none; -w leaves others out before they are ranked.  previous: the\n"   \
	"actual figure of the period before, previous_rank by that, empty where it was nothing;\n" \
	"moved: how many places up.  target: the target figures; the time asked for has its part\n" \
	"of one by the working days (business hours and holidays as configured).  attained:\n"    \
	"actual / target.  due: the part of the target for the working days until today, today\n"  \
	"included; pace: actual / due.  per_day: target / working days of the time; needed_per_day:\n" \
	"what is missing / working days left, today included: 0 once it is reached, empty when\n"  \
	"no day is left.  Users' figures go with --by owner, teams' with --by team."

#define BOARD(measure, sources_, dimensions_, measures_)                                           \
	const struct report report_board_##measure = {                                             \
		.name = "leaderboard",                                                             \
		.part = #measure,                                                                  \
		.title = "Leaderboard",                                                            \
		.title_vi = "Bảng xếp hạng",                                                       \
		.sources = sources_,                                                               \
		.nsources = countof(sources_),                                                     \
		.by = "owner",                                                                     \
		.within = "month",                                                                 \
		.compare = "previous",                                                             \
		.dimensions = dimensions_,                                                         \
		.measures = measures_,                                                             \
		.nmeasures = countof(measures_),                                                   \
		.main = "actual",                                                                  \
		.finish = board_give,                                                              \
		.currency = true,                                                                  \
		.chart = { CHART_BAR, .values = "actual target" },                                \
		.definition = DEFINITION,                                                          \
	}

/* One source and its targets. */
#define COUNTED(measure, owner_, ...)                                                              \
	static const struct source measure##_sources[] = { { #measure, __VA_ARGS__ },              \
							   TARGETS(#measure) };                    \
	static const struct dimension measure##_dimensions[] = {                                   \
		{ "owner", { owner_, "user", NULL, "user" }, .vi = "Người phụ trách" },            \
		{ "team", { owner_ ".team", "user.team", "team", "user.team", "team" },            \
		  .vi = "Nhóm" },                                                                  \
		{ 0 },                                                                             \
	};                                                                                         \
	BOARD(measure, measure##_sources, measure##_dimensions, counts)

static const struct source revenue_sources[] = {
	{ "order", "order_line", .where = SOLD_LINES, .time = { "order.ordered_on" },
	  .behind = "order" },
	TARGETS("revenue"),
	{ "deal", "deal", DEALS_WON, .time = { "closed_at" }, .unless = SOLD_ELSEWHERE },
};
static const struct dimension revenue_dimensions[] = {
	{ "owner", { "order.owner", "user", NULL, "user", NULL, "won_by" }, .vi = "Người phụ trách" },
	{ "team", { "order.owner.team", "user.team", "team", "user.team", "team", "won_by.team" },
	  .vi = "Nhóm" },
	{ 0 },
};
BOARD(revenue, revenue_sources, revenue_dimensions, revenue_measures);

static const struct source margin_sources[] = {
	{ "order", "order_line", .where = SOLD_LINES, .time = { "order.ordered_on" },
	  .behind = "order" },
	TARGETS("margin"),
};
static const struct dimension margin_dimensions[] = {
	{ "owner", { "order.owner", "user", NULL, "user" }, .vi = "Người phụ trách" },
	{ "team", { "order.owner.team", "user.team", "team", "user.team", "team" }, .vi = "Nhóm" },
	{ 0 },
};
BOARD(margin, margin_sources, margin_dimensions, margin_measures);

COUNTED(won_deals, "won_by", "deal", DEALS_WON, .time = { "closed_at" });
COUNTED(new_deals, "owner", "deal", .time = { "created_at" });
COUNTED(leads, "owner", "lead", .where = "disqualify_reason != duplicate", .time = { "created_at" });
COUNTED(converted_leads, "owner", "lead", .where = "status = converted", .time = { "converted_at" });
COUNTED(new_customers, "owner", "account", .where = "customer_since is not null",
	.time = { "customer_since" });
COUNTED(orders, "owner", "order", .where = "status in (confirmed, delivered, returned)",
	.time = { "ordered_on" });
COUNTED(calls, "owner", "activity", .where = "kind = call and status = done", .time = { "done_at" });
COUNTED(meetings, "owner", "activity", .where = "kind = meeting and status = done",
	.time = { "done_at" });
COUNTED(activities, "owner", "activity", .where = "status = done", .time = { "done_at" });
/* clang-format on */
