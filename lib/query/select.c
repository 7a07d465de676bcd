/* Running a selection. */
#include "query/select.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"
#include "query/compile.h"
#include "schema/label.h"
#include "store/search.h"

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

/* words: what the search index is asked, or empty. */
static void add_from(const struct select *what, struct str words, const struct joins *j,
		     struct sql *q)
{
	sql_add(q, " from ");
	if (words.n) {
		search_from(q, what->context->entity);
	} else {
		sql_table(q, what->context->entity);
		sql_add(q, " t0");
	}
	joins_sql(j, q);
}

/* The index only says where to look: the condition stands as it is. */
static void add_where(const struct select *what, struct str words, const struct sql *condition,
		      struct sql *q)
{
	if (!what->where)
		return;
	sql_add(q, " where ");
	if (words.n) {
		search_where(q, what->context->entity, words);
		sql_add(q, " and ");
	}
	sql_append(q, condition);
}

static void add_order(const struct select *what, struct str words, const struct sql *keys,
		      struct sql *q)
{
	sql_add(q, " order by ");
	if (what->nsort)
		sql_append(q, keys);
	else if (words.n)
		search_order(q);
	else
		sql_add(q, "t0.id");
	if (what->limit >= 0 || what->offset > 0) {
		sql_add(q, " limit ");
		sql_int(q, what->limit >= 0 ? what->limit : INT64_MAX);
		sql_add(q, " offset ");
		sql_int(q, what->offset);
	}
}

static struct str question(struct store *s, const struct select *what)
{
	return what->where ? search_question(s, what->where, what->context) : (struct str){ 0 };
}

/* Columns, conditions and order are built first: they say which joins there are. */
void select_sql(struct store *s, const struct select *what, struct sql *q)
{
	struct arena *a = q->arena;
	struct sql columns = { .arena = a }, where = { .arena = a }, order = { .arena = a };
	struct joins j = { .arena = a, .schema = what->context->schema };
	struct str words = question(s, what);
	add_columns(what, &j, &columns);
	if (what->where)
		node_sql(what->where, what->context, &j, &where);
	if (what->nsort)
		sort_sql(what->sort, what->nsort, &j, &order);
	sql_add(q, "select ");
	sql_append(q, &columns);
	add_from(what, words, &j, q);
	add_where(what, words, &where, q);
	add_order(what, words, &order, q);
	sql_free(&columns);
	sql_free(&where);
	sql_free(&order);
}

static void one_sql(const struct select *what, struct sql *q)
{
	struct sql columns = { .arena = q->arena };
	struct joins j = { .arena = q->arena, .schema = what->context->schema };
	add_columns(what, &j, &columns);
	sql_add(q, "select ");
	sql_append(q, &columns);
	add_from(what, (struct str){ 0 }, &j, q);
	sql_add(q, " where t0.id = ");
	sql_int(q, 0);
	sql_free(&columns);
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
	if (by_id)
		one_sql(what, &q);
	else
		select_sql(s, what, &q);
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
	return open_cursor(s, what, true);
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
		out = xgrow(out, *n, &room, sizeof *out);
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
	struct str words = question(s, what);
	if (what->where)
		node_sql(what->where, what->context, &j, &where);
	sql_add(&q, "select count(*)");
	add_from(what, words, &j, &q);
	add_where(what, words, &where, &q);
	int64_t n = db_int(s->db, &q, 0);
	sql_free(&where);
	sql_free(&q);
	arena_free(&a);
	return n;
}
