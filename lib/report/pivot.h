/*
 * Pivots: any fields and dotted paths of a record type counted against each other.
 *
 * A pivot is a report made on the spot: its dimensions are paths, its measures functions of
 * them (count, sum(amount), median(account.employees)), and the generator answers it.  Where
 * there is a dimension across, its values become columns.
 */
#ifndef CRM_REPORT_PIVOT_H
#define CRM_REPORT_PIVOT_H

#include "report/report.h"

struct pivot {
	struct report report; /* what the generator answers */
	struct report_options options;
	struct source source;
	struct measure *measures;
	const char *across; /* path whose values are columns, or NULL */
};

struct pivot_asked {
	const struct entity *entity;
	const char *rows;	       /* paths, separated by commas; or NULL */
	const char *across;	       /* one path, or NULL */
	const char *measures;	       /* separated by commas; NULL: count */
	const char *time;	       /* path that says when; NULL: created_at */
	struct report_options options; /* the others; by and own are not looked at */
};

/*
 * Checks what is asked and makes the report of it, in the arena.  False with diag: a function
 * or field that is none, or one that does not go with the other.
 */
bool pivot_make(struct pivot *p, const struct pivot_asked *asked, const struct query_context *q,
		struct arena *a, struct diag *d);

/* Gives the answer of the job that report_open made of p->report and p->options. */
bool pivot_run(const struct pivot *p, struct job *j, struct answer *out, struct diag *d);

#endif
