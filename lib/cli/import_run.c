/* crm-import from its options to its accounting. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/import.h"
#include "cli/import_rejects.h"
#include "cli/progress.h"
#include "cli/writes.h"
#include "core/buf.h"
#include "domain/import.h"

enum { SHOWN_MAX = 20 }; /* refusals that are told one by one */

struct run {
	struct crm *crm;
	struct import im;
	struct rejects rejects;
	struct writes writes;
	struct progress progress;
	char **files;
	int nfiles;
	bool dry, quiet, print, rejecting;
	bool doomed;	/* nothing will be committed any more */
	bool committed; /* something was */
	long batch, in_batch;
	long rows, committed_rows;
	long pending;
	int64_t most, change_set;
};

const struct entity *entity_operand(struct crm *crm, const char *word)
{
	const struct schema *s = &crm->store->schema;
	const char **names = arena_new(&crm->arena, const char *, s->nentities);
	for (size_t i = 0; i < s->nentities; i++) {
		const struct entity *e = s->entities[i];
		names[i] = e->name;
		if (!strcmp(word, e->name) || !strcmp(word, e->plural))
			return e;
	}
	const char *near = nearest(str_of(word), names, s->nentities);
	usage(crm, "no record type %s%s%s%s", quoted(str_of(word), &crm->arena),
	      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* --- options --- */

static bool read_map(struct run *r, const char *text, struct diag *d)
{
	size_t n = strlen(text);
	bool file = (n > 5 && !strcmp(text + n - 5, ".yaml")) ||
		    (n > 4 && !strcmp(text + n - 4, ".yml")) || !strchr(text, '=');
	if (!file)
		return import_map_inline(&r->im.map, str_of(text), d);
	const struct yaml *y = yaml_read(text, &r->crm->arena, d);
	if (!y && !d->line)
		refuse(r->crm, STATUS_ENV);
	return y && import_map_yaml(&r->im.map, y, d);
}

/* Options may be repeated: in the order in which they were given. */
static void each_option(struct run *r, const char *name,
			bool (*take)(struct run *, const char *, struct diag *))
{
	struct crm *crm = r->crm;
	for (size_t i = 0; i < crm->nvalues; i++) {
		if (strcmp(crm->values[i].def->name, name))
			continue;
		crm->diag.source = str_of(arena_printf(&crm->arena, "--%s", name).p);
		if (!take(r, crm->values[i].text, &crm->diag))
			refuse(crm, STATUS_USAGE);
	}
}

static bool read_set(struct run *r, const char *text, struct diag *d)
{
	return import_map_set(&r->im.map, str_of(text), d);
}

static void set_up_map(struct run *r)
{
	struct crm *crm = r->crm;
	struct store *s = crm->store;
	r->im.map = (struct import_map){ .schema = &s->schema,
					 .settings = &s->settings,
					 .entity = crm->entity,
					 .arena = &crm->arena };
	each_option(r, "map", read_map);
	each_option(r, "set", read_set);
	if (option(crm, "match"))
		r->im.map.match = str_of(option(crm, "match"));
	if (option(crm, "create-missing"))
		r->im.map.create_missing = str_of(option(crm, "create-missing"));
	crm->diag.source = (struct str){ 0 };
	if (!import_open(&r->im, &crm->diag))
		refuse(crm, STATUS_USAGE);
}

static void set_up(struct run *r)
{
	struct crm *crm = r->crm;
	r->dry = option_on(crm, "dry-run");
	r->quiet = option_on(crm, "quiet");
	r->print = option(crm, "output") && !r->quiet;
	r->rejecting = option(crm, "rejects") != NULL;
	r->batch = (long)option_int(crm, "batch", 0);
	r->most = option_int(crm, "max", INT64_MAX);
	if (option(crm, "if-rev"))
		usage(crm, "--if-rev is about one record");
	if (r->batch && option(crm, "once"))
		usage(crm, "--once is about one transaction, --batch makes several");
	r->im = (struct import){
		.store = crm->store,
		.resolver = &crm->resolver,
		.entity = crm->entity,
		.ignore_unknown = option_on(crm, "ignore-unknown"),
		.keep_raw = r->rejecting,
		.partial = r->rejecting,
		.in_batches = r->batch > 0,
	};
	set_up_map(r);
	if (r->rejecting)
		rejects_open(&r->rejects, option(crm, "rejects"));
}

static void set_up_files(struct run *r, int n, char **files)
{
	static char dash[] = "-", *standard[] = { dash };
	const char **names = arena_new(&r->crm->arena, const char *, (size_t)n + 1);
	if (!n && isatty(STDIN_FILENO))
		usage(r->crm, "import what? Name files, or pipe records in");
	r->files = n ? files : standard;
	r->nfiles = n ? n : 1;
	for (int i = 0; i < r->nfiles; i++)
		names[i] = strcmp(r->files[i], "-") ? r->files[i] : "<stdin>";
	r->im.sources = names;
}

/* --- reading --- */

static uint64_t size_of(const char *file)
{
	struct stat st;
	bool known = strcmp(file, "-") && stat(file, &st) == 0 && S_ISREG(st.st_mode);
	return known ? (uint64_t)st.st_size : 0;
}

/* Where the header is wrong no row can be right. */
static void read_header(struct run *r, const struct reader *in)
{
	struct crm *crm = r->crm;
	size_t n;
	const struct str *names = reader_columns(in, &n);
	import_stream(&r->im);
	crm->diag.line = n ? 1 : 0;
	if ((n && !import_header(&r->im, names, n, &crm->diag)) ||
	    (r->rejecting && !rejects_stream(&r->rejects, in, &crm->diag)))
		refuse(crm, STATUS_REFUSED);
	diag_clear(&crm->diag);
}

static void read_file(struct run *r, unsigned number)
{
	struct crm *crm = r->crm;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	struct reader *in = reader_for(crm, r->files[number], r->rejecting);
	uint64_t size = size_of(r->files[number]);
	crm->diag.source = str_of(r->im.sources[number]);
	read_header(r, in);
	for (enum read_result got; (got = reader_next(in, &row, &a, &d)) != READ_END;) {
		import_row(&r->im, number, got, &row, &a, &d);
		progress_show(&r->progress, "read", r->im.read, reader_bytes(in), size);
		arena_reset(&a);
	}
	reader_close(in);
	arena_free(&a);
	diag_free(&d);
}

/* --- writing --- */

/* "email: "x" is not an e-mail address": what is wrong, without where. */
static struct str reason_of(const struct diag *d, struct arena *a)
{
	struct diag what = *d;
	what.source = (struct str){ 0 };
	what.line = what.column = 0;
	return diag_text(&what, a);
}

static void rejected(struct run *r, const struct spooled *item, struct arena *a, struct diag *d)
{
	if (r->im.results[IMPORT_REJECTED] <= SHOWN_MAX) {
		progress_clear(&r->progress);
		diag_report(d);
	}
	if (r->rejecting)
		rejects_put(&r->rejects, item, reason_of(d, a));
	else
		r->doomed = true;
}

static void end_batch(struct run *r)
{
	struct crm *crm = r->crm;
	struct store *s = crm->store;
	if (store_change_set(s))
		r->change_set = store_change_set(s);
	store_commit(s);
	r->committed = true;
	r->committed_rows = r->rows;
	r->in_batch = 0;
	struct change_info info = { program_name, crm->line, option(crm, "reason"), NULL };
	store_begin(s, &info, (int)option_int(crm, "wait", 10));
}

static void put_rows(struct run *r)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct spooled item;
	struct import *im = &r->im;
	r->doomed = im->refused && !r->rejecting;
	import_start(im);
	for (enum imported got; (got = import_next(im, &item, &a, &d)) != IMPORT_END;) {
		r->rows++;
		if (got == IMPORT_REJECTED)
			rejected(r, &item, &a, &d);
		else if (r->print && got != IMPORT_DUPLICATE)
			writes_add(&r->writes, item.record.entity, item.record.id);
		if (im->results[IMPORT_CREATED] + im->results[IMPORT_UPDATED] + im->made > r->most)
			die(STATUS_REFUSED, "more than %lld records would change; %s",
			    (long long)r->most,
			    r->committed ? "what was not committed was taken back"
					 : "nothing was written");
		if (++r->in_batch == r->batch && !r->doomed && !r->dry)
			end_batch(r);
		progress_show(&r->progress, "put in", r->rows, (uint64_t)r->rows,
			      (uint64_t)im->read);
		arena_reset(&a);
	}
	import_finish(im);
	arena_free(&a);
	diag_free(&d);
}

/* Takes it back, or commits it and prints what was asked for. */
static void finish(struct run *r)
{
	struct crm *crm = r->crm;
	r->pending = store_pending(crm->store);
	if (store_change_set(crm->store))
		r->change_set = store_change_set(crm->store);
	if (r->rejecting)
		rejects_commit(&r->rejects);
	progress_clear(&r->progress);
	crm->refused = r->doomed; /* for writes_end: nothing goes in */
	bool commits = !r->doomed && !r->dry;
	writes_end(&r->writes);
	if (commits) {
		r->committed = true;
		r->committed_rows = r->rows;
	}
	if (!r->committed)
		r->change_set = 0;
}

/* --- accounting --- */

static const char *const result_names[] = {
	[IMPORT_CREATED] = "created",	  [IMPORT_UPDATED] = "updated",
	[IMPORT_UNCHANGED] = "unchanged", [IMPORT_DUPLICATE] = "duplicate",
	[IMPORT_REJECTED] = "rejected",
};

static void check_sum(const struct import *im)
{
	long sum = 0;
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		sum += im->results[i];
	if (sum != im->read)
		die(STATUS_ENV,
		    "%ld rows were read and %ld accounted for; this is a mistake in "
		    "the program",
		    im->read, sum);
}

static void put_text(const struct run *r)
{
	const struct import *im = &r->im;
	struct buf b = { 0 };
	buf_printf(&b, "%s", im->sources[0]);
	if (r->nfiles > 1)
		buf_printf(&b, " and %d more", r->nfiles - 1);
	buf_printf(&b, ": read %ld", im->read);
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		buf_printf(&b, ", %s %ld", result_names[i], im->results[i]);
	if (r->committed && r->committed_rows < r->rows)
		buf_printf(&b, "; the first %ld committed", r->committed_rows);
	else
		buf_puts(&b, r->committed	    ? "; committed"
			     : r->dry && !r->doomed ? "; dry run, nothing committed"
						    : "; nothing committed");
	warn("%.*s", (int)b.n, b.p);
	buf_free(&b);
	if (im->made)
		warn("%ld record%s made because a reference named %s", im->made,
		     im->made == 1 ? " was" : "s were", im->made == 1 ? "it" : "them");
	if (r->pending)
		warn("%ld link%s for records that have not come yet", r->pending,
		     r->pending == 1 ? " waits" : "s wait");
}

static void put_summary(const struct run *r, const char *path)
{
	const struct import *im = &r->im;
	struct outfile out;
	outfile_open(&out, path);
	fprintf(out.file, "{\"read\":%ld", im->read);
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		fprintf(out.file, ",\"%s\":%ld", result_names[i], im->results[i]);
	fprintf(out.file,
		",\"created_missing\":%ld,\"pending\":%ld,\"committed\":%s"
		",\"committed_rows\":%ld",
		im->made, r->pending,
		r->committed && r->committed_rows == r->rows ? "true" : "false", r->committed_rows);
	if (r->change_set)
		fprintf(out.file, ",\"change_set\":%lld", (long long)r->change_set);
	else
		fputs(",\"change_set\":null", out.file);
	fprintf(out.file, ",\"seconds\":%.3f}\n", progress_seconds(&r->progress));
	outfile_commit(&out);
}

static int account(struct run *r)
{
	struct import *im = &r->im;
	long hidden = im->results[IMPORT_REJECTED] - SHOWN_MAX;
	check_sum(im);
	if (hidden > 0)
		warn("… and %ld more", hidden);
	if (!r->quiet)
		put_text(r);
	if (option(r->crm, "summary"))
		put_summary(r, option(r->crm, "summary"));
	r->crm->refused = im->results[IMPORT_REJECTED];
	return r->crm->refused ? STATUS_REFUSED : STATUS_OK;
}

int import_run(struct crm *crm, int argc, char **argv)
{
	struct run r = { .crm = crm };
	if (!argc)
		usage(crm, "import which record type? Such as: crm-import lead leads.csv");
	crm->entity = entity_operand(crm, argv[0]);
	set_up(&r);
	set_up_files(&r, argc - 1, argv + 1);
	progress_start(&r.progress, r.quiet);
	for (int i = 0; i < r.nfiles; i++)
		read_file(&r, (unsigned)i);
	int status = STATUS_OK;
	if (writes_begin(&r.writes, crm)) {
		put_rows(&r);
		finish(&r);
		status = account(&r);
	} else {
		if (!r.print)
			r.writes.n = 0;
		writes_end(&r.writes);
		if (!r.quiet)
			warn("this was imported before, under the same --once key");
	}
	import_free(&r.im);
	return status;
}
