/* Further records of a row: each kind is an import of its own, in step with the rows. */
#include "domain/import_parts.h"

#include "domain/import_cell.h"
#include "domain/import_match.h"

static const struct import_map *map_of(const struct import *im, size_t which)
{
	return which == im->nparts ? &im->map : &im->map.parts[which].map;
}

/* The number of the record that the link names; SIZE_MAX with diag: there is none. */
static size_t named(const struct import *im, const struct import_link *link, struct diag *d)
{
	if (str_is(link->to, "row"))
		return im->nparts;
	for (size_t i = 0; i < im->nparts; i++)
		if (str_eq(im->map.parts[i].name, link->to))
			return i;
	diag_set(d, NULL, "links: no record of the row is called %s", quoted(link->to, &d->arena));
	return SIZE_MAX;
}

static bool link_fits(const struct import *im, const struct import_link *link, size_t to,
		      struct diag *d)
{
	const char *what = map_of(im, to)->entity->name;
	return (link->field->type == &type_ref && !strcmp(link->field->ref, what)) ||
	       diag_set(d, NULL, "links: %s does not refer to a record of type %s",
			link->field->name, what);
}

/* Takes up the links of one record; false with diag. */
static bool wire(struct import *im, size_t which, struct diag *d)
{
	const struct import_map *m = map_of(im, which);
	struct import *part = which == im->nparts ? im : &im->parts[which];
	part->wires = arena_new(im->map.arena, struct import_wire, m->nlinks);
	for (part->nwires = 0; part->nwires < m->nlinks; part->nwires++) {
		const struct import_link *link = &m->links[part->nwires];
		size_t to = named(im, link, d);
		if (to == SIZE_MAX || !link_fits(im, link, to, d))
			return false;
		part->wires[part->nwires] = (struct import_wire){ link->field, to };
	}
	return true;
}

static bool is_ready(const struct import *im, size_t which, const bool *done)
{
	const struct import *part = which == im->nparts ? im : &im->parts[which];
	for (size_t i = 0; i < part->nwires; i++)
		if (!done[part->wires[i].from])
			return false;
	return true;
}

/* Whom others refer to comes first. */
static bool settle_order(struct import *im, struct diag *d)
{
	size_t n = 0, before = SIZE_MAX;
	bool *done = arena_new(im->map.arena, bool, im->nparts + 1);
	im->order = arena_new(im->map.arena, size_t, im->nparts + 1);
	while (n != before) {
		before = n;
		for (size_t i = 0; i <= im->nparts; i++)
			if (!done[i] && is_ready(im, i, done)) {
				done[i] = true;
				im->order[n++] = i;
			}
	}
	return n == im->nparts + 1 ||
	       diag_set(d, NULL, "links: the records of a row refer to each other in a ring");
}

static bool open_part(struct import *im, size_t i, struct diag *d)
{
	struct import *part = &im->parts[i];
	*part = (struct import){ .store = im->store,
				 .resolver = im->resolver,
				 .entity = im->map.parts[i].map.entity,
				 .map = im->map.parts[i].map,
				 .sources = im->sources,
				 .mend = im->mend,
				 .is_part = true,
				 .last_pass = true,
				 .on_match = im->map.parts[i].fill ? IMPORT_FILL : IMPORT_UPDATE };
	return import_open(part, d);
}

/* Those that the row's own record refers to, and those that they refer to. */
static void mark_leads(struct import *im)
{
	for (size_t i = im->nparts + 1; i-- > 0;) { /* whoever refers to others comes behind them */
		size_t which = im->order[i];
		const struct import *of = which == im->nparts ? im : &im->parts[which];
		for (size_t j = 0; (of == im || of->leads) && j < of->nwires; j++)
			im->parts[of->wires[j].from].leads = true;
	}
}

static void mark_common(struct import *im)
{
	for (size_t i = 0; i <= im->nparts; i++) {
		struct import *part = &im->parts[im->order[i]];
		if (im->order[i] == im->nparts)
			continue;
		part->common = true;
		for (size_t j = 0; j < part->nwires; j++) {
			size_t from = part->wires[j].from;
			part->common &= from != im->nparts && im->parts[from].common;
		}
	}
}

