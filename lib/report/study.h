/*
 * Reports that no relation can say: CLV, RFM, cohorts, reorders, affinity, journeys.
 *
 * A study reads plain rows once, counts in C, and hands over rows of typed values, one after
 * the other; whoever asked prints them in any format.
 */
#ifndef CRM_REPORT_STUDY_H
#define CRM_REPORT_STUDY_H

#include "core/buf.h"
#include "report/purchases.h"
#include "stream/cell.h"

/* How a value is printed; machines get exact decimals, keys and references as they are. */
enum figure {
	FIGURE_TEXT,
	FIGURE_KEY,    /* people read its word in column.words */
	FIGURE_LIST,   /* texts joined with ';' */
	FIGURE_STEPS,  /* touchpoints, likewise; people read their words */
	FIGURE_NUMBER, /* value.scale decimals */
	FIGURE_SHARE,  /* 0 to 1; a percentage in tables */
	FIGURE_FLAG,
	FIGURE_BY, /* as the field of study_run.by */
};

struct study_column {
	const char *name;
	const char *label, *label_vi; /* heading in tables */
	enum figure figure;
	const struct picklist *words;
};

/* As the command line has it; NULL: not given. */
struct study_options {
	const char *where;
	const char *from, *to; /* half-open */
	enum basis basis;
	int64_t now;  /* the instant of "today" */
	int64_t most; /* rows; < 0: all */
	/* clv */
	const char *unit, *calibrate_to, *horizon, *discount, *margin;
	const char *period; /* cohorts */
	int64_t months;	    /* rfm */
	/* repeat */
	int64_t least;	  /* purchases that tell an interval */
	const char *only; /* state */
	/* products */
	const char *by, *support;
	int64_t top;
	bool per_customer;
	/* journey */
	int64_t steps;
};

struct study;

struct study_run {
	const struct study *study;
	struct store *store;
	const struct study_options *options;
	/* of the record types that study->reads names, in that order; NULL: none */
	const struct query_context *contexts[2];
	void (*row)(struct study_run *r, const struct value *values); /* study_put calls it */
	void *out;						      /* for whoever set `row` */
	int64_t rows;						      /* so far */
	struct path by;						      /* of FIGURE_BY */
	struct {
		const struct entity *of;
		struct stmt *name;
	} names[4];	      /* study_name's */
	struct arena arena;   /* of the run */
	struct arena scratch; /* of the row at hand */
};

struct study {
	const char *name;
	const char *part; /* the option that asks for it, among studies of one name; or NULL */
	const char *title, *title_vi;
	const char *reads[2]; /* record types that -w is about, and --rows prints */
	const struct study_column *columns;
	size_t ncolumns;
	bool single; /* one row always: JSON is an object */
	/* Reads and hands over the rows; the caller has begun to read.  False with diag. */
	bool (*run)(struct study_run *r, struct diag *d);
	/* The statements that it runs, for --explain; empty: not that one.  False with diag. */
	bool (*sql)(struct study_run *r, struct sql *first, struct sql *second, struct diag *d);
	/* The records behind it, of reads[0] and reads[1].  False with diag. */
	bool (*behind)(struct study_run *r, int64_t *ids[2], size_t n[2], struct diag *d);
	const char *definition;
};

extern const struct study study_clv, study_clv_fit, study_clv_holdout, study_rfm, study_rfm_summary,
    study_cohorts, study_repeat, study_repeat_customers, study_products, study_together,
    study_favourites, study_journey;
extern const struct study *const studies[]; /* those of one name stand together */
extern const size_t nstudies;

/* The definition, the statements with their parameters and plans.  False with diag. */
bool study_explain(struct study_run *r, struct buf *out, struct diag *d);
void study_close(struct study_run *r);

/* The value as column i prints it, in the codec's arena. */
struct cell study_cell(const struct study_run *r, size_t i, const struct value *v,
		       const struct codec *codec);

/* -- what studies share -- */

/* Hands over a row, one value a column, and resets the scratch arena; false: that will do. */
bool study_put(struct study_run *r, const struct value *values);

#define PURCHASE_DEFINITION                                                                        \
	"A purchase is a day on which a\n"                                                         \
	"customer (account, else contact) bought: orders from confirmed on, unless cancelled or\n" \
	"returned, on ordered_on, less what came back, without tax and carriage; and won deals\n"  \
	"that no order is linked to, on the day they were closed (--basis auto, deals, orders)."

/* For diag_set: what is wrong is that option, and not what the data say. */
struct diag *study_about(struct diag *d, const char *option);

/* The day the report is of: the last that counts.  False with diag: --to is no day. */
bool study_today(const struct study_run *r, int64_t *day, struct diag *d);

/* The day that an option names; *given false where it was not. */
bool study_day(const struct study_run *r, const char *option, const char *text, bool *given,
	       int64_t *day, struct diag *d);

/* An option that is a decimal number from low to high, or what it is where not given. */
bool study_number(const char *option, const char *text, double low, double high, double *out,
		  struct diag *d);

/* -w, in one of the contexts; *out NULL where it was not given. */
bool study_where(const struct study_run *r, size_t context, struct node **out, struct diag *d);

/* The purchase log that --basis, -w and --to ask for; with any_currency see purchases.h. */
bool study_purchases(struct study_run *r, bool any_currency, struct purchase_log *log,
		     struct diag *d);
/* Its only currency, for what cannot be said of several; NULL with diag: several, or none. */
const struct purchases *study_one_currency(const struct purchase_log *log, struct diag *d);

bool study_purchases_sql(struct study_run *r, struct sql *orders, struct sql *deals,
			 struct diag *d);
bool study_purchases_behind(struct study_run *r, int64_t *ids[2], size_t n[2], struct diag *d);

/* "account-7" and the name, in the scratch arena; null where it may not be read. */
struct value study_ref(struct study_run *r, const struct customer *c);
struct value study_name(struct study_run *r, const struct customer *c);

struct value study_text(const char *s);
struct value study_of_day(struct study_run *r, int64_t day);
/* Rounded half away from zero to so many decimals; null where it is no number. */
struct value study_decimal(double x, int scale);
/* Minor units, printed in major ones. */
struct value study_money(int64_t minor, struct str currency);
struct value study_ratio(int64_t of, int64_t to, int scale); /* null where `to` is 0 */

/* The quantile of n > 0 sorted numbers, between neighbours; share 0 to 1. */
double study_quantile(const int32_t *sorted, size_t n, double share);
int study_by_number(const void *a, const void *b); /* int32_t, for qsort */

#endif
