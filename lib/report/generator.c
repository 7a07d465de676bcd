/* One report, from what was asked to what is printed. */
#include <stdlib.h>

#include "report/compare.h"
#include "report/sequel.h"

#define NO_DIMENSIONS                                                             \
	"--by: report %s looks at all together; -w has it look at some, such as " \
	"-w owner=LOGIN"

static bool shows_money(const struct report *r)
{
	for (size_t i = 0; i < r->nmeasures; i++)
		if (r->measures[i].unit == UNIT_MONEY)
			return true;
	return false;
}

static void add_steps(struct job *j)
{
	const struct journey *way = j->report->journey;
	j->nsteps = way->names(j->context->schema, j->step_names);
	j->steps = j->naxes++;
	struct axis *x = &j->axes[j->steps];
	*x = (struct axis){ .name = str_of(way->state ? way->state : "step"), .follows = NO_AXIS };
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
	if (j->options->by && j->report->compute && !j->report->dimensions)
		return diag_set(d, NULL, NO_DIMENSIONS, j->report->name);
	while (by && *by && str_cut(&rest, ',', &name)) {
		name = str_trim(name);
		if (str_is(name, "currency") && (j->report->currency || shows_money(j->report)))
			continue; /* it is there anyway */
		if (named_before(j, name))
			return diag_set(d, NULL, "--by: %s is named twice",
					quoted(name, &d->arena));
		if (j->naxes == AXES_MAX - 1)
			return diag_set(d, NULL, "--by: more than %d dimensions", AXES_MAX - 2);
		if (!axis_add(j, name, d))
			return false;
		if (j->report->each && !j->axes[j->naxes - 1].dimension)
			return diag_set(d, NULL, "--by: report %s goes by nothing but %s, %s",
					j->report->name, j->report->dimensions[0].name,
					j->report->dimensions[1].name);
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
	axes_follow(j);
	if (!shows_money(j->report))
		return true;
	j->currency = j->naxes++;
	struct axis *x = &j->axes[j->currency];
	*x = (struct axis){ .name = STR("currency"), .follows = NO_AXIS };
	for (const struct feed *f = j->feeds; f < j->feeds + j->nfeeds && !x->path.field; f++)
		if (f->has_currency)
			x->path = f->currency;
	return true;
}

/* The one source that alone is to be read is one of them. */
static bool check_part(const struct job *j, struct diag *d)
{
	const struct report *r = j->report;
	const char *alone = j->options->source, *names[SOURCES_MAX];
	for (size_t i = 0; i < r->nsources; i++) {
		names[i] = r->sources[i].name;
		if (!alone || !strcmp(names[i], alone))
			return true;
	}
	const char *near = alone ? nearest(str_of(alone), names, r->nsources) : NULL;
	return !alone || diag_set(d, NULL, "there is no part %s of it%s%s%s",
				  quoted(str_of(alone), &d->arena), near ? "; did you mean " : "",
				  near ? near : "", near ? "?" : "");
}

static bool open_feeds(struct job *j, struct diag *d)
{
	const struct report *r = j->report;
	if (!check_part(j, d))
		return false;
	for (; j->nfeeds < r->nsources; j->nfeeds++)
		feed_open(j, &j->feeds[j->nfeeds], &r->sources[j->nfeeds]);
	for (size_t i = 0; i < j->nfeeds; i++)
		if (!feed_timed(j, &j->feeds[i], d))
			return false;
	return feeds_read(j) || !r->nsources ||
	       diag_set(d, NULL, "nothing of report %s can answer that", r->name);
}

static bool check_currency(struct job *j, struct diag *d)
{
	const char *code = j->options->currency;
	if (code && !shows_money(j->report) && !j->report->compute)
		return diag_set(d, NULL, "--currency: report %s shows no amounts", j->report->name);
	if (code && !currency_code(str_of(code)))
		return diag_set(d, NULL, "--currency: %s is no ISO 4217 currency",
				quoted(str_of(code), &d->arena));
	j->conversion.into = str_of(code ? currency_code(str_of(code)) : NULL);
	return true;
}

static struct range source_range(const struct job *j, const struct source *s)
{
	struct range range = j->timing.range;
	int64_t tomorrow = zone_instant(zone_day(j->options->now) + 1, 0);
	if (!s->past)
		return range;
	range.has_from = false;
	if (!range.has_to || range.to > tomorrow)
		range.to = tomorrow;
	range.has_to = true;
	return range;
}

static bool prepare(struct job *j, struct diag *d)
{
	const struct report_options *o = j->options;
	const struct report *r = j->report;
	if (o->compare && !r->main)
		return diag_set(d, NULL,
				"--compare: report %s has no one figure to compare; ask it for "
				"another time with %s",
				r->name, r->each && !r->own_period ? "--period" : "--to");
	if (!options_check(j, d) ||
	    !timing_parse(r, o, &j->context->settings->calendar, &j->timing, d))
		return false;
	if (!open_feeds(j, d) || (o->where && !feed_given(j, d)) || !check_currency(j, d) ||
	    !add_axes(j, d))
		return false;
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++) {
		if (!feed_reads(f))
			continue;
		if (!feed_draw(j, f, d))
			return false;
		struct range range = source_range(j, f->source);
		f->where = feed_where(j, f, &range);
	}
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
	j->taking = (struct taking){ .now = o->now, .schema = q->schema, .store = s };
	j->now.report = j->before.report = r;
	db_map(s->db);
	if (prepare(j, d))
		return j;
	report_close(j);
	return NULL;
}

