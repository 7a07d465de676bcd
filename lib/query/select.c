/* Running a selection. */
#include "query/select.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"
#include "schema/label.h"

struct cursor {
	struct store *store;
	const struct select *what;
	struct stmt *rows;
	struct cell *cells;
	size_t *currency; /* of a money column: the column that holds its currency; 0: none */
	struct arena arena, row;
};

static const struct field *currency_of(const struct path *p)
{
	return p->field->type == &type_money ? entity_field(p->entity, STR("currency")) : NULL;
}

/* id, the paths, then the currencies that their amounts are in. */
static void add_columns(const struct select *what, struct joins *j, struct sql *q)
{
	sql_add(q, "t0.id");
	for (size_t i = 0; i < what->npaths; i++) {
		sql_add(q, ", ");
		path_sql(&what->paths[i], j, q);
	}
	for (size_t i = 0; i < what->npaths; i++) {
		const struct field *currency = currency_of(&what->paths[i]);
		if (!currency)
			continue;
		struct path p = what->paths[i];
		p.field = currency;
		sql_add(q, ", ");
		path_sql(&p, j, q);
	}
}

static void add_from(const struct select *what, const struct joins *j, struct sql *q)
{
	sql_add(q, " from ");
	sql_table(q, what->context->entity);
	sql_add(q, " t0");
	joins_sql(j, q);
}

/* Columns, conditions and order are built first: they say which joins there are. */
static void build(const struct select *what, bool by_id, struct sql *q)
{
	struct arena *a = q->arena;
	struct sql columns = { .arena = a }, where = { .arena = a }, order = { .arena = a };
	struct joins j = { .arena = a, .schema = what->context->schema };
	add_columns(what, &j, &columns);
	if (what->where && !by_id)
		node_sql(what->where, what->context, &j, &where);
	if (what->nsort)
		sort_sql(what->sort, what->nsort, &j, &order);
	sql_add(q, "select ");
	sql_append(q, &columns);
	add_from(what, &j, q);
	if (by_id) {
		sql_add(q, " where t0.id = ");
		sql_int(q, 0);
	} else if (what->where) {
		sql_add(q, " where ");
		sql_append(q, &where);
	}
	sql_add(q, " order by ");
	if (what->nsort)
		sql_append(q, &order);
	else
		sql_add(q, "t0.id");
	if (what->limit >= 0 || what->offset > 0) {
		sql_add(q, " limit ");
		sql_int(q, what->limit >= 0 ? what->limit : INT64_MAX);
		sql_add(q, " offset ");
		sql_int(q, what->offset);
	}
	sql_free(&columns);
	sql_free(&where);
	sql_free(&order);
}

static struct cursor *open_cursor(struct store *s, const struct select *what, bool by_id)
{
	struct cursor *c = xcalloc(1, sizeof *c);
	struct sql q = { .arena = &c->arena };
	store_settle(s);
	c->store = s;
	c->what = what;
	c->cells = arena_new(&c->arena, struct cell, what->npaths);
	c->currency = arena_new(&c->arena, size_t, what->npaths);
	size_t next = what->npaths + 1;
	for (size_t i = 0; i < what->npaths; i++)
		if (currency_of(&what->paths[i]))
			c->currency[i] = next++;
	build(what, by_id, &q);
	c->rows = by_id ? db_prepare(s->db, &q) : db_query(s->db, &q);
	sql_free(&q);
	return c;
}

struct cursor *cursor_open(struct store *s, const struct select *what)
{
	return open_cursor(s, what, false);
}

struct cursor *cursor_open_by_id(struct store *s, const struct select *what)
{
	struct select one = *what;
	one.nsort = 0;
	one.limit = -1;
	one.offset = 0;
	struct cursor *c = open_cursor(s, &one, true);
	c->what = what;
	return c;
}

void cursor_seek(struct cursor *c, int64_t id)
{
	stmt_reset(c->rows);
	stmt_bind(c->rows, 1, &(struct value){ .kind = V_INT, .i = id });
}

bool cursor_next(struct cursor *c, bool human, const struct cell **cells, int64_t *id)
{
	struct codec codec = store_codec(c->store, &c->row);
	arena_reset(&c->row);
	if (!stmt_step(c->rows))
		return false;
	codec.human = human;
	*id = stmt_value(c->rows, 0).i;
	for (size_t i = 0; i < c->what->npaths; i++) {
		const struct field *f = c->what->paths[i].field;
		struct value v = stmt_value(c->rows, i + 1);
		if (f->type == &type_money) {
			struct value code =
			    c->currency[i] ? stmt_value(c->rows, c->currency[i]) : value_null();
			v.scale = (uint8_t)currency_digits(
			    code.kind == V_TEXT ? code.s : str_of(codec.settings->currency));
		}
		c->cells[i] = field_print(f, &v, &codec);
	}
	*cells = c->cells;
	return true;
}

void cursor_close(struct cursor *c)
{
	stmt_close(c->rows);
	arena_free(&c->row);
	arena_free(&c->arena);
	free(c);
}

/* "Account: Name" */
struct str path_label(const struct path *p, enum language l, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < p->nsteps; i++) {
		buf_put(&b, field_label(p->steps[i], l, a));
		buf_puts(&b, ": ");
	}
	buf_put(&b, field_label(p->field, l, a));
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

struct column *select_columns(const struct select *what, struct arena *a)
{
	struct column *columns = arena_new(a, struct column, what->npaths);
	for (size_t i = 0; i < what->npaths; i++) {
		columns[i].name = what->paths[i].text;
		columns[i].label =
		    path_label(&what->paths[i], what->context->settings->language, a);
		columns[i].right = what->paths[i].field->type->right;
	}
	return columns;
}

int64_t *select_ids(struct store *s, const struct select *what, size_t *n, struct arena *a)
{
	struct select ids = *what;
	size_t room = 0;
	int64_t *out = NULL;
	ids.npaths = 0;
	struct cursor *c = cursor_open(s, &ids);
	const struct cell *cells;
	int64_t id;
	for (*n = 0; cursor_next(c, false, &cells, &id); (*n)++) {
		if (*n == room) {
			room = room ? room * 2 : 256;
			out = xrealloc(out, room * sizeof *out);
		}
		out[*n] = id;
	}
	cursor_close(c);
	int64_t *kept = arena_new(a, int64_t, *n);
	if (*n)
		memcpy(kept, out, *n * sizeof *out);
	free(out);
	return kept;
}

int64_t select_count(struct store *s, const struct select *what)
{
	struct arena a = { 0 };
	struct sql where = { .arena = &a }, q = { .arena = &a };
	struct joins j = { .arena = &a, .schema = what->context->schema };
	store_settle(s);
	if (what->where)
		node_sql(what->where, what->context, &j, &where);
	sql_add(&q, "select count(*)");
	add_from(what, &j, &q);
	if (what->where) {
		sql_add(&q, " where ");
		sql_append(&q, &where);
	}
	int64_t n = db_int(s->db, &q, 0);
	sql_free(&where);
	sql_free(&q);
	arena_free(&a);
	return n;
}
