/*
 * What the reports in C share whose rows are customers, products, ways: how their answer is
 * given, what their options say, and values.
 */
#ifndef CRM_REPORT_STUDY_H
#define CRM_REPORT_STUDY_H

#include "report/job.h"

struct study_column {
	const char *name, *label, *label_vi; /* as in struct measure */
	enum column_role role;
	enum unit unit;
	key_namer *word;	   /* of a dimension that is a key, or NULL */
	const struct field *field; /* of a dimension, or NULL */
	bool number;		   /* a dimension of numbers */
	bool starts;		   /* a dimension of first days, as in struct answer_column */
	enum period period;
};

/* Of a column that is a figure: STUDY_FIGURE = UNIT_COUNT; else .role = ROLE_DIMENSION. */
#define STUDY_FIGURE .role = ROLE_FIGURE, .unit

/* One report being answered: { .job = j, .out = out, .diag = d }. */
struct study {
	struct job *job;
	struct answer *out;
	struct diag *diag;
	struct arena row; /* of the values of the row at hand */
	struct study_names {
		const struct entity *of;
		struct stmt *name;
	} names[4]; /* study_name's */
};

/*
 * What is kept from one value of --by to the next, for all of them alike: whoever sets it says
 * how it is freed in the end.
 */
struct job_kept {
	void *what; /* NULL: nothing yet */
	void (*forget)(void *what);
};

/* Begins the answer, in the language of people. */
void study_begin(struct study *s, const struct study_column *columns, size_t n);
/* Gives a row, one value a column, and forgets what is in `row`. */
void study_put(struct study *s, const struct value *values);
void study_close(struct study *s);

/* -- what was asked: false with diag where it is nothing that can be -- */

/* For diag_set: what is wrong is that option, not what the data say; without its dashes. */
struct diag *study_about(struct diag *d, const char *option);

/* One of the report's flags. */
bool study_on(const struct study *s, const char *option);

/* Whether that source is read: what is asked for may leave it alone, where it stands apart. */
bool study_reads(const struct study *s, const char *source);

/* At most one of the flags is on; --period, --by, --from are refused but where true. */
bool study_one_of(const struct study *s, const char *const *flags, size_t n);
bool study_plain(const struct study *s, bool periods, bool dimensions, bool from);

/* --currency is refused: there are no amounts. */
bool study_moneyless(const struct study *s);

/* The last day that counts: today, or the one before --to. */
int64_t study_today(const struct study *s);
/* The first day that is not over: --to, where that has come, else today. */
int64_t study_running(const struct study *s);

/* The day that an option names; *day stays as it is, and *given is false, where it names none. */
bool study_day(const struct study *s, const char *option, bool *given, int64_t *day);

/* An option that is a decimal number from low to high; *out stays as it is where it is not given.
 */
bool study_number(const struct study *s, const char *option, double low, double high, double *out);

/* An option that is a whole number (its row says how large) and has a default. */
int64_t study_whole(const struct study *s, const char *option);

/* -- values -- */

/* "account-7"; and its name, NULL where the acting user may not read it: in s->row. */
struct value study_ref(struct study *s, const struct entity *e, int64_t id);
struct value study_name(struct study *s, const struct entity *e, int64_t id);

struct value study_text(const char *text);
struct value study_of_day(struct study *s, int64_t day);
/* Rounded half away from zero to so many decimals; null where it is no number. */
struct value study_decimal(double x, int scale);
/*
 * What a line of a sale on that day came to, converted, less what of that came back; *code: the
 * report's currency, as far as a rate is known, else its own.  line: amount, returned, quantity,
 * currency.  False: nothing.
 */
bool study_sale(struct study *s, const struct value line[4], int64_t day, int64_t *minor,
		const char **code);

/* Minor units. */
struct value study_money(int64_t minor, struct str currency);
struct value study_ratio(int64_t of, int64_t to); /* four decimals; null where `to` is 0 */

/* The quantile of n > 0 sorted numbers, between neighbours; share 0 to 1. */
double study_quantile(const int32_t *sorted, size_t n, double share);
int study_by_number(const void *a, const void *b); /* int32_t, for qsort */

#endif
