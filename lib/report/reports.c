/* The reports there are. */
#include "report/report.h"

const struct report *const reports[] = {
	&report_pipeline, &report_leads,      &report_funnel_leads, &report_funnel_deals,
	&report_sales,	  &report_activities, &report_clv,	    &report_rfm,
	&report_cohorts,  &report_repeat,     &report_products,	    &report_journey,
};
const size_t nreports = countof(reports);
