/* Printing what a report answers: as -o, -s and -l say, below a heading where people read. */
#ifndef CRM_CLI_REPORT_PRINT_H
#define CRM_CLI_REPORT_PRINT_H

#include "cli/command.h"
#include "core/buf.h"
#include "report/answer.h"

struct report_print {
	const char *sort; /* unless -s says otherwise; or NULL */
	/* Gives the whole answer; false with diag. */
	bool (*give)(void *ctx, struct answer *out, struct diag *d);
	/* What stands above a table. */
	void (*heading)(void *ctx, enum language l, struct buf *out);
	void *ctx;
	/* The program's where give is, and its diag names no source, such as an option. */
	enum status refused;
};

/* Ends the program where the answer is refused, or -s names no column. */
void report_print(struct crm *crm, const struct report_print *what);

#endif
