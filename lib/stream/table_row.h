/* Rows of people's tables: too short, too long, or no row but a closing line.  Private. */
#ifndef CRM_STREAM_TABLE_ROW_H
#define CRM_STREAM_TABLE_ROW_H

#include "core/diag.h"
#include "stream/cell.h"

/*
 * The n cells that belong to so many columns: those that the row has not are CELL_ABSENT,
 * empty ones that are too many are dropped.  NULL with diag where the row is refused: one
 * of these is filled, it has a single cell of several, or it closes a report.
 */
const struct cell *table_row(size_t columns, const struct cell *cells, size_t n, struct arena *a,
			     struct diag *d);

#endif
