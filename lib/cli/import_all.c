/*
 * crm-import all: everything that crm-export all wrote, in one transaction.
 *
 * Each record type has an import of its own with its own spool; the rows of a mixed
 * stream are dealt out to them by their ids.  When all is read the types go in one
 * after the other, users and teams first; links to what comes later wait until then.
 *
 * A configuration that is another one than here makes other rows of them: it goes in
 * first, and everything is read once the lock is held.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/all_config.h"
#include "cli/all_sources.h"
#include "cli/import_impl.h"
#include "core/buf.h"
#include "schema/order.h"
#include "store/counter.h"

/* A counter of documents' numbers. */
struct number {
	struct number_counter counter;
	struct number *more;
};

struct all {
	struct crm *crm;
	struct job job; /* its runs: one a record type, in the order of these */
	const struct entity **order;
	int64_t *next; /* their counters; 0: nothing was said */
	struct number *numbers;
	struct all_sources sources;
	struct all_config config;
	struct rejects rejects;
	bool begun; /* a row came, of whatever kind */
	long stray; /* rows that are of no type, or could not be read */
};

/* --- what is read --- */

static void check_options(struct crm *crm)
{
	static const char *const of_one[] = { "map",	"preset",	  "set",
					      "match",	"create-missing", "batch",
					      "if-rev", "date-order",	  "header-line",
					      NULL };
	for (size_t i = 0; of_one[i]; i++)
		if (option_on(crm, of_one[i]))
			usage(crm, "--%s is about one record type", of_one[i]);
}

static void set_up_parts(struct all *a)
{
	struct crm *crm = a->crm;
	struct store *s = crm->store;
	struct run *parts = arena_new(&crm->arena, struct run, a->job.nruns);
	for (size_t i = 0; i < a->job.nruns; i++) {
		struct run *r = a->job.runs[i] = &parts[i];
		*r = (struct run){ .job = &a->job,
				   .im = { .store = s,
					   .resolver = &crm->resolver,
					   .entity = a->order[i],
					   .ignore_unknown = option_on(crm, "ignore-unknown"),
					   .keep_raw = a->job.rejecting,
					   .partial = a->job.rejecting,
					   .sources = a->sources.names } };
		r->im.map = (struct import_map){ .schema = &s->schema,
						 .settings = &s->settings,
						 .entity = a->order[i],
						 .arena = &crm->arena };
		if (!import_open(&r->im, &crm->diag))
			refuse(crm, STATUS_USAGE);
	}
}

/* For the record types as they are now. */
static void set_up(struct all *a)
{
	struct crm *crm = a->crm;
	a->job.nruns = crm->store->schema.nentities;
	a->order = schema_order(&crm->store->schema, &crm->arena);
	a->job.runs = arena_new(&crm->arena, struct run *, a->job.nruns);
	a->next = arena_new(&crm->arena, int64_t, a->job.nruns);
	set_up_parts(a);
}

/* --- dealing out --- */

static const struct entity *entity_of(const struct all *a, const char *type)
{
	return type ? schema_entity(&a->crm->store->schema, str_of(type)) : NULL;
}

static size_t part_of(const struct all *a, const struct entity *e)
{
	size_t i = 0;
	while (a->order[i] != e)
		i++;
	return i;
}

/* A row that is nobody's. */
static void stray(struct all *a, const struct row *row, bool unreadable, struct diag *d)
{
	struct arena scratch = { 0 };
	struct spooled item = { .line = row->line, .raw = row->raw, .unreadable = unreadable };
	if (a->stray++ < SHOWN_MAX)
		diag_report(d);
	if (a->job.rejecting)
		rejects_put(&a->rejects, &item, import_reason(d, &scratch));
	diag_clear(d);
	arena_free(&scratch);
}

static void add_number(struct all *a, struct str prefix, int64_t next)
{
	struct number *n = arena_new(&a->crm->arena, struct number, 1);
	*n = (struct number){ { arena_str(&a->crm->arena, prefix), next }, a->numbers };
	a->numbers = n;
}

