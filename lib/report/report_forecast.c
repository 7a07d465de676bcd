/* forecast: what should still be won, when, and how sure that is. */
#include "report/chances.h"
#include "report/forecast.h"
#include "report/take.h"

static const struct source sources[] = {
	{ "open", "deal", DEALS_OPEN, .through = true, .where = "forecast != omitted",
	  .time = { "expected_close" }, .when = "backtest=off" },
	{ "won", "deal", DEALS_WON, .through = true, .time = { "closed_at" },
	  .when = "backtest=off" },
	{ "deal", "deal", .when = "backtest=on", .stock = true },
};

static const struct report_option options[] = {
	{ "backtest", NULL, "what was forecast at the start of each past month, and what came",
	  .def = "off", .flag = true },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "forecast", { "forecast", "forecast", "forecast" }, .vi = "Dự báo" },
	{ "owner", { "owner", "won_by", "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team", "won_by.team", "owner.team" }, .vi = "Nhóm" },
	{ "pipeline", { "pipeline", "pipeline", "pipeline" }, .vi = "Quy trình" },
	{ "source", { "source", "source", "source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign", "campaign", "campaign" }, .vi = "Chiến dịch" },
	{ "type", { "type", "type", "type" }, .vi = "Loại" },
	{ "account", { "account", "account", "account" }, .vi = "Khách hàng", .show = "name" },
	{ 0 },
};

static const void *learn(struct store *s, struct arena *a)
{
	return chances_learn(s, a);
}

/* Its day is over, and it is open. */
static bool is_late(const struct taking *t, const struct value *expected_close)
{
	int64_t day;
	return expected_close->kind == V_TEXT && day_scan(expected_close->s, &day) &&
	       day < zone_day(t->now);
}

/* in: expected_close */
static bool take_due(const struct taking *t, const struct value *const in[], wide *figure)
{
	*figure = 1;
	return !is_late(t, in[0]);
}

static bool take_late(const struct taking *t, const struct value *const in[], wide *figure)
{
	*figure = 1;
	return is_late(t, in[0]);
}

/* in: amount, expected_close */
static bool take_due_amount(const struct taking *t, const struct value *const in[], wide *figure)
{
	return take_number(t, in, figure) && !is_late(t, in[1]);
}

static bool take_late_amount(const struct taking *t, const struct value *const in[], wide *figure)
{
	return take_number(t, in, figure) && is_late(t, in[1]);
}

/* in: amount, probability, expected_close */
static bool take_weighted(const struct taking *t, const struct value *const in[], wide *figure)
{
	return take_product(t, in, figure) && !is_late(t, in[2]);
}

/* in: amount, expected_close, pipeline, stage; in millionths */
static bool take_by_history(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t won, closed;
	if (!take_due_amount(t, in, figure) || in[2]->kind != V_TEXT || in[3]->kind != V_TEXT ||
	    !chances_of(t->learned, in[2]->s, in[3]->s, &won, &closed))
		return false;
	*figure = *figure * won * NUMBER_ONE / closed;
	return true;
}

/* clang-format off */
static const struct measure measures[] = {
	{ "count", "Deals", "Số cơ hội", UNIT_COUNT, HOW_SUM,
	  .from = { { .in = { "expected_close" }, .take = take_due } } },
	{ "amount", "Amount", "Giá trị", UNIT_MONEY, HOW_SUM,
	  .from = { { .in = { "amount", "expected_close" }, .take = take_due_amount } } },
	{ "weighted", "Weighted", "Theo xác suất", UNIT_MONEY, HOW_SUM,
	  .from = { { .in = { "amount", "probability", "expected_close" }, .take = take_weighted } },
	  .per = 100 },
	{ "by_history", "By history", "Theo lịch sử", UNIT_MONEY, HOW_KNOWN,
	  .from = { { .in = { "amount", "expected_close", "pipeline", "stage" },
		      .take = take_by_history } }, .per = NUMBER_ONE },
	{ "slipped_count", "Slipped deals", "Số cơ hội trễ hẹn", UNIT_COUNT, HOW_SUM,
	  .from = { { .in = { "expected_close" }, .take = take_late } } },
	{ "slipped", "Slipped", "Trễ hẹn", UNIT_MONEY, HOW_SUM,
	  .from = { { .in = { "amount", "expected_close" }, .take = take_late_amount } } },
	{ "won_count", "Deals won", "Số đã thắng", UNIT_COUNT, HOW_SUM, .from = { { "won" } } },
	{ "won", "Won", "Đã thắng", UNIT_MONEY, HOW_SUM,
	  .from = { { "won", .in = { "amount" }, .take = take_number } } },
};
/* clang-format on */

const struct report report_forecast = {
	.name = "forecast",
	.title = "Forecast",
	.title_vi = "Dự báo doanh số",
	.sources = sources,
	.nsources = countof(sources),
	.by = "forecast",
	.period = "month",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "weighted",
	.learn = learn,
	.besides = chances_besides,
	.compute = forecast_backtest,
	.compute_when = "backtest=on",
	.options = options,
	.chart = { CHART_STACKED, .values = "won weighted slipped actual", .beside = "forecast" },
	.definition =
	    "The open deals by the month of expected_close and forecast category; those without a\n"
	    "day come last, those of the category omitted are left out, and lost deals are never\n"
	    "in it.  count, amount, and weighted, the sum of amount × probability / 100: of those\n"
	    "that are due today or later, or on no day.  by_history: the sum of amount × the "
	    "share\n"
	    "won of all closed deals that have been in the stage where the deal is (each once, in\n"
	    "its pipeline); a stage that no closed deal has been in adds nothing, and of such\n"
	    "alone it is empty.  slipped: open deals whose day is over; they stay in their month\n"
	    "and are in no other column.  won: deals won, by the month of closed_at, with the\n"
	    "category they had and their owner at the win.\n"
	    "--backtest: for each month that is over (or --period), forecast is the sum of amount\n"
	    "× probability of the deals that were open when it began and were to close in it, not\n"
	    "omitted, all as this database had them at that instant; actual is the amount of the\n"
	    "deals won in it; error = actual − forecast, and error_pct of the forecast.  Deals\n"
	    "brought in from elsewhere are known from their import on, deleted ones not at all;\n"
	    "-w asks of deals as they are now.",
};
