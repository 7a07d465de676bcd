/* crm-undo: takes change sets back. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/log_rows.h"
#include "cli/undo_sets.h"
#include "cli/writes.h"
#include "core/temporary.h"
#include "store/undo.h"

static const struct option_def options[] = {
	{ "force", 0, OPTION_FLAG, NULL, "overwrite what was changed since", NULL },
	{ 0 },
};

/* The change_set of each record of a stream, such as crm-log prints. */
static void read_sets(struct crm *crm, struct undo_sets *sets, size_t room)
{
	struct reader *in = reader_for(crm, "-", false);
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	for (enum read_result r; (r = reader_next(in, &row, &a, &d)) != READ_END;) {
		int64_t id = 0;
		const struct cell *set = r != READ_BAD ? row_cell(&row, "change_set") : NULL;
		if (set)
			str_int(set->text, &id);
		if (r != READ_BAD && id <= 0)
			diag_set(&d, "change_set", "the record has none");
		if (r == READ_BAD || id <= 0) {
			complain(crm, &d);
		} else if (!sets->n || sets->id[sets->n - 1] != id) {
			sets->id =
			    arena_grow(&crm->arena, sets->id, sets->n, &room, sizeof *sets->id);
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
static void sort_sets(struct undo_sets *sets)
{
	size_t kept = 0;
	qsort(sets->id, sets->n, sizeof *sets->id, newest_first);
	for (size_t i = 0; i < sets->n; i++)
		if (!i || sets->id[i] != sets->id[kept - 1])
			sets->id[kept++] = sets->id[i];
	sets->n = kept;
}

/* False: the operands name none, and the newest is meant. */
static bool named_sets(struct crm *crm, int argc, char **argv, struct undo_sets *sets)
{
	bool stream = false;
	*sets = (struct undo_sets){ .id = arena_new(&crm->arena, int64_t, (size_t)argc + 64) };
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

static void show(struct crm *crm, struct writes *w, const struct undo_sets *sets)
{
	if (option_on(crm, "quiet") || crm->refused)
		return;
	w->shown = temporary_nameless();
	struct writer *rows = log_records_writer(crm, w->shown);
	for (size_t i = 0; i < sets->n; i++)
		log_print_records(crm, rows, sets->id[i]);
	writer_close(rows);
}

/* What became of the configuration, once it is true: stdout is for records. */
static void say_lines(struct str lines)
{
	struct str line;
	while (str_cut(&lines, '\n', &line))
		if (line.n)
			warn("%.*s", (int)line.n, line.p);
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct undo_sets sets;
	struct writes w;
	if (option(crm, "if-rev"))
		usage(crm, "--if-rev goes with single records");
	bool named = named_sets(crm, argc, argv, &sets);
	if (!writes_begin(&w, crm)) {
		sets.id = (int64_t[]){ store_once(crm->store, program_name, option(crm, "once")) };
		sets.n = 1;
		show(crm, &w, &sets);
		return writes_end(&w);
	}
	if (!named && (sets.id[0] = undo_newest(crm->store)))
		sets.n = 1;
	if (!named && !sets.n)
		warn("there is nothing of yours to undo");
	struct str differences = undo_sets(crm, &sets);
	show(crm, &w, &sets);
	int status = writes_end(&w);
	if (!status && !option_on(crm, "quiet"))
		say_lines(differences);
	return status;
}

static const struct verb verbs[] = {
	{ "", "[SET…] [-]", "take change sets back (your newest one, if none is named)",
	  NEED_WRITE | TAKES_INPUT | TAKES_COLUMNS, options, run },
	{ 0 },
};

static const struct command command = { "undo", "takes back whole change sets", verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
