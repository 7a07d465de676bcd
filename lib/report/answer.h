/*
 * What a report answers: columns, and rows of values.
 *
 * Whoever answers begins with the columns and gives row after row; whoever takes the answer
 * prints it as it comes (printer), or keeps it (struct kept) to sort it, to cut it, or to draw a
 * picture of it.
 */
#ifndef CRM_REPORT_ANSWER_H
#define CRM_REPORT_ANSWER_H

#include "schema/schema.h"
#include "store/store.h"
#include "stream/writer.h"

enum column_role { ROLE_DIMENSION, ROLE_PERIOD, ROLE_FIGURE, ROLE_CURRENCY };

/* How a figure counts, and so how it is printed. */
enum unit {
	UNIT_COUNT,
	UNIT_MONEY,   /* minor units of the row's currency, scale: its digits */
	UNIT_SHARE,   /* 0 to 1, four decimals; a percentage in tables */
	UNIT_PERCENT, /* one decimal */
	UNIT_NUMBER,  /* days, minutes: one decimal */
	UNIT_RATIO,   /* four decimals */
	UNIT_CREDIT,  /* what is shared out piece by piece: four decimals, two in tables */
	UNIT_FLAG,
	UNIT_INSTANT, /* V_TEXT, UTC; local in tables */
	UNIT_DAY,     /* V_TEXT, YYYY-MM-DD */
	UNIT_NUMBERS, /* V_TEXT, decimals with ; between them */
};

/* What people call a key; the key itself where it has no name. */
typedef struct str key_namer(const struct schema *s, struct str key, enum language l,
			     struct arena *a);

struct answer_column {
	struct str name;  /* machine formats */
	struct str label; /* in the language of people */
	enum column_role role;
	enum unit unit;		   /* of figures */
	const struct field *field; /* a dimension's: prints its values; NULL: text or numbers */
	key_namer *word;	   /* of a dimension without field; or NULL */
	bool number;		   /* of a dimension: what it holds are numbers */
	bool starts;		   /* of a dimension: first days, as a ROLE_PERIOD is one */
	enum period period;	   /* of first days: what begins on them */
};

struct answer {
	const struct answer_column *columns; /* NULL: it has not begun */
	size_t n;
	bool totals; /* whoever takes it wants lines of totals */
	/*
	 * Whoever takes it looks at no more than so many rows, the first by that column ("-amount",
	 * then of each currency; empty: as they come), and at no totals where there are more:
	 * others need not be given.
	 */
	bool cut;
	size_t first;
	struct str first_by;
	/* Its rows stand by an amount, those of each currency together: each has its first ones. */
	bool by_currency;
	bool by_period; /* and by period before that, of which each has its first ones */
	bool single;	/* there is one row always: of JSON it is the object itself, not a list */
	/* What takes it; values: n of them, good during the call.  total: a line of totals. */
	void (*begin)(struct answer *a);
	void (*row)(struct answer *a, const struct value *values, bool total);
};

/*
 * The columns must outlive the answer.  Another part begins again, with columns of the same
 * names; how their values are called may be its own.
 */
void answer_begin(struct answer *a, const struct answer_column *columns, size_t n);
void answer_row(struct answer *a, const struct value *values);
void answer_total(struct answer *a, const struct value *values);

/* The column of that name, and that of the currency; a->n: there is none. */
size_t answer_column(const struct answer *a, struct str name);
size_t answer_currency(const struct answer *a);

/* -- kept in memory -- */

struct kept {
	struct answer answer; /* the first: what is kept is given to this */
	struct kept_row {
		const struct answer_column *columns; /* of its part */
		const struct value *values;
		bool total;
	} * rows;
	size_t n, room;
	bool sorted; /* by columns: its parts need not stand together */
	struct arena arena;
};

struct kept kept_new(bool totals);
void kept_free(struct kept *k);

/*
 * Rows by columns ("-revenue,owner"): figures by size, keys in their picklist's order, words as
 * in a dictionary, empty ones last either way; amounts of one currency stand together, the
 * house's first.  Rows that are equal stay as they were, and totals at the end.  False with
 * diag: no such column.
 */
bool kept_sort(struct kept *k, struct str by, const struct codec *c, struct diag *d);

/*
 * The first n of each part, unless sorted anew, and of each currency and period where they stand
 * by_currency and by_period; totals of what is no longer all go.
 * answer.cut says whether there were more.
 */
void kept_limit(struct kept *k, size_t n);

/* Before it is given anything: that it will be sorted (NULL: not) and limited (-1: not) so. */
void kept_expect(struct kept *k, const char *sort, int64_t limit);

/* Gives it all to another. */
void kept_replay(const struct kept *k, struct answer *to);

/* -- printed -- */

/* For people: labels, local time, users by their names.  In the arena. */
struct codec answer_codec(const struct store *s, struct arena *a);

struct printer {
	struct answer answer; /* the first */
	struct writer *(*open)(void *ctx, const struct column *columns, size_t n, bool single);
	void *ctx;
	struct writer *writer; /* opened once it begins */
	size_t rows;	       /* printed so far */
	struct codec codec;
	struct cell *cells;
	struct arena arena, row;
};

/* human: tables, which show labels and totals. */
struct printer printer_new(const struct store *s, bool human,
			   struct writer *(*open)(void *, const struct column *, size_t, bool),
			   void *ctx);
void printer_close(struct printer *p); /* closes the writer, too */

/* What stands above it. */
struct column answer_heading(const struct answer_column *c);

/* One value as text: what a cell of a list shows. */
struct cell answer_cell(const struct answer_column *c, const struct value *v, bool total,
			const struct codec *codec);

/* The same where figures stand beside it: people read what is empty by its name. */
struct cell answer_named(const struct answer_column *c, const struct value *v, bool total,
			 const struct codec *codec);
/* "(none)": what records without a value stand under. */
struct str answer_none(enum language l);

#endif
