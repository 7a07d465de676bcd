/* What is read of one source: its axes, times, amounts, and what the measures take. */
#include "report/job.h"

/* A path of the report's own row. */
static struct path own_path(const struct job *j, const struct feed *f, const char *text)
{
	struct path p;
	struct diag d = { 0 };
	const struct query_context *q = &f->context;
	if (!path_parse(str_of(text), q->schema, q->entity, &p, q->arena, &d))
		die(STATUS_ENV, "report %s has a wrong path: %.*s", j->report->name,
		    (int)d.message.n, d.message.p);
	return p;
}

/* `account` stands for the reference, also where --by shows the name behind it. */
static void add_aliases(struct feed *f, const struct report *r, size_t source)
{
	size_t n = 0;
	for (const struct dimension *x = r->dimensions; x && x->name && n < DIMENSIONS_MAX; x++) {
		const char *path = x->path[source];
		bool said = path && *path && !x->cut; /* a condition asks for what is stored */
		f->aliases[n++] = (struct alias){ x->name, said ? path : NULL };
	}
	f->context.aliases = f->aliases;
}

size_t feeds_read(const struct job *j)
{
	size_t n = 0;
	for (size_t i = 0; i < j->nfeeds; i++)
		n += feed_reads(&j->feeds[i]);
	return n;
}

bool feed_lacks(struct job *j, struct feed *f, struct diag *d)
{
	struct str why = arena_str(&d->arena, d->message);
	if (f->source->apart && feeds_read(j) > 1) {
		f->out = true;
		diag_free(d);
		*d = (struct diag){ 0 };
		return true;
	}
	if (f == j->feeds || feeds_read(j) == 1)
		return false;
	return diag_set(d, NULL, "%.*s (%s is counted too; name one part, such as %s)", (int)why.n,
			why.p, f->source->name, j->report->sources->name);
}

bool feed_timed(struct job *j, struct feed *f, struct diag *d)
{
	const struct range *r = &j->timing.range;
	bool stock = f->source->stock, ranged = (r->has_from || r->has_to) && !stock;
	bool by_period = j->timing.by_period && !(stock && job_computes(j));
	if (f->ntimes || !feed_reads(f) || (!by_period && !ranged))
		return true;
	diag_set(d, NULL, "%s: nothing says when a %s was",
		 j->timing.by_period ? "--period"
		 : r->has_from	     ? "--from"
				     : "--to",
		 f->source->entity);
	return feed_lacks(j, f, d);
}

/* Whether the dimension is among those asked for. */
static bool goes_by(const struct job *j, const char *dimension)
{
	const char *by = j->options->by ? j->options->by : j->report->by;
	struct str rest = str_of(by), name, first;
	if (!dimension)
		return true;
	while (by && str_cut(&rest, ',', &name)) {
		name = str_trim(name);
		str_cut(&name, '.', &first);
		if (str_is(first, dimension))
			return true;
	}
	return false;
}

void feed_open(struct job *j, struct feed *f, const struct source *s)
{
	const char *alone = j->options->source;
	f->source = s;
	f->idle = !option_allows(j, s->when);
	f->out = alone && strcmp(alone, s->name) != 0;
	f->context = *j->context;
	f->context.entity = schema_entity(j->context->schema, str_of(s->entity));
	f->context.arena = &j->arena;
	add_aliases(f, j->report, (size_t)(s - j->report->sources));
	for (size_t i = 0; i < TIMES_MAX && s->time[i]; i++)
		f->times[f->ntimes++] = own_path(j, f, s->time[i]);
	f->has_currency = s->currency || entity_field(f->context.entity, STR("currency")) != NULL;
	if (f->has_currency)
		f->currency = own_path(j, f, s->currency ? s->currency : "currency");
	f->idle = f->idle || !goes_by(j, s->needs);
}

bool feed_given(struct job *j, struct diag *d)
{
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++) {
		if (!feed_reads(f))
			continue;
		f->given = where_parse(str_of(j->options->where), &f->context, d);
		if (!f->given && !feed_lacks(j, f, d))
			return false;
	}
	return true;
}

size_t feed_input(struct job *j, struct feed *f, const char *path)
{
	if (!path)
		return INPUTS_MAX;
	for (size_t i = 0; i < f->ninputs; i++)
		if (str_is(f->inputs[i].text, path))
			return i;
	if (f->ninputs == INPUTS_MAX)
		die(STATUS_ENV, "report %s reads more than %d fields", j->report->name, INPUTS_MAX);
	f->inputs[f->ninputs] = own_path(j, f, path);
	return f->ninputs++;
}

int64_t entity_number(const struct schema *s, const struct entity *e)
{
	size_t i = 0;
	while (i < s->nentities && s->entities[i] != e)
		i++;
	return (int64_t)i + 1;
}

/* Ids say nothing without their type. */
static int64_t number_of_type(const struct schema *s, const struct field *f)
{
	bool record = f->type == &type_ref || f->type == &type_id;
	return record ? entity_number(s, schema_entity(s, str_of(f->ref))) : 0;
}

static bool is_from(const struct job *j, const struct feed *f, const struct measure *m, size_t i)
{
	const char *source = m->from[i].source;
	if (i && !source) /* the end of the list */
		return false;
	return source ? !strcmp(source, f->source->name) : f == j->feeds;
}

/* Needs no records of its own. */
static bool is_quotient(const struct measure *m)
{
	return m->sum != NULL;
}

bool feed_draw(struct job *j, struct feed *f, struct diag *d)
{
	const struct report *r = j->report;
	struct query_context own = f->context;
	own.aliases = NULL;
	for (size_t m = 0; m < r->nmeasures; m++)
		for (size_t i = 0; i < FROM_MAX && !is_quotient(&r->measures[m]); i++) {
			const struct from *from = &r->measures[m].from[i];
			if (!is_from(j, f, &r->measures[m], i))
				continue;
			if (f->ndraws == DRAWS_MAX)
				die(STATUS_ENV, "report %s measures too much", r->name);
			struct draw *draw = &f->draws[f->ndraws++];
			*draw = (struct draw){ .measure = &r->measures[m], .from = from };
			for (size_t k = 0; k < IN_MAX; k++)
				draw->in[k] = feed_input(j, f, from->in[k]);
			if (draw->measure->how == HOW_DISTINCT)
				draw->type = number_of_type(j->context->schema,
							    f->inputs[draw->in[0]].field);
			if (!from->where)
				continue;
			draw->where = where_parse(str_of(from->where), &own, d);
			if (!draw->where)
				return false;
		}
	for (size_t i = 0; r->journey && i < JOURNEY_INPUTS; i++)
		feed_input(j, f, r->journey->in[i]);
	return true;
}

void feed_close(struct feed *f)
{
	for (size_t i = 0; i < AXES_MAX; i++) {
		stmt_close(f->axes[i].lookup);
		map_free(&f->axes[i].raw);
	}
}