static void axis_free(struct axis *x)
{
	map_free(&x->known);
	free(x->labels);
	free(x->records);
	free(x->rank);
}

void report_close(struct job *j)
{
	if (!j)
		return;
	for (size_t i = 0; i < j->naxes; i++)
		axis_free(&j->axes[i]);
	for (size_t i = 0; i < j->nfeeds; i++)
		feed_close(&j->feeds[i]);
	tally_free(&j->now);
	tally_free(&j->before);
	map_free(&j->series);
	free(j->heads);
	free(j->next);
	map_free(&j->identity);
	map_free(&j->conversion.at);
	free(j->conversion.rates);
	free(j->members);
	sequel_free(j->sequel);
	arena_free(&j->arena);
	free(j);
}

/* What needs all the rows has them kept. */
static bool answer_finished(struct job *j, struct answer *out, struct diag *d)
{
	const char *rank = j->report->ranked ? report_option(j, j->report->ranked) : NULL;
	struct kept kept = kept_new(out->totals);
	bool done = true;
	if (rank && out->cut && !out->first_by.n)
		kept_expect(&kept, arena_printf(&j->arena, "-%s", rank).p, (int64_t)out->first);
	job_answer(j, j->report->finish ? &kept.answer : out);
	if (j->report->finish)
		done = j->report->finish(j, &kept, out, d);
	kept_free(&kept);
	return done;
}

struct sequel_reach job_sequel_reach(const struct job *j)
{
	const struct range *range = &j->timing.range;
	struct sequel_reach all = { .from = INT64_MIN }, r = { .from = range->from };
	if (!range->has_from || j->timing.against)
		return all;
	if (!(j->report->sequel & 1u << SEQUEL_TALK))
		return r;
	r.with = j->report->sources->entity;
	r.has_to = range->has_to;
	r.to = range->to;
	return sequel_few(j->store, &r) ? r : all;
}

void job_learn(struct job *j)
{
	struct sequel_reach reach = job_sequel_reach(j);
	if (j->report->learn)
		j->taking.learned = j->report->learn(j->store, &j->arena);
	if (!j->report->sequel || j->taking.sequel)
		return;
	j->sequel = sequel_new(j->store, j->report->sequel, &reach);
	j->taking.sequel = j->sequel;
}

void report_share(struct job *j, const struct job *earlier)
{
	struct sequel_reach own = job_sequel_reach(j), other = job_sequel_reach(earlier);
	if (j->report->sequel == earlier->report->sequel && own.from == other.from && !own.with)
		j->taking.sequel = earlier->taking.sequel;
}

bool report_run(struct job *j, struct answer *out, struct diag *d)
{
	bool done;
	if (j->report->each && (j->ndims || job_in_periods(j)))
		return each_answer(j, out, d); /* who answers warns */
	if (job_computes(j)) {
		done =
		    j->timing.against ? compare_answer(j, out, d) : j->report->compute(j, out, d);
	} else {
		job_learn(j);
		done = answer_finished(j, out, d);
	}
	job_warn_rates(j);
	return done;
}
