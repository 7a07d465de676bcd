/* A record out of its row: what is empty in all rows is not brought over column by column. */
#include "store/internal.h"

enum { LEARNED = 16 }; /* rows after which a second statement is worth its making */

/* What its columns are: 0 the id, 1 whether all else is empty, then the fields and keys. */
enum { ID_COLUMN, NO_MORE_COLUMN, FIRST_COLUMN };

static void select_columns(struct sql *q, const struct entity *e, const struct field_mask *m)
{
	sql_add(q, "select id, case when true");
	for (size_t i = 0; i < e->nfields; i++) {
		if (mask_has(m, i))
			continue;
		sql_add(q, " and ");
		sql_column(q, &e->fields[i]);
		sql_add(q, " is null");
	}
	sql_add(q, " then 1 end");
	for (size_t i = mask_next(m, 0); i < e->nfields; i = mask_next(m, i + 1)) {
		sql_add(q, ", ");
		sql_column(q, &e->fields[i]);
		if (e->fields[i].flags & F_MATCH) {
			sql_add(q, ", ");
			sql_key_column(q, &e->fields[i]);
		}
	}
	sql_add(q, " from ");
}

static struct stmt *prepare(struct store *s, const struct entity *e, const struct field_mask *m,
			    enum row_of of)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	select_columns(&q, e, m);
	if (of != ROW_READABLE) {
		sql_stored(&q, e);
		sql_add(&q, " where id >= $1 order by id");
	} else {
		sql_table(&q, e);
		sql_add(&q, " where id = $1");
	}
	struct stmt *stmt = db_prepare(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

static bool step_to(struct stmt *q, int64_t id)
{
	return stmt_step(q) && stmt_value(q, ID_COLUMN).i == id &&
	       stmt_value(q, NO_MORE_COLUMN).kind != V_NULL;
}

static bool seek(struct stmt *q, int64_t id)
{
	struct value from = value_int(id);
	stmt_bind(q, 1, &from);
	return step_to(q, id);
}

static void rest(struct row_reader *k)
{
	if (k->open)
		stmt_reset(k->some);
	k->open = false;
}

/* Its text is copied, unless the arena is NULL. */
static struct value column_value(struct stmt *q, size_t column, struct arena *a)
{
	struct value v = stmt_value(q, column);
	if (v.kind == V_TEXT && a)
		v.s = arena_str(a, v.s);
	return v;
}

/* The record where the statement stands, of which it selects the mask. */
static void take(struct stmt *q, const struct field_mask *m, struct record *r, struct value *keys,
		 struct arena *a)
{
	const struct field *fields = r->entity->fields;
	const struct value null = value_null(); /* put together once: that is what costs */
	size_t column = FIRST_COLUMN, n = r->entity->nfields;
	for (size_t i = 0; i < n; i++)
		r->values[i] = null;
	for (size_t i = mask_next(m, 0); i < n; i = mask_next(m, i + 1)) {
		r->values[i] = column_value(q, column++, a);
		if (fields[i].flags & F_MATCH && keys)
			keys[i] = column_value(q, column, a);
		column += (fields[i].flags & F_MATCH) != 0;
	}
}

/*
 * Where ids come in order the statement is left as it stands, within a transaction that writes:
 * another one would see what was there when it began.
 */
static bool read_some(struct store *s, struct row_reader *k, enum row_of of, struct record *r,
		      struct value *keys, struct arena *a)
{
	int64_t writes = db_writes(s->db);
	bool next = k->last + 1 == r->id && k->writes == writes;
	if (!next)
		rest(k);
	bool found = k->open ? step_to(k->some, r->id) : seek(k->some, r->id);
	k->open = true;
	k->last = r->id;
	k->writes = writes;
	if (found)
		take(k->some, &k->mask, r, keys, of == ROW_LENT ? NULL : a);
	bool stays = of == ROW_LENT || (of == ROW_STORED && next && s->writer);
	if (!found || !stays)
		rest(k);
	return found;
}

static bool read_all(struct store *s, struct row_reader *k, enum row_of of, struct record *r,
		     struct value *keys, struct arena *a)
{
	const struct field_mask full = mask_full();
	if (!k->all)
		k->all = prepare(s, r->entity, &full, of);
	bool found = seek(k->all, r->id);
	if (found)
		take(k->all, &full, r, keys, a);
	stmt_reset(k->all);
	return found;
}

/* Of a few rows, such as a command's own, nothing is learned. */
static void learn(struct store *s, struct row_reader *k, const struct record *r, enum row_of of)
{
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (r->values[i].kind != V_NULL)
			mask_add(&k->mask, i);
	if (++k->learned < LEARNED)
		return;
	stmt_close(k->some);
	k->some = prepare(s, r->entity, &k->mask, of);
}

bool row_read(struct store *s, struct row_reader *k, const struct entity *e, int64_t id,
	      enum row_of of, struct record *out, struct value *keys, struct arena *a)
{
	struct record r = { e, id, arena_take(a, e->nfields * sizeof *r.values) };
	bool found = k->some && read_some(s, k, of, &r, keys, a);
	if (!found && (found = read_all(s, k, of, &r, keys, a)))
		learn(s, k, &r, of);
	if (!found)
		return false;
	money_scales(&r, &s->settings);
	*out = r;
	return true;
}

void row_reader_close(struct row_reader *k)
{
	stmt_close(k->all);
	stmt_close(k->some);
	*k = (struct row_reader){ 0 };
}

void row_readers_rest(struct store *s)
{
	for (size_t i = 0; s->writer && i < s->schema.nentities; i++)
		rest(&s->writer->entity[i].read);
}
