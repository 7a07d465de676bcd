/* Where the header of a CSV or TSV stream stands, and what separates its cells.  Private. */
#ifndef CRM_STREAM_HEADER_H
#define CRM_STREAM_HEADER_H

#include "stream/reader_impl.h"

/* The first line that says something; it tells how lines end. */
struct str header_first(struct reader *r);

/*
 * Goes to the header's line: behind blank lines, Excel's "sep=;", and what stands above the
 * table, as r->options say; settles r->options.delimiter where it is 0.  The header's
 * record, which stays in the window.
 */
struct str header_find(struct reader *r);

#endif
