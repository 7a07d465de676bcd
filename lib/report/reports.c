#include "report/report.h"

/* Every report, in the order in which `list` names them: each is a report_NAME. */
/* clang-format off */
#define REPORTS(X) \
	X(pipeline) \
	X(leads) \
	X(funnel_leads) \
	X(funnel_deals) \
	X(sales) \
	X(winloss) \
	X(forecast) \
	X(velocity) \
	X(receivables) \
	X(customers) \
	X(profit) \
	X(board_revenue) \
	X(board_margin) \
	X(board_won_deals) \
	X(board_new_deals) \
	X(board_leads) \
	X(board_converted_leads) \
	X(board_new_customers) \
	X(board_orders) \
	X(board_calls) \
	X(board_meetings) \
	X(board_activities) \
	X(clv) \
	X(rfm) \
	X(cohorts) \
	X(repeat) \
	X(products) \
	X(journey) \
	X(tickets) \
	X(sla) \
	X(calls) \
	X(responses) \
	X(workload) \
	X(contact_leads) \
	X(contact_accounts) \
	X(frequency) \
	X(care) \
	X(adoption) \
	X(quality) \
	X(touchpoints) \
	X(campaigns) \
	X(surveys) \
	X(coverage) \
	X(segments) \
	X(activities)
/* clang-format on */

#define DECLARE(name) extern const struct report report_##name;
REPORTS(DECLARE)

#define POINT(name) &report_##name,
const struct report *const reports[] = { REPORTS(POINT) };
const size_t nreports = countof(reports);
