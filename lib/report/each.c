/* A report in C by dimensions: for each of their values it answers as -w would have asked it. */
#include "report/job.h"

enum { GROUPS_MAX = 500 }; /* for each the records are read once */

struct each {
	struct answer answer; /* what the report gives to; the first */
	struct job *job;
	struct answer *out;
	size_t series; /* that is answered for */
	struct value *values;
};

/* -- what values there are -- */

static void find_values(struct job *j, struct feed *f)
{
	struct sql q = { .arena = &j->arena };
	uint32_t numbers[AXES_MAX] = { 0 };
	f->ninputs = 0;
	feed_sql(j, f, feed_read_where(j, f), READ_AXES, &q);
	struct stmt *rows = db_query(j->store->db, &q);
	while (stmt_step(rows)) {
		for (size_t i = 0; i < j->naxes; i++) {
			struct value v = stmt_value(rows, i);
			numbers[i] = (uint32_t)axis_number(&j->axes[i], &f->axes[i], &j->taking, &v,
							   &j->arena);
		}
		job_series(j, numbers);
	}
	stmt_close(rows);
	sql_free(&q);
}

/* -- one of them -- */

/* -w, and the values of the series. */
static const char *condition(struct job *j, size_t series)
{
	struct buf text = { 0 };
	if (j->options->where)
		buf_printf(&text, "(%s)", j->options->where);
	for (size_t i = j->first; i < j->first + j->ndims; i++) {
		const struct axis *x = &j->axes[i];
		const struct value *v = series_label(j, series, i);
		buf_printf(&text, "%s%.*s %s", text.n ? " and " : "", (int)x->name.n, x->name.p,
			   v->kind == V_NULL ? "is null" : "= ");
		if (v->kind == V_TEXT)
			where_quote(&text, v->s);
	}
	const char *where = buf_copy(&text, &j->arena).p;
	buf_free(&text);
	return where;
}

static bool answer_for(struct each *e, size_t series, struct diag *d)
{
	struct job *j = e->job;
	struct report_options one = *j->options;
	one.by = NULL;
	one.where = condition(j, series);
	e->series = series;
	struct job *of = report_open(j->store, j->report, &one, j->context, d);
	bool ok = of && report_run(of, &e->answer, d);
	report_close(of);
	return ok;
}

/* -- what is given on: the values, and the report's own columns -- */

static void begin(struct answer *a)
{
	struct each *e = (struct each *)a;
	struct job *j = e->job;
	struct answer_column *all = arena_new(&j->arena, struct answer_column, j->ndims + a->n);
	struct answer_column *c = job_columns(j, all);
	for (size_t i = 0; i < a->n; i++) {
		c[i] = a->columns[i];
		c[i].name = arena_str(&j->arena, c[i].name);
		c[i].label = arena_str(&j->arena, c[i].label);
	}
	e->values = arena_new(&j->arena, struct value, j->ndims + a->n);
	answer_begin(e->out, all, j->ndims + a->n);
}

static void give(struct answer *a, const struct value *values, bool total)
{
	struct each *e = (struct each *)a;
	const struct job *j = e->job;
	(void)total;
	for (size_t i = 0; i < j->ndims; i++)
		e->values[i] = *series_label(j, e->series, j->first + i);
	memcpy(e->values + j->ndims, values, a->n * sizeof *values);
	answer_row(e->out, e->values);
}

bool each_answer(struct job *j, struct answer *out, struct diag *d)
{
	struct each e = { .answer = { .begin = begin, .row = give }, .job = j, .out = out };
	uint32_t none[AXES_MAX];
	bool ok = true;
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++)
		if (feed_reads(f))
			find_values(j, f);
	if (j->nseries > GROUPS_MAX)
		return diag_set(d, NULL, "more than %d groups; name fewer with -w", GROUPS_MAX);
	for (size_t i = 0; i < j->naxes && !j->nseries; i++) {
		struct value v = value_null();
		none[i] = (uint32_t)axis_label(&j->axes[i], &v, &j->arena);
	}
	if (!j->nseries) /* of nothing, so that there are columns */
		job_series(j, none);
	size_t n = j->nseries, *order = job_all(j);
	job_order(j, order, n);
	for (size_t i = 0; ok && i < n; i++)
		ok = answer_for(&e, order[i], d);
	return ok;
}