static bool take_counter(struct all *a, const struct row *row, struct diag *d)
{
	const struct cell *type = row_cell(row, ALL_COUNTER), *next = row_cell(row, ALL_NEXT);
	const struct entity *e = schema_entity(&a->crm->store->schema, type->text);
	int64_t n;
	if (!e && !number_is_prefix(type->text))
		return diag_set(d, ALL_COUNTER, "there is no record type %s",
				quoted(type->text, &d->arena));
	if (!next || !str_int(next->text, &n) || n < 1 || n > ID_MAX)
		return diag_set(d, ALL_NEXT, "%s is no number for an id",
				quoted(next ? next->text : (struct str){ 0 }, &d->arena));
	if (e)
		a->next[part_of(a, e)] = n;
	else
		add_number(a, type->text, n);
	return true;
}

/* Whose the row is; NULL with diag. */
static struct run *whose(struct all *a, const struct all_source *from, const struct row *row,
			 struct diag *d)
{
	const struct cell *id = row_cell(row, "id");
	const struct entity *e = entity_of(a, from->type);
	int64_t number;
	if (!e && !id)
		diag_set(d, NULL, "it has no id that says of which type it is");
	else if (!e && !ref_parse(&a->crm->store->schema, str_trim(id->text), &e, &number))
		diag_set(d, "id", "%s is no reference such as lead-42",
			 quoted(id->text, &d->arena));
	return d->message.n ? NULL : a->job.runs[part_of(a, e)];
}

/* A row that is about the whole; false: it is a record, whatever its fields are called. */
static bool take_special(struct all *a, const struct all_source *from, const struct row *row,
			 bool late, struct diag *d)
{
	bool is_record =
	    from->type ? strcmp(from->type, ALL_COUNTER) != 0 : row_cell(row, "id") != NULL;
	const struct cell *config = row_cell(row, ALL_CONFIG);
	if (is_record)
		return false;
	if (config && !from->type) {
		if (!all_config_take(&a->config, a->crm, config->text, from->name, row->line, late,
				     d))
			stray(a, row, false, d);
		return true;
	}
	if (!row_cell(row, ALL_COUNTER))
		return false;
	if (!take_counter(a, row, d))
		stray(a, row, false, d);
	return true;
}

static void deal_out(struct all *a, unsigned source, enum read_result got, const struct row *row,
		     struct arena *scratch, struct diag *d)
{
	const struct all_source *from = &a->sources.items[source];
	bool late = a->begun;
	a->begun = true;
	if (got == READ_BAD) {
		stray(a, row, true, d);
		return;
	}
	if (take_special(a, from, row, late, d))
		return;
	struct run *r = whose(a, from, row, d);
	if (r)
		import_row(&r->im, source, got, row, scratch, d);
	else
		stray(a, row, false, d);
}

/* Whether what was read cannot be understood before the configuration is there. */
static bool waits(const struct all *a)
{
	return a->config.differs && !a->config.applied;
}

