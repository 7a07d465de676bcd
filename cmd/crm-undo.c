/* crm-undo: takes change sets back. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/log_rows.h"
#include "cli/writes.h"
#include "config/take_back.h"
#include "core/buf.h"

struct sets {
	int64_t *id;
	size_t n;
};

static const struct option_def options[] = {
	{ "force", 0, OPTION_FLAG, NULL, "overwrite what was changed since", NULL },
	{ 0 },
};

/* One run of the program. */
struct job {
	struct crm *crm;
	struct buf differences;
};

static void obstacle(void *ctx, struct diag *d)
{
	struct job *job = ctx;
	complain(job->crm, d);
}

/* The change_set of each record of a stream, such as crm-log prints. */
static void read_sets(struct crm *crm, struct sets *sets, size_t room)
{
	struct reader *in = reader_for(crm, "-", false);
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	for (enum read_result r; (r = reader_next(in, &row, &a, &d)) != READ_END;) {
		int64_t id = 0;
		for (size_t i = 0; r != READ_BAD && i < row.n; i++)
			if (str_is(row.names[i], "change_set"))
				str_int(row.cells[i].text, &id);
		if (r != READ_BAD && id <= 0)
			diag_set(&d, "change_set", "the record has none");
		if (r == READ_BAD || id <= 0) {
			complain(crm, &d);
		} else if (!sets->n || sets->id[sets->n - 1] != id) {
			if (sets->n == room) {
				int64_t *more = arena_new(&crm->arena, int64_t, room * 2);
				sets->id = memcpy(more, sets->id, room * sizeof *more);
				room *= 2;
			}
			sets->id[sets->n++] = id;
		}
		arena_reset(&a);
	}
	reader_close(in);
	arena_free(&a);
	diag_free(&d);
}

static int newest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x < y) - (x > y);
}

/* The newest first: what builds on it goes before it.  Each once. */
static void sort_sets(struct sets *sets)
{
	size_t kept = 0;
	qsort(sets->id, sets->n, sizeof *sets->id, newest_first);
	for (size_t i = 0; i < sets->n; i++)
		if (!i || sets->id[i] != sets->id[kept - 1])
			sets->id[kept++] = sets->id[i];
	sets->n = kept;
}

/* False: the operands name none, and the newest is meant. */
static bool named_sets(struct crm *crm, int argc, char **argv, struct sets *sets)
{
	bool stream = false;
	*sets = (struct sets){ arena_new(&crm->arena, int64_t, (size_t)argc + 64), 0 };
	for (int i = 0; i < argc; i++) {
		int64_t id;
		if (!strcmp(argv[i], "-"))
			stream = true;
		else if (str_int(str_of(argv[i]), &id) && id > 0)
			sets->id[sets->n++] = id;
		else
			usage(crm, "%s is no number of a change set; crm-log prints them",
			      quoted(str_of(argv[i]), &crm->arena));
	}
	if (stream)
		read_sets(crm, sets, (size_t)argc + 64);
	sort_sets(sets);
	if (sets->n > 1 && option(crm, "once"))
		usage(crm, "--once goes with one change set");
	return argc > 0;
}

static void count_records(struct crm *crm, int64_t by, int64_t *changed)
{
	struct log_set set = { 0 };
	struct log_filter f = { .set = by };
	struct log *l = log_sets(crm->store, &f);
	log_next_set(l, &set, &crm->arena);
	log_close(l);
	*changed += set.created + set.updated + set.deleted;
	if (*changed > option_int(crm, "max", INT64_MAX))
		die(STATUS_REFUSED, "more than %lld records would change; nothing was written",
		    (long long)option_int(crm, "max", 0));
}

/* Of the configuration: said once it is true. */
static void difference(void *ctx, struct str line)
{
	struct job *job = ctx;
	buf_put(&job->differences, line);
	buf_putc(&job->differences, '\n');
}

static void say_differences(struct job *job, bool quiet)
{
	struct str rest = buf_str(&job->differences), line;
	while (!quiet && rest.n && str_cut(&rest, '\n', &line))
		if (line.n)
			warn("%.*s", (int)line.n, line.p);
	buf_free(&job->differences);
}

/* Undoes them one by one; sets->id become the numbers of the undos. */
static void undo_sets(struct job *all, struct sets *sets)
{
	struct crm *crm = all->crm;
	int64_t changed = 0;
	for (size_t i = 0; i < sets->n; i++) {
		struct undo_job job = {
			.store = crm->store,
			.set = sets->id[i],
			.force = option_on(crm, "force"),
			.obstacle = obstacle,
			.configure = config_take_back,
			.difference = difference,
			.ctx = all,
		};
		struct diag d = { .source = arena_printf(&crm->arena, "change set %lld",
							 (long long)job.set) };
		if (undo_find(crm->store, job.set, &d)) {
			sets->id[i] = undo_run(&job);
			count_records(crm, sets->id[i], &changed);
		} else {
			complain(crm, &d);
		}
		diag_free(&d);
	}
}

static void show(struct crm *crm, struct writes *w, const struct sets *sets)
{
	if (option_on(crm, "quiet") || crm->refused)
		return;
	w->shown = tmpfile();
	if (!w->shown)
		die(STATUS_ENV, "cannot make a temporary file:");
	struct writer *rows = log_records_writer(crm, w->shown);
	for (size_t i = 0; i < sets->n; i++)
		log_print_records(crm, rows, sets->id[i]);
	writer_close(rows);
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct sets sets;
	struct writes w;
	if (option(crm, "if-rev"))
		usage(crm, "--if-rev goes with single records");
	bool named = named_sets(crm, argc, argv, &sets);
	if (!writes_begin(&w, crm)) {
		sets = (struct sets){
			&(int64_t){ store_once(crm->store, program_name, option(crm, "once")) }, 1
		};
		show(crm, &w, &sets);
		return writes_end(&w);
	}
	if (!named && (sets.id[0] = undo_newest(crm->store)))
		sets.n = 1;
	if (!named && !sets.n)
		warn("there is nothing of yours to undo");
	struct job job = { .crm = crm };
	undo_sets(&job, &sets);
	show(crm, &w, &sets);
	int status = writes_end(&w);
	say_differences(&job, status || option_on(crm, "quiet"));
	return status;
}

static const struct verb verbs[] = {
	{ "", "[SET…] [-]", "take change sets back (your newest one, if none is named)",
	  NEED_WRITE | TAKES_INPUT, options, run },
	{ 0 },
};

static const struct command command = { "undo", "takes back whole change sets", verbs, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
