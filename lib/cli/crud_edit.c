/* edit: records in the user's editor. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/crud.h"
#include "cli/edit_text.h"
#include "cli/editor.h"
#include "store/merged.h"

/* One run of the verb.  No lock is held while the editor is open. */
struct edit {
	struct crm *crm;
	struct codec codec;
	struct edit_record *records;
	size_t n;
	struct editor editor;
	const struct yaml *was; /* n documents */
	struct edit_doc *docs;	/* as they were read back */
	size_t ndocs;
	struct diag diag;
};

static void complain_of(void *ctx, struct diag *d)
{
	complain(ctx, d);
}

/* Every field, as machines see it: references by their keys, amounts in their currency. */
static void load_cells(struct edit *ed, const struct target *t)
{
	struct crm *crm = ed->crm;
	const struct entity *e = crm->entity;
	struct query_context q = query_context(crm, e);
	struct path *paths = arena_new(&crm->arena, struct path, e->nfields);
	struct select what = { .context = &q, .paths = paths, .npaths = e->nfields, .limit = -1 };
	const struct cell *cells;
	int64_t id;
	for (size_t i = 0; i < e->nfields; i++)
		paths[i] = (struct path){ .text = str_of(e->fields[i].name),
					  .entity = e,
					  .field = &e->fields[i] };
	struct cursor *c = cursor_open_by_id(crm->store, &what);
	for (size_t i = 0; i < ed->n; i++) {
		struct cell *kept = arena_new(&crm->arena, struct cell, e->nfields);
		cursor_seek(c, t[i].id);
		if (!cursor_next(c, false, &cells, &id)) {
			store_missing(crm->store, e, t[i].id, &ed->diag);
			complain(crm, &ed->diag);
			continue;
		}
		for (size_t f = 0; f < e->nfields; f++)
			kept[f] =
			    (struct cell){ cells[f].kind, arena_str(&crm->arena, cells[f].text) };
		ed->records[i] = (struct edit_record){ e, t[i].id, 0, kept };
		str_int(kept[field_index(e, entity_field(e, STR("rev")))].text,
			&ed->records[i].rev);
	}
	cursor_close(c);
}

static void load(struct edit *ed, int argc, char **argv)
{
	struct crm *crm = ed->crm;
	struct operands o;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	db_begin_read(crm->store->db);
	struct target *t = targets(crm, crm->entity, &o, &ed->n);
	ed->records = arena_new(&crm->arena, struct edit_record, ed->n);
	load_cells(ed, t);
	db_commit(crm->store->db);
}

/* lead-42.yaml, or leads.yaml where it holds several. */
static void open_file(struct edit *ed)
{
	struct arena *a = &ed->crm->arena;
	const struct entity *e = ed->crm->entity;
	struct buf b = { 0 };
	size_t ndocs;
	edit_put(&b, ed->records, ed->n, &ed->codec);
	struct str text = buf_copy(&b, a);
	struct str name =
	    ed->n > 1 ? arena_printf(a, "%s.yaml", e->plural)
		      : arena_printf(a, "%s-%lld.yaml", e->name, (long long)ed->records->id);
	buf_free(&b);
	ed->was = yaml_parse_all(text, "", EDIT_SIZE, &ndocs, a, &ed->diag);
	if (!ed->was || ndocs != ed->n)
		die(STATUS_ENV, "%s cannot be said as a text to edit: %s", name.p,
		    ed->diag.message.n ? ed->diag.message.p : "");
	editor_open(&ed->editor, name.p, text, a);
}

