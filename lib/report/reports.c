/* The reports there are. */
#include "report/report.h"

const struct report *const reports[] = {
	&report_pipeline,    &report_leads,	&report_funnel_leads, &report_funnel_deals,
	&report_sales,	     &report_winloss,	&report_forecast,     &report_velocity,
	&report_receivables, &report_customers, &report_activities,
};
const size_t nreports = countof(reports);
