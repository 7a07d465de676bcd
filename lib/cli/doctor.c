/* crm-doctor check, checklist and mend. */
#include "cli/doctor.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/buf.h"
#include "domain/checklist.h"
#include "domain/doctor.h"
#include "store/audit.h"
#include "store/counter.h"

/* What people read is in their language; machines always get English. */
static bool vietnamese(const struct writer *w)
{
	const char *lang = getenv("CRM_LANG");
	return writer_human(w) && lang && !strncmp(lang, "vi", 2);
}

/* --- check --- */

static const struct column finding_columns[] = {
	{ { "name", 4 }, { "name", 4 }, false }, { { "severity", 8 }, { "severity", 8 }, false },
	{ { "what", 4 }, { "what", 4 }, false }, { { "n", 1 }, { "n", 1 }, true },
	{ { "refs", 4 }, { "refs", 4 }, false }, { { "mend", 4 }, { "mend", 4 }, false },
};

static void put_finding(void *ctx, const struct finding *f)
{
	struct writer *w = ctx;
	struct arena a = { 0 };
	struct cell cells[] = {
		{ CELL_TEXT, f->name },
		{ CELL_TEXT, str_of(severity_names[f->severity]) },
		{ CELL_TEXT, vietnamese(w) ? f->vi : f->en },
		{ CELL_NUMBER, arena_printf(&a, "%lld", (long long)f->n) },
		{ f->refs.n ? CELL_LIST : CELL_NULL, f->refs },
		{ CELL_TEXT, str_of(f->mend) },
	};
	writer_row(w, cells);
	arena_free(&a);
}

static void put_ref(void *ctx, struct str ref)
{
	writer_row(ctx, &(struct cell){ CELL_TEXT, ref });
}

static enum severity severity_operand(struct crm *crm)
{
	const char *word = option(crm, "severity");
	for (int i = SEVERITY_INFO; word && i <= SEVERITY_ERROR; i++)
		if (!strcmp(word, severity_names[i]))
			return (enum severity)i;
	if (word)
		usage(crm, "--severity: no %s; info, warn or error",
		      quoted(str_of(word), &crm->arena));
	return SEVERITY_INFO;
}

/* The names, as operands or of --only, separated by commas; NULL: all. */
static const char *wanted_names(struct crm *crm, int argc, char **argv)
{
	const char *only = option(crm, "only");
	struct buf b = { 0 };
	if (!only && !argc)
		return NULL;
	buf_puts(&b, only ? only : argv[0]);
	for (int i = only ? 0 : 1; i < argc; i++)
		buf_printf(&b, ",%s", argv[i]);
	const char *names = buf_copy(&b, &crm->arena).p;
	buf_free(&b);
	return names;
}

int doctor_check(struct crm *crm, int argc, char **argv)
{
	static const struct column id = { { "id", 2 }, { "id", 2 }, false };
	struct writer_options wo = writer_options(crm, stdout);
	struct doctor d = {
		.store = crm->store,
		.arena = &crm->arena,
		.only = wanted_names(crm, argc, argv),
		.least = severity_operand(crm),
		.refs = wo.format == FORMAT_REFS,
		.found = put_finding,
		.record = put_ref,
	};
	if (option(crm, "as-of"))
		usage(crm, "the past cannot be mended: --as-of is for the other programs");
	if (!doctor_names(&d, &crm->diag))
		refuse(crm, STATUS_USAGE);
	const struct column *columns = d.refs ? &id : finding_columns;
	struct writer *w = writer_open(stdout, columns, d.refs ? 1 : countof(finding_columns), &wo);
	d.ctx = w;
	doctor_run(&d);
	writer_close(w);
	outfile_commit(&crm->out); /* also of an ill database */
	return d.sick ? STATUS_REFUSED : STATUS_OK;
}

/* --- checklist --- */

static const struct column item_columns[] = {
	{ { "name", 4 }, { "name", 4 }, false },   { { "area", 4 }, { "area", 4 }, false },
	{ { "state", 5 }, { "state", 5 }, false }, { { "what", 4 }, { "what", 4 }, false },
	{ { "how", 3 }, { "how", 3 }, false },
};

int doctor_checklist(struct crm *crm, int argc, char **argv)
{
	(void)argv;
	if (argc)
		usage(crm, "the checklist takes no names");
	struct writer *w = writer_for(crm, stdout, item_columns, countof(item_columns));
	for (size_t i = 0; i < nchecklist; i++) {
		const struct checklist_item *t = &checklist[i];
		enum checked state = checklist_judge(crm->store, t);
		struct cell cells[] = {
			{ CELL_TEXT, str_of(t->name) },
			{ CELL_TEXT, str_of(t->area) },
			{ CELL_TEXT, str_of(checked_names[state]) },
			{ CELL_TEXT, str_of(vietnamese(w) ? t->vi : t->en) },
			{ t->how ? CELL_TEXT : CELL_NULL, str_of(t->how) },
		};
		writer_row(w, cells);
	}
	writer_close(w);
	return STATUS_OK;
}

/* --- mend --- */

struct ids {
	int64_t *id;
	size_t n, room;
};

static void add_id(void *ctx, int64_t id)
{
	struct ids *all = ctx;
	if (all->n == all->room) {
		all->room = all->room ? all->room * 2 : 256;
		all->id = xrealloc(all->id, all->room * sizeof *all->id);
	}
	all->id[all->n++] = id;
}

static void mend_type(struct store *s, const struct entity *e, int64_t *counters, int64_t *keys)
{
	struct ids stale = { 0 };
	int64_t largest = counter_largest(s, e);
	if (largest >= counter_next(s, e)) {
		counter_raise(s, e, largest + 1);
		++*counters;
	}
	store_audit(s, e, AUDIT_KEYS, add_id, &stale);
	for (size_t i = 0; i < stale.n; i++)
		store_rekey(s, e, stale.id[i]);
	*keys += (int64_t)stale.n;
	free(stale.id);
}

int doctor_mend(struct crm *crm, int argc, char **argv)
{
	static const struct column columns[] = {
		{ { "counters", 8 }, { "counters", 8 }, true },
		{ { "keys", 4 }, { "keys", 4 }, true },
		{ { "pending", 7 }, { "pending", 7 }, true },
	};
	struct change_info info = { program_name, crm->line, option(crm, "reason"), NULL };
	struct store *s = crm->store;
	int64_t n[3] = { 0 };
	(void)argv;
	if (argc)
		usage(crm, "all that can be mended is mended; no names");
	store_begin(s, &info, (int)option_int(crm, "wait", 10));
	for (size_t i = 0; i < s->schema.nentities; i++)
		mend_type(s, s->schema.entities[i], &n[0], &n[1]);
	n[2] = store_pending(s);
	if (option_on(crm, "dry-run"))
		store_rollback(s);
	else
		store_commit(s);
	if (option_on(crm, "quiet"))
		return STATUS_OK;
	struct cell cells[countof(columns)];
	for (size_t i = 0; i < countof(columns); i++)
		cells[i] = (struct cell){ CELL_NUMBER,
					  arena_printf(&crm->arena, "%lld", (long long)n[i]) };
	struct writer *w = writer_for(crm, stdout, columns, countof(columns));
	writer_row(w, cells);
	writer_close(w);
	return STATUS_OK;
}