/* What the file says now, each document with its record.  False: complained about. */
static bool read_docs(struct edit *ed, struct str text)
{
	struct arena *a = &ed->crm->arena;
	if (str_starts(text, "\xef\xbb\xbf")) /* some editors begin so */
		text = str_sub(text, 3, text.n);
	const struct yaml *docs =
	    yaml_parse_all(text, ed->editor.path, EDIT_SIZE, &ed->ndocs, a, &ed->diag);
	ed->docs = arena_new(a, struct edit_doc, ed->ndocs);
	if (docs && edit_match(ed->records, ed->n, ed->was, docs, ed->ndocs, ed->docs, &ed->codec,
			       &ed->diag))
		return true;
	complain(ed->crm, &ed->diag);
	return false;
}

/* The records of which something was changed; fills *which with their documents. */
static struct record *read_records(struct edit *ed, struct str text, const struct edit_doc ***which,
				   size_t *n)
{
	struct arena *a = &ed->crm->arena;
	struct edit_lines lines = edit_lines(text, a);
	struct record *records = arena_new(a, struct record, ed->ndocs);
	const struct edit_doc **docs = arena_new(a, const struct edit_doc *, ed->ndocs);
	*n = 0;
	for (size_t i = 0; i < ed->ndocs; i++) {
		bool changed;
		if (ed->docs[i].record &&
		    edit_read(&ed->docs[i], &lines, &records[*n], &changed, &ed->codec, &ed->diag,
			      complain_of, ed->crm) &&
		    changed)
			docs[(*n)++] = &ed->docs[i];
	}
	*which = docs;
	return records;
}

static void put(struct edit *ed, struct writes *w, struct record *r, const struct edit_doc *doc,
		struct arena *a)
{
	struct crm *crm = ed->crm;
	struct diag *d = &ed->diag;
	struct record now;
	const char *name = r->entity->name;
	if (!store_get(crm->store, r->entity, r->id, &now, a))
		diag_set(d, NULL, "%s-%lld was removed meanwhile", name, (long long)r->id);
	else if (record_at(&now, "rev")->i != doc->record->rev)
		diag_set(d, NULL, "%s-%lld was changed meanwhile: its rev is %lld, not %lld", name,
			 (long long)r->id, (long long)record_at(&now, "rev")->i,
			 (long long)doc->record->rev);
	else if (ref_resolve_record(&crm->resolver, r, d) &&
		 writes_put(w, r, 0, a, d) != WROTE_NOTHING)
		return;
	edit_point(doc, d);
	complain(crm, d);
}

/* Reads the file back and writes what was changed; what was refused is complained about. */
static int apply(struct edit *ed)
{
	struct writes w;
	struct str text;
	const struct edit_doc **docs;
	size_t n;
	if (!editor_read(&ed->editor, &text))
		return STATUS_ENV;
	if (str_eq(text, ed->editor.written))
		return STATUS_OK;
	if (!read_docs(ed, text))
		return STATUS_REFUSED;
	struct record *records = read_records(ed, text, &docs, &n);
	if (ed->crm->refused)
		return STATUS_REFUSED;
	if (!n)
		return STATUS_OK;
	struct arena a = { 0 };
	if (writes_begin(&w, ed->crm)) {
		for (size_t i = 0; i < n; i++) {
			put(ed, &w, &records[i], docs[i], &a);
			arena_reset(&a);
		}
	}
	arena_free(&a);
	return writes_end(&w);
}

int crud_edit(struct crm *crm, int argc, char **argv)
{
	struct edit ed = { .crm = crm, .codec = store_codec(crm->store, &crm->arena) };
	int status = STATUS_OK;
	load(&ed, argc, argv);
	if (!ed.n || crm->refused) {
		diag_free(&ed.diag);
		return crm->refused ? STATUS_REFUSED : STATUS_OK;
	}
	open_file(&ed);
	do {
		crm->refused = 0;
		status = editor_run(&ed.editor) ? apply(&ed) : STATUS_REFUSED;
	} while (status == STATUS_REFUSED && crm->refused && editor_again());
	if (status == STATUS_OK && !option_on(crm, "dry-run"))
		editor_done(&ed.editor);
	else
		editor_keep(&ed.editor);
	diag_free(&ed.diag);
	return status;
}
