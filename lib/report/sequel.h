/*
 * What came after a touch, and before it, with the same customer: the lead, account or contact
 * that both are about.  Learned in one pass, for reports that ask it of every record.
 */
#ifndef CRM_REPORT_SEQUEL_H
#define CRM_REPORT_SEQUEL_H

#include "store/store.h"

enum sequel_kind {
	SEQUEL_CALL,	/* a call of ours that was made (done_at) */
	SEQUEL_ANSWER,	/* a touch of ours of any kind */
	SEQUEL_INWARD,	/* a message of theirs: e-mail, chat, SMS, letter */
	SEQUEL_SUCCESS, /* a meeting or visit that took place, or a deal that was opened */
	SEQUEL_KINDS,
};

struct sequel;

/*
 * The i-th statement that learning these kinds (1u << kind, or'ed) runs, of what happened since
 * `from` (INT64_MIN: ever); false: there is no i-th.
 */
bool sequel_sql(struct sql *q, unsigned kinds, int64_t from, size_t i);

/* Freed by sequel_free. */
struct sequel *sequel_learn(struct store *s, unsigned kinds, int64_t from);
void sequel_free(struct sequel *s);

/*
 * The first of that kind at or after the instant; or the last before it.  who: lead, account,
 * contact (V_INT, or none).  False: there is none.
 */
bool sequel_next(const struct sequel *s, enum sequel_kind kind, const struct value *const who[3],
		 int64_t from, int64_t *at);
bool sequel_last(const struct sequel *s, enum sequel_kind kind, const struct value *const who[3],
		 int64_t before, int64_t *at);

#endif
