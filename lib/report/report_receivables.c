/* receivables: what customers still have to pay, and since when. */
#include "report/take.h"

#define OWED "status in (confirmed, delivered, returned) and balance != 0"

static const struct source sources[] = {
	{ "account", "order", .where = "account is not null and " OWED,
	  .time = { "due_on", "ordered_on" } },
	{ "contact", "order", .where = "account is null and " OWED,
	  .time = { "due_on", "ordered_on" }, .apart = true },
};

static const struct dimension dimensions[] = {
	{ "customer", { "account", "contact" }, .vi = "Khách hàng", .show = "name" },
	{ "owner", { "owner", "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team", "owner.team" }, .vi = "Nhóm" },
	{ "status", { "status", "status" }, .vi = "Trạng thái" },
	{ "channel", { "channel", "channel" }, .vi = "Kênh" },
	{ "payment_method", { "payment_method", "payment_method" }, .vi = "Hình thức thanh toán" },
	{ "tier", { "account.tier", "" }, .vi = "Hạng" },
	{ "industry", { "account.industry", "" }, .vi = "Ngành nghề" },
	{ 0 },
};

/* -- in: balance, due_on, ordered_on -- */

/* Whole days past the last day for the payment; 0 or less: it is not due yet. */
static bool days_late(const struct taking *t, const struct value *const in[], int64_t *days)
{
	const struct value *due = in[1]->kind == V_TEXT ? in[1] : in[2];
	int64_t day;
	if (in[0]->kind != V_INT || due->kind != V_TEXT || !day_scan(due->s, &day))
		return false;
	*days = zone_day(t->now) - day;
	return true;
}

/* What is owed, if it is late by so many days, the ends included. */
static bool owed(const struct taking *t, const struct value *const in[], int64_t least,
		 int64_t most, wide *figure)
{
	int64_t days;
	*figure = in[0]->i;
	return in[0]->i > 0 && days_late(t, in, &days) && days >= least && days <= most;
}

static bool take_owed(const struct taking *t, const struct value *const in[], wide *figure)
{
	return owed(t, in, INT64_MIN, INT64_MAX, figure);
}

static bool take_not_due(const struct taking *t, const struct value *const in[], wide *figure)
{
	return owed(t, in, INT64_MIN, 0, figure);
}

static bool take_month(const struct taking *t, const struct value *const in[], wide *figure)
{
	return owed(t, in, 1, 30, figure);
}

static bool take_second_month(const struct taking *t, const struct value *const in[], wide *figure)
{
	return owed(t, in, 31, 60, figure);
}

static bool take_third_month(const struct taking *t, const struct value *const in[], wide *figure)
{
	return owed(t, in, 61, 90, figure);
}

static bool take_longer(const struct taking *t, const struct value *const in[], wide *figure)
{
	return owed(t, in, 91, INT64_MAX, figure);
}

static bool take_overdue(const struct taking *t, const struct value *const in[], wide *figure)
{
	return owed(t, in, 1, INT64_MAX, figure);
}

static bool take_days(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t days;
	if (in[0]->i <= 0 || !days_late(t, in, &days) || days < 1)
		return false;
	*figure = days;
	return true;
}

static bool take_credit(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = -(wide)in[0]->i;
	return in[0]->kind == V_INT && in[0]->i < 0;
}

#define ORDERS(function)                                                                        \
	.from = { { "account", .in = { "balance", "due_on", "ordered_on" }, .take = function }, \
		  { "contact", .in = { "balance", "due_on", "ordered_on" }, .take = function } }

/* clang-format off */
static const struct measure measures[] = {
	{ "count", "Orders", "Số đơn", UNIT_COUNT, HOW_SUM, .from = { { "account" }, { "contact" } } },
	{ "open", "Open", "Còn phải thu", UNIT_MONEY, HOW_SUM, ORDERS(take_owed) },
	{ "not_due", "Not due", "Chưa đến hạn", UNIT_MONEY, HOW_SUM, ORDERS(take_not_due) },
	{ "days_1_30", "1–30 days", "1–30 ngày", UNIT_MONEY, HOW_SUM, ORDERS(take_month) },
	{ "days_31_60", "31–60 days", "31–60 ngày", UNIT_MONEY, HOW_SUM, ORDERS(take_second_month) },
	{ "days_61_90", "61–90 days", "61–90 ngày", UNIT_MONEY, HOW_SUM, ORDERS(take_third_month) },
	{ "days_over_90", "Over 90 days", "Trên 90 ngày", UNIT_MONEY, HOW_SUM, ORDERS(take_longer) },
	{ "overdue", "Overdue", "Quá hạn", UNIT_MONEY, HOW_SUM, ORDERS(take_overdue) },
	{ "overdue_share", "Overdue share", "Tỷ lệ quá hạn", UNIT_SHARE, HOW_RATIO,
	  .sum = "overdue", .of = "open" },
	{ "oldest_days", "Oldest (days)", "Quá hạn lâu nhất (ngày)", UNIT_COUNT, HOW_MAX, ORDERS(take_days) },
	{ "credit", "To pay back", "Phải trả lại", UNIT_MONEY, HOW_SUM, ORDERS(take_credit) },
};
/* clang-format on */

const struct report report_receivables = {
	.name = "receivables",
	.title = "Receivables",
	.title_vi = "Công nợ phải thu",
	.sources = sources,
	.nsources = countof(sources),
	.by = "customer",
	.ids = true,
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "open",
	.sort = "-open",
	.chart = { CHART_STACKED,
		   .values = "not_due days_1_30 days_31_60 days_61_90 days_over_90" },
	.definition =
	    "The orders that are confirmed, delivered or returned and not settled: balance, which\n"
	    "is the total with tax and carriage less what came back and what was paid, is not 0.\n"
	    "Drafts and cancelled orders are not in it.  The customer is the account, or the\n"
	    "contact of an order without account.  The field that says when, for --from, --to and\n"
	    "--period, is due_on, the last day for the payment; an order without one was due on\n"
	    "its day (ordered_on).  open: the balances above 0, and of them not_due: due today or\n"
	    "later; then by whole days past that day, until today in the database's zone.\n"
	    "overdue: the four together.  oldest_days: of the one that is longest overdue.\n"
	    "credit: the balances below 0, which are to be paid back; they lessen nothing else.",
};
