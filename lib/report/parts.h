/* A report as it is asked for by name: its parts, all of them or one. */
#ifndef CRM_REPORT_PARTS_H
#define CRM_REPORT_PARTS_H

#include "report/report.h"

struct parts {
	const struct report *report; /* the first of them */
	struct report_options options;
	struct job *jobs[SOURCES_MAX];
	size_t n;
};

/* The first row of the report of that name; NULL: none. */
const struct report *report_named(const char *name);

/*
 * Opens the parts that the question fits: a dimension or a filter that only one of its record
 * types knows leaves that part alone.  part: the one that is asked for, or the one source; NULL:
 * all.  p stays where it is; q outlives it.  False with diag: nothing of it can answer.
 */
bool parts_open(struct parts *p, struct store *s, const struct report *first, const char *part,
		const struct report_options *o, const struct query_context *q, struct diag *d);

/* Gives the answer of each; false with diag: a report in C cannot answer. */
bool parts_run(const struct parts *p, struct answer *out, struct diag *d);
void parts_close(struct parts *p);

#endif
