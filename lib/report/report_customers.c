/* customers: who is worth most, and how much of the whole hangs on them. */
#include "report/ranking.h"
#include "report/sold.h"

static const struct source sources[] = {
	SOLD_SOURCES,
};

static const struct report_option options[] = {
	{ "rank", "WHAT", "by what customers stand: revenue, margin or orders",
	  "revenue margin orders", .def = "revenue",
	  .hint = "crm-report clv ranks them by what they will bring" },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "customer",
	  { "order.account", "account", "order.contact", "contact" },
	  .vi = "Khách hàng",
	  .show = "name" },
	{ "tier", { "order.account.tier", "account.tier", "", "" }, .vi = "Hạng" },
	{ "industry",
	  { "order.account.industry", "account.industry", "", "" },
	  .vi = "Ngành nghề" },
	{ "owner",
	  { "order.account.owner", "account.owner", "order.contact.owner", "contact.owner" },
	  .vi = "Người phụ trách" },
	{ "team",
	  { "order.account.owner.team", "account.owner.team", "order.contact.owner.team",
	    "contact.owner.team" },
	  .vi = "Nhóm" },
	{ "source",
	  { "order.account.source", "account.source", "order.contact.source", "contact.source" },
	  .vi = "Nguồn" },
	{ 0 },
};

#define BOTH_ORDERS(...)                     \
	{ "order", __VA_ARGS__ },            \
	{                                    \
		"contact_order", __VA_ARGS__ \
	}
#define BOTH_DEALS(...)                     \
	{ "deal", __VA_ARGS__ },            \
	{                                   \
		"contact_deal", __VA_ARGS__ \
	}

/* clang-format off */
static const struct measure measures[] = {
	{ "orders", "Orders", "Số đơn hàng", UNIT_COUNT, HOW_DISTINCT,
	  .from = { BOTH_ORDERS(.in = { "order" }), BOTH_DEALS(.in = { "id" }) } },
	{ "revenue", "Revenue", "Doanh thu", UNIT_MONEY, HOW_SUM,
	  .from = { BOTH_ORDERS(SOLD_AMOUNT), BOTH_DEALS(.in = { "amount" }, .take = take_number) } },
	{ "cost", "Cost", "Giá vốn", UNIT_MONEY, HOW_SUM, .from = { BOTH_ORDERS(SOLD("cost")) },
	  .hidden = true },
	{ "known", "Revenue of known cost", "Doanh thu biết giá vốn", UNIT_MONEY, HOW_KNOWN,
	  .from = { BOTH_ORDERS(SOLD_KNOWN) }, .hidden = true },
	{ "margin", "Margin", "Lợi nhuận gộp", UNIT_MONEY, HOW_LESS, .sum = "known", .of = "cost" },
	{ "last", "Last", "Lần cuối", UNIT_DAY, HOW_MAX,
	  .from = { BOTH_ORDERS(.in = { "order.ordered_on" }, .take = take_instant),
		    BOTH_DEALS(.in = { "closed_at" }, .take = take_instant) } },
};
/* clang-format on */

static bool rank(struct job *j, struct kept *rows, struct answer *out, struct diag *d)
{
	return ranking_give(j, rows, report_option(j, "rank"), out, d);
}

const struct report report_customers = {
	.name = "customers",
	.title = "Customers by value",
	.title_vi = "Khách hàng theo giá trị",
	.sources = sources,
	.nsources = countof(sources),
	.by = "customer,tier",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "revenue",
	.options = options,
	.finish = rank,
	.ranked = "rank",
	.ids = true,
	.chart = { CHART_PARETO, .category = "customer" },
	.definition =
	    "Who bought, the most valuable first: by --rank revenue, margin or orders; by what\n"
	    "they are expected to bring, crm-report clv ranks them.  A sale counts for the\n"
	    "account, or for the contact where it has no account.  orders,\n"
	    "revenue and margin are those of crm-report sales: orders that are confirmed,\n"
	    "delivered or returned, on their day, less what came back; and won deals without an\n"
	    "order, on the day of the win, of which the margin is not known.  last: the day of\n"
	    "the last of them.  rank: equal figures have the same.  share: of the sum of the\n"
	    "figure over all rows of the currency and period; cumulative_share: of this row and\n"
	    "all before it.",
};
