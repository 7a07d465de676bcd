/* The history as rows: change sets, and changes of records field by field. */
#ifndef CRM_CLI_LOG_ROWS_H
#define CRM_CLI_LOG_ROWS_H

#include "cli/command.h"
#include "store/log.h"

struct log_rows {
	struct crm *crm;
	struct writer *writer;
	enum format format;
	bool changes; /* what is printed: changes of records, or change sets */
	int64_t left; /* of them still to be printed; < 0: no limit */
};

/* Rows go to `out` (often stdout) in `format`. */
void log_rows_open(struct log_rows *r, struct crm *crm, FILE *out, enum format format, bool changes,
		   int64_t limit);

/* Prints what the filter selects; how many change sets or changes there were. */
long log_rows_print(struct log_rows *r, const struct log_filter *f);

void log_rows_close(struct log_rows *r);

/* What one change set did to each record, a row a record: for the programs that write. */
void log_print_records(struct crm *crm, struct writer *w, int64_t set);
struct writer *log_records_writer(struct crm *crm, FILE *out);

#endif
