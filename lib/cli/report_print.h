/* Printing what a report answers: as -o, -s and -l say, below a heading where people read. */
#ifndef CRM_CLI_REPORT_PRINT_H
#define CRM_CLI_REPORT_PRINT_H

#include "cli/command.h"
#include "core/buf.h"
#include "report/report.h"

/* Options that several verbs take: rows of their tables. */
/* clang-format off */
#define REPORT_BY \
	{ "by", 0, OPTION_TEXT, "LIST", \
	  "dimensions to group by: names, or paths such as account.city", NULL }
#define REPORT_PERIOD \
	{ "period", 0, OPTION_TEXT, "PERIOD", "a row for each day, week, month, quarter or year", \
	  "day week month quarter year" }
#define REPORT_FROM { "from", 0, OPTION_TEXT, "DATE", "from that day on", NULL }
#define REPORT_TO { "to", 0, OPTION_TEXT, "DATE", "up to that day, not including it", NULL }
#define REPORT_CURRENCY \
	{ "currency", 0, OPTION_TEXT, "CODE", "amounts in it, by the rate of each day", NULL }
#define REPORT_LIMIT \
	{ "limit", 'l', OPTION_INT, "N", "the first N rows of each part; by an amount, of each currency; of ranks, of each period", NULL }
#define REPORT_EXPLAIN \
	{ "explain", 0, OPTION_FLAG, NULL, "print the definition and the SQL, not the figures", NULL }
/* clang-format on */

/* The row for -o of what there is a picture of. */
#define REPORT_OUTPUT                                                                        \
	{                                                                                    \
		"output", 'o', OPTION_TEXT, "FORMAT",                                        \
		    "table, csv, tsv, json, jsonl, refs, vcf, html, svg, chart or vegalite", \
		    "table csv tsv json jsonl refs vcf html svg chart vegalite"              \
	}

struct report_print {
	const char *sort;	     /* unless -s says otherwise; or NULL */
	const struct report *report; /* whose picture it is */
	const char *period;	     /* that it goes by, or NULL */
	/* Gives the whole answer; false with diag. */
	bool (*give)(void *ctx, struct answer *out, struct diag *d);
	/* What stands above a table; in the arena. */
	struct report_facts (*facts)(void *ctx, enum language l, struct arena *a);
	void *ctx;
	/* The program's where give is, and its diag names no source, such as an option. */
	enum status refused;
};

/* The whole answer, sorted and cut as asked; the caller frees it. */
struct kept report_kept(struct crm *crm, const struct report_print *what, bool totals);

/* Ends the program where the answer is refused, or -s names no column. */
void report_print(struct crm *crm, const struct report_print *what);

#endif
