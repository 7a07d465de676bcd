/*
 * What the database said at an earlier instant: each record type that has changed
 * since is copied into a temporary table of its name, and the changes are taken
 * back there, newest first.
 */
#include "store/internal.h"

/* Change sets are ordered by number, not by clock: the last one that was there by then. */
static int64_t last_change_set(struct store *s, int64_t instant, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select max(id) from change_set where at <= ");
	sql_text(&q, instant_print(instant, a));
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	return id;
}

static void where_later(struct sql *q, const struct entity *e, int64_t change_set)
{
	sql_add(q, " from main.change where change_set > ");
	sql_int(q, change_set);
	sql_add(q, " and entity = ");
	sql_text(q, str_of(e->name));
}

static bool has_changed(struct store *s, const struct entity *e, int64_t change_set,
			struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select count(*) from (select 1");
	where_later(&q, e, change_set);
	sql_add(&q, " limit 1) some");
	bool has = db_int(s->db, &q, 0) != 0;
	sql_free(&q);
	return has;
}

/* Columns by name: one that came later stands behind the others in the real table. */
static void copy_table(struct store *s, const struct entity *e, struct arena *a)
{
	struct sql q = { .arena = a }, columns = { .arena = a };
	ddl_table(s, e, true);
	for (size_t i = 0; i < e->nfields; i++) {
		sql_column(&columns, &e->fields[i]);
		sql_add(&columns, ", ");
		if (e->fields[i].flags & F_MATCH) {
			sql_key_column(&columns, &e->fields[i]);
			sql_add(&columns, ", ");
		}
	}
	sql_add(&q, "insert into ");
	sql_table(&q, e);
	sql_add(&q, " (");
	sql_append(&q, &columns);
	sql_add(&q, "search) select ");
	sql_append(&q, &columns);
	sql_add(&q, "search from main.");
	sql_table(&q, e);
	db_run(s->db, &q);
	sql_free(&columns);
	sql_free(&q);
}

/* The values before, laid over the row (which a deletion makes anew first). */
static void put_back(struct store *s, const struct entity *e, int64_t id, bool deleted,
		     struct str before, struct arena *a)
{
	struct record was = history_values(e, id, before, a);
	struct sql q = { .arena = a };
	if (deleted) {
		struct sql insert = { .arena = a };
		sql_add(&insert, "insert into ");
		sql_table(&insert, e);
		sql_add(&insert, " (id) values (");
		sql_int(&insert, id);
		sql_add(&insert, ")");
		db_run(s->db, &insert);
		sql_free(&insert);
	}
	sql_add(&q, "update ");
	sql_table(&q, e);
	sql_add(&q, " set id = id");
	bool searched = deleted;
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (was.values[i].kind == V_NONE)
			continue;
		searched |= (f->flags & (F_SEARCH | F_MATCH)) != 0;
		sql_add(&q, ", ");
		sql_column(&q, f);
		sql_add(&q, " = ");
		sql_param(&q, was.values[i]);
	}
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	db_run(s->db, &q);
	sql_free(&q);
	if (searched)
		keys_refresh(s, e, id, a);
}

/* Changes since then, of records whose first one was (or was not) that they were made. */
static void where_first(struct sql *q, const struct entity *e, int64_t change_set, bool made)
{
	where_later(q, e, change_set);
	sql_add(q, " and (select f.op from main.change f where f.entity = change.entity"
		   " and f.record = change.record and f.change_set > ");
	sql_int(q, change_set);
	sql_add(q, " order by f.id limit 1)");
	sql_add_literal(q, made ? " = 'i'" : " <> 'i'");
}

/* What was made since then goes at once: nothing of its history matters. */
static void remove_made(struct store *s, const struct entity *e, int64_t change_set,
			struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "delete from ");
	sql_table(&q, e);
	sql_add(&q, " where id in (select record");
	where_first(&q, e, change_set, true);
	sql_add(&q, ")");
	db_run(s->db, &q);
	sql_free(&q);
}

static void remove_row(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "delete from ");
	sql_table(&q, e);
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	db_run(s->db, &q);
	sql_free(&q);
}

static void take_back(struct store *s, const struct entity *e, int64_t change_set)
{
	struct arena a = { 0 }, row = { 0 };
	struct sql q = { .arena = &a };
	remove_made(s, e, change_set, &a);
	sql_add(&q, "select record, op, before");
	where_first(&q, e, change_set, false);
	sql_add(&q, " order by id desc");
	struct stmt *changes = db_query(s->db, &q);
	while (stmt_step(changes)) {
		int64_t id = stmt_value(changes, 0).i;
		char op = stmt_value(changes, 1).s.p[0];
		struct value before = stmt_value(changes, 2);
		if (op == 'i')
			remove_row(s, e, id, &row);
		else
			put_back(s, e, id, op == 'd', arena_str(&row, before.s), &row);
		arena_reset(&row);
	}
	stmt_close(changes);
	sql_free(&q);
	arena_free(&row);
	arena_free(&a);
}

/* For who may not read all, the table steps aside for a view on what they may. */
static void step_aside(struct store *s, const struct entity *e, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "alter table temp.");
	sql_table(&q, e);
	sql_add_literal(&q, arena_printf(a, " rename to \"%s as of\"", e->name).p);
	db_run(s->db, &q);
	sql_free(&q);
}

void store_as_of(struct store *s, int64_t instant)
{
	struct arena a = { 0 };
	int64_t change_set = last_change_set(s, instant, &a);
	bool narrow = s->access.shadowed;
	bool *copied = arena_new(&a, bool, s->schema.nentities);
	if (narrow)
		scope_unshadow(s);
	s->past = true;
	db_temporary(s->db, true);
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *e = s->schema.entities[i];
		copied[i] = has_changed(s, e, change_set, &a);
		if (!copied[i])
			continue;
		copy_table(s, e, &a);
		take_back(s, e, change_set);
		if (narrow)
			step_aside(s, e, &a);
	}
	for (size_t i = 0; !narrow && i < s->schema.nentities; i++)
		ddl_view(s, s->schema.entities[i],
			 true); /* the real ones look at the real tables */
	db_temporary(s->db, false);
	if (narrow)
		scope_shadow(s, copied);
	arena_free(&a);
}
