#include "report/report.h"

/* Every report, in the order in which `list` names them: each is a report_NAME. */
#define REPORTS(X)      \
	X(pipeline)     \
	X(leads)        \
	X(funnel_leads) \
	X(funnel_deals) \
	X(sales)        \
	X(winloss)      \
	X(forecast)     \
	X(velocity)     \
	X(receivables)  \
	X(customers)    \
	X(clv)          \
	X(rfm)          \
	X(cohorts)      \
	X(repeat)       \
	X(products)     \
	X(journey)      \
	X(campaigns)    \
	X(activities)

#define DECLARE(name) extern const struct report report_##name;
REPORTS(DECLARE)

#define POINT(name) &report_##name,
const struct report *const reports[] = { REPORTS(POINT) };
const size_t nreports = countof(reports);
