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
	const struct entity **order;
	struct run *parts; /* one a record type, in that order */
	int64_t *next;	   /* their counters; 0: nothing was said */
	struct number *numbers;
	size_t n;
	struct all_sources sources;
	struct all_config config;
	struct rejects rejects;
	struct progress progress;
	bool dry, rejecting;
	bool begun; /* a row came, of whatever kind */
	long stray; /* rows that are of no type, or could not be read */
	long pending;
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
	for (size_t i = 0; i < a->n; i++) {
		struct run *r = &a->parts[i];
		*r = (struct run){ .crm = crm,
				   .dry = a->dry,
				   .quiet = true,
				   .rejecting = a->rejecting,
				   .print = option(crm, "output") && !option_on(crm, "quiet"),
				   .im = { .store = s,
					   .resolver = &crm->resolver,
					   .entity = a->order[i],
					   .ignore_unknown = option_on(crm, "ignore-unknown"),
					   .keep_raw = a->rejecting,
					   .partial = a->rejecting,
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
	a->n = crm->store->schema.nentities;
	a->order = schema_order(&crm->store->schema, &crm->arena);
	a->parts = arena_new(&crm->arena, struct run, a->n);
	a->next = arena_new(&crm->arena, int64_t, a->n);
	set_up_parts(a);
}

/* --- dealing out --- */

static const struct cell *cell_named(const struct row *row, const char *name)
{
	for (size_t i = 0; i < row->n; i++)
		if (str_is(row->names[i], name))
			return &row->cells[i];
	return NULL;
}

static const struct entity *entity_of(const struct all *a, const char *type)
{
	return type ? schema_entity(&a->crm->store->schema, str_of(type)) : NULL;
}

static struct run *part_of(struct all *a, const struct entity *e)
{
	size_t i = 0;
	while (a->order[i] != e)
		i++;
	return &a->parts[i];
}

/* A row that is nobody's. */
static void stray(struct all *a, const struct row *row, bool unreadable, struct diag *d)
{
	struct arena scratch = { 0 };
	struct spooled item = { .line = row->line, .raw = row->raw, .unreadable = unreadable };
	if (a->stray++ < SHOWN_MAX)
		diag_report(d);
	if (a->rejecting)
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
	const struct cell *type = cell_named(row, ALL_COUNTER), *next = cell_named(row, ALL_NEXT);
	const struct entity *e = schema_entity(&a->crm->store->schema, type->text);
	int64_t n;
	if (!e && !number_is_prefix(type->text))
		return diag_set(d, ALL_COUNTER, "there is no record type %s",
				quoted(type->text, &d->arena));
	if (!next || !str_int(next->text, &n) || n < 1 || n > ID_MAX)
		return diag_set(d, ALL_NEXT, "%s is no number for an id",
				quoted(next ? next->text : (struct str){ 0 }, &d->arena));
	if (e)
		a->next[part_of(a, e) - a->parts] = n;
	else
		add_number(a, type->text, n);
	return true;
}

/* Whose the row is; NULL with diag. */
static struct run *whose(struct all *a, const struct all_source *from, const struct row *row,
			 struct diag *d)
{
	const struct cell *id = cell_named(row, "id");
	const struct entity *e = entity_of(a, from->type);
	int64_t number;
	if (!e && !id)
		diag_set(d, NULL, "it has no id that says of which type it is");
	else if (!e && !ref_parse(&a->crm->store->schema, str_trim(id->text), &e, &number))
		diag_set(d, "id", "%s is no reference such as lead-42",
			 quoted(id->text, &d->arena));
	return d->message.n ? NULL : part_of(a, e);
}

/* A row that is about the whole; false: it is a record, whatever its fields are called. */
static bool take_special(struct all *a, const struct all_source *from, const struct row *row,
			 bool late, struct diag *d)
{
	bool is_record =
	    from->type ? strcmp(from->type, ALL_COUNTER) != 0 : cell_named(row, "id") != NULL;
	const struct cell *config = cell_named(row, ALL_CONFIG);
	if (is_record)
		return false;
	if (config && !from->type) {
		if (!all_config_take(&a->config, a->crm, config->text, from->name, row->line, late,
				     d))
			stray(a, row, false, d);
		return true;
	}
	if (!cell_named(row, ALL_COUNTER))
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
	struct reader *in = all_sources_open(crm, &a->sources.items[number], a->rejecting);
	if (a->rejecting && !rejects_stream(&a->rejects, in, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	for (size_t i = 0; i < a->n; i++)
		import_stream(&a->parts[i].im);
	for (enum read_result got;
	     !waits(a) && (got = reader_next(in, &row, &scratch, &d)) != READ_END;) {
		deal_out(a, number, got, &row, &scratch, &d);
		progress_show(&a->progress, "read", row.line, reader_bytes(in), 0);
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
	for (size_t i = 0; i < a->n; i++)
		import_free(&a->parts[i].im);
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

static void put_part(struct all *a, size_t i, struct writes *w, int64_t *left)
{
	struct run *r = &a->parts[i];
	struct crm *crm = a->crm;
	long *results = r->im.results;
	r->progress = a->progress;
	r->rejects = a->rejects;
	r->most = *left;
	import_put_rows(r);
	*left -= results[IMPORT_CREATED] + results[IMPORT_UPDATED];
	a->progress = r->progress;
	for (size_t k = 0; k < r->writes.n; k++)
		writes_add(w, r->writes.items[k].entity, r->writes.items[k].id);
	free(r->writes.items);
	if (a->next[i])
		counter_raise(crm->store, a->order[i], a->next[i]);
	resolver_free(&crm->resolver); /* what was not there may be there now */
}

static void sum(const struct all *a, long *read, long *results)
{
	*read = a->stray;
	results[IMPORT_REJECTED] = a->stray;
	for (size_t i = 0; i < a->n; i++) {
		*read += a->parts[i].im.read;
		for (size_t k = 0; k < IMPORT_RESULTS; k++)
			results[k] += a->parts[i].im.results[k];
	}
}

static void put_line(const char *name, long read, const long *results, const char *end)
{
	struct buf b = { 0 };
	import_results_print(&b, read, results);
	warn("%s: %.*s%s", name, (int)b.n, b.p, end);
	buf_free(&b);
}

static void put_summary(const struct all *a, long read, const long *results, bool committed)
{
	struct outfile out;
	const char *path = option(a->crm, "summary"), *before = "";
	if (!path)
		return;
	outfile_open(&out, path);
	putc('{', out.file);
	import_results_json(out.file, read, results);
	fprintf(out.file, ",\"config\":%zu,\"pending\":%ld,\"committed\":%s,\"types\":{",
		a->config.differences, a->pending, committed ? "true" : "false");
	for (size_t i = 0; i < a->n; i++) {
		const struct import *im = &a->parts[i].im;
		if (!im->read)
			continue;
		fprintf(out.file, "%s\"%s\":{", before, a->order[i]->name);
		import_results_json(out.file, im->read, im->results);
		putc('}', out.file);
		before = ",";
	}
	fprintf(out.file, "},\"seconds\":%.3f}\n", progress_seconds(&a->progress));
	outfile_commit(&out);
}

static int account_all(struct all *a, bool committed)
{
	long read, results[IMPORT_RESULTS] = { 0 };
	struct crm *crm = a->crm;
	sum(a, &read, results);
	if (a->config.source)
		all_config_account(&a->config);
	for (size_t i = 0; i < a->n && !option_on(crm, "quiet"); i++) {
		const struct import *im = &a->parts[i].im;
		if (im->read)
			put_line(a->order[i]->name, im->read, im->results, "");
	}
	if (!option_on(crm, "quiet"))
		put_line("all", read, results,
			 committed		   ? "; committed"
			 : a->dry && !crm->refused ? "; dry run, nothing committed"
						   : "; nothing committed");
	if (a->pending)
		warn("%ld link%s for records that have not come", a->pending,
		     a->pending == 1 ? " waits" : "s wait");
	put_summary(a, read, results, committed);
	crm->refused = results[IMPORT_REJECTED] + a->config.mistakes;
	return crm->refused ? STATUS_REFUSED : STATUS_OK;
}

/* The rejects are on the disk before the commit and come into their place behind it. */
static int put_all(struct all *a)
{
	struct crm *crm = a->crm;
	struct writes w;
	int64_t left = option_int(crm, "max", INT64_MAX);
	if (!writes_begin(&w, crm)) {
		warn("this was imported before, under the same --once key");
		return writes_end(&w);
	}
	bool doomed = waits(a) && !configure(a);
	doomed |= a->stray && !a->rejecting;
	for (size_t i = 0; i < a->n; i++) {
		put_part(a, i, &w, &left);
		doomed |= a->parts[i].doomed;
	}
	for (const struct number *n = a->numbers; n; n = n->more)
		numbers_raise(crm->store, n->counter.prefix, n->counter.next);
	a->pending = store_pending(crm->store);
	progress_clear(&a->progress);
	if (a->dry)
		rejects_discard(&a->rejects);
	rejects_prepare(&a->rejects);
	crm->refused = doomed; /* for writes_end: nothing goes in */
	writes_end(&w);
	rejects_publish(&a->rejects);
	return account_all(a, !doomed && !a->dry);
}

int import_all(struct crm *crm, int argc, char **argv)
{
	struct all a = { .crm = crm };
	crm->entity = NULL;
	check_options(crm);
	a.dry = option_on(crm, "dry-run");
	a.rejecting = option(crm, "rejects") != NULL;
	all_sources_find(&a.sources, crm, argc, argv);
	if (a.sources.config)
		all_config_read(&a.config, crm, a.sources.config);
	set_up(&a);
	if (a.rejecting)
		rejects_open(&a.rejects, option(crm, "rejects"));
	progress_start(&a.progress, option_on(crm, "quiet"));
	read_all(&a);
	int status = put_all(&a);
	forget_parts(&a);
	return status;
}
