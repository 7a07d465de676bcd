/*
 * Every number: one generator, and a report is a row.
 *
 * A report names a record type, which of its records count, the field that says
 * when, and what is measured.  The generator reads the plain rows (`select` with
 * neither group nor order, which is what SQL is fastest at without an index for
 * each question) and counts in C; --by, --period, --compare, -w and --rows are
 * its own and so the same for all.
 */
#ifndef CRM_REPORT_REPORT_H
#define CRM_REPORT_REPORT_H

#include "core/money.h"
#include "query/query.h"
#include "query/select.h"
#include "store/store.h"
#include "stream/writer.h"

enum unit {
	UNIT_COUNT,
	UNIT_MONEY,   /* minor units of the group's currency */
	UNIT_SHARE,   /* 0 to 1, four decimals; a percentage in tables */
	UNIT_PERCENT, /* one decimal */
	UNIT_NUMBER,  /* days, minutes: one decimal */
	UNIT_FLAG,
};

/* What the figures of a group's records become. */
enum how {
	HOW_SUM,
	HOW_MEAN,  /* of the records that have one */
	HOW_RATIO, /* to the sum of the measure `of`; null where that is 0 */
	HOW_MEDIAN,
	HOW_NONE, /* a flag: true where the sum is 0 */
};

/* What a measure may need besides the record. */
struct taking {
	int64_t now;	/* the instant that ages count to */
	int64_t within; /* seconds: --within */
	const struct schema *schema;
};

struct measure {
	const char *name;
	const char *label, *label_vi; /* heading in tables */
	enum unit unit;
	enum how how;
	const char *in[3]; /* paths of the record that `take` reads, or NULL */
	/* One record's figure; false: it has none.  NULL: 1, or what a journey says. */
	bool (*take)(const struct taking *t, const struct value *const in[], wide *figure);
	const char *of; /* HOW_RATIO */
	int64_t per;	/* so many of what `take` counts make one; 0: 1 */
};

struct dimension {
	const char *name;
	const char *path;     /* of the record type */
	const char *label_vi; /* heading in tables; English: the name with a capital */
};

enum { STEPS_MAX = 64, JOURNEY_INPUTS = 10 };

/* How far one record came: for each step whether, and when if that is known. */
struct step {
	bool reached, timed;
	int64_t at;
};

struct journey {
	const char *in[JOURNEY_INPUTS];
	/* The steps' names, in order; returns how many. */
	size_t (*names)(const struct schema *s, struct str names[STEPS_MAX]);
	/* What people call a step. */
	struct str (*label)(const struct schema *s, struct str name, enum language l);
	/* A statement that `walk` runs for each record (parameter $1: its id), or NULL. */
	void (*more)(struct sql *q);
	void (*walk)(const struct taking *t, const struct value *const in[], struct stmt *more,
		     const struct str *names, size_t n, struct step *steps);
};

enum deals { DEALS_ANY, DEALS_OPEN, DEALS_WON };

struct report {
	const char *name;
	const char *part; /* of a report over several record types; NULL: it is whole */
	const char *title, *title_vi;
	const char *entity;
	enum deals deals;    /* by the kind of their stage */
	const char *where;   /* further condition on the records, or NULL */
	const char *time[3]; /* field that says when; the next one where it is empty */
	const char *by;	     /* dimensions unless --by says otherwise; or NULL */
	const struct dimension *dimensions; /* end with a row without name */
	const struct measure *measures;
	size_t nmeasures;
	const char *main;  /* measure that --compare compares, or NULL */
	const char *every; /* path of a dimension that shows all its values, 0 too; or NULL */
	const struct journey *journey; /* or NULL */
	const char *definition;	       /* what --explain says */
};

extern const struct report report_pipeline, report_sales, report_leads, report_activities,
    report_funnel_leads, report_funnel_deals;

/* All of them; the parts of one report stand together. */
extern const struct report *const reports[];
extern const size_t nreports;

/* As the command line has it; NULL: not given. */
struct report_options {
	const char *by, *period, *compare, *from, *to, *where;
	const char *currency; /* to convert amounts into, by the rate of their day */
	int64_t now;	      /* what "today" counts from, and ages to */
	int64_t within;	      /* days */
};

struct job;

/*
 * Checks what is asked; NULL with diag.  q is of the report's record type; it and o
 * must outlive the job.
 */
struct job *report_open(struct store *s, const struct report *r, const struct report_options *o,
			const struct query_context *q, struct diag *d);
void report_close(struct job *j);

/* The columns of the answer: the same for all parts of a report. */
struct column *report_columns(const struct job *j, size_t *n, struct arena *a);

/*
 * Reads the records and writes the rows, with lines of totals where people read them.
 * The caller has begun to read, so that all parts of a report see one state.
 */
void report_rows(struct job *j, struct writer *w);

/* The records behind the figures. */
const struct node *report_where(const struct job *j);

/* Title, as of when, zone, period and filter: what stands above a table. */
void report_heading(const struct job *j, enum language l, struct buf *out);

/* The definition, the SQL with its parameters, and the query plan: in English, as manuals are. */
void report_explain(struct job *j, struct buf *out);

#endif
