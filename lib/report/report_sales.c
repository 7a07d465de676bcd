/* sales: what was won, by the day on which it was closed. */
#include "report/take.h"

static const struct dimension dimensions[] = {
	{ "owner", "won_by" }, /* at the win, whoever has the deal now */
	{ "team", "won_by.team" },
	{ "pipeline", "pipeline" },
	{ "source", "source" },
	{ "campaign", "campaign" },
	{ "type", "type" },
	{ "account", "account.name" },
	{ "industry", "account.industry" },
	{ 0 },
};

static const struct measure measures[] = {
	{ "count", "won", UNIT_COUNT, HOW_SUM, .take = NULL },
	{ "revenue", "revenue", UNIT_MONEY, HOW_SUM, { "amount" }, .take = take_number },
	{ "average",
	  "average",
	  UNIT_MONEY,
	  HOW_RATIO,
	  { "amount" },
	  .take = take_number,
	  .of = "count" },
};

const struct report report_sales = {
	.name = "sales",
	.title = "Sales: won deals",
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
