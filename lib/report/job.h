/* What the files of the generator share. Private to lib/report. */
#ifndef CRM_REPORT_JOB_H
#define CRM_REPORT_JOB_H

#include "core/buf.h"
#include "core/map.h"
#include "report/report.h"
#include "report/sequel.h"
#include "store/rates.h"

/* -- range.c: when -- */

enum against { AGAINST_NOTHING, AGAINST_PREVIOUS, AGAINST_YEAR };

/* Half-open; an end that nobody gave lies beyond all data. */
struct range {
	bool has_from, has_to;
	int64_t from, to; /* instants */
};

/* "Days": of records without a date, after all others; and what no record is of. */
enum { PERIOD_NONE = INT32_MAX, PERIOD_NEVER = INT32_MIN };

struct timing {
	bool by_period;
	enum period period;
	enum against against;
	struct range range;
};

bool timing_parse(const struct report *r, const struct report_options *o, const struct calendar *c,
		  struct timing *t, struct diag *d);

/* What the range, and the period that begins on that day, are compared with: 29 February never was
 * the year before. */
struct range range_before(const struct timing *t);
int64_t period_before(const struct timing *t, int64_t start);

/* First day of the period that holds the value (an instant or a day); PERIOD_NONE: empty. */
int64_t period_of(const struct timing *t, const struct value *v);

/*
 * The condition that the first of the paths that is filled lies in the range, as the
 * query language writes it, behind `and`s; nothing where the range is open.
 */
void range_where(const struct range *r, const struct path *paths, size_t n, struct buf *out,
		 struct arena *a);

/* -- order.c: in what order values stand -- */

struct ranked {
	size_t number; /* what it is the place of; the last resort */
	bool empty;    /* behind all others */
	int64_t place; /* numbers, and places in a picklist */
	struct str key;
	int64_t id; /* of a record, where all else is equal; then `number` */
};

/* v of that field (NULL: plain text or number); what a picklist knows no more is behind. */
struct ranked rank_value(const struct value *v, const struct field *f, const struct schema *s,
			 struct arena *a);
int ranked_compare(const struct ranked *a, const struct ranked *b); /* without `number` */
int ranked_order(const void *a, const void *b);			    /* for qsort */

/* -- axis.c: by what -- */

enum { AXES_MAX = 16, INPUTS_MAX = 64, DRAWS_MAX = 64, DIMENSIONS_MAX = 47 };
enum { NO_AXIS = AXES_MAX };

/* One dimension: the values that were met, numbered from 0 as they came. */
struct axis {
	struct str name;		   /* column */
	const struct dimension *dimension; /* NULL: a path that somebody typed */
	struct path path;		   /* in the first source that has it; field NULL: steps */
	/*
	 * Axis whose record says its value, such as the tier of a customer: it is not read, and
	 * looked up where it is shown; NO_AXIS: there is none.
	 */
	size_t follows;
	struct map known; /* value → number + 1 */
	struct value *labels;
	struct axis_record { /* of NULL: none */
		const struct entity *of;
		int64_t id;
		struct feed_axis *met; /* where it was met first, which can look up its label */
	} * records;		       /* that each label is shown for */
	size_t n, room;
	size_t last;  /* label that was met by its text, + 1; 0: none */
	size_t *rank; /* place of each label in the order */
};

/* The same in one source. */
struct feed_axis {
	bool empty; /* there all stands under no value */
	struct path path;
	struct stmt *lookup;	 /* value behind the reference that is read, or NULL */
	const struct entity *to; /* what the dimension shows, and tells apart by id; or NULL */
	int64_t late;	/* not 0: all of these have a label, which waits; number of their type */
	struct map raw; /* what the column held → number on the axis + 1 */
	int64_t id;	/* that it held last, where `number` is not 0: its number on the axis + 1 */
	size_t number;
};

struct job;
struct feed;

/* Adds the axis of that name to the job and its feeds. */
bool axis_add(struct job *j, struct str name, struct diag *d);

/* Whose values are its; NULL: they are cut out of others, or steps. */
const struct field *axis_field(const struct axis *x);

/* What stands above it in a table. */
struct str axis_heading(const struct axis *x, enum language l, struct arena *a);

/* Appends the column to read; opens what is needed to follow references. */
void axis_column(struct job *j, struct feed *f, size_t axis, struct joins *joins,
		 struct sql *columns);
size_t axis_number(struct axis *x, struct feed_axis *f, const struct taking *t,
		   const struct value *v, struct arena *a);
size_t axis_label(struct axis *x, const struct value *label, struct arena *a);
/* The label of that number, which may have waited. */
void axis_look_up(struct axis *x, size_t number, struct arena *a);
/* The place of what is known of a record, on an axis that follows the one that shows it. */
size_t axis_follow(struct job *j, size_t axis, const struct axis_record *r);
/* used: of each label whether it is in what is ranked; NULL: all are. */
void axis_sort(struct axis *x, const bool *used, const struct schema *s);

