/* The reports of what customers buy, for who goes by what they say. */
#ifndef CRM_REPORT_RFM_H
#define CRM_REPORT_RFM_H

#include "report/report.h"

extern const struct report report_rfm, report_clv;

/* Whether the report rfm has a segment of that key. */
bool rfm_segment(struct str key);

#endif
