/* Rows of a stream become records of a type. */
#include "schema/bind.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"

bool bind_unknown(const struct entity *e, struct str column, struct diag *d)
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
		arena_reset(&a);
		const struct field *f = field_by_header(b->entity, row->names[i], &a);
		b->fields[i] = f;
		if (!f && !b->ignore_unknown)
			ok = bind_unknown(b->entity, row->names[i], d);
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

/*
 * A number of an export, or of JSON, is a plain decimal however the locale writes
 * numbers: the dinars of 1.234 are no thousands.
 */
static bool is_plain(const struct bind_cell *b, const struct record *r)
{
	int64_t value;
	int scale;
	const struct type *type = b->field->type;
	if (!r->id && b->cell.kind != CELL_NUMBER)
		return false;
	bool grouped = type == &type_money || type == &type_number || type == &type_int;
	return grouped && !b->settings && str_find(b->cell.text, '.') >= 0 &&
	       decimal_parse(b->cell.text, &value, &scale);
}

/* 1.234 as 1.2340: a point groups in no locale unless three digits follow. */
static struct str ungrouped(struct str text, struct arena *a)
{
	int64_t value = 0;
	int scale = 0;
	decimal_parse(text, &value, &scale);
	struct str plain = decimal_print(value, scale, a);
	return scale == 3 ? arena_printf(a, "%.*s0", (int)plain.n, plain.p) : plain;
}

/* The codec by which the cell is to be read, where it is not that of the record. */
static const struct codec *own_codec(const struct bind_cell *b, bool numeral, const struct codec *c)
{
	struct codec *own = arena_take(c->arena, sizeof *own);
	struct settings *settings = arena_take(c->arena, sizeof *settings);
	*own = *c;
	*settings = b->settings ? *b->settings : *c->settings;
	own->settings = settings;
	if (numeral) {
		settings->group = ',';
		settings->point = '.';
	}
	return own;
}

static bool bind_cell(const struct bind_cell *b, struct record *r, const struct codec *c,
		      struct diag *d)
{
	const struct field *f = b->field;
	struct value *v = &r->values[field_index(r->entity, f)];
	struct cell cell = b->cell;
	if (cell.kind == CELL_ABSENT)
		return true;
	bool numeral = is_plain(b, r);
	if (numeral || b->settings)
		c = own_codec(b, numeral, c);
	if (numeral && f->type == &type_money)
		cell.text = ungrouped(cell.text, c->arena);
	if (c->mender && !r->id &&
	    !c->mender->mend(c->mender, f, &cell, v, c, b->settings != NULL, d))
		return false;
	if (v->kind == V_NONE && !(b->sound ? field_parse_sound : field_parse)(f, v, cell, c, d))
		return false;
	if (f->type == &type_id && v->kind == V_INT)
		r->id = v->i;
	return true;
}

struct bind_cell *bind_cell_for(struct bind_cell *cells, size_t n, const struct field *f)
{
	for (size_t i = 0; f && i < n; i++)
		if (cells[i].field == f)
			return &cells[i];
	return NULL;
}

bool bind_cells(const struct entity *e, const struct bind_cell *cells, size_t n, struct record *r,
		struct codec *c, struct diag *d)
{
	*r = record_new(e, c->arena);
	const struct field *currency = entity_field(e, STR("currency"));
	/* Of a part the whole says it: the store knows that one. */
	bool of_whole = currency && currency->flags & F_DERIVED;
	bool may_exist = c->currency != NULL || of_whole;
	for (size_t i = 0; i < n; i++) { /* amounts depend on these two */
		const struct field *f = cells[i].field;
		if (f && (f == currency || f->type == &type_id) && !bind_cell(&cells[i], r, c, d))
			return false;
	}
	const struct value *code = currency ? &r->values[field_index(e, currency)] : NULL;
	const char *own = code && code->kind == V_TEXT ? arena_str(c->arena, code->s).p : NULL;
	c->currency = own ? own : r->id || may_exist ? "" : NULL;
	for (size_t i = 0; i < n; i++) {
		const struct field *f = cells[i].field;
		if (f && f != currency && f->type != &type_id && !bind_cell(&cells[i], r, c, d))
			return false;
	}
	c->currency = NULL;
	return true;
}

bool bind_record(const struct binding *b, const struct row *row, struct record *r, struct codec *c,
		 struct diag *d)
{
	struct bind_cell *cells = arena_new(c->arena, struct bind_cell, b->n);
	for (size_t i = 0; i < b->n; i++)
		cells[i] = (struct bind_cell){ b->fields[i], row->cells[i], NULL, row->sound };
	return bind_cells(b->entity, cells, b->n, r, c, d);
}

void binding_free(struct binding *b)
{
	free(b->fields);
	b->fields = NULL;
}
