/* Pivots: the values of one dimension become columns. */
#include <stdlib.h>

#include "report/job.h"
#include "report/pivot.h"
#include "schema/label.h"

enum { ACROSS_MAX = 500 };

/* A row of the page: one value of each dimension down, and a currency. */
struct down {
	const struct job *job;
	size_t series; /* the first that stands in it */
	size_t number;
};

struct spread {
	struct job *job;
	struct answer *out;
	size_t across; /* axis whose values are columns */
	size_t *order; /* its values, in their order */
	struct map at; /* numbers on the axes down → row + 1 */
	struct down *rows;
	size_t nrows, room;
	uint32_t *row_of; /* of each series */
	struct tally cells, right, bottom, corner;
	struct value *values;
	struct arena arena;
};

/* The numbers of a series without the one across. */
static struct str key_of(const struct spread *s, size_t series, uint32_t *key)
{
	const struct job *j = s->job;
	size_t n = 0;
	for (size_t i = 0; i < j->naxes; i++)
		if (i != s->across)
			key[n++] = j->members[series * j->naxes + i];
	return n ? (struct str){ (const char *)key, n * sizeof *key } : STR("all");
}

static int by_rank(const void *a, const void *b)
{
	const struct down *p = a, *q = b;
	const struct job *j = p->job;
	for (size_t i = 0; i < j->naxes; i++) {
		size_t x = j->axes[i].rank[j->members[p->series * j->naxes + i]];
		size_t y = j->axes[i].rank[j->members[q->series * j->naxes + i]];
		if (x != y && i != j->first + j->ndims - 1) /* that one goes across */
			return x < y ? -1 : 1;
	}
	return 0;
}

/* Every series has its row. */
static void find_rows(struct spread *s)
{
	const struct job *j = s->job;
	uint32_t key[AXES_MAX];
	s->row_of = arena_new(&s->arena, uint32_t, j->nseries);
	for (size_t i = 0; i < j->nseries; i++) {
		int64_t *number = map_at(&s->at, key_of(s, i, key));
		if (!*number) {
			s->rows = xgrow(s->rows, s->nrows, &s->room, sizeof *s->rows);
			s->rows[s->nrows] = (struct down){ j, i, s->nrows };
			*number = (int64_t)++s->nrows;
		}
		s->row_of[i] = (uint32_t)(*number - 1);
	}
	if (s->nrows > 1)
		qsort(s->rows, s->nrows, sizeof *s->rows, by_rank);
}

static size_t value_across(const struct spread *s, size_t series)
{
	return s->job->members[series * s->job->naxes + s->across];
}

/* The key of a cell: its row and its column in one number. */
static size_t cell_number(const struct spread *s, size_t row, size_t value)
{
	return row * s->job->axes[s->across].n + value;
}

static void add_up(struct spread *s)
{
	const struct job *j = s->job;
	for (size_t i = 0; i < j->now.n; i++) {
		const struct group *g = &j->now.groups[i];
		size_t row = s->row_of[g->series], value = value_across(s, g->series);
		size_t currency = currency_number(j, g->series);
		struct {
			struct tally *t;
			size_t series;
			int64_t period;
		} sums[] = { { &s->cells, cell_number(s, row, value), g->period },
			     { &s->right, row, g->period },
			     { &s->bottom, cell_number(s, currency, value), 0 },
			     { &s->corner, currency, 0 } };
		for (size_t k = 0; k < (s->out->totals ? countof(sums) : 2); k++)
			sums_merge(tally_at(sums[k].t, sums[k].series, sums[k].period), g->sums,
				   j->report);
	}
}

/* -- columns -- */

/* What the value is in machine formats, and to people. */
static struct str value_name(const struct spread *s, size_t value, bool human)
{
	const struct axis *x = &s->job->axes[s->across];
	struct codec c = human ? answer_codec(s->job->store, &s->job->arena)
			       : store_codec(s->job->store, &s->job->arena);
	const struct answer_column of = { .field = x->path.field };
	const struct value *v = &x->labels[value];
	if (v->kind == V_NULL)
		return human ? answer_none(c.settings->language) : STR("none");
	return answer_cell(&of, v, false, &c).text;
}

static struct answer_column *value_columns(struct spread *s, struct answer_column *c, size_t value,
					   bool total)
{
	struct job *j = s->job;
	const struct report *r = j->report;
	enum language l = report_language(j);
	struct str name = total ? STR("total") : value_name(s, value, false);
	struct str shown =
	    total ? str_of(label(l, "Total", "Tổng cộng")) : value_name(s, value, true);
	for (size_t m = 0; m < r->nmeasures; m++) {
		const char *measure = label(l, r->measures[m].label, r->measures[m].label_vi);
		*c = (struct answer_column){ .name = name,
					     .label = shown,
					     .role = ROLE_FIGURE,
					     .unit = r->measures[m].unit };
		if (r->nmeasures > 1) {
			c->name = arena_printf(&j->arena, "%.*s.%s", (int)name.n, name.p,
					       r->measures[m].name);
			c->label =
			    arena_printf(&j->arena, "%.*s: %s", (int)shown.n, shown.p, measure);
		}
		c++;
	}
	return c;
}

static bool named_before(const struct answer_column *all, size_t i, struct str name)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(all[k].name, name))
			return true;
	return false;
}

/* A value may be called as a dimension is: a JSON object names a key once. */
static void tell_apart(struct job *j, struct answer_column *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str plain = all[i].name;
		for (int number = 2; named_before(all, i, all[i].name); number++)
			all[i].name =
			    arena_printf(&j->arena, "%.*s_%d", (int)plain.n, plain.p, number);
	}
}

