/* Rows of a stream that `add` makes records of: the records themselves, or what they are about. */
#include "cli/about.h"

/* The field by which a new record says that it is about a record of that type. */
static const struct field *about_field(const struct entity *e, const struct entity *about)
{
	struct str rest = str_of(e->about), name;
	while (str_cut(&rest, ' ', &name)) {
		const struct field *f = entity_field(e, name);
		if (f && !strcmp(f->ref, about->name))
			return f;
	}
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (f->type == &type_ref && !strcmp(f->ref, about->name) && !(f->flags & F_SYSTEM))
			return f;
	}
	return NULL;
}

static bool is_assigned(const struct operands *o, const struct field *f)
{
	for (size_t i = 0; i < o->nassignments; i++)
		if (o->assignments[i].field == f)
			return true;
	return false;
}

/* Whether the command line or the row says until when it is to be done. */
static bool is_due(const struct about_reader *in, const struct row *row)
{
	const struct field *due = entity_field(in->crm->entity, STR("due_at"));
	const struct cell *cell = due ? row_cell(row, due->name) : NULL;
	return due && (is_assigned(in->operands, due) || (cell && cell->kind > CELL_NULL));
}

/*
 * The field that the column is for; NULL: none.  What the other record has, too, is told of that
 * one; but a subject serves both, and whoever looks after the one may be who is to do the other.
 */
static const struct field *field_told(const struct about_reader *in, const struct row *row,
				      size_t column, const struct field *by, struct arena *a)
{
	enum { OWN = F_SYSTEM | F_DERIVED | F_MATCH | F_RETIRED };
	const struct entity *e = in->crm->entity;
	struct str rest = row->names[column], name;
	const struct field *f = field_by_header(e, rest, a);
	if (!f || f == by || f->type == &type_id || f->flags & OWN || is_assigned(in->operands, f))
		return NULL;
	if (!str_is(rest, f->name) && row_cell(row, f->name))
		return NULL; /* it has a column of its own, and this one is only called so */
	if (words_have("owner subject", str_of(f->name)))
		return f;
	str_cut(&rest, '.', &name);
	return field_by_header(in->told.entity, name, a) ? NULL : f;
}

/* Once for all rows of one layout that are about records of one type. */
static void lay_out(struct about_reader *in, const struct row *row, const struct entity *about,
		    const struct field *by, struct arena *a)
{
	struct binding *b = &in->told;
	if (b->fields && b->layout == row->layout && b->entity == about)
		return;
	*b = (struct binding){ .entity = about,
			       .layout = row->layout,
			       .n = row->n,
			       .fields = xrealloc(b->fields, (row->n + 1) * sizeof *b->fields) };
	for (size_t i = 0; i < row->n; i++)
		b->fields[i] = field_told(in, row, i, by, a);
}

/* Who did something is who says so; who is to do what is due the row may say. */
static enum about about_other(struct about_reader *in, const struct row *row,
			      const struct entity *about, int64_t id, struct record *r,
			      struct codec *c, struct diag *d)
{
	const struct entity *e = in->crm->entity;
	const struct field *by = about_field(e, about);
	struct bind_cell *cells = arena_new(c->arena, struct bind_cell, row->n);
	if (!by) {
		diag_set(d, "id", "a new %s cannot be about a %s", e->name, about->name);
		return ABOUT_NONE;
	}
	lay_out(in, row, about, by, c->arena);
	for (size_t i = 0; i < row->n; i++) {
		const struct field *f = in->told.fields[i];
		bool owner = f && !strcmp(f->name, "owner");
		cells[i] = (struct bind_cell){ owner && !is_due(in, row) ? NULL : f, row->cells[i],
					       NULL, row->sound };
	}
	if (!bind_cells(e, cells, row->n, r, c, d))
		return ABOUT_BAD;
	r->values[field_index(e, by)] = value_int(id);
	return ABOUT_READ;
}

enum about about_read(struct about_reader *in, const struct row *row, struct record *r,
		      struct arena *a, struct diag *d)
{
	const struct entity *named = NULL;
	struct crm *crm = in->crm;
	struct codec c = store_codec(crm->store, a);
	int64_t id = 0;
	const struct cell *cell = row_cell(row, "id");
	if (cell)
		ref_parse(c.schema, str_trim(cell->text), &named, &id);
	if (named && named != crm->entity)
		return about_other(in, row, named, id, r, &c, d);
	if (bind_row(&in->binding, row, d))
		return bind_record(&in->binding, row, r, &c, d) ? ABOUT_READ : ABOUT_BAD;
	if (!named || !store_exists(crm->store, named, id))
		return ABOUT_BAD;
	diag_clear(d); /* a row of a list that has columns of its own */
	diag_set(d, "id", "%s-%lld is about no other record", named->name, (long long)id);
	return ABOUT_NONE;
}

void about_free(struct about_reader *in)
{
	binding_free(&in->binding);
	binding_free(&in->told);
}
