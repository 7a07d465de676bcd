/* crm-import from its options to its accounting. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/all.h"
#include "cli/import.h"
#include "cli/import_impl.h"
#include "core/buf.h"
#include "core/clock.h"

/*
 * A batch ends after so many rows as were asked for; or once somebody waits, though it has
 * its time, or a busy database would never see the end; or, as there are those who do not
 * tell, after that long with its commit, if that takes as long as the last one.
 */
static const double ROWS_SECONDS = 0.05, BATCH_SECONDS = 0.25;

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

/* Where a preset knows the type, the first operand may be a file. */
static bool is_type(const struct crm *crm, const char *word)
{
	const struct schema *s = &crm->store->schema;
	for (size_t i = 0; word && i < s->nentities; i++)
		if (!strcmp(word, s->entities[i]->name) || !strcmp(word, s->entities[i]->plural))
			return true;
	return false;
}

/* --- options --- */

/* The policy that the option names; `usual` where it was not given. */
static enum import_policy policy(struct crm *crm, const char *name, enum import_policy usual)
{
	static const struct {
		const char *word;
		enum import_policy policy;
	} words[] = { { "create", IMPORT_CREATE }, { "update", IMPORT_UPDATE },
		      { "fill", IMPORT_FILL },	   { "skip", IMPORT_SKIP },
		      { "reject", IMPORT_REFUSE }, { "error", IMPORT_REFUSE } };
	const char *word = option(crm, name);
	for (size_t i = 0; word && i < countof(words); i++)
		if (!strcmp(word, words[i].word) &&
		    (words[i].policy != IMPORT_CREATE || usual == IMPORT_CREATE))
			return words[i].policy;
	if (word)
		usage(crm, "--%s: %s is none of: %supdate fill skip %s", name,
		      quoted(str_of(word), &crm->arena), usual == IMPORT_CREATE ? "create " : "",
		      usual == IMPORT_CREATE ? "reject" : "error");
	return usual;
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
	r->header_line = (long)option_int(crm, "header-line", 0);
	if (option(crm, "if-rev"))
		usage(crm, "--if-rev is about one record");
	if (r->batch && option(crm, "once"))
		usage(crm, "--once is about one transaction, --batch makes several");
	r->im = (struct import){
		.store = crm->store,
		.resolver = &crm->resolver,
		.ignore_unknown = option_on(crm, "ignore-unknown"),
		.keep_raw = r->rejecting,
		.partial = r->rejecting,
		.in_batches = r->batch > 0,
		.on_match = policy(crm, "on-match", IMPORT_UPDATE),
		.on_duplicate = policy(crm, "on-duplicate", IMPORT_CREATE),
	};
	if (r->rejecting)
		rejects_open(&r->rejects, option(crm, "rejects"));
	if (option(crm, "summary"))
		outfile_open(&r->summary, option(crm, "summary"));
}

/* Whether the file, which may not be there yet, is one of the inputs. */
static bool is_input(const struct run *r, const char *file)
{
	struct stat it, in;
	if (!strcmp(file, "-") || stat(file, &it) != 0)
		return false;
	for (int i = 0; i < r->nfiles; i++) {
		const char *name = r->files[i];
		int got = strcmp(name, "-") ? stat(name, &in) : fstat(STDIN_FILENO, &in);
		if (got == 0 && in.st_dev == it.st_dev && in.st_ino == it.st_ino)
			return true;
	}
	return false;
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
	r->in_place = r->rejecting && is_input(r, option(r->crm, "rejects"));
}

/* --- writing --- */

struct str import_reason(const struct diag *d, struct arena *a)
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
		rejects_put(&r->rejects, item, import_reason(d, a));
	else
		r->doomed = true;
}

static void end_batch(struct run *r)
{
	struct crm *crm = r->crm;
	struct store *s = crm->store;
	if (store_change_set(s))
		r->change_set = store_change_set(s);
	double start = clock_seconds();
	store_commit(s);
	r->commit_took = clock_seconds() - start;
	r->committed = true;
	r->settled_rows = r->rows;
	r->in_batch = 0;
	store_yield(s);
	writes_lock(crm);
	resolver_free(&crm->resolver); /* others may have moved what it remembers */
	r->locked = clock_seconds();
}