static void read_source(struct all *a, unsigned number)
{
	struct crm *crm = a->crm;
	struct arena scratch = { 0 };
	struct diag d = { 0 };
	struct row row;
	struct reader *in = all_sources_open(crm, &a->sources.items[number], a->job.rejecting);
	bool other;
	if (a->job.rejecting && !rejects_stream(&a->rejects, in, &other, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	for (size_t i = 0; i < a->job.nruns; i++)
		import_stream(&a->job.runs[i]->im);
	for (enum read_result got;
	     !waits(a) && (got = reader_next(in, &row, &scratch, &d)) != READ_END;) {
		deal_out(a, number, got, &row, &scratch, &d);
		progress_show(&a->job.progress, "read", row.line, reader_bytes(in), 0);
		arena_reset(&scratch);
	}
	reader_close(in);
	arena_free(&scratch);
	diag_free(&d);
}

static void read_all(struct all *a)
{
	for (size_t i = 0; i < a->sources.n && !waits(a); i++)
		read_source(a, (unsigned)i);
}

static void forget_parts(struct all *a)
{
	for (size_t i = 0; i < a->job.nruns; i++)
		import_free(&a->job.runs[i]->im);
}

/* The lock is held: first the configuration, then all rows as they are understood by it. */
static bool configure(struct all *a)
{
	if (!all_config_apply(&a->config))
		return false;
	forget_parts(a);
	set_up(a);
	a->begun = false;
	read_all(a);
	return true;
}

/* --- writing --- */

static void put_part(struct all *a, size_t i)
{
	import_put_rows(a->job.runs[i]);
	if (a->next[i])
		counter_raise(a->crm->store, a->order[i], a->next[i]);
}

static void sum(const struct all *a, long *read, long *results)
{
	*read = results[IMPORT_REJECTED] = a->stray;
	import_sum(&a->job, read, results);
}

static void put_summary(struct all *a, long read, const long *results)
{
	FILE *out = a->job.summary.file;
	const char *before = "";
	if (!out)
		return;
	putc('{', out);
	import_results_json(out, read, results);
	fprintf(out, ",\"config\":%zu,\"pending\":%ld,\"committed\":%s,\"types\":{",
		a->config.differences, a->job.pending, a->job.committed ? "true" : "false");
	for (size_t i = 0; i < a->job.nruns; i++) {
		const struct import *im = &a->job.runs[i]->im;
		if (!im->read)
			continue;
		fprintf(out, "%s\"%s\":{", before, a->order[i]->name);
		import_results_json(out, im->read, im->results);
		putc('}', out);
		before = ",";
	}
	fprintf(out, "},\"seconds\":%.3f}\n", progress_seconds(&a->job.progress));
	outfile_commit(&a->job.summary);
}

static int account_all(struct all *a)
{
	long read, results[IMPORT_RESULTS] = { 0 };
	struct crm *crm = a->crm;
	sum(a, &read, results);
	if (a->config.source)
		all_config_account(&a->config);
	for (size_t i = 0; i < a->job.nruns && !a->job.quiet; i++) {
		const struct import *im = &a->job.runs[i]->im;
		if (im->read)
			import_results_tell(a->order[i]->name, im->read, im->results, "");
	}
	if (!a->job.quiet)
		import_results_tell("all", read, results, import_end(&a->job));
	import_pending_tell(&a->job);
	put_summary(a, read, results);
	crm->refused = results[IMPORT_REJECTED] + a->config.mistakes;
	return crm->refused ? STATUS_REFUSED : STATUS_OK;
}

/* The rejects are on the disk before the commit and come into their place behind it. */
static int put_all(struct all *a)
{
	struct crm *crm = a->crm;
	struct job *job = &a->job;
	import_alone(job);
	if (!writes_begin(&job->writes, crm)) {
		warn("this was imported before, under the same --once key");
		return writes_end(&job->writes);
	}
	job->doomed = waits(a) && !configure(a);
	job->doomed |= a->stray && !job->rejecting;
	import_start_job(job);
	for (size_t i = 0; i < job->nruns; i++)
		put_part(a, i);
	for (const struct number *n = a->numbers; n; n = n->more)
		numbers_raise(crm->store, n->counter.prefix, n->counter.next);
	job->pending = store_pending(crm->store);
	progress_clear(&job->progress);
	if (job->dry)
		rejects_discard(&a->rejects);
	rejects_prepare(&a->rejects);
	crm->refused = job->doomed; /* for writes_end: nothing goes in */
	writes_end(&job->writes);
	rejects_publish(&a->rejects);
	job->committed = !job->doomed && !job->dry;
	return account_all(a);
}

int import_all(struct crm *crm, int argc, char **argv)
{
	struct all a = { .crm = crm, .job = { .crm = crm } };
	crm->entity = NULL;
	check_options(crm);
	import_set_up(&a.job);
	all_sources_find(&a.sources, crm, argc, argv);
	a.job.rejects_of = arena_new(&crm->arena, struct rejects *, a.sources.n);
	for (size_t i = 0; i < a.sources.n; i++)
		a.job.rejects_of[i] = &a.rejects;
	if (a.sources.config)
		all_config_read(&a.config, crm, a.sources.config);
	set_up(&a);
	if (a.job.rejecting)
		rejects_open(&a.rejects, option(crm, "rejects"));
	progress_start(&a.job.progress, a.job.quiet);
	read_all(&a);
	int status = put_all(&a);
	forget_parts(&a);
	return status;
}
