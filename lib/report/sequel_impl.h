/* What the two files of the sequels share: the rows that are read. */
#ifndef CRM_REPORT_SEQUEL_IMPL_H
#define CRM_REPORT_SEQUEL_IMPL_H

#include "report/sequel.h"

/* Columns of every statement's rows: whom it was with (SEQUEL_REFS ids, or null), and when. */
enum { SEQUEL_AT = SEQUEL_REFS };

/* Those of the kinds that are read together with this one, itself among them. */
unsigned sequel_together(unsigned kinds, enum sequel_kind kind);

/* What a row of these, read together, is: kinds of sequels, or'ed; 0: none. */
unsigned sequel_touch(struct stmt *row, unsigned together);
enum talk sequel_talk(struct stmt *row); /* of SEQUEL_TALK */

#endif
