/* Rows come in: read and spooled first, put in later. */
#include "domain/import.h"

#include "core/utf8.h"
#include "domain/import_difference.h"
#include "domain/import_header.h"
#include "domain/import_match.h"
#include "domain/import_parts.h"
#include "domain/import_put.h"
#include "schema/check.h"
#include "schema/places.h"

enum { BULK_ROWS = 5000 }; /* from which on indexes are worth making anew */

static bool create_type(struct import *im, struct str name, struct diag *d)
{
	const struct entity *e = schema_entity(&im->store->schema, name);
	if (!e)
		return diag_set(d, NULL, "there is no record type %s", quoted(name, &d->arena));
	if (im->ncreate == IMPORT_CREATE_MAX)
		return diag_set(d, NULL, "more than %d types to create", IMPORT_CREATE_MAX);
	im->create[im->ncreate++] = e;
	return true;
}

static bool each(struct import *im, struct str list,
		 bool (*add)(struct import *, struct str, struct diag *), struct diag *d)
{
	struct str rest = list, name;
	while (list.n && str_cut(&rest, ',', &name))
		if (!add(im, str_trim(name), d))
			return false;
	return true;
}

bool import_open(struct import *im, struct diag *d)
{
	im->plan = (struct import_plan){ .map = &im->map, .ignore_unknown = im->ignore_unknown };
	if (im->map.rest)
		im->plan.rest = &im->rest;
	im->rest.json = im->map.rest && !strcmp(im->map.rest->name, "payload");
	im->spool.entity = im->late.entity = im->entity;
	if (im->map.system.n && !im->map.match.n) /* what comes again is what came */
		im->map.match = STR("external");
	return each(im, im->map.match, import_match_add, d) &&
	       each(im, im->map.create_missing, create_type, d) && import_map_check(&im->map, d) &&
	       import_parts_open(im, d);
}

void import_stream(struct import *im)
{
	import_unbind(&im->plan);
	im->shared.key.n = 0;
	for (size_t i = 0; i < im->nparts; i++)
		import_unbind(&im->parts[i].plan);
}

static bool bind(struct import *im, const struct row *row, bool fixed, struct diag *d)
{
	return import_parts_bind(im, row, fixed, d) && import_bind(&im->plan, row, fixed, d);
}

bool import_header(struct import *im, const struct str *names, size_t n, struct diag *d)
{
	struct row header = { .n = n, .names = names, .layout = 1 };
	return bind(im, &header, true, d);
}

static bool names_itself(const struct record *r)
{
	struct places refs = entity_places(r->entity, REF_PLACES);
	for (size_t i = 0; i < refs.n; i++)
		if (r->values[refs.at[i]].kind == V_TEXT &&
		    !strcmp(r->entity->fields[refs.at[i]].ref, r->entity->name))
			return true;
	return false;
}

/* Columns of further records are known by the fields of those. */
size_t import_known(const void *of, const struct str *names, size_t n)
{
	const struct import *im = of;
	struct arena a = { 0 };
	size_t known = 0;
	for (size_t i = 0; i < n; i++)
		known += (im->ignore_unknown && str_starts(names[i], "column ")) ||
			 (utf8_valid(names[i]) && (field_by_header(im->entity, names[i], &a) ||
						   import_map_names(&im->map, names[i])));
	arena_free(&a);
	return known;
}

/* The apostrophe that other systems put before what a spreadsheet would take for a formula. */
static struct row unguarded(const struct row *row, struct arena *a)
{
	struct row out = *row;
	struct cell *cells = arena_new(a, struct cell, row->n);
	out.cells = cells;
	for (size_t i = 0; i < row->n; i++) {
		struct str text = row->cells[i].text;
		bool guard = text.n > 1 && text.p[0] == '\'' && strchr("+-=@", text.p[1]);
		cells[i] = row->cells[i];
		cells[i].text = str_sub(text, guard, text.n);
	}
	return out;
}

static bool is_skipped(const struct import_map *m, const struct row *row)
{
	for (size_t i = 0; m->skip.n && i < row->n; i++)
		if (str_starts(utf8_trim(row->cells[i].text), m->skip.p))
			return true;
	return false;
}

/* Whether the row is about the same record as the one before it. */
static bool goes_on(struct import *im, const struct row *row)
{
	struct import_shared *s = &im->shared;
	struct arena a = { 0 };
	if (!im->map.continues.n)
		return false;
	if (!s->layout || s->layout != row->layout)
		s->column = header_column(row->names, row->n, im->map.continues, &a);
	s->layout = row->layout;
	arena_free(&a);
	struct str key = { "", 0 };
	if (s->column != SIZE_MAX)
		key = utf8_trim(row->cells[s->column].text);
	bool same = key.n && str_eq(key, buf_str(&s->key));
	s->key.n = 0;
	buf_put(&s->key, key);
	return same;
}

/* Reads the row's records; one that says nothing of its own makes but the further ones. */
static bool read_records(struct import *im, const struct row *row, struct spooled *item,
			 struct codec *c, struct diag *d)
{
	struct row plain;
	if (!bind(im, row, false, d))
		return false;
	if (im->map.guard) {
		plain = unguarded(row, c->arena);
		row = &plain;
	}
	im->rest.lines.n = 0;
	im->rest.said = arena_new(c->arena, bool, row->n);
	for (size_t i = 0; i < im->nparts; i++)
		im->parts[i].nitems = 0;
	item->absent = is_skipped(&im->map, row);
	if (item->absent) {
		im->shared.key.n = 0;
		return true;
	}
	/* An amount may be one of a record that is there, in another currency. */
	c->currency = "";
	if (!import_parts_row(im, row, c, d))
		return false;
	item->absent =
	    im->shared.goes_on || (import_parts_any(im) && !import_says(&im->plan, row, 0));
	c->currency = "";
	return item->absent || import_record(&im->plan, row, 0, &item->record, c, d);
}

