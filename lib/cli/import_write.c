/* What crm-import does while it holds the lock: rows go in, batches end, all is committed. */
#include <stdlib.h>

#include "cli/import_impl.h"
#include "core/clock.h"

/*
 * A batch ends after so many rows as were asked for; or once somebody waits, though it has
 * its time, or a busy database would never see the end; or, as there are those who do not
 * tell, after that long with its commit, if that takes as long as the last one.
 */
static const double ROWS_SECONDS = 0.05, BATCH_SECONDS = 0.25;

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
		progress_clear(&r->job->progress);
		diag_report(d);
	}
	if (r->job->rejecting)
		rejects_put(r->job->rejects_of[item->source], item, import_reason(d, a));
	else
		r->job->doomed = true;
}

/* What was put in so far is committed. */
static void settle(struct job *job)
{
	long read = 0;
	job->committed = true;
	job->settled_rows = job->rows;
	memset(job->settled, 0, sizeof job->settled);
	import_sum(job, &read, job->settled);
}

static void end_batch(struct job *job)
{
	struct crm *crm = job->crm;
	struct store *s = crm->store;
	if (store_change_set(s))
		job->change_set = store_change_set(s);
	double start = clock_seconds();
	store_commit(s);
	job->commit_took = clock_seconds() - start;
	settle(job);
	job->in_batch = 0;
	store_yield(s);
	writes_lock(crm);
	resolver_free(&crm->resolver); /* others may have moved what it remembers */
	job->locked = clock_seconds();
}

static bool batch_is_full(const struct job *job)
{
	if (!job->batch || job->doomed || job->dry)
		return false;
	double passed = clock_seconds() - job->locked;
	return job->in_batch >= job->batch ||
	       (passed > ROWS_SECONDS &&
		(passed + job->commit_took > BATCH_SECONDS || store_wanted(job->crm->store)));
}

/* How many records the run changed so far. */
static int64_t changes(const struct import *im)
{
	return im->results[IMPORT_CREATED] + im->results[IMPORT_UPDATED] + im->made + im->changed;
}

static void check_max(const struct run *r)
{
	const struct job *job = r->job;
	if (changes(&r->im) > job->left)
		die(STATUS_REFUSED, "more than %lld records would change; %s",
		    (long long)option_int(job->crm, "max", 0),
		    job->committed ? "what was not committed was taken back"
				   : "nothing was written");
}

void import_start_job(struct job *job)
{
	for (size_t i = 0; i < job->nruns; i++)
		job->doomed |= job->runs[i]->im.refused && !job->rejecting;
	job->locked = clock_seconds();
	job->commit_took = BATCH_SECONDS / 2; /* for all that is known */
}

void import_put_rows(struct run *r)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct spooled item;
	struct import *im = &r->im;
	struct job *job = r->job;
	long read = 0, results[IMPORT_RESULTS] = { 0 };
	import_sum(job, &read, results);
	/* Rows with parts look for whom rows before them were about, as they are by now. */
	if (!im->nparts)
		store_gather_begin(job->crm->store);
	import_start(im);
	for (enum imported got; (got = import_next(im, &item, &a, &d)) != IMPORT_END;) {
		job->rows++;
		if (got == IMPORT_REJECTED)
			rejected(r, &item, &a, &d);
		else if (job->print && got != IMPORT_DUPLICATE)
			writes_add(&job->writes, item.record.entity, item.record.id);
		check_max(r);
		job->in_batch++;
		if (batch_is_full(job))
			end_batch(job);
		progress_show(&job->progress, "put in", job->rows, (uint64_t)job->rows,
			      (uint64_t)read);
		arena_reset(&a);
	}
	import_finish(im);
	store_gather_end(job->crm->store);
	job->left -= changes(im);
	resolver_free(&job->crm->resolver); /* what was not there may be there now */
	arena_free(&a);
	diag_free(&d);
}

static void each_rejects(struct job *job, void (*what)(struct rejects *))
{
	for (size_t i = 0; job->rejecting && i < job->nruns; i++)
		for (struct rejects *r = job->runs[i]->rejects; r; r = r->more)
			what(r);
}

/* What the input itself was to be replaced by stays away. */
static void keep_input(struct rejects *r)
{
	if (r->in_place)
		rejects_discard(r);
}

/*
 * The rejects may be all that is left of rows, so they are on the disk before the
 * commit; and they may replace the input, so they come into their place behind it.
 */
static void commit(struct job *job)
{
	struct crm *crm = job->crm;
	each_rejects(job, rejects_prepare);
	if (option(crm, "once"))
		store_remember(crm->store); /* done, even where nothing was new */
	store_commit(crm->store);
	settle(job);
	each_rejects(job, rejects_publish);
	if (job->print)
		print_records(crm, stdout, job->writes.items, job->writes.n);
	free(job->writes.items);
}

static void take_back(struct job *job)
{
	job->crm->refused = job->doomed; /* for writes_end: nothing goes in */
	each_rejects(job, keep_input);
	each_rejects(job, rejects_prepare);
	writes_end(&job->writes);
	each_rejects(job, rejects_publish);
}

void import_finish_job(struct job *job)
{
	struct store *s = job->crm->store;
	job->pending = store_pending(s);
	if (store_change_set(s))
		job->change_set = store_change_set(s);
	progress_clear(&job->progress);
	if (job->doomed || job->dry)
		take_back(job);
	else
		commit(job);
	if (!job->committed)
		job->change_set = 0;
}
