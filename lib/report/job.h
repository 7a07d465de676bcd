/* What the files of the generator share. Private to lib/report. */
#ifndef CRM_REPORT_JOB_H
#define CRM_REPORT_JOB_H

#include "core/buf.h"
#include "core/map.h"
#include "report/report.h"
#include "store/rates.h"

/* -- range.c: when -- */

enum against { AGAINST_NOTHING, AGAINST_PREVIOUS, AGAINST_YEAR };

/* Half-open; an end that nobody gave lies beyond all data. */
struct range {
	bool has_from, has_to;
	int64_t from, to; /* instants */
};

enum { PERIOD_NONE = INT32_MAX }; /* "day" of records without a date: after all others */

struct timing {
	bool by_period;
	enum period period;
	enum against against;
	struct range range;
};

bool timing_parse(const struct report_options *o, const struct calendar *c, struct timing *t,
		  struct diag *d);

/* What the range, and the period that begins on that day, are compared with. */
struct range range_before(const struct timing *t);
int64_t period_before(const struct timing *t, int64_t start);

/* First day of the period that holds the value (an instant or a day); PERIOD_NONE: empty. */
int64_t period_of(const struct timing *t, const struct value *v);

/*
 * The condition that the first of the fields that is filled lies in the range, as the
 * query language writes it, behind `and`s; nothing where the range is open.
 */
void range_where(const struct range *r, const struct field *const *fields, size_t n,
		 struct buf *out, struct arena *a);

/* -- axis.c: by what -- */

/* One dimension: the values that were met, numbered from 0 as they came. */
struct axis {
	struct str name;      /* column */
	const char *label_vi; /* its heading in Vietnamese, of a dimension; or NULL */
	struct path path;     /* field NULL: the steps of a journey */
	size_t column;	      /* of the statement: the value, or the reference that leads to it */
	struct stmt *lookup;  /* value behind that reference, or NULL */
	struct map raw;	      /* what the column held → number + 1 */
	struct map known;     /* value → number + 1 */
	struct value *labels;
	size_t n, room;
	size_t *rank; /* place of each label in the order */
};

bool axis_parse(struct axis *x, const struct report *r, struct str name,
		const struct query_context *q, struct diag *d);

/* What stands above it in a table. */
struct str axis_heading(const struct axis *x, enum language l, struct arena *a);

/* Appends the column to read; opens what is needed to follow references. */
void axis_column(struct axis *x, struct store *s, const struct query_context *q, struct joins *j,
		 struct sql *columns);
size_t axis_number(struct axis *x, const struct value *v, struct arena *a);
size_t axis_label(struct axis *x, const struct value *label, struct arena *a);
void axis_sort(struct axis *x, const struct schema *s);
void axis_close(struct axis *x);

/* -- tally.c: how much -- */

struct sum {
	wide total;
	int64_t n;
	int64_t *list; /* of medians: each figure */
	size_t room;
};

/* Figures of the groups: a series (one value of each axis) in a period. */
struct tally {
	struct map at; /* series and period → number + 1 */
	struct group {
		size_t series;
		int64_t period;
		struct sum *sums; /* one a measure */
	} * groups;
	size_t n, room;
	const struct report *report;
	struct arena arena;
};

struct sum *tally_at(struct tally *t, size_t series, int64_t period);
const struct sum *tally_find(const struct tally *t, size_t series, int64_t period); /* or NULL */
void sum_add(struct sum *s, const struct measure *m, wide figure);
void sum_merge(struct sum *s, const struct sum *from, const struct measure *m);
/* sums: of the whole group, NULL: no record.  V_NULL: there is no such figure. */
struct value measure_value(const struct report *r, const struct measure *m, const struct sum *sums);
struct value change_share(const struct value *now, const struct value *before);
void tally_free(struct tally *t);

/* -- convert.c: one currency for all -- */

/* What was looked up: "USD 2026-11-21" → number + 1. */
struct conversion {
	struct str into; /* empty: nothing is converted */
	struct map at;
	struct known_rate {
		struct rate rate;
		bool missing;
		long records; /* that were left as they are for want of it */
		struct str why;
	} * rates;
	size_t n;
};

/* -- the job -- */

enum { AXES_MAX = 16, INPUTS_MAX = 32, TIMES_MAX = 3 };
enum { NO_AXIS = AXES_MAX };

struct job {
	const struct report *report;
	const struct report_options *options;
	const struct query_context *context;
	struct store *store;
	struct timing timing;
	struct taking taking;
	struct axis axes[AXES_MAX]; /* the steps, the dimensions, the currency */
	size_t naxes;
	size_t first, ndims;	/* the dimensions among them */
	size_t steps, currency; /* the other two; NO_AXIS: there is none */
	const struct field *times[TIMES_MAX];
	size_t ntimes;
	struct path inputs[INPUTS_MAX];
	size_t ninputs;
	struct str step_names[STEPS_MAX];
	size_t nsteps;
	struct node *given; /* -w */
	struct node *where; /* all of it */
	struct map series;  /* numbers on the axes → number + 1 */
	uint32_t *members;  /* naxes of them a series */
	size_t nseries, series_room;
	struct tally now, before;
	struct conversion conversion;
	struct arena arena;
};

/*
 * Whether an amount of that currency on that day can be converted into the report's
 * currency; how is then in *rate.
 */
bool job_rate(struct job *j, struct str currency, struct str day, struct rate *rate);
void job_warn_rates(const struct job *j); /* which rates were missed, on stderr */

/* where.c: which records */
struct node *job_where(struct job *j, const struct range *r, struct diag *d);

/* scan.c: reading them */
void job_sql(struct job *j, const struct node *where, struct sql *q);
void job_scan(struct job *j, const struct node *where, struct tally *t);

/* series.c: the groups */
size_t job_series(struct job *j, const uint32_t *numbers); /* of one value of each axis */
void job_fill(struct job *j);			   /* those that are shown though nothing was met */
size_t *job_order(struct job *j, struct arena *a); /* nseries of them */

static inline const struct value *series_label(const struct job *j, size_t series, size_t axis)
{
	return &j->axes[axis].labels[j->members[series * j->naxes + axis]];
}

#endif
