/* The groups: one value of each axis is a series, shown period by period. */
#include <stdlib.h>

#include "report/job.h"

static size_t add_series(struct job *j, const uint32_t *numbers)
{
	if (j->nseries == j->series_room) {
		j->series_room = j->series_room ? j->series_room * 2 : 64;
		j->members =
		    xrealloc(j->members, j->series_room * (j->naxes + 1) * sizeof *j->members);
		j->next = xrealloc(j->next, j->series_room * sizeof *j->next);
	}
	memcpy(j->members + j->nseries * j->naxes, numbers, j->naxes * sizeof *numbers);
	j->next[j->nseries] = 0;
	return j->nseries++;
}

/* Of the first series with that value on the first dimension: 0, there is none, or number + 1. */
static uint32_t *series_with(struct job *j, uint32_t value)
{
	if (value >= j->nheads) {
		size_t n = value < 32 ? 64 : (size_t)value * 2;
		j->heads = xrealloc(j->heads, n * sizeof *j->heads);
		memset(j->heads + j->nheads, 0, (n - j->nheads) * sizeof *j->heads);
		j->nheads = n;
	}
	return &j->heads[value];
}

/* A few with one value of the first dimension hang together; what has no place there is hashed. */
size_t job_series(struct job *j, const uint32_t *numbers)
{
	enum { FEW = 6 };
	size_t size = j->naxes * sizeof *numbers;
	uint32_t *at = j->ndims ? series_with(j, numbers[j->first]) : NULL;
	for (size_t i = 0; at && i < FEW; i++, at = &j->next[*at - 1]) {
		if (!*at) {
			*at = (uint32_t)j->nseries + 1; /* before its room may move */
			return add_series(j, numbers);
		}
		if (!memcmp(j->members + (*at - 1) * j->naxes, numbers, size))
			return *at - 1;
	}
	struct str key = { (const char *)numbers, size };
	int64_t *number = map_at(&j->series, key.n ? key : STR("all"));
	if (!*number)
		*number = (int64_t)add_series(j, numbers) + 1;
	return (size_t)*number - 1;
}

/* The axis that shows all its values: the steps of a journey, or the report's `every`. */
static size_t every_axis(const struct job *j)
{
	for (size_t i = j->first; j->report->every && i < j->first + j->ndims; i++)
		if (str_is(j->axes[i].name, j->report->every))
			return i;
	return j->steps;
}

static enum stage_kind kind_shown(const struct job *j)
{
	return j->report->sources->deals == DEALS_WON ? STAGE_WON : STAGE_OPEN;
}

/* Numbers the stages of the kind that the report is about; how many there are. */
static size_t number_stages(struct job *j, struct axis *x, size_t numbers[STEPS_MAX])
{
	size_t npipelines, n = 0;
	const struct pipeline *p = schema_pipelines(j->context->schema, &npipelines);
	for (size_t i = 0; i < npipelines; i++)
		for (size_t k = 0; k < p[i].n && n < STEPS_MAX; k++) {
			struct value v = value_text(str_of(p[i].stages[k].key));
			if (p[i].stages[k].kind == kind_shown(j))
				numbers[n++] = axis_label(x, &v, &j->arena);
		}
	return n;
}

/* Where the pipeline is a dimension too, it shows its own stages of that kind. */
static bool belongs(const struct job *j, size_t series, size_t every, size_t number)
{
	const struct value *stage = &j->axes[every].labels[number];
	for (size_t i = j->first; i < j->first + j->ndims; i++) {
		const struct value *v = series_label(j, series, i);
		if (!str_is(j->axes[i].name, "pipeline") || v->kind != V_TEXT)
			continue;
		const struct pipeline *p = schema_pipeline(j->context->schema, v->s);
		const struct stage *own = p ? pipeline_stage(p, stage->s) : NULL;
		if (!own || own->kind != kind_shown(j))
			return false;
	}
	return true;
}

/* A dimension that shows all the numbers from one to another. */
static bool is_full(const struct job *j, size_t axis)
{
	const struct dimension *x = j->axes[axis].dimension;
	return x && x->to > x->from;
}

