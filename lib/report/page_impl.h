/* What the files of a page share. Private to lib/report. */
#ifndef CRM_REPORT_PAGE_IMPL_H
#define CRM_REPORT_PAGE_IMPL_H

#include "report/page.h"

extern const char page_style[], page_script[];

/* -- page_table.c -- */

/* The table, which scrolls within itself, and a link to it as a CSV file. */
void page_put_table(enum language l, const struct page_panel *panel, struct buf *out);

#endif
