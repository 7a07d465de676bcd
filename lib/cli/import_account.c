/* What became of the rows of crm-import, told to people and to programs. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/import_impl.h"
#include "core/buf.h"
#include "stream/json.h"

static const char *const result_names[] = {
	[IMPORT_CREATED] = "created",	  [IMPORT_UPDATED] = "updated",
	[IMPORT_UNCHANGED] = "unchanged", [IMPORT_DUPLICATE] = "duplicate",
	[IMPORT_SKIPPED] = "skipped",	  [IMPORT_REJECTED] = "rejected",
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

void import_results_tell(const char *name, long read, const long *results, const char *end)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		buf_printf(&b, ", %s %ld", result_names[i], results[i]);
	warn("%s: read %ld%.*s%s", name, read, (int)b.n, b.p, end);
	buf_free(&b);
}

void import_results_json(FILE *out, long read, const long *results)
{
	fprintf(out, "\"read\":%ld", read);
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		fprintf(out, ",\"%s\":%ld", result_names[i], results[i]);
}

void import_sum(const struct job *job, long *read, long *results)
{
	for (size_t i = 0; i < job->nruns; i++) {
		const struct import *im = &job->runs[i]->im;
		*read += im->read;
		for (size_t k = 0; k < IMPORT_RESULTS; k++)
			results[k] += im->results[k];
	}
}

const char *import_end(const struct job *job)
{
	return job->committed		  ? "; committed"
	       : job->dry && !job->doomed ? "; dry run, nothing committed"
					  : "; nothing committed";
}

void import_pending_tell(const struct job *job)
{
	if (job->pending)
		warn("%ld link%s for records that have not come yet", job->pending,
		     job->pending == 1 ? " waits" : "s wait");
}

/* "a.csv and 2 more" */
static const char *files_name(const char *first, int nfiles, struct arena *a)
{
	return nfiles > 1 ? arena_printf(a, "%s and %d more", first, nfiles - 1).p : first;
}

/* All rows, and whether they are in; of a job that died what became of those that are. */
static void put_text(const struct job *job, bool died)
{
	long read = 0, results[IMPORT_RESULTS] = { 0 };
	struct arena a = { 0 };
	const char *end = import_end(job);
	import_sum(job, &read, results);
	if (died)
		memcpy(results, job->settled, sizeof results);
	if (job->committed && job->settled_rows < read)
		end = arena_printf(&a, "; the first %ld committed", job->settled_rows).p;
	import_results_tell(job->nruns > 1 ? "all" : files_name(job->names[0], job->nfiles, &a),
			    read, results, end);
	arena_free(&a);
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct map_slot *)a)->key, ((const struct map_slot *)b)->key);
}

/* Values of another system that are none here: "stage\nNegotiating" → rows. */
static void put_unknown(const struct run *r)
{
	const struct map *counts = &r->im.rest.counts;
	struct map_slot *all = arena_new(&r->job->crm->arena, struct map_slot, counts->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < counts->size; i++)
		if (counts->slots[i].key.p)
			all[n++] = counts->slots[i];
	qsort(all, n, sizeof *all, by_key);
	for (size_t i = 0; i < n && i < SHOWN_MAX; i++) {
		struct str value = all[i].key, field;
		str_cut(&value, '\n', &field);
		warn("%.*s: %s is not known here; %lld row%s kept it in %s", (int)field.n, field.p,
		     quoted(value, &r->job->crm->arena), (long long)all[i].value,
		     all[i].value == 1 ? "" : "s", r->im.map.rest->name);
	}
	if (n > SHOWN_MAX)
		warn("… and %zu more values", n - SHOWN_MAX);
	if (r->im.rest.uncounted)
		warn("… and others, which were not told apart, %lld times",
		     (long long)r->im.rest.uncounted);
}

static void put_remarks(const struct run *r)
{
	const struct import *im = &r->im;
	if (im->made)
		warn("%ld further record%s made", im->made, im->made == 1 ? " was" : "s were");
	if (im->further)
		warn("%ld further number%s and address%s kept as identities", im->further,
		     im->further == 1 ? "" : "s", im->further == 1 ? "" : "es");
	if (im->changed)
		warn("%ld further record%s changed", im->changed,
		     im->changed == 1 ? " was" : "s were");
	for (size_t by = 0; by < MATCH_NOTHING; by++)
		if (im->known[by])
			warn("%ld of the created share%s %s %s with others (crm-dedupe find %s)",
			     im->known[by], im->known[by] == 1 ? "s" : "",
			     by == MATCH_EMAIL ? "an" : "a", match_names[by], im->entity->name);
	put_unknown(r);
}

