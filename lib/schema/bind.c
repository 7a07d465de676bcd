/* Rows of a stream become records of a type. */
#include "schema/bind.h"

#include <stdlib.h>

#include "core/buf.h"

static bool unknown(const struct entity *e, struct str column, struct diag *d)
{
	const char *near = nearest_field(e, column);
	return diag_set(d, NULL, "column %s is no field of %s%s%s%s", quoted(column, &d->arena),
			e->name, near ? "; did you mean \"" : "", near ? near : "",
			near ? "\"?" : "");
}

bool bind_row(struct binding *b, const struct row *row, struct diag *d)
{
	if (b->fields && b->layout == row->layout)
		return true;
	if (row->n > b->room || !b->fields) {
		b->room = row->n + 1;
		b->fields = xrealloc(b->fields, b->room * sizeof *b->fields);
	}
	b->n = row->n;
	struct arena a = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < row->n; i++) {
		const struct field *f = field_by_header(b->entity, row->names[i], &a);
		b->fields[i] = f;
		if (!f && !b->ignore_unknown)
			ok = unknown(b->entity, row->names[i], d);
		for (size_t j = 0; ok && f && j < i; j++)
			if (b->fields[j] == f)
				ok = diag_set(d, NULL, "columns %s and %s are both %s",
					      quoted(row->names[j], &d->arena),
					      quoted(row->names[i], &d->arena), f->name);
	}
	arena_free(&a);
	b->layout = row->layout;
	if (!ok)
		b->n = 0, b->layout--; /* looked at again with the next row */
	return ok;
}

static bool bind_cell(const struct field *f, struct cell cell, struct record *r,
		      const struct codec *c, struct diag *d)
{
	struct value *v = &r->values[field_index(r->entity, f)];
	if (!field_parse(f, v, cell, c, d))
		return false;
	if (f->type == &type_id && v->kind == V_INT)
		r->id = v->i;
	return true;
}

bool bind_record(const struct binding *b, const struct row *row, struct record *r,
		 struct codec *c, struct diag *d)
{
	*r = record_new(b->entity, c->arena);
	const struct field *currency = entity_field(b->entity, STR("currency"));
	for (size_t i = 0; i < b->n; i++) { /* amounts depend on these two */
		const struct field *f = b->fields[i];
		if (f && (f == currency || f->type == &type_id) &&
		    !bind_cell(f, row->cells[i], r, c, d))
			return false;
	}
	const struct value *code = currency ? &r->values[field_index(b->entity, currency)] : NULL;
	const char *own = code && code->kind == V_TEXT ? arena_str(c->arena, code->s).p : NULL;
	c->currency = own ? own : r->id ? "" : NULL;
	for (size_t i = 0; i < b->n; i++) {
		const struct field *f = b->fields[i];
		if (f && f != currency && f->type != &type_id &&
		    !bind_cell(f, row->cells[i], r, c, d))
			return false;
	}
	c->currency = NULL;
	return true;
}

void binding_free(struct binding *b)
{
	free(b->fields);
	b->fields = NULL;
}
