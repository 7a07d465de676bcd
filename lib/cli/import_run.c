/* crm-import from its options to its accounting. */
#include <stdlib.h>

#include "cli/all.h"
#include "cli/import.h"
#include "cli/import_impl.h"

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

/* The same --once key as before: its records are printed, and nothing is done. */
static void once_more(struct job *job)
{
	if (!job->print)
		job->writes.n = 0;
	writes_end(&job->writes);
	if (!job->quiet)
		warn("this was imported before, under the same --once key");
	for (size_t i = 0; i < job->nruns; i++)
		job->runs[i]->im.read = 0; /* for the summary: nothing of it counts */
	account_summary(job);
}

void import_alone(struct job *job)
{
	int64_t rows = 0;
	for (size_t i = 0; i < job->nruns; i++)
		rows += job->runs[i]->im.spool.n;
	if (!job->dry && !job->batch)
		store_alone(job->crm->store, rows);
}

static int put_all(struct job *job)
{
	import_alone(job);
	if (!writes_begin(&job->writes, job->crm)) {
		once_more(job);
		return STATUS_OK;
	}
	account_arm(job);
	import_start_job(job);
	for (size_t i = 0; i < job->nruns; i++)
		import_put_rows(job->runs[i]);
	import_finish_job(job);
	account_disarm();
	return account(job);
}

static void free_runs(struct job *job)
{
	for (size_t i = 0; i < job->nruns; i++) {
		import_free(&job->runs[i]->im);
		import_mend_free(&job->runs[i]->mend);
	}
	free(job->runs);
}

int import_run(struct crm *crm, int argc, char **argv)
{
	struct job job = { .crm = crm };
	struct import_preset preset = { 0 };
	if (!argc && !option(crm, "preset"))
		usage(crm, "import which record type? Such as: crm-import lead leads.csv");
	if (argc && !strcmp(argv[0], "all"))
		return import_all(crm, argc - 1, argv + 1);
	bool typed = !option(crm, "preset") || is_type(crm, argv[0]);
	bool known = import_preset_take(&job, typed ? entity_operand(crm, argv[0]) : NULL, &preset);
	import_set_up(&job);
	import_files(&job, argc - typed, argv + typed);
	job.rejects_of = arena_new(&crm->arena, struct rejects *, (size_t)job.nfiles);
	struct run *all = known ? import_run_new(&job, &preset) : NULL;
	progress_start(&job.progress, job.quiet);
	for (int i = 0; i < job.nfiles; i++)
		import_read_file(&job, all, (unsigned)i);
	int status = put_all(&job);
	free_runs(&job);
	return status;
}
