/* crm-doctor check, checklist and mend. */
#include "cli/doctor.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/heading.h"
#include "core/buf.h"
#include "domain/checklist.h"
#include "domain/doctor.h"
#include "store/audit.h"
#include "store/counter.h"
#include "store/search.h"

/* Rows of text, for people in their language; machines always get English. */
struct rows {
	struct writer *w;
	enum language language;
};

static struct rows rows_of(struct crm *crm, struct writer *w)
{
	return (struct rows){ w, writer_human(w) ? crm_language(crm) : ENGLISH };
}

/* --- check --- */

static const struct heading finding_headings[] = {
	{ "name", "Check", "Kiểm tra", false },
	{ "severity", "Severity", "Mức độ", false },
	{ "what", "What is wrong", "Vấn đề", false },
	{ "n", "How many", "Số bản ghi", true },
	{ "refs", "Such as", "Chẳng hạn", false },
	{ "mend", "How to mend it", "Cách sửa", false },
};

static void put_finding(void *ctx, const struct finding *f)
{
	const struct rows *rows = ctx;
	struct arena a = { 0 };
	struct cell cells[] = {
		{ CELL_TEXT, f->name },
		{ CELL_TEXT, str_of(severity_label(f->severity, rows->language)) },
		{ CELL_TEXT, rows->language == VIETNAMESE ? f->vi : f->en },
		{ CELL_NUMBER, arena_printf(&a, "%lld", (long long)f->n) },
		{ f->refs.n ? CELL_LIST : CELL_NULL, f->refs },
		{ CELL_TEXT,
		  str_of(f->mend_vi && rows->language == VIETNAMESE ? f->mend_vi : f->mend) },
	};
	writer_row(rows->w, cells);
	arena_free(&a);
}

static void put_ref(void *ctx, struct str ref)
{
	const struct rows *rows = ctx;
	writer_row(rows->w, &(struct cell){ CELL_TEXT, ref });
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
	static const struct heading id = { "id", "ID", "Mã", false };
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
	struct rows rows = rows_of(crm, heading_writer(crm, d.refs ? &id : finding_headings,
						       d.refs ? 1 : countof(finding_headings)));
	d.ctx = &rows;
	doctor_run(&d);
	writer_close(rows.w);
	outfile_commit(&crm->out); /* also of an ill database */
	return d.sick ? STATUS_REFUSED : STATUS_OK;
}

/* --- checklist --- */

static const struct heading item_headings[] = {
	{ "name", "Item", "Mục", false },	   { "area", "Area", "Mảng", false },
	{ "state", "State", "Trạng thái", false }, { "what", "What", "Nội dung", false },
	{ "how", "How", "Cách làm", false },
};

int doctor_checklist(struct crm *crm, int argc, char **argv)
{
	(void)argv;
	if (argc)
		usage(crm, "the checklist takes no names");
	struct rows rows = rows_of(crm, heading_writer(crm, item_headings, countof(item_headings)));
	for (size_t i = 0; i < nchecklist; i++) {
		const struct checklist_item *t = &checklist[i];
		enum checked state = checklist_judge(crm->store, t);
		struct cell cells[] = {
			{ CELL_TEXT, str_of(t->name) },
			{ CELL_TEXT, str_of(t->area) },
			{ CELL_TEXT, str_of(checked_label(state, rows.language)) },
			{ CELL_TEXT, str_of(label(rows.language, t->en, t->vi)) },
			cell_text(str_of(t->how)),
		};
		writer_row(rows.w, cells);
	}
	writer_close(rows.w);
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
	all->id = xgrow(all->id, all->n, &all->room, sizeof *all->id);
	all->id[all->n++] = id;
}

enum { COUNTERS, KEYS, PENDING, INDEXES, MENDED };

static void mend_type(struct store *s, const struct entity *e, int64_t *mended)
{
	struct ids stale = { 0 };
	int64_t largest = counter_largest(s, e);
	if (largest >= counter_next(s, e)) {
		counter_raise(s, e, largest + 1);
		mended[COUNTERS]++;
	}
	store_audit(s, e, AUDIT_KEYS, add_id, &stale);
	for (size_t i = 0; i < stale.n; i++)
		store_rekey(s, e, stale.id[i]);
	mended[KEYS] += (int64_t)stale.n;
	free(stale.id);
	if (!search_check(s, e)) {
		search_make(s, e);
		mended[INDEXES]++;
	}
}

int doctor_mend(struct crm *crm, int argc, char **argv)
{
	static const struct heading headings[MENDED] = {
		[COUNTERS] = { "counters", "Counters", "Bộ đếm", true },
		[KEYS] = { "keys", "Keys", "Khoá tìm kiếm", true },
		[PENDING] = { "pending", "Waiting links", "Liên kết chờ", true },
		[INDEXES] = { "indexes", "Search indexes", "Chỉ mục tìm kiếm", true },
	};
	struct change_info info = { program_name, crm->line, option(crm, "reason"), NULL };
	struct store *s = crm->store;
	int64_t n[MENDED] = { 0 };
	(void)argv;
	if (argc)
		usage(crm, "all that can be mended is mended; no names");
	store_begin(s, &info, lock_wait(crm));
	for (size_t i = 0; i < s->schema.nentities; i++)
		mend_type(s, s->schema.entities[i], n);
	n[PENDING] = store_pending(s);
	if (option_on(crm, "dry-run"))
		store_rollback(s);
	else
		store_commit(s);
	if (option_on(crm, "quiet"))
		return STATUS_OK;
	struct cell cells[MENDED];
	for (size_t i = 0; i < MENDED; i++)
		cells[i] = (struct cell){ CELL_NUMBER,
					  arena_printf(&crm->arena, "%lld", (long long)n[i]) };
	struct writer *w = heading_writer(crm, headings, MENDED);
	writer_row(w, cells);
	writer_close(w);
	return STATUS_OK;
}
