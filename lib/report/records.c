/* The records of a source, one after the other, for reports in C. */
#include <stdlib.h>

#include "report/job.h"

struct records {
	struct job *job;
	struct feed *feed;
	struct stmt *rows;
	record_taker *take; /* of records_each, with `of` */
	void *of;
	size_t ntimes; /* read before the inputs */
	size_t npaths;
	size_t at[INPUTS_MAX]; /* where the paths stand among the inputs */
	size_t currency;       /* likewise; INPUTS_MAX: it has none */
	struct value inputs[INPUTS_MAX];
	struct value values[INPUTS_MAX];
	struct value in; /* the currency that its amounts are in now */
};

static struct feed *feed_named(struct job *j, const char *source)
{
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++)
		if (!strcmp(f->source->name, source))
			return f;
	die(STATUS_ENV, "report %s has no source %s", j->report->name, source);
}

/* -- how many have what -- */

struct filling {
	size_t n;
	int64_t all, *filled;
};

static void fill(void *filling, struct stmt *row)
{
	struct filling *f = filling;
	f->all++;
	stmt_filled(row, f->n, f->filled);
}

/* The last path first: once the engine has come to it, it knows where the others are, too. */
int64_t records_filled(struct job *j, const char *source, const char *const *paths, int64_t *filled)
{
	int64_t backwards[INPUTS_MAX] = { 0 };
	struct filling so_far = { .filled = backwards };
	struct sql q = { .arena = &j->arena };
	struct feed *f = feed_named(j, source);
	f->ninputs = 0;
	while (paths[so_far.n])
		so_far.n++;
	for (size_t i = so_far.n; i-- > 0;)
		feed_input(j, f, paths[i]);
	feed_sql(j, f, feed_read_where(j, f), 0, &q);
	q.pieces.filled = true;
	db_each(j->store->db, &q, fill, &so_far);
	sql_free(&q);
	for (size_t i = 0; i < so_far.n; i++)
		filled[i] += backwards[so_far.n - 1 - i];
	return so_far.all;
}

/* -- one after the other -- */

/* Whether there are amounts among what is read so far: what they are in is then read, too. */
static bool has_amounts(const struct job *j, const struct feed *f)
{
	bool has = j->conversion.into.n > 0; /* which tells the rates of all */
	for (size_t i = 0; i < f->ninputs; i++)
		has = has || f->inputs[i].field->type == &type_money;
	return has && f->has_currency;
}

/* What is to be read of each, in *q. */
static struct records *begin(struct job *j, const char *source, const char *const *paths,
			     unsigned what, struct sql *q)
{
	struct records *r = xcalloc(1, sizeof *r);
	*q = (struct sql){ .arena = &j->arena };
	r->job = j;
	r->feed = feed_named(j, source);
	r->ntimes = what & READ_TIMES ? r->feed->ntimes : 0;
	r->feed->ninputs = 0;
	for (; paths[r->npaths]; r->npaths++)
		r->at[r->npaths] = feed_input(j, r->feed, paths[r->npaths]);
	r->currency =
	    feed_input(j, r->feed, has_amounts(j, r->feed) ? r->feed->currency.text.p : NULL);
	feed_sql(j, r->feed, feed_read_where(j, r->feed), what, q);
	return r;
}

struct records *records_open(struct job *j, const char *source, const char *const *paths)
{
	struct sql q;
	struct records *r = begin(j, source, paths, READ_TIMES, &q);
	r->rows = db_query(j->store->db, &q);
	sql_free(&q);
	return r;
}

static const struct value *read_values(struct records *r, struct value *when)
{
	const struct feed *f = r->feed;
	*when = value_null();
	for (size_t i = 0; i < r->ntimes; i++)
		if (when->kind == V_NULL)
			*when = stmt_value(r->rows, i);
	stmt_values(r->rows, r->ntimes, f->ninputs, r->inputs);
	r->in = value_text(str_of(r->job->context->settings->currency));
	if (r->currency < INPUTS_MAX && r->inputs[r->currency].kind == V_TEXT)
		r->in = r->inputs[r->currency];
	feed_convert(r->job, f, r->inputs, &r->in, when);
	for (size_t i = 0; i < r->npaths; i++)
		r->values[i] = r->inputs[r->at[i]];
	return r->values;
}

const struct value *records_next(struct records *r, struct value *when)
{
	return stmt_step(r->rows) ? read_values(r, when) : NULL;
}

static void give(void *records, struct stmt *row)
{
	struct records *r = records;
	struct value when;
	r->rows = row;
	r->take(r->of, r, read_values(r, &when));
}

void records_each(struct job *j, const char *source, const char *const *paths, record_taker *taker,
		  void *of)
{
	struct sql q;
	/* when it was: for the rate of its day alone */
	struct records *r = begin(j, source, paths, j->conversion.into.n ? READ_TIMES : 0, &q);
	r->take = taker;
	r->of = of;
	db_each(j->store->db, &q, give, r);
	sql_free(&q);
	free(r);
}

struct str records_currency(const struct records *r)
{
	return r->in.s;
}

void records_close(struct records *r)
{
	stmt_close(r->rows);
	free(r);
}