/* What was odd about the files, and what was made of it. */
static void put_notes(const struct run *r)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < r->mend.notes.n; i++) {
		const struct import_note *note = &r->mend.notes.items[i];
		warn("%s: %s", r->im.sources[note->source], import_note_text(note, &a).p);
	}
	arena_free(&a);
}

static void put_member(FILE *out, const char *name, struct str text)
{
	struct buf b = { 0 };
	json_put_string(&b, text);
	fprintf(out, "\"%s\":%.*s,", name, (int)b.n, b.p);
	buf_free(&b);
}

static void notes_json(FILE *out, const struct run *r, bool *begun)
{
	for (size_t i = 0; i < r->mend.notes.n; i++) {
		const struct import_note *note = &r->mend.notes.items[i];
		fputs(*begun ? ",{" : "{", out);
		*begun = true;
		put_member(out, "note", str_of(import_note_name(note)));
		put_member(out, "source", str_of(r->im.sources[note->source]));
		put_member(out, "where", note->where);
		put_member(out, "example", note->example);
		fprintf(out, "\"count\":%ld,\"lines\":[", note->count);
		for (size_t j = 0; j < note->nlines; j++)
			fprintf(out, "%s%ld", j ? "," : "", note->lines[j]);
		fputs("]}", out);
	}
}

/* What became of each preset's rows, where there are several; and what was odd about all. */
static void runs_json(FILE *out, const struct job *job)
{
	bool begun = false;
	for (size_t i = 0; job->nruns > 1 && i < job->nruns; i++) {
		const struct run *r = job->runs[i];
		fprintf(out, "%s\"%s\":{", i ? "," : ",\"presets\":{", r->preset.name);
		import_results_json(out, r->im.read, r->im.results);
		fputs(i + 1 < job->nruns ? "}" : "}}", out);
	}
	fputs(",\"notes\":[", out);
	for (size_t i = 0; i < job->nruns; i++)
		notes_json(out, job->runs[i], &begun);
	putc(']', out);
}

void account_summary(struct job *job)
{
	long read = 0, results[IMPORT_RESULTS] = { 0 }, made = 0, changed = 0, further = 0;
	FILE *out = job->summary.file;
	if (!out)
		return;
	import_sum(job, &read, results);
	for (size_t i = 0; i < job->nruns; i++) {
		const struct import *im = &job->runs[i]->im;
		made += im->made;
		changed += im->changed;
		further += im->further;
	}
	putc('{', out);
	import_results_json(out, read, results);
	fprintf(out,
		",\"created_missing\":%ld,\"pending\":%ld,\"committed\":%s"
		",\"settled_rows\":%ld",
		made, job->pending, job->committed && job->settled_rows == read ? "true" : "false",
		job->settled_rows);
	if (job->change_set)
		fprintf(out, ",\"change_set\":%lld", (long long)job->change_set);
	else
		fputs(",\"change_set\":null", out);
	runs_json(out, job);
	fprintf(out, ",\"changed_further\":%ld,\"identities\":%ld", changed, further);
	fprintf(out, ",\"seconds\":%.3f}\n", progress_seconds(&job->progress));
	outfile_commit(&job->summary);
}

/* What is told of one run; how many refusals were not told one by one, always. */
static void account_run(struct run *r)
{
	long hidden = r->im.results[IMPORT_REJECTED] - SHOWN_MAX;
	check_sum(&r->im);
	if (hidden > 0)
		warn("… and %ld more", hidden);
	if (r->job->quiet)
		return;
	put_notes(r);
	if (r->job->nruns > 1)
		import_results_tell(files_name(r->first, r->nfiles, &r->job->crm->arena),
				    r->im.read, r->im.results, "");
	else
		put_text(r->job, false);
	put_remarks(r);
}

int account(struct job *job)
{
	long read = 0, results[IMPORT_RESULTS] = { 0 };
	for (size_t i = 0; i < job->nruns; i++)
		account_run(job->runs[i]);
	if (!job->quiet && job->nruns > 1)
		put_text(job, false);
	if (!job->quiet)
		import_pending_tell(job);
	account_summary(job);
	import_sum(job, &read, results);
	job->crm->refused = results[IMPORT_REJECTED] > 0; /* how many was told above */
	return job->crm->refused ? STATUS_REFUSED : STATUS_OK;
}

/* The job whose death is to be accounted for. */
static struct job *running;

static void account_at_death(void)
{
	if (!running || !running->committed || running->quiet)
		return;
	progress_clear(&running->progress);
	put_text(running, true);
}

void account_arm(struct job *job)
{
	if (atexit(account_at_death) == 0)
		running = job;
}

void account_disarm(void)
{
	running = NULL;
}