void import_row(struct import *im, unsigned source, enum read_result got, const struct row *row,
		struct arena *a, struct diag *d)
{
	struct spooled item = { .line = row->line, .source = source, .further = row->further };
	struct codec c = store_codec(im->store, a);
	struct row mended;
	if (im->mend) {
		c.settings = im->map.settings;
		c.mender = &im->mend->mender;
		mended = import_mend_row(im->mend, source, row, a);
		row = &mended;
	}
	if (im->keep_raw)
		item.raw = row->raw;
	im->shared.goes_on = got != READ_BAD && goes_on(im, row);
	bool good = got != READ_BAD && read_records(im, row, &item, &c, d);
	import_parts_spool(im, good);
	if (!good) {
		item.unreadable = got == READ_BAD;
		item.record.values = NULL;
		item.absent = im->shared.goes_on;
		item.field = str_of(d->field);
		item.refused = d->message;
		im->refused++;
	} else if (!item.absent) {
		im->names_itself = im->names_itself || names_itself(&item.record);
		import_kin_read(im, &item.record);
	}
	if (item.absent)
		item.record = (struct record){ .entity = im->entity };
	spool_put_item(&im->spool, &item);
	im->read++;
	diag_clear(d);
}

/*
 * Whether others of the type are found, while rows are put in, by what they refer to.  Of
 * those named here nobody asks for them as long as new ones alone come into an empty table:
 * what follows from them for accounts and contacts is kept in mind.
 */
static bool asks_by_refs(const struct import *im)
{
	static const char *const unasked[] = { "activity", "deal", NULL };
	bool made = !im->before && !im->nmatch && !im->nparts && !import_match_asks(im) &&
		    !im->partial && !im->spool.mentioned[FIELD_ID];
	return !made || !is_one_of(str_of(im->entity->name), unasked);
}

/* References, which derived facts are found by, and what rows are looked up by stay indexed. */
static void drop_indexes(struct import *im)
{
	const struct entity *e = im->entity;
	bool refs = asks_by_refs(im);
	struct arena a = { 0 };
	const struct field **keep = arena_new(&a, const struct field *, e->nfields);
	size_t n = 0;
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		/* An index of what stays empty costs nothing meanwhile, but a scan to make. */
		bool filled = im->spool.mentioned[i] || f->def || f->flags & F_SYSTEM;
		if (import_match_needs(im, f) || !filled || (refs && f->type == &type_ref))
			keep[n++] = f;
	}
	store_indexes_drop(im->store, e, keep, n, im->spool.n);
	arena_free(&a);
}

void import_start(struct import *im)
{
	im->bulk = !im->in_batches && im->spool.n >= BULK_ROWS &&
		   store_count(im->store, im->entity) < im->spool.n / 4;
	import_match_start(im, im->spool.n);
	if (im->bulk)
		drop_indexes(im);
	store_cache(im->store, !im->bulk);
	import_parts_start(im);
	import_kin_start(im);
	spool_rewind(&im->spool);
}

/* Rows that were late get another pass, as long as that finds a place for some of them. */
static bool fetch(struct import *im, struct spooled *item, struct arena *a)
{
	while (!spool_get_item(&im->spool, item, a)) {
		if (!im->late.n)
			return false;
		im->last_pass = !im->pass;
		im->pass = 0;
		spool_free(&im->spool);
		im->spool = im->late;
		im->late = (struct spool){ .entity = im->entity };
		spool_rewind(&im->spool);
		import_parts_turn(im);
	}
	import_parts_fetch(im, a);
	return true;
}

/* Rows that go on with it are refused, too; what could not be read says nothing of itself. */
static void import_refused(struct import *im, const struct spooled *item, struct diag *d)
{
	diag_set(d, item->field.n ? item->field.p : NULL, "%s", item->refused.p);
	if (item->absent || item->unreadable)
		return;
	im->last = 0;
	im->passed_over = false;
}

enum imported import_next(struct import *im, struct spooled *item, struct arena *a, struct diag *d)
{
	for (;;) {
		bool there = fetch(im, item, a);
		if (!there || !item->absent)
			import_difference_put(im);
		if (!there)
			return IMPORT_END;
		diag_clear(d);
		d->source = str_of(im->sources[item->source]);
		d->line = item->line;
		enum imported put = IMPORT_REJECTED;
		if (im->mend) {
			im->mend->source = item->source;
			im->mend->line = item->line;
		}
		if (item->refused.n)
			import_refused(im, item, d);
		else
			put = import_put(im, item, a, d);
		if (put == IMPORT_LATE) {
			spool_put_item(&im->late, item);
			import_parts_late(im);
			continue;
		}
		im->pass++;
		im->results[put]++;
		return put;
	}
}

void import_finish(struct import *im)
{
	import_kin_finish(im);
	if (im->bulk)
		store_indexes_make(im->store, im->entity);
	if (im->bulk && !import_match_asks(im))
		import_match_count(im);
	im->bulk = false;
	store_cache(im->store, false);
}

void import_free(struct import *im)
{
	spool_free(&im->spool);
	spool_free(&im->late);
	import_match_free(im);
	import_parts_free(im);
	idset_free(&im->seen);
	import_unbind(&im->plan);
	import_map_free(&im->map);
	map_free(&im->missing);
	import_kin_free(&im->kin);
	buf_free(&im->shared.key);
	arena_free(&im->difference.arena);
	map_free(&im->rest.counts);
	buf_free(&im->rest.lines);
}
