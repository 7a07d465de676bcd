/* Spreadsheet formulas that keep a text as it is, in CSV.  Private to lib/stream. */
#ifndef CRM_STREAM_CSV_FORMULA_H
#define CRM_STREAM_CSV_FORMULA_H

#include "core/buf.h"

/*
 * Programs that want 0912 to stay text in Excel write ="0912" without quoting the cell,
 * which is no CSV.  Puts the line into `out` with such cells quoted, "=""0912"""; false,
 * and nothing put, where it has none.
 */
bool csv_quote_formulas(struct str line, char delimiter, struct buf *out);

#endif
