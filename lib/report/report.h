/*
 * Every number: one generator, and a report is a row.
 *
 * A report reads one source or several: a record type, which of its records count, the
 * path that says when.  Each source is read by itself (`select` with neither group nor
 * order, which is what SQL is fastest at without an index for each question) and counted
 * in C into the same groups: so figures of several record types stand side by side, and
 * none is multiplied by a join.  --by, --period, --compare, -w, --rows, -s, -l and the
 * formats are the generator's own and so the same for all.
 *
 * A new report is one file lib/report/report_NAME.c and one line in reports.c:
 *
 *	static const struct source sources[] = {
 *		{ "lead", "lead", .time = { "created_at" } },
 *		{ "deal", "deal", DEALS_WON, .time = { "closed_at" } },
 *	};
 *	static const struct dimension dimensions[] = { (a path for each source)
 *		{ "owner", { "owner", "won_by" }, .vi = "Người phụ trách" },
 *		{ 0 },
 *	};
 *	static const struct measure measures[] = {
 *		{ "leads", "Leads", "Đầu mối", .unit = UNIT_COUNT },
 *		{ "hot", "Hot", "Nóng", UNIT_COUNT, HOW_SUM,
 *		  .from = { { .where = "rating = hot" } } },
 *		{ "won", "Won", "Thắng", UNIT_MONEY, HOW_SUM,
 *		  .from = { { "deal", .in = { "amount" }, .take = take_number } } },
 *		{ "worth", "Per lead", "Mỗi đầu mối", UNIT_MONEY, HOW_RATIO,
 *		  .sum = "won", .of = "leads" },
 *	};
 *	const struct report report_worth = {
 *		.name = "worth", .title = "…", .title_vi = "…", .sources = sources,
 *		.nsources = countof(sources), .by = "owner", .dimensions = dimensions,
 *		.measures = measures, .nmeasures = countof(measures), .main = "won",
 *		.sort = "-won", .definition = "…",
 *	};
 *
 * Each record of the first source counts as 1 where a measure says nothing else; takes
 * that serve many reports are in take.h.  A table of measures stands between
 * clang-format off and on, a measure a line or two.
 *
 * What no relation can say (CLV, cohorts) sets .compute instead of measures and gives
 * its rows itself; see "reports in C" below.
 */
#ifndef CRM_REPORT_REPORT_H
#define CRM_REPORT_REPORT_H

#include "core/money.h"
#include "query/query.h"
#include "query/select.h"
#include "report/answer.h"
#include "report/chart.h"
#include "store/store.h"

enum {
	SOURCES_MAX = 12,
	TIMES_MAX = 3,
	IN_MAX = 8,
	FROM_MAX = 4,
	OPTIONS_MAX = 12,
	MEASURES_MAX = 40,
};

/* -- what is read -- */

enum deals { DEALS_ANY, DEALS_OPEN, DEALS_WON, DEALS_LOST, DEALS_CLOSED };

struct source {
	const char *name;   /* measures and --rows call it so */
	const char *entity; /* record type */
	enum deals deals;   /* by the kind of their stage */
	/*
	 * More is read of these deals than the index of the stages has, and they are many: where
	 * neither -w nor a time leaves any out the table is read from end to end, which is sooner
	 * than going there for each.
	 */
	bool through;
	/*
	 * How the index begins that has these records, "stage" or "kind=call": where it lacks a
	 * dimension that the report goes by, it is as if it said `through`.  NULL: it never does.
	 */
	const char *index;
	const char *where;	 /* further condition, or NULL */
	const char *unless;	 /* "order.deal": not what a record of that type refers to so */
	const char *unless_when; /* "basis=auto": then alone; NULL: always */
	/* Paths that say when; the next one where it is empty.  None: of no time. */
	const char *time[TIMES_MAX];
	const char *currency; /* path, of the amounts; NULL: the record's own `currency` */
	const char *when;     /* "basis=auto,deals": read where that option says so; or NULL */
	const char *needs;    /* dimension: read where the report goes by it; or NULL */
	/*
	 * Path of a last day: the record lasts from time[0] to it, and its figures belong to the
	 * working days in between, of which each period has its part.
	 */
	const char *until;
	bool so_far; /* with that: the days until today, which is the last */
	/*
	 * A report in C reads all of it, whatever --from and --to say, and cuts itself: what came
	 * before matters, and most of it is read anyway.  --rows gives what was by --to, or today.
	 */
	bool past;
	/* The paths that a report in C reads of it, ending with NULL, for --explain to show. */
	const char *const *reads;
	/* Reference whose target --rows prints, such as a line's "order"; NULL: the record. */
	const char *behind;
	/*
	 * A dimension or filter that it does not have leaves it alone, and its figures are
	 * null then; else the question is refused.
	 */
	bool apart;
	bool stock; /* what there is now, of no time: --from and --to leave it alone */
};