static bool batch_is_full(const struct run *r)
{
	if (!r->batch || r->doomed || r->dry)
		return false;
	double passed = clock_seconds() - r->locked;
	return r->in_batch >= r->batch ||
	       (passed > ROWS_SECONDS &&
		(passed + r->commit_took > BATCH_SECONDS || store_wanted(r->crm->store)));
}

void import_put_rows(struct run *r)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct spooled item;
	struct import *im = &r->im;
	r->doomed = im->refused && !r->rejecting;
	r->locked = clock_seconds();
	r->commit_took = BATCH_SECONDS / 2; /* for all that is known */
	import_start(im);
	for (enum imported got; (got = import_next(im, &item, &a, &d)) != IMPORT_END;) {
		r->rows++;
		if (got == IMPORT_REJECTED)
			rejected(r, &item, &a, &d);
		else if (r->print && got != IMPORT_DUPLICATE)
			writes_add(&r->writes, item.record.entity, item.record.id);
		if (im->results[IMPORT_CREATED] + im->results[IMPORT_UPDATED] + im->made +
			im->changed >
		    r->most)
			die(STATUS_REFUSED, "more than %lld records would change; %s",
			    (long long)r->most,
			    r->committed ? "what was not committed was taken back"
					 : "nothing was written");
		r->in_batch++;
		if (batch_is_full(r))
			end_batch(r);
		progress_show(&r->progress, "put in", r->rows, (uint64_t)r->rows,
			      (uint64_t)im->read);
		arena_reset(&a);
	}
	import_finish(im);
	arena_free(&a);
	diag_free(&d);
}

/*
 * The rejects may be all that is left of rows, so they are on the disk before the
 * commit; and they may replace the input, so they come into their place behind it.
 */
static void commit(struct run *r)
{
	struct crm *crm = r->crm;
	rejects_prepare(&r->rejects);
	if (option(crm, "once"))
		store_remember(crm->store); /* done, even where nothing was new */
	store_commit(crm->store);
	r->committed = true;
	r->settled_rows = r->rows;
	rejects_publish(&r->rejects);
	if (r->print)
		print_records(crm, stdout, r->writes.items, r->writes.n);
	free(r->writes.items);
}

static void take_back(struct run *r)
{
	r->crm->refused = r->doomed; /* for writes_end: nothing goes in */
	if (r->in_place)
		rejects_discard(&r->rejects);
	else
		rejects_prepare(&r->rejects);
	writes_end(&r->writes);
	rejects_publish(&r->rejects);
}

/* Takes it back, or commits it and prints what was asked for. */
static void finish(struct run *r)
{
	struct crm *crm = r->crm;
	r->pending = store_pending(crm->store);
	if (store_change_set(crm->store))
		r->change_set = store_change_set(crm->store);
	progress_clear(&r->progress);
	if (r->doomed || r->dry)
		take_back(r);
	else
		commit(r);
	if (!r->committed)
		r->change_set = 0;
}

/* The same --once key as before: its records are printed, and nothing is done. */
static void once_more(struct run *r)
{
	if (!r->print)
		r->writes.n = 0;
	writes_end(&r->writes);
	if (!r->quiet)
		warn("this was imported before, under the same --once key");
	r->im.read = 0; /* for the summary: nothing of it counts */
	account_summary(r);
}

int import_run(struct crm *crm, int argc, char **argv)
{
	struct run r = { .crm = crm };
	if (!argc && !option(crm, "preset"))
		usage(crm, "import which record type? Such as: crm-import lead leads.csv");
	if (argc && !strcmp(argv[0], "all"))
		return import_all(crm, argc - 1, argv + 1);
	bool typed = !option(crm, "preset") || is_type(crm, argv[0]);
	bool ready = import_preset_take(&r, typed ? entity_operand(crm, argv[0]) : NULL);
	set_up(&r);
	if (ready)
		import_set_up_map(&r);
	set_up_files(&r, argc - typed, argv + typed);
	progress_start(&r.progress, r.quiet);
	for (int i = 0; i < r.nfiles; i++)
		import_read_file(&r, (unsigned)i);
	int status = STATUS_OK;
	if (writes_begin(&r.writes, crm)) {
		account_arm(&r);
		import_put_rows(&r);
		finish(&r);
		account_disarm();
		status = account(&r);
	} else {
		once_more(&r);
	}
	import_free(&r.im);
	import_mend_free(&r.mend);
	return status;
}