bool import_parts_open(struct import *im, struct diag *d)
{
	size_t n = im->map.nparts;
	const struct import_plan **plans = arena_new(im->map.arena, const struct import_plan *, n);
	im->nparts = n;
	im->parts = arena_new(im->map.arena, struct import, n);
	for (size_t i = 0; i < n; i++) {
		if (!open_part(im, i, d))
			return false;
		im->parts[i].plan.part = &im->map.parts[i];
		im->parts[i].plan.rest = im->plan.rest;
		plans[i] = &im->parts[i].plan;
	}
	im->plan.others = plans;
	im->plan.nothers = n;
	for (size_t i = 0; i <= n && !im->is_part; i++)
		if (!wire(im, i, d))
			return false;
	if (im->is_part)
		return true;
	if (!settle_order(im, d))
		return false;
	mark_leads(im);
	mark_common(im);
	return true;
}

bool import_parts_bind(struct import *im, const struct row *row, bool fixed, struct diag *d)
{
	for (size_t i = 0; i < im->nparts; i++)
		if (!import_bind(&im->parts[i].plan, row, fixed, d))
			return false;
	return true;
}

void import_parts_blame(const struct import *im, size_t which, struct diag *d)
{
	const char *name = im->map.parts[which].name.p;
	d->field = d->field ? arena_printf(&d->arena, "%s.%s", name, d->field).p : name;
}

/* One row may know less of it than another: emptied by the one it would be filled by the other. */
static void pass_over_empty(struct record *r)
{
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (r->values[i].kind == V_NULL)
			r->values[i].kind = V_NONE;
}

static bool read_one(struct import *im, size_t which, const struct row *row, size_t turn,
		     struct spooled *item, struct codec *c, struct diag *d)
{
	struct import *part = &im->parts[which];
	item->absent = true;
	/* The total stays, too, of an order of which a row says none. */
	bool whole =
	    part->plan.part->difference && !im->shared.goes_on && import_says(&im->plan, row, 0);
	if (!whole && !import_says(&part->plan, row, turn))
		return true;
	if (!import_record(&part->plan, row, turn, &item->record, c, d)) {
		import_parts_blame(im, which, d);
		return false;
	}
	if (part->common)
		pass_over_empty(&item->record);
	item->absent = !import_is_there(part->plan.part, &item->record);
	return true;
}

/*
 * The turn of the first value that is left for the part: the row's own field may have
 * another, but says nothing of what it is.
 */
static size_t first_turn(const struct import *im, size_t which, const struct row *row)
{
	const struct import_part *part = &im->map.parts[which];
	const struct import_plan *own = &im->parts[which].plan;
	for (size_t i = 0; part->many && i < own->n; i++)
		if (own->feeds[i].rule && import_is_labelled(&own->feeds[i], row))
			return 0;
	for (size_t i = 0; part->many && i < im->plan.n; i++) {
		const struct import_feed *f = &im->plan.feeds[i];
		if (f->rule && f->rule->several && str_is(part->name, f->field->name))
			return 1;
	}
	return 0;
}

bool import_parts_row(struct import *im, const struct row *row, struct codec *c, struct diag *d)
{
	for (size_t i = 0; i < im->nparts; i++) {
		struct import *part = &im->parts[i];
		struct spooled item = { 0 };
		bool many = im->map.parts[i].many;
		size_t first = first_turn(im, i, row);
		part->nitems = 0;
		if (im->shared.goes_on && part->leads)
			continue;
		for (size_t turn = first; turn == first || (many && !item.absent); turn++) {
			if (!read_one(im, i, row, turn, &item, c, d))
				return false;
			if (!item.absent)
				import_parts_add(part, &item, c->arena);
		}
	}
	return true;
}

