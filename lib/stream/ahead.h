/*
 * Rows of a stream that a second thread reads while those before them are looked at: for
 * programs that take all of a long stream.  Rows come, and are refused, as reader_next says.
 * So what readers do for a row uses nothing that is kept from call to call (utf8_fold).
 */
#ifndef CRM_STREAM_AHEAD_H
#define CRM_STREAM_AHEAD_H

#include "stream/reader.h"

struct ahead;

/*
 * Until ahead_close the reader may be asked for nothing that changes from row to row.  Where
 * there is one processor, or the names of the columns come with the rows, nobody reads ahead.
 */
struct ahead *ahead_open(struct reader *in);

/* The row's memory lives until the next call; swallowed and bytes: as the reader_… of the row. */
struct ahead_row {
	struct row row;
	size_t swallowed;
	uint64_t bytes;
};
enum read_result ahead_next(struct ahead *h, struct ahead_row *out, struct diag *d);

void ahead_close(struct ahead *h);

#endif
