/* Spreadsheet formulas in CSV.  Private to lib/stream. */
#ifndef CRM_STREAM_CSV_FORMULA_H
#define CRM_STREAM_CSV_FORMULA_H

#include "core/buf.h"

/*
 * Programs that want 0912 to stay text in Excel write ="0912" without quoting the cell,
 * which is no CSV.  Puts the line into `out` with such cells quoted, "=""0912"""; false,
 * and nothing put, where it has none.
 */
bool csv_quote_formulas(struct str line, char delimiter, struct buf *out);

/*
 * Whether a spreadsheet would run the text as a formula.  An apostrophe before it, which
 * keeps it from that, may be the text's own: behind it the same question is asked, so
 * that the guard can be told from the text.
 */
bool csv_is_formula(struct str s);

#endif
