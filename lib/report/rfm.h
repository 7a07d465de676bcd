/* The reports of what customers buy, for who goes by what they say. */
#ifndef CRM_REPORT_RFM_H
#define CRM_REPORT_RFM_H

#include "report/report.h"

extern const struct report report_rfm, report_clv;

/* report_rfm of however few customers: of fewer than it takes for fifths all segments are empty. */
extern const struct report rfm_of_any;

/* Whether the report rfm has a segment of that key. */
bool rfm_segment(struct str key);

#endif