/* -- follow.c: what is known of the records that an axis shows -- */

void axes_follow(struct job *j); /* finds the axes that follow others */
/* Looks up what waited: the labels of these series, and their places on axes that follow. */
void series_look_up(struct job *j, const size_t *series, size_t n);

/* -- tally.c: how much -- */

/* One a measure and group, of which there may be a million: it is kept small. */
struct sum {
	wide total;
	int64_t n; /* records */
	/* Each figure, of measures that need them all; distinct: doubles may be missing. */
	struct figure_list {
		size_t n, room; /* n: 1 at least */
		int64_t at[];
	} * list;
};

/* Figures of the groups: a series (one value of each axis) in a period. */
struct tally {
	struct map at;	 /* series and period → number + 1 */
	int64_t *single; /* of period 0: series → number + 1; 0: none */
	size_t nsingle;
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
void sums_merge(struct sum *s, const struct sum *from, const struct report *r); /* a whole group */
const struct measure *measure_named(const struct report *r, const char *name);	/* dies */
/*
 * sums: of the whole group, NULL: no record; whole: of all groups that it is a share of, or
 * NULL.  V_NULL: there is no such figure.
 */
struct value measure_value(const struct report *r, const struct measure *m, const struct sum *sums,
			   const struct sum *whole);
/* The quotient in the decimals of the unit, rounded half away from zero; of is not 0. */
struct value divided(wide number, wide of, enum unit unit);
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

/* One source: which of its records, and what is read of each. */
struct feed {
	const struct source *source;
	struct query_context context; /* of its record type; dimensions are aliases in it */
	struct alias aliases[DIMENSIONS_MAX + 1];
	bool idle; /* an option says that it is not read */
	bool out;  /* it cannot say what is asked: its figures are null */
	struct feed_axis axes[AXES_MAX];
	bool has_currency;
	struct path currency;
	struct path times[TIMES_MAX];
	struct path inputs[INPUTS_MAX];
	size_t ntimes, ninputs;
	struct draw {
		const struct measure *measure;
		const struct from *from;
		size_t in[IN_MAX]; /* places among the inputs; INPUTS_MAX: none */
		int64_t type;	   /* HOW_DISTINCT of records: number of their type, from 1 */
		struct node *where;
	} draws[DRAWS_MAX];
	size_t ndraws;
	struct node *given; /* -w */
	struct node *where; /* all of it */
};

struct job {
	const struct report *report;
	const struct report_options *options;
	const struct query_context *context; /* of no record type */
	struct store *store;
	struct timing timing;
	struct taking taking;
	struct sequel *sequel;		/* what taking has of it */
	struct feed feeds[SOURCES_MAX]; /* in the order of the sources */
	struct axis axes[AXES_MAX];	/* the steps, the dimensions, the currency */
	size_t nfeeds, naxes;
	size_t first, ndims;	/* the dimensions among them */
	size_t steps, currency; /* the other two; NO_AXIS: there is none */
	struct str step_names[STEPS_MAX];
	size_t nsteps;
	/*
	 * Numbers on the axes → number + 1, of the series that are not among the few with one
	 * value of the first dimension: heads has the first of each value, next the one after
	 * each series, both as number + 1, and 0 where there is none.
	 */
	struct map series;
	uint32_t *heads, *next;
	size_t nheads;
	struct map identity; /* texts that HOW_DISTINCT met → number */
	uint32_t *members;   /* naxes of them a series */
	size_t nseries, series_room;
	wide *left; /* by currency, of the groups that job_first leaves out; NULL: of none */
	struct tally now, before;
	struct conversion conversion;
	struct job_kept *kept; /* where it answers for one value of many, see study.h; or NULL */
	struct arena arena;
};

void job_learn(struct job *j); /* what its measures need to know beforehand */
/*
 * What happened before the time asked for is no sequel of what lies in it; of talks, those that
 * count are with whom the time is asked of.
 */
struct sequel_reach job_sequel_reach(const struct job *j);

static inline bool feed_reads(const struct feed *f)
{
	return !f->idle && !f->out;
}

/* options.c: the report's own options */
bool options_check(struct job *j, struct diag *d);
bool option_allows(const struct job *j, const char *when); /* "basis=auto,deals"; NULL: yes */

/* Whether rows are of a period each; else --period, if given, is the report's own matter. */
static inline bool job_in_periods(const struct job *j)
{
	return j->timing.by_period && !j->report->own_period;
}

static inline bool job_computes(const struct job *j) /* or the generator counts */
{
	return j->report->compute && option_allows(j, j->report->compute_when);
}

/* feed.c: what is read of a source */
int64_t entity_number(const struct schema *s, const struct entity *e); /* from 1 */

/* The number of a record among those of all types: ids have 53 bits, and types are few. */
static inline int64_t record_number(int64_t id, int64_t type)
{
	enum { TYPES = 64 };
	return id * TYPES + type;
}

void feed_open(struct job *j, struct feed *f, const struct source *s);
bool feed_timed(struct job *j, struct feed *f, struct diag *d); /* --from, --to and --period */
bool feed_given(struct job *j, struct diag *d);			/* -w in every source */
bool feed_draw(struct job *j, struct feed *f, struct diag *d);
/* Place of the path among the inputs; INPUTS_MAX: no path.  Dies where it is none. */
size_t feed_input(struct job *j, struct feed *f, const char *path);
/*
 * The source cannot say what d tells: false, or it stands apart and is out.  d says in which
 * source, where there are several.
 */
bool feed_lacks(struct job *j, struct feed *f, struct diag *d);
size_t feeds_read(const struct job *j); /* how many */
void feed_close(struct feed *f);

/*
 * Whether an amount of that currency on that day can be converted into the report's
 * currency; how is then in *rate.
 */
bool job_rate(struct job *j, struct str currency, struct str day, struct rate *rate);
void job_warn_rates(const struct job *j); /* which rates were missed, on stderr */

/*
 * Converts the amounts among a feed's inputs, if the report has a currency, which *currency
 * then is; when: V_TEXT or V_NULL (as of now).
 */
void feed_convert(struct job *j, const struct feed *f, struct value *inputs, struct value *currency,
		  const struct value *when);

/* where.c: which records */
void where_quote(struct buf *out, struct str text); /* as the query language has a value */
struct node *feed_where(struct job *j, const struct feed *f, const struct range *r);
/* Those that records_open reads. */
struct node *feed_read_where(struct job *j, const struct feed *f);

/* scan.c: reading them */
enum { READ_AXES = 1, READ_TIMES = 2 };
void feed_sql(struct job *j, struct feed *f, const struct node *where, unsigned what,
	      struct sql *q);
unsigned feed_what(const struct job *j); /* what counting needs */
void feed_scan(struct job *j, struct feed *f, const struct range *r, struct tally *t);

/* each.c: what the report answers for each value of the dimensions and period, which begin rows */
bool each_answer(struct job *j, struct answer *out, struct diag *d);

/* workdays.c: figures that belong to many days */
int64_t job_workdays(struct job *j, int64_t from, int64_t to); /* working days in [from, to) */

struct lasting {
	int64_t first, end; /* days [first, end) */
	int64_t worked;	    /* working days among them */
};

/* False: the days are none. */
bool lasting_read(struct job *j, const struct value *first, const struct value *last,
		  struct lasting *l);
/* Its next piece within the range, of one period each; *day goes from l->first to l->end. */
bool lasting_next(struct job *j, const struct lasting *l, const struct range *r, int64_t *day,
		  struct lasting *piece);
/* The piece's part of a figure: pieces that together are the whole add up to it. */
wide lasting_part(struct job *j, const struct lasting *l, const struct lasting *piece, wide figure);

/* series.c: the groups */
size_t job_series(struct job *j, const uint32_t *numbers); /* of one value of each axis */
void job_fill(struct job *j);	/* those that are shown though nothing was met */
size_t *job_all(struct job *j); /* of them, in the job's arena */
void job_order(struct job *j, size_t *series, size_t n); /* puts them in order */

/*
 * first.c: all groups, or those that may be among the first rows, and one more so that it shows
 * that there are others.  *n of them, in the arena.
 */
size_t *job_first(struct job *j, const struct answer *out, size_t *n, struct arena *a);
/* What the figure adds up to in the others; currency: of an amount, or NULL. */
wide job_left(const struct job *j, const struct value *currency);

/* columns.c: what the answer shows */
enum { COMPARED = 3 }; /* previous, change, change_pct */
bool job_shows(const struct job *j, size_t measure);
bool job_last_money(const struct job *j, size_t measure); /* the currency stands behind it */
bool job_names_records(const struct job *j);		  /* in a column id, the first */
void job_begin(struct job *j, struct answer *out);

/* rows.c: the answer */
struct periods {
	int64_t first, last; /* first > last: there are none */
};

void job_answer(struct job *j, struct answer *out);
void job_count(struct job *j); /* reads all sources */
struct periods job_periods(const struct job *j);
/* Columns of the part, the steps, the dimensions and the period; returns the place behind. */
struct answer_column *job_columns(struct job *j, struct answer_column *c);
struct answer_column currency_column(const struct job *j);
/* As measure_value, in the digits of the series' currency; times as text in a. */
struct value job_figure(const struct job *j, const struct measure *m, const struct sum *sums,
			const struct sum *whole, size_t series, struct arena *a);

/* Of the currency axis; 0 where there is none. */
static inline size_t currency_number(const struct job *j, size_t series)
{
	return j->currency == NO_AXIS ? 0 : j->members[series * j->naxes + j->currency];
}

static inline const struct value *series_label(const struct job *j, size_t series, size_t axis)
{
	return &j->axes[axis].labels[j->members[series * j->naxes + axis]];
}

#endif