static size_t number_on(struct job *j, size_t axis, int64_t i)
{
	struct value v = value_int(i);
	return axis_label(&j->axes[axis], &v, &j->arena);
}

/* Each group that was met, for all the numbers of such dimensions. */
static void fill_full(struct job *j)
{
	uint32_t numbers[AXES_MAX] = { 0 };
	size_t full = 0;
	for (size_t i = j->first; i < j->first + j->ndims; i++)
		if (is_full(j, i)) {
			numbers[i] = (uint32_t)number_on(j, i, j->axes[i].dimension->from);
			full++;
		}
	if (full && full == j->naxes && !j->nseries)
		job_series(j, numbers);
	for (size_t i = j->first; full && i < j->first + j->ndims; i++)
		for (size_t k = 0, n = is_full(j, i) ? j->nseries : 0; k < n; k++) {
			memcpy(numbers, j->members + k * j->naxes, j->naxes * sizeof *numbers);
			for (int64_t v = j->axes[i].dimension->from; v <= j->axes[i].dimension->to;
			     v++) {
				numbers[i] = (uint32_t)number_on(j, i, v);
				job_series(j, numbers);
			}
		}
}

/* Nothing was met at all: one group, of nothing, where it needs no value to be named. */
static void add_nothing(struct job *j, size_t every)
{
	uint32_t numbers[AXES_MAX] = { 0 };
	struct value currency = value_text(str_of(j->context->settings->currency));
	if (j->ndims > (every != NO_AXIS && every != j->steps))
		return;
	if (j->currency != NO_AXIS)
		numbers[j->currency] =
		    (uint32_t)axis_label(&j->axes[j->currency], &currency, &j->arena);
	job_series(j, numbers);
}

void job_fill(struct job *j)
{
	size_t every = every_axis(j), values[STEPS_MAX], nvalues = 0;
	fill_full(j);
	if (every != NO_AXIS && every != j->steps)
		nvalues = number_stages(j, &j->axes[every], values);
	else if (every != NO_AXIS)
		for (; nvalues < j->nsteps; nvalues++)
			values[nvalues] = nvalues;
	if (!j->nseries && (every == NO_AXIS || nvalues))
		add_nothing(j, every);
	for (size_t i = 0, n = j->nseries; i < n; i++)
		for (size_t k = 0; k < nvalues; k++) {
			uint32_t numbers[AXES_MAX];
			memcpy(numbers, j->members + i * j->naxes, j->naxes * sizeof *numbers);
			numbers[every] = (uint32_t)values[k];
			if (every == j->steps || belongs(j, i, every, values[k]))
				job_series(j, numbers);
		}
}

size_t *job_all(struct job *j)
{
	size_t *series = arena_new(&j->arena, size_t, j->nseries);
	for (size_t i = 0; i < j->nseries; i++)
		series[i] = i;
	return series;
}

struct place {
	const struct job *job;
	size_t series;
};

static int by_members(const void *a, const void *b)
{
	const struct place *p = a, *q = b;
	const struct job *j = p->job;
	for (size_t i = 0; i < j->naxes; i++) {
		/* a journey's steps stay together */
		size_t at = j->steps == NO_AXIS ? i : (i + 1) % j->naxes;
		size_t x = j->axes[at].rank[j->members[p->series * j->naxes + at]];
		size_t y = j->axes[at].rank[j->members[q->series * j->naxes + at]];
		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

void job_order(struct job *j, size_t *series, size_t n)
{
	struct arena a = { 0 };
	struct place *places = arena_new(&a, struct place, n);
	series_look_up(j, series, n);
	for (size_t i = 0; i < j->naxes; i++) {
		bool *used = arena_new(&a, bool, j->axes[i].n);
		for (size_t k = 0; k < n; k++)
			used[j->members[series[k] * j->naxes + i]] = true;
		axis_sort(&j->axes[i], used, j->context->schema);
	}
	for (size_t i = 0; i < n; i++)
		places[i] = (struct place){ j, series[i] };
	if (n > 1)
		qsort(places, n, sizeof *places, by_members);
	for (size_t i = 0; i < n; i++)
		series[i] = places[i].series;
	arena_free(&a);
}
