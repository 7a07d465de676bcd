/* Further records of a row: each kind is an import of its own, in step with the rows. */
#include "domain/import_parts.h"

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
				 .on_match = IMPORT_UPDATE };
	return import_open(part, d);
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
		im->parts[i].plan.only_rules = true;
		plans[i] = &im->parts[i].plan;
	}
	im->plan.others = plans;
	im->plan.nothers = n;
	for (size_t i = 0; i <= n && !im->is_part; i++)
		if (!wire(im, i, d))
			return false;
	return im->is_part || settle_order(im, d);
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

/* Whether the row has this record, by what its map wants filled. */
static bool is_there(const struct import_part *part, const struct record *r)
{
	for (size_t i = 0; i < part->nwhen; i++) {
		enum kind kind = r->values[field_index(r->entity, part->when[i])].kind;
		if (kind == V_NONE || kind == V_NULL)
			return false;
	}
	return true;
}

bool import_parts_row(struct import *im, const struct row *row, bool wanted, struct codec *c,
		      struct diag *d)
{
	for (size_t i = 0; i < im->nparts; i++) {
		struct import *part = &im->parts[i];
		struct spooled item = { .absent = true };
		if (wanted && import_says(&part->plan, row)) {
			wanted = import_record(&part->plan, row, &item.record, c, d);
			item.absent = !wanted || !is_there(&im->map.parts[i], &item.record);
			if (!wanted)
				import_parts_blame(im, i, d);
		}
		if (item.absent)
			item.record = (struct record){ .entity = part->entity };
		spool_put_item(&part->spool, &item);
	}
	return wanted;
}

void import_parts_start(struct import *im)
{
	for (size_t i = 0; i < im->nparts; i++) {
		import_match_start(&im->parts[i]);
		spool_rewind(&im->parts[i].spool);
	}
}

void import_parts_fetch(struct import *im, struct arena *a)
{
	for (size_t i = 0; i < im->nparts; i++)
		spool_get_item(&im->parts[i].spool, &im->parts[i].item, a);
}

void import_parts_late(struct import *im)
{
	for (size_t i = 0; i < im->nparts; i++)
		spool_put_item(&im->parts[i].late, &im->parts[i].item);
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