/* What a measure may need besides the record. */
struct taking {
	int64_t now;	/* the instant that ages count to */
	int64_t within; /* seconds: the option `within`, in days; 0: there is none */
	const struct schema *schema;
	const void *learned;   /* what the report's `learn` returned, or NULL */
	struct store *store;   /* for what is configured */
	struct sequel *sequel; /* where the report learns it; see sequel.h */
};

struct dimension {
	const char *name;
	/*
	 * In each source, in their order; NULL: it has no such thing.  "": all of it stands
	 * under no value.  In --by and -w, the name with more behind it (account.city) goes on
	 * from here in every source.
	 */
	const char *path[SOURCES_MAX];
	const char *vi; /* heading in tables; English: the name with a capital */
	/* Of a reference: the field that --by shows, such as "name"; records stay apart. */
	const char *show;
	/* What --by goes by in its place, such as cut_hour in take.h: a number or a key; or NULL */
	struct value (*cut)(const struct taking *t, const struct value *v);
	key_namer *word; /* of a cut: what people call the value; or NULL */
	int8_t from, to; /* of a cut: numbers that are all shown, 0 too; both 0: none are */
};

/* -- what is measured -- */

/* What the figures of a group's records become. */
enum how {
	HOW_SUM,      /* 0 of nothing */
	HOW_KNOWN,    /* the sum; null where no record has a figure */
	HOW_MEAN,     /* of the records that have one */
	HOW_RATIO,    /* to the measure `of`; null where that is 0 */
	HOW_MEDIAN,   /* the mean of the two in the middle where they are even */
	HOW_P90,      /* the smallest figure that nine tenths do not exceed (nearest rank) */
	HOW_MIN,      /* null of nothing */
	HOW_MAX,      /* likewise */
	HOW_DISTINCT, /* how many different values `in[0]` has; `take` says of which records */
	HOW_LESS,     /* without the measure `of`; null where its own is null */
	HOW_PLUS,     /* with the measure `of`; null where either is */
	HOW_TIMES,    /* as often as the measure `of` says; null where either is */
	HOW_SHARE,    /* of the sum over all groups of the same period and currency */
	HOW_NONE,     /* a flag: true where the sum is 0 */
};

/* One record's figure; false: it has none.  Amounts are converted already. */
typedef bool take(const struct taking *t, const struct value *const in[], wide *figure);

struct from {
	const char *source;	/* NULL: the first */
	const char *in[IN_MAX]; /* paths of the record that `take` reads, or NULL */
	take *take;		/* NULL: 1; see take.h */
	const char *where;	/* only records for which it is true; or NULL */
};

struct measure {
	const char *name;
	const char *label, *label_vi; /* heading in tables */
	enum unit unit;
	enum how how;
	/* Where its figures come from, added up; nothing: 1 for each record of the first. */
	struct from from[FROM_MAX];
	/* What is divided, lessened and so on, exact and not as it is shown; NULL: its own */
	const char *sum;
	const char *of;	  /* HOW_RATIO, HOW_LESS, HOW_PLUS, HOW_TIMES */
	int64_t per;	  /* so many of what `take` counts make one; 0: 1 */
	bool hidden;	  /* for other measures to relate to */
	const char *when; /* "target=on": shown where that option says so; NULL: always */
};

