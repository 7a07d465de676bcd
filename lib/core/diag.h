/*
 * What was wrong with one record, and where: "leads.csv:17: email: "foo" is not
 * an e-mail address".  Messages are lower case, without full stop, the wrong
 * value quoted by quoted().
 */
#ifndef CRM_CORE_DIAG_H
#define CRM_CORE_DIAG_H

#include "core/arena.h"
#include "core/base.h"

struct diag {
	struct str source;  /* "leads.csv", "<stdin>", "-w"; empty: none */
	long line;	    /* physical line on which the record starts; 0: none */
	long column;	    /* byte column from 1; 0: none */
	const char *field;  /* NULL: the record as a whole */
	struct str message; /* empty: nothing was wrong */
	struct arena arena; /* owns message and field */
};

/* Fills in field and message and returns false, so `return diag_set(...)` reads well. */
bool diag_set(struct diag *d, const char *field, const char *fmt, ...) printf_like(3, 4);

/* What was wrong is wrong with another record than the source: field due_on becomes order.due_on.
 */
bool diag_within(struct diag *d, const char *other); /* false */

/* Forgets the message and the field, keeps source, line and column. */
void diag_clear(struct diag *d);

void diag_free(struct diag *d);

/* "source:line:column: field: message", for a person. */
struct str diag_text(const struct diag *d, struct arena *a);

/*
 * A warning about something that is taken all the same, printed at once with d's
 * source and line.  After DIAG_WARNINGS of them the rest are only counted, and
 * diag_warnings_end says how many.
 */
enum { DIAG_WARNINGS = 20 };
void diag_warn(const struct diag *d, const char *field, const char *fmt, ...) printf_like(3, 4);
void diag_warnings_end(void);

/* How diag_report prints; set once by --errors. */
enum diag_style { DIAG_TEXT, DIAG_JSONL };
extern enum diag_style diag_style;

/* Prints it on stderr as diag_style says. */
void diag_report(const struct diag *d);

#endif
