/* One report, from what was asked to what is printed. */
#include <stdlib.h>

#include "report/job.h"

static bool shows_money(const struct report *r)
{
	for (size_t i = 0; i < r->nmeasures; i++)
		if (r->measures[i].unit == UNIT_MONEY)
			return true;
	return false;
}

static struct axis *new_axis(struct job *j)
{
	return &j->axes[j->naxes++];
}

static void add_steps(struct job *j)
{
	j->nsteps = j->report->journey->names(j->context->schema, j->step_names);
	j->steps = j->naxes;
	struct axis *x = new_axis(j);
	*x = (struct axis){ .name = STR("step") };
	for (size_t i = 0; i < j->nsteps; i++) {
		struct value name = value_text(j->step_names[i]);
		axis_label(x, &name, &j->arena);
	}
}

static bool named_before(const struct job *j, struct str name)
{
	for (size_t i = j->first; i < j->naxes; i++)
		if (str_eq(j->axes[i].name, name))
			return true;
	return false;
}

static bool add_dimensions(struct job *j, struct diag *d)
{
	const char *by = j->options->by ? j->options->by : j->report->by;
	struct str rest = str_of(by), name;
	j->first = j->naxes;
	while (by && *by && str_cut(&rest, ',', &name)) {
		name = str_trim(name);
		if (str_is(name, "currency") && shows_money(j->report))
			continue; /* it is there anyway */
		if (named_before(j, name))
			return diag_set(d, NULL, "--by: %s is named twice",
					quoted(name, &d->arena));
		if (j->naxes == AXES_MAX - 1)
			return diag_set(d, NULL, "--by: more than %d dimensions", AXES_MAX - 2);
		if (!axis_parse(new_axis(j), j->report, name, j->context, d))
			return false;
	}
	j->ndims = j->naxes - j->first;
	return true;
}

static bool add_axes(struct job *j, struct diag *d)
{
	j->steps = j->currency = NO_AXIS;
	if (j->report->journey)
		add_steps(j);
	if (!add_dimensions(j, d))
		return false;
	if (!shows_money(j->report))
		return true;
	j->currency = j->naxes;
	return axis_parse(new_axis(j), j->report, STR("currency"), j->context, d);
}

static bool add_input(struct job *j, const char *path, struct diag *d)
{
	if (!path)
		return true;
	for (size_t i = 0; i < j->ninputs; i++)
		if (str_is(j->inputs[i].text, path))
			return true;
	return path_parse(str_of(path), j->context->schema, j->context->entity,
			  &j->inputs[j->ninputs++], &j->arena, d);
}

static bool add_inputs(struct job *j, struct diag *d)
{
	const struct report *r = j->report;
	for (size_t m = 0; m < r->nmeasures; m++)
		for (size_t i = 0; i < countof(r->measures[m].in); i++)
			if (!add_input(j, r->measures[m].in[i], d))
				return false;
	for (size_t i = 0; r->journey && i < JOURNEY_INPUTS; i++)
		if (!add_input(j, r->journey->in[i], d))
			return false;
	for (size_t i = 0; i < TIMES_MAX && r->time[i]; i++)
		j->times[j->ntimes++] = entity_field(j->context->entity, str_of(r->time[i]));
	return true;
}

static bool prepare(struct job *j, struct diag *d)
{
	const struct report_options *o = j->options;
	if (!timing_parse(o, &j->context->settings->calendar, &j->timing, d))
		return false;
	if (j->timing.against && !j->report->main)
		return diag_set(d, NULL, "--compare: report %s has nothing to compare",
				j->report->name);
	if (o->where) {
		j->given = where_parse(str_of(o->where), j->context, d);
		if (!j->given)
			return false;
	}
	if (o->currency && !shows_money(j->report))
		return diag_set(d, NULL, "--currency: report %s shows no amounts", j->report->name);
	if (o->currency && !currency_code(str_of(o->currency)))
		return diag_set(d, NULL, "--currency: %s is no ISO 4217 currency",
				quoted(str_of(o->currency), &d->arena));
	j->conversion.into = str_of(o->currency ? currency_code(str_of(o->currency)) : NULL);
	if (!add_axes(j, d) || !add_inputs(j, d))
		return false;
	j->where = job_where(j, &j->timing.range, d);
	return true;
}

struct job *report_open(struct store *s, const struct report *r, const struct report_options *o,
			const struct query_context *q, struct diag *d)
{
	struct job *j = xcalloc(1, sizeof *j);
	j->report = r;
	j->options = o;
	j->context = q;
	j->store = s;
	j->taking = (struct taking){ o->now, o->within * DAY_SECONDS, q->schema };
	j->now.report = j->before.report = r;
	if (prepare(j, d))
		return j;
	report_close(j);
	return NULL;
}

void report_close(struct job *j)
{
	if (!j)
		return;
	for (size_t i = 0; i < j->naxes; i++)
		axis_close(&j->axes[i]);
	tally_free(&j->now);
	tally_free(&j->before);
	map_free(&j->series);
	map_free(&j->conversion.at);
	free(j->conversion.rates);
	free(j->members);
	arena_free(&j->arena);
	free(j);
}

const struct node *report_where(const struct job *j)
{
	return j->where;
}
