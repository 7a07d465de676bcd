/* What the two files of the sequels share: the rows that are read. */
#ifndef CRM_REPORT_SEQUEL_IMPL_H
#define CRM_REPORT_SEQUEL_IMPL_H

#include "report/sequel.h"

/* Columns of every statement's rows: whom it was with (SEQUEL_REFS ids, or null), and when. */
enum { SEQUEL_AT = SEQUEL_REFS };

/* What the row of the i-th statement is: kinds of sequels, or'ed; 0: none. */
unsigned sequel_touch(struct stmt *row, unsigned kinds, const struct sequel_reach *r, size_t i);
enum talk sequel_talk(struct stmt *row); /* of SEQUEL_TALK */

#endif
