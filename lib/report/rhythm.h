/*
 * When customers will buy again, by their own rhythm: the median of the days between one of
 * their purchases and the next, in all currencies.
 *
 * due: the day that lies the median, rounded half up, behind the last purchase, of those who
 * bought often enough to tell.  lapsed: the last purchase is longer ago than nine of ten
 * intervals of all customers took, and than twice the customer's own median.
 */
#ifndef CRM_REPORT_RHYTHM_H
#define CRM_REPORT_RHYTHM_H

#include "report/purchases.h"

enum rhythm_state { RHYTHM_ONCE, RHYTHM_ACTIVE, RHYTHM_DUE, RHYTHM_LAPSED };

struct rhythms {
	struct purchase_log log;
	const struct purchases *purchases; /* of all currencies; NULL: there are none */
	int64_t today;
	int64_t least; /* purchases that tell a rhythm, 2 or more */
	int32_t *days; /* between purchases, of all customers, sorted */
	size_t n;
	double median, p90; /* of them; 0 where there are none */
};

struct rhythm {
	int64_t ago;   /* days since the last purchase */
	bool known;    /* bought often enough to tell */
	double median; /* own, days, where it is known */
	int64_t due;   /* day, likewise */
	enum rhythm_state state;
};

/* As of the study's last day (study_today).  False with diag; rhythms_close either way. */
bool rhythms_open(struct study *s, int64_t least, struct rhythms *out);

/*
 * The same for programs that are no report: what the acting user may read up to the instant
 * `now`.  q as report_open has it.
 */
bool rhythms_read(struct store *s, const struct query_context *q, int64_t now, int64_t least,
		  struct rhythms *out, struct diag *d);
void rhythms_close(struct rhythms *r);

/* who: of r->purchases. */
struct rhythm rhythm_of(const struct rhythms *r, const struct customer *who);

#endif