/* -- how far records come, step by step -- */

enum { STEPS_MAX = 64, JOURNEY_INPUTS = 10 };

/* For each step of one record whether it came so far, and when if that is known. */
struct step {
	bool reached, timed;
	int64_t at;
};

/* Its measures are four: entered, advanced, their rate, and the seconds in between. */
struct journey {
	const char *in[JOURNEY_INPUTS];
	/* The steps' names, in order; returns how many. */
	size_t (*names)(const struct schema *s, struct str names[STEPS_MAX]);
	key_namer *label; /* what people call a step */
	/*
	 * The steps are states, of which each record is in one: column of that name and heading.
	 * Its first measure is the records, and the others are made of it.  NULL: steps.
	 */
	const char *state, *heading, *heading_vi;
	/* A statement that `walk` runs for each record (parameter $1: its id), or NULL. */
	void (*more)(struct sql *q);
	bool by_id; /* `more` is run for every record: of all time that is faster by their ids */
	void (*walk)(const struct taking *t, const struct value *const in[], struct stmt *more,
		     const struct str *names, size_t n, struct step *steps);
};

/* -- the report -- */

/* An option of its own: help, completion and man page know it from here. */
struct report_option {
	const char *name, *operand, *help;
	const char *values; /* words it may be, separated by blanks; or NULL */
	int64_t most;	    /* not 0: a whole number from 0 to this */
	const char *def;    /* where it is not given; or NULL */
	bool flag;	    /* takes no value: it is "on", or not given */
	bool alone;	    /* not with --by */
	const char *hint;   /* what else there is, where it is none of the values; or NULL */
};

/* The picture that suits it, of columns of the answer, by name. */
struct picture {
	enum chart_kind kind;
	const char *category; /* NULL: the period where there is one, else the first dimension */
	const char *values; /* separated by blanks, "*": all; NULL: `main`, else the first figure */
	const char *series; /* NULL: the other dimensions, if there are any */
	const char
	    *beside; /* figures that the values are held against, such as a target; or NULL */
	bool none;   /* it is better read as a table */
};

struct job;

struct report {
	const char *name;
	const char *part; /* of a report in several rows, each whole in itself; or NULL */
	const char *title, *title_vi;
	const struct source *sources;
	size_t nsources;
	const char *by;	     /* dimensions unless --by says otherwise; or NULL */
	const char *period;  /* likewise of --period; or NULL */
	const char *within;  /* "month": the running one unless --from, --to or --period is given */
	const char *compare; /* as --compare has it, unless that says otherwise; or NULL */
	const struct dimension *dimensions; /* end with a row without name; or NULL */
	const struct measure *measures;
	size_t nmeasures;
	const char *main;  /* measure that --compare compares, or NULL */
	const char *every; /* dimension (of the stage) that shows all its values, 0 too; or NULL */
	/* Columns, as -s has them, unless it or a period says otherwise; or NULL. */
	const char *sort;
	const struct journey *journey; /* or NULL */
	unsigned sequel;	       /* what came before or after: kinds of sequel.h, or'ed */
	/* A report in C: begins the answer and gives its rows; false with diag: it cannot. */
	bool (*compute)(struct job *j, struct answer *out, struct diag *d);
	/* What measures need to know beforehand, read once; what it returns is the arena's. */
	const void *(*learn)(struct store *s, struct arena *a);
	/*
	 * With `compute`: --by has it answer once for each value, as -w asks for that value alone,
	 * and --period once for each, as --from and --to ask for it.  Its dimensions are none, or
	 * two or more, and their values keys.
	 */
	bool each;
	bool own_period; /* with that: what --period says is its own matter */
	/* The statements that it runs besides those of its sources; false: no i-th.  Or NULL. */
	bool (*besides)(const struct job *j, struct sql *q, size_t i);
	/* Whether it runs the statement of that source, as it was asked; NULL: of each. */
	bool (*asks)(const struct job *j, const struct source *s);
	const char *compute_when; /* "backtest=on": then alone; NULL: always */
	/* Gives what it makes of all the rows that were counted, such as ranks; or NULL. */
	bool (*finish)(struct job *j, struct kept *rows, struct answer *out, struct diag *d);
	const char
	    *ranked;   /* its option that names the figure which `finish` begins with; or NULL */
	bool currency; /* `finish` gives that column, whether or not there are amounts */
	bool ids;      /* a column id: the record that the first dimension shows */
	const struct report_option *options; /* end with a row without name; or NULL */
	struct picture chart;
	const char *definition; /* what --explain says */
};