void import_parts_add(struct import *part, const struct spooled *item, struct arena *a)
{
	if (part->nitems == part->room || !part->nitems) {
		struct spooled *more = arena_new(a, struct spooled, part->nitems * 2 + 1);
		if (part->nitems)
			memcpy(more, part->items, part->nitems * sizeof *more);
		part->items = more;
		part->room = part->nitems * 2 + 1;
	}
	part->items[part->nitems++] = *item;
}

bool import_parts_any(const struct import *im)
{
	for (size_t i = 0; i < im->nparts; i++)
		if (im->parts[i].nitems)
			return true;
	return false;
}

/* The records of one row end with one that is absent. */
static void spool_items(struct import *part, struct spool *to, bool wanted)
{
	for (size_t i = 0; wanted && i < part->nitems; i++)
		spool_put_item(to, &part->items[i]);
	spool_put_item(to,
		       &(struct spooled){ .absent = true, .record = { .entity = part->entity } });
}

void import_parts_spool(struct import *im, bool wanted)
{
	for (size_t i = 0; i < im->nparts; i++)
		spool_items(&im->parts[i], &im->parts[i].spool, wanted);
}

void import_parts_start(struct import *im)
{
	for (size_t i = 0; i < im->nparts; i++) {
		import_match_start(&im->parts[i], im->spool.n);
		spool_rewind(&im->parts[i].spool);
	}
}

void import_parts_fetch(struct import *im, struct arena *a)
{
	for (size_t i = 0; i < im->nparts; i++) {
		struct import *part = &im->parts[i];
		struct spooled item;
		part->nitems = 0;
		while (spool_get_item(&part->spool, &item, a) && !item.absent)
			import_parts_add(part, &item, a);
	}
}

void import_parts_late(struct import *im)
{
	for (size_t i = 0; i < im->nparts; i++)
		spool_items(&im->parts[i], &im->parts[i].late, true);
}

void import_parts_turn(struct import *im)
{
	for (size_t i = 0; i < im->nparts; i++) {
		struct import *part = &im->parts[i];
		spool_free(&part->spool);
		part->spool = part->late;
		part->late = (struct spool){ .entity = part->entity };
		spool_rewind(&part->spool);
	}
}

static struct record copy_of(const struct record *r, struct arena *a)
{
	struct record copy = *r;
	if (!r->values)
		return copy;
	copy.values = arena_new(a, struct value, r->entity->nfields);
	memcpy(copy.values, r->values, r->entity->nfields * sizeof *copy.values);
	return copy;
}

void import_parts_copy(const struct import *im, const struct spooled *own,
		       struct import_row_copy *to, struct arena *a)
{
	size_t n = 1;
	for (size_t i = 0; i < im->nparts; i++)
		n += im->parts[i].nitems;
	*to = (struct import_row_copy){ arena_new(a, struct record, n), 0 };
	to->records[to->n++] = copy_of(&own->record, a);
	for (size_t i = 0; i < im->nparts; i++)
		for (size_t j = 0; j < im->parts[i].nitems; j++)
			to->records[to->n++] = copy_of(&im->parts[i].items[j].record, a);
}

void import_parts_restore(struct import *im, struct spooled *own,
			  const struct import_row_copy *from)
{
	size_t n = 0;
	own->record = from->records[n++];
	for (size_t i = 0; i < im->nparts; i++)
		for (size_t j = 0; j < im->parts[i].nitems; j++)
			im->parts[i].items[j].record = from->records[n++];
}

void import_parts_wire(const struct import *im, size_t which, struct record *r, const int64_t *ids)
{
	const struct import *part = which == im->nparts ? im : &im->parts[which];
	for (size_t i = 0; i < part->nwires; i++)
		if (ids[part->wires[i].from])
			r->values[field_index(r->entity, part->wires[i].field)] =
			    value_int(ids[part->wires[i].from]);
}

void import_parts_free(struct import *im)
{
	for (size_t i = 0; i < im->nparts; i++) {
		struct import *part = &im->parts[i];
		part->map.values = NULL; /* freed with the whole map */
		part->map.nparts = 0;
		import_free(part);
	}
}