static void begin(struct spread *s)
{
	struct job *j = s->job;
	size_t nvalues = j->axes[s->across].n;
	struct answer_column *all = arena_new(&j->arena, struct answer_column,
					      j->naxes + 3 + (nvalues + 1) * j->report->nmeasures);
	j->ndims--; /* the last of them goes across */
	struct answer_column *c = job_columns(j, all);
	j->ndims++;
	if (j->currency != NO_AXIS)
		*c++ = currency_column(j);
	for (size_t i = 0; i < nvalues; i++)
		c = value_columns(s, c, s->order[i], false);
	if (s->out->totals)
		c = value_columns(s, c, 0, true);
	tell_apart(j, all, (size_t)(c - all));
	answer_begin(s->out, all, (size_t)(c - all));
	s->values = arena_new(&j->arena, struct value, s->out->n);
}

/* -- rows -- */

static struct value *put_sums(const struct spread *s, struct value *v, const struct sum *sums,
			      size_t series, struct arena *a)
{
	const struct report *r = s->job->report;
	for (size_t m = 0; m < r->nmeasures; m++)
		*v++ = job_figure(s->job, &r->measures[m], sums, NULL, series, a);
	return v;
}

static void give_row(struct spread *s, const struct down *row, int64_t period)
{
	const struct job *j = s->job;
	struct arena a = { 0 };
	struct value *v = s->values;
	for (size_t i = j->first; i < j->first + j->ndims - 1; i++)
		*v++ = *series_label(j, row->series, i);
	if (j->timing.by_period)
		*v++ = period == PERIOD_NONE ? value_null() : value_text(day_print(period, &a));
	if (j->currency != NO_AXIS)
		*v++ = *series_label(j, row->series, j->currency);
	for (size_t i = 0; i < j->axes[s->across].n; i++) {
		size_t cell = cell_number(s, row->number, s->order[i]);
		v = put_sums(s, v, tally_find(&s->cells, cell, period), row->series, &a);
	}
	if (s->out->totals)
		put_sums(s, v, tally_find(&s->right, row->number, period), row->series, &a);
	answer_row(s->out, s->values);
	arena_free(&a);
}

static void give_total(struct spread *s, const struct down *row)
{
	const struct job *j = s->job;
	struct arena a = { 0 };
	struct value *v = s->values;
	size_t currency = currency_number(j, row->series);
	size_t named = j->ndims - 1 + j->timing.by_period;
	for (size_t i = 0; i < named; i++)
		*v++ = i ? value_null()
			 : value_text(str_of(label(report_language(j), "total", "tổng cộng")));
	if (j->currency != NO_AXIS)
		*v++ = *series_label(j, row->series, j->currency);
	for (size_t i = 0; i < j->axes[s->across].n; i++) {
		size_t cell = cell_number(s, currency, s->order[i]);
		v = put_sums(s, v, tally_find(&s->bottom, cell, 0), row->series, &a);
	}
	put_sums(s, v, tally_find(&s->corner, currency, 0), row->series, &a);
	answer_total(s->out, s->values);
	arena_free(&a);
}

static void give_rows(struct spread *s)
{
	const struct job *j = s->job;
	struct periods periods = job_periods(j);
	for (size_t i = 0; i < s->nrows; i++) {
		const struct down *row = &s->rows[i];
		if (!j->timing.by_period)
			give_row(s, row, 0);
		for (int64_t at = periods.first; j->timing.by_period && at <= periods.last;
		     at = period_next(at, j->timing.period))
			give_row(s, row, at);
		if (j->timing.by_period && tally_find(&s->right, row->number, PERIOD_NONE))
			give_row(s, row, PERIOD_NONE);
	}
	if (!s->out->totals)
		return; /* nor is there room for them */
	for (size_t i = 0; i < s->nrows && j->ndims + j->timing.by_period > 1; i++) {
		bool first = true;
		for (size_t k = 0; k < i && first; k++)
			first = currency_number(j, s->rows[k].series) !=
				currency_number(j, s->rows[i].series);
		if (first)
			give_total(s, &s->rows[i]);
	}
}

bool pivot_run(const struct pivot *p, struct job *j, struct answer *out, struct diag *d)
{
	struct spread s = { .job = j, .out = out };
	if (!p->across)
		return report_run(j, out, d);
	s.across = j->first + j->ndims - 1;
	s.cells.report = s.right.report = s.bottom.report = s.corner.report = j->report;
	job_count(j);
	if (j->axes[s.across].n > ACROSS_MAX)
		return diag_set(d, NULL,
				"--columns: '%s' has more than %d values; put it into --rows",
				p->across, ACROSS_MAX);
	for (size_t i = 0; i < j->naxes; i++)
		axis_sort(&j->axes[i], NULL, j->context->schema);
	struct axis *x = &j->axes[s.across];
	s.order = arena_new(&s.arena, size_t, x->n);
	for (size_t i = 0; i < x->n; i++)
		s.order[x->rank[i]] = i;
	find_rows(&s);
	add_up(&s);
	begin(&s);
	give_rows(&s);
	job_warn_rates(j);
	free(s.rows);
	map_free(&s.at);
	tally_free(&s.cells);
	tally_free(&s.right);
	tally_free(&s.bottom);
	tally_free(&s.corner);
	arena_free(&s.arena);
	return true;
}
