/* What the lines of an imported order do not come to, and which line is which. */
#include "domain/import_difference.h"

#include "core/utf8.h"
#include "domain/import_put.h"
#include "schema/check.h"
#include "schema/line.h"
#include "store/sql.h"

static bool is_about(const struct record *line, const struct record *old, struct arena *a)
{
	if (is_set(line, "product") && is_set(old, "product"))
		return int_of(line, "product") == int_of(old, "product");
	return str_eq(utf8_fold(text_of(line, "description"), a),
		      utf8_fold(text_of(old, "description"), a));
}

/* In minor units; a text has waited for the currency, which its whole has.  0: it says nothing. */
static int64_t amount_of(struct import *im, const struct record *line, const char *name,
			 struct str currency, struct arena *a)
{
	struct codec c = store_codec(im->store, a);
	struct value v = *record_at(line, name);
	struct diag ignored = { 0 };
	int64_t amount = 0;
	c.currency = currency_code(currency);
	if (v.kind == V_TEXT) /* what is wrong is told when the line is put in */
		field_parse(entity_field(line->entity, str_of(name)), &v,
			    (struct cell){ CELL_TEXT, v.s }, &c, &ignored);
	diag_free(&ignored);
	return v.kind == V_INT && decimal_rescale(v.i, v.scale, currency_digits(currency), &amount)
		   ? amount
		   : 0;
}

static bool says_as_much(struct import *im, const struct record *line, const struct record *old,
			 struct arena *a)
{
	bool quantity = is_set(line, "quantity"), price = is_set(line, "unit_price");
	struct str currency = text_of(old, "currency");
	return (!quantity || int_of(line, "quantity") == int_of(old, "quantity")) &&
	       (!price || amount_of(im, line, "unit_price", currency, a) ==
			      amount_of(im, old, "unit_price", currency, a));
}

int64_t import_line_find(struct import *part, const struct record *line, struct arena *a)
{
	const struct entity *whole = line_whole(&part->store->schema, line->entity);
	int64_t like = 0;
	size_t n;
	if (!whole || !part->is_part || !int_of(line, whole->name))
		return 0;
	int64_t *ids = store_line_ids(part->store, line->entity, int_of(line, whole->name), &n, a);
	for (size_t i = 0; i < n; i++) {
		struct record old;
		if (idset_has(&part->seen, ids[i]) ||
		    !store_get(part->store, line->entity, ids[i], &old, a) ||
		    line_stands_in(&old) || !is_about(line, &old, a))
			continue;
		if (says_as_much(part, line, &old, a))
			return ids[i];
		if (!like)
			like = ids[i];
	}
	return like;
}

/* What the order, quote or deal says; amounts in minor units. */
struct whole {
	struct str currency; /* p NULL: it is not there */
	int64_t carriage, total, tax;
};

/*
 * Asked for past the store, which would sum the lines up first: of some of them an order may look
 * as if it were paid.  A type that has no such amount has null.
 */
static struct whole read_whole(struct import *im, const struct record *line, struct arena *a)
{
	static const char *const fields[] = { "currency", "shipping_fee", "total", "tax" };
	const struct entity *e = line_whole(&im->store->schema, line->entity);
	struct value v[countof(fields)] = { 0 };
	struct sql q = { .arena = a };
	for (size_t i = 0; i < countof(fields); i++) {
		const struct field *f = entity_field(e, str_of(fields[i]));
		sql_add_literal(&q, i ? ", " : "select ");
		if (f)
			sql_column(&q, f);
		else
			sql_add(&q, "null");
	}
	sql_add(&q, " from ");
	sql_stored(&q, e);
	sql_add(&q, " where id = ");
	sql_int(&q, int_of(line, e->name));
	struct stmt *row = db_query(im->store->db, &q);
	if (stmt_step(row))
		for (size_t i = 0; i < countof(fields); i++)
			v[i] = stmt_value(row, i);
	struct whole w = { .carriage = v[1].i, .total = v[2].i, .tax = v[3].i };
	if (v[0].kind == V_TEXT)
		w.currency = arena_str(a, v[0].s);
	stmt_close(row);
	sql_free(&q);
	return w;
}

static void say(struct record *line, const char *name, wide amount, struct str currency)
{
	struct value *v = record_get(line, name);
	*v = value_int((int64_t)amount);
	v->scale = (uint8_t)currency_digits(currency);
}

/* A row that says nothing of what its order comes to leaves that as it is, whatever lines it adds.
 */
static bool say_total(struct import *im, struct record *line)
{
	struct arena a = { 0 };
	struct whole w = read_whole(im, line, &a);
	if (w.total && w.currency.p) {
		say(line, "unit_price", w.total, w.currency);
		say(line, "tax", w.tax, w.currency);
	}
	arena_free(&a);
	return w.total != 0;
}

void import_difference_wait(struct import *im, size_t which, const struct record *line)
{
	struct import_difference *w = &im->difference;
	arena_reset(&w->arena);
	w->which = which;
	w->line = record_new(line->entity, &w->arena);
	for (size_t i = 0; i < line->entity->nfields; i++) {
		w->line.values[i] = line->values[i];
		if (line->values[i].kind == V_TEXT)
			w->line.values[i].s = arena_str(&w->arena, line->values[i].s);
	}
	if (!is_set(line, "unit_price") && !say_total(im, &w->line))
		w->line.values = NULL;
}

/* Sums up the lines besides `own`, in minor units. */
static struct totals others(struct import *im, const struct record *line, int64_t whole,
			    int64_t own, struct arena *a)
{
	struct totals t = { .cost_known = true };
	size_t n;
	int64_t *ids = store_line_ids(im->store, line->entity, whole, &n, a);
	for (size_t i = 0; i < n; i++) {
		struct record r;
		if (ids[i] != own && store_get(im->store, line->entity, ids[i], &r, a) &&
		    !line_stands_in(&r))
			totals_add(&t, &r);
	}
	return t;
}

/* The line as it is to be; false: nothing is missing, nor was. */
static bool reckon(struct import *im, struct record *line, int64_t whole, struct arena *a)
{
	struct whole w = read_whole(im, line, a);
	if (!w.currency.p)
		return false;
	int64_t own = import_line_find(&im->parts[im->difference.which], line, a);
	struct totals t = others(im, line, whole, own, a);
	wide tax = amount_of(im, line, "tax", w.currency, a) - t.tax;
	wide price = amount_of(im, line, "unit_price", w.currency, a) - w.carriage -
		     (t.subtotal - t.discount + t.tax);
	say(line, "unit_price", price, w.currency);
	say(line, "tax", tax, w.currency);
	*record_get(line, "tax_included") = value_int(true);
	return own || price || tax;
}

void import_difference_put(struct import *im)
{
	struct record line = im->difference.line;
	struct arena a = { 0 };
	struct diag d = { 0 };
	bool wrote = false;
	if (!line.values)
		return;
	const struct entity *e = line_whole(&im->store->schema, line.entity);
	int64_t *ids = arena_new(&a, int64_t, im->nparts + 1), whole = int_of(&line, e->name);
	if (reckon(im, &line, whole, &a) &&
	    !import_put_part(im, im->difference.which, &line, ids, &wrote, &a, &d))
		die(STATUS_REFUSED, "%s-%lld: %s: %.*s; nothing was written", e->name,
		    (long long)whole, d.field ? d.field : "", (int)d.message.n, d.message.p);
	im->difference.line.values = NULL;
	arena_free(&a);
	diag_free(&d);
}