/* All of them; the parts of one report stand together. */
extern const struct report *const reports[];
extern const size_t nreports;

/* As the command line has it; NULL: not given. */
struct report_options {
	const char *by, *period, *compare, *from, *to, *where;
	const char *currency;	      /* to convert amounts into, by the rate of their day */
	const char *source;	      /* the one that alone is read */
	int64_t now;		      /* what "today" counts from, and ages to */
	const char *own[OPTIONS_MAX]; /* in the order of the report's options */
};

/*
 * Checks what is asked; NULL with diag.  q's record type and aliases do not matter; it and
 * o must outlive the job.
 */
struct job *report_open(struct store *s, const struct report *r, const struct report_options *o,
			const struct query_context *q, struct diag *d);
void report_close(struct job *j);

/*
 * What an earlier part, which has run and is closed later, learned of what came before and after
 * (`sequel`) is not read again where it is the same.
 */
void report_share(struct job *j, const struct job *earlier);

/*
 * Begins the answer, unless another part has, and gives its rows, in the order of the
 * dimensions, with totals where the answer wants them.  The caller has begun to read, so that
 * all parts see one state.  False with diag: a report in C cannot answer.
 */
bool report_run(struct job *j, struct answer *out, struct diag *d);

/*
 * The records behind the figures: ids of the record type *of, in rising order, each once.  False
 * with diag: there are sources of several types, and one is to be named.
 */
bool report_behind(struct job *j, const struct entity **of, int64_t **ids, size_t *n,
		   struct arena *a, struct diag *d);

/* What stands above a table or a picture, for people; empty: not said. */
struct report_facts {
	struct str title, as_of, zone, period, filter;
	struct str more; /* whole lines, each with its \n: parameters, the rates used */
};

/* In the arena. */
struct report_facts report_facts(const struct job *j, enum language l, struct arena *a);

/* As lines of text, above a table. */
void facts_put(const struct report_facts *f, enum language l, struct buf *out);

/* The definition, the SQL with its parameters, and the query plan: in English, as manuals are. */
void report_explain(struct job *j, struct buf *out);

/* -- reports in C: what their `compute` may use -- */

struct store *report_store(const struct job *j);
enum language report_language(const struct job *j); /* of labels */
int64_t report_now(const struct job *j);
struct arena *report_arena(struct job *j); /* lives as long as the job */

/* The value of one of its own options, or its default; NULL: neither. */
const char *report_option(const struct job *j, const char *name);

/*
 * The records of a source that --from, --to, -w, --currency and the role leave, in no order:
 * of each the paths (fields or dotted; a list that ends with NULL) and its instant or day.
 */
struct records *records_open(struct job *j, const char *source, const char *const *paths);
/* Values, one a path, good until the next call; *when: V_TEXT or V_NULL.  NULL: no more. */
const struct value *records_next(struct records *r, struct value *when);
/* The same without the instant, sooner where there are many: gives each to `taker`. */
typedef void record_taker(void *of, const struct records *r, const struct value *values);
void records_each(struct job *j, const char *source, const char *const *paths, record_taker *taker,
		  void *of);
/*
 * How many there are; of how many each of the paths, which differ and are at least one, is not
 * empty: is added to filled.
 */
int64_t records_filled(struct job *j, const char *source, const char *const *paths,
		       int64_t *filled);
/* What its amounts are in: after conversion, with --currency. */
struct str records_currency(const struct records *r);
void records_close(struct records *r);

#endif
