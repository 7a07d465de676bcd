/* The records of a source, one after the other, for reports in C. */
#include <stdlib.h>

#include "report/job.h"

struct records {
	struct job *job;
	struct feed *feed;
	struct stmt *rows;
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

int64_t records_filled(struct job *j, const char *source, const char *const *paths, int64_t *filled)
{
	struct sql rows = { .arena = &j->arena }, q = { .arena = &j->arena };
	struct feed *f = feed_named(j, source);
	size_t n = 0;
	f->ninputs = 0;
	sql_add(&q, "with r (");
	for (; paths[n]; n++) {
		feed_input(j, f, paths[n]);
		sql_add_literal(&q, n ? ", " : "");
		sql_alias(&q, n);
	}
	feed_sql(j, f, feed_read_where(j, f), 0, &rows);
	sql_add(&q, ") as (");
	sql_append(&q, &rows);
	sql_add(&q, ") select count(*)");
	for (size_t i = 0; i < n; i++) {
		sql_add(&q, ", count(");
		sql_alias(&q, i);
		sql_add(&q, ")");
	}
	sql_add(&q, " from r");
	struct stmt *counts = db_query(j->store->db, &q);
	stmt_step(counts);
	int64_t all = stmt_value(counts, 0).i;
	for (size_t i = 0; i < n; i++)
		filled[i] = stmt_value(counts, i + 1).i;
	stmt_close(counts);
	sql_free(&rows);
	sql_free(&q);
	return all;
}

struct records *records_open(struct job *j, const char *source, const char *const *paths)
{
	struct records *r = xcalloc(1, sizeof *r);
	struct sql q = { .arena = &j->arena };
	r->job = j;
	r->feed = feed_named(j, source);
	r->feed->ninputs = 0;
	for (; paths[r->npaths]; r->npaths++)
		r->at[r->npaths] = feed_input(j, r->feed, paths[r->npaths]);
	r->currency =
	    feed_input(j, r->feed, r->feed->has_currency ? r->feed->currency.text.p : NULL);
	feed_sql(j, r->feed, feed_read_where(j, r->feed), READ_TIMES, &q);
	r->rows = db_query(j->store->db, &q);
	sql_free(&q);
	return r;
}

const struct value *records_next(struct records *r, struct value *when)
{
	const struct feed *f = r->feed;
	if (!stmt_step(r->rows))
		return NULL;
	*when = value_null();
	for (size_t i = 0; i < f->ntimes; i++)
		if (when->kind == V_NULL)
			*when = stmt_value(r->rows, i);
	for (size_t i = 0; i < f->ninputs; i++)
		r->inputs[i] = stmt_value(r->rows, f->ntimes + i);
	r->in = value_text(str_of(r->job->context->settings->currency));
	if (r->currency < INPUTS_MAX && r->inputs[r->currency].kind == V_TEXT)
		r->in = r->inputs[r->currency];
	feed_convert(r->job, f, r->inputs, &r->in, when);
	for (size_t i = 0; i < r->npaths; i++)
		r->values[i] = r->inputs[r->at[i]];
	return r->values;
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
