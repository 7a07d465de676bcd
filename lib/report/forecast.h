/* What forecasts said at the time, against what came. Private to lib/report. */
#ifndef CRM_REPORT_FORECAST_H
#define CRM_REPORT_FORECAST_H

#include "report/report.h"

/* A report in C: reads the source "deal".  Columns: period, forecast … error_pct. */
bool forecast_backtest(struct job *j, struct answer *out, struct diag *d);

#endif
