/* profit: what is left of what was sold, after all that is known to have been spent on it. */
#include "report/campaign_cost.h"
#include "report/sold.h"

#define OF_CAMPAIGN "campaign.cost is not null and "
#define SOLD_ORDERS "status in (confirmed, delivered, returned) and "

static const struct source sources[] = {
	SOLD_SOURCES,
	/* what campaigns cost, sale by sale */
	{ "order_cost", "order", .where = OF_CAMPAIGN SOLD_ORDERS "account is not null",
	  .time = { "ordered_on" }, .currency = "campaign.currency", .apart = true },
	{ "deal_cost", "deal", DEALS_WON, .where = OF_CAMPAIGN "account is not null",
	  .time = { "closed_at" }, .currency = "campaign.currency", .unless = SOLD_ELSEWHERE,
	  .apart = true },
	{ "contact_order_cost", "order", .where = OF_CAMPAIGN SOLD_ORDERS "account is null",
	  .time = { "ordered_on" }, .currency = "campaign.currency", .apart = true },
	{ "contact_deal_cost", "deal", DEALS_WON, .where = OF_CAMPAIGN "account is null",
	  .time = { "closed_at" }, .currency = "campaign.currency", .unless = SOLD_ELSEWHERE,
	  .apart = true },
};

/* clang-format off */
static const struct dimension dimensions[] = {
	{ "customer", { "order.account", "account", "order.contact", "contact",
			"account", "account", "contact", "contact" }, .vi = "Khách hàng", .show = "name" },
	{ "tier", { "order.account.tier", "account.tier", "", "",
		    "account.tier", "account.tier", "", "" }, .vi = "Hạng" },
	{ "industry", { "order.account.industry", "account.industry", "", "",
			"account.industry", "account.industry", "", "" }, .vi = "Ngành nghề" },
	{ "product", { "product", "", "product", "" }, .vi = "Sản phẩm", .show = "name" },
	{ "category", { "product.category", "", "product.category", "" }, .vi = "Nhóm hàng" },
	{ "owner", { "order.owner", "won_by", "order.owner", "won_by",
		     "owner", "won_by", "owner", "won_by" }, .vi = "Người phụ trách" },
	{ "team", { "order.owner.team", "won_by.team", "order.owner.team", "won_by.team",
		    "owner.team", "won_by.team", "owner.team", "won_by.team" }, .vi = "Nhóm" },
	{ "source", { "order.source", "source", "order.source", "source",
		      "source", "source", "source", "source" }, .vi = "Nguồn" },
	{ "campaign", { "order.campaign", "campaign", "order.campaign", "campaign",
			"campaign", "campaign", "campaign", "campaign" },
	  .vi = "Chiến dịch", .show = "name" },
	{ 0 },
};
/* clang-format on */

static const void *learn(struct store *s, struct arena *a)
{
	return campaign_sales_learn(s, a);
}

/* in: campaign, campaign.cost; in millionths */
static bool take_campaign_cost(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t sales = in[0]->kind == V_INT ? campaign_sales_of(t->learned, in[0]->i) : 0;
	if (in[1]->kind != V_INT || !sales)
		return false;
	*figure = (wide)in[1]->i * NUMBER_ONE / sales;
	return true;
}

/* clang-format off */
#define LINES(...) { "order", __VA_ARGS__ }, { "contact_order", __VA_ARGS__ }
#define DEALS(...) { "deal", __VA_ARGS__ }, { "contact_deal", __VA_ARGS__ }
#define COST(source) { source, .in = { "campaign", "campaign.cost" }, .take = take_campaign_cost }

static const struct measure measures[] = {
	{ "discount", "Discount", "Chiết khấu", UNIT_MONEY, HOW_SUM,
	  .from = { LINES(SOLD("discount_amount")) } },
	{ "revenue", "Revenue", "Doanh thu", UNIT_MONEY, HOW_SUM,
	  .from = { LINES(SOLD_AMOUNT), DEALS(.in = { "amount" }, .take = take_number) } },
	{ "cost", "Cost of goods", "Giá vốn", UNIT_MONEY, HOW_KNOWN, .from = { LINES(SOLD("cost")) } },
	{ "known", "Revenue of known cost", "Doanh thu biết giá vốn", UNIT_MONEY, HOW_KNOWN,
	  .from = { LINES(SOLD_KNOWN) }, .hidden = true },
	{ "campaign_cost", "Campaigns", "Chi phí chiến dịch", UNIT_MONEY, HOW_SUM,
	  .from = { COST("order_cost"), COST("deal_cost"), COST("contact_order_cost"),
		    COST("contact_deal_cost") }, .per = NUMBER_ONE },
	{ "margin", "Margin", "Lợi nhuận gộp", UNIT_MONEY, HOW_LESS, .sum = "known", .of = "cost" },
	{ "profit", "Profit", "Lợi nhuận", UNIT_MONEY, HOW_LESS, .sum = "margin", .of = "campaign_cost" },
	{ "profit_rate", "Profit rate", "Lợi nhuận trên doanh thu", UNIT_SHARE, HOW_RATIO, .sum = "profit",
	  .of = "known" },
	{ "cost_known", "Cost known", "Biết giá vốn", UNIT_SHARE, HOW_RATIO, .of = "revenue",
	  .from = { LINES(SOLD_KNOWN) } },
};
/* clang-format on */

const struct report report_profit = {
	.name = "profit",
	.title = "Profit",
	.title_vi = "Lợi nhuận",
	.sources = sources,
	.nsources = countof(sources),
	.by = "customer",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "profit",
	.sort = "-profit",
	.learn = learn,
	.besides = campaign_sales_besides,
	.ids = true,
	.chart = { CHART_BAR, .values = "profit" },
	.definition =
	    "What was sold, as crm-report sales counts it, for the account, or for the contact\n"
	    "where there is none.  revenue: without tax, less discount and what came back;\n"
	    "discount: what was taken off, which revenue has not.  cost: of the goods, from the\n"
	    "lines that know theirs, less what came back.  margin: the revenue of those lines "
	    "less\n"
	    "their cost.  campaign_cost: what campaigns cost, in equal parts over all the sales\n"
	    "that name them (orders, and won deals without one), on the day of the sale and in "
	    "the\n"
	    "campaign's currency; campaigns that brought no sale are in nobody's, and by product\n"
	    "or category it cannot be told and is left out.  profit: margin − campaign_cost, "
	    "empty\n"
	    "where no cost of goods is known; profit_rate: of the revenue whose cost is known;\n"
	    "cost_known: the share of the revenue that is.  Won deals without an order have no\n"
	    "cost of goods.  What it costs to serve a customer is not in the data, and not in it.",
};
