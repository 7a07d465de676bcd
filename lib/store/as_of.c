/*
 * What the database said at an earlier instant.  Of each record type that has changed
 * since, the records that have are made anew as they were, in one sweep of their history;
 * the others are what they are now.
 */
#include "store/internal.h"

/* One record type, as it was. */
struct past {
	struct store *s;
	const struct entity *e;
	int64_t first; /* change after the instant */
	bool narrow;   /* a view on what may be read takes its name */
	struct arena arena;
};

/*
 * The first change after the instant; 0: there is none.  Change sets are ordered by
 * number, not by clock: the last one that was there by then; and changes as their sets.
 */
static int64_t first_later(struct store *s, int64_t instant, struct arena *a)
{
	struct sql last = { .arena = a }, q = { .arena = a };
	sql_add(&last, "select max(id) from change_set where at <= ");
	sql_text(&last, instant_print(instant, a));
	sql_add(&q, "select id from main.change where change_set > ");
	sql_int(&q, db_int(s->db, &last, 0));
	sql_add(&q, " order by change_set, id limit 1");
	int64_t first = db_int(s->db, &q, 0);
	sql_free(&last);
	sql_free(&q);
	return first;
}

/* The limit keeps the conditions apart: an index of all changes of a type serves none of this. */
static void from_later(struct sql *q, int64_t first)
{
	sql_add(q, " from (select id, entity, record, op, before from main.change where id >= ");
	sql_int(q, first);
	sql_add(q, " limit ");
	sql_int(q, INT64_MAX);
	sql_add(q, ") later");
}

/* `changed` has a place for each record type. */
static void find_changed(struct store *s, int64_t first, bool *changed, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select distinct entity");
	from_later(&q, first);
	struct stmt *names = db_query(s->db, &q);
	while (stmt_step(names)) {
		const struct entity *e = schema_entity(&s->schema, stmt_value(names, 0).s);
		if (e)
			changed[entity_index(s, e)] = true;
	}
	stmt_close(names);
	sql_free(&q);
}

/* -- the records that have changed -- */

static void add_temporary(struct past *p, struct sql *q, const char *what)
{
	sql_add_literal(q, arena_printf(&p->arena, "temp.\"%s %s\"", p->e->name, what).p);
}

static void list_changed(struct past *p)
{
	struct sql table = { .arena = &p->arena }, q = { .arena = &p->arena };
	sql_add(&table, "create table ");
	add_temporary(p, &table, "changed");
	sql_add(&table, " (id integer primary key)");
	db_run(p->s->db, &table);
	sql_add(&q, "insert into ");
	add_temporary(p, &q, "changed");
	sql_add(&q, " select record");
	from_later(&q, p->first);
	sql_add(&q, " where entity = ");
	sql_text(&q, str_of(p->e->name));
	sql_add(&q, " on conflict do nothing");
	db_run(p->s->db, &q);
	sql_free(&table);
	sql_free(&q);
}

/* What its later changes say of one record. */
struct rewound {
	int64_t id;
	bool settled; /* older than what was seen nothing is; what is younger does not matter */
	bool absent;  /* it was not there yet */
	struct record was;
};

/* The changes come oldest first: what the first of them replaced is what was there. */
static void take_change(struct past *p, struct rewound *r, char op, struct str before,
			struct arena *a)
{
	r->absent = op == 'i';
	r->settled = op != 'u';
	if (op == 'i')
		return;
	struct record old = history_values(p->e, r->id, before, a);
	for (size_t i = 0; i < p->e->nfields; i++)
		if (r->was.values[i].kind == V_NONE)
			r->was.values[i] = old.values[i];
}

/* What no change says anything of is as it is now; of what was deleted, empty. */
static void put_back(struct past *p, struct rewound *r, struct stmt *insert, struct arena *a)
{
	const struct codec c = store_codec(p->s, a);
	struct record now = { 0 };
	if (!r->id || r->absent || (!r->settled && !record_read(p->s, p->e, r->id, &now, a)))
		return;
	for (size_t i = 0; i < p->e->nfields; i++)
		if (r->was.values[i].kind == V_NONE)
			r->was.values[i] = r->settled ? value_null() : now.values[i];
	r->was.values[FIELD_ID] = value_int(r->id);
	row_insert_past(p->s, insert, &r->was, &c);
}

/* Into a table of the type's name, which has nothing yet. */
static void rewind_records(struct past *p)
{
	struct arena row = { 0 };
	struct sql q = { .arena = &p->arena };
	struct rewound r = { 0 };
	struct stmt *insert = row_past(p->s, p->e);
	sql_add(&q, "select record, op, before");
	from_later(&q, p->first);
	sql_add(&q, " where entity = ");
	sql_text(&q, str_of(p->e->name));
	sql_add(&q, " order by record, id");
	struct stmt *changes = db_query(p->s->db, &q);
	while (stmt_step(changes)) {
		int64_t id = stmt_value(changes, 0).i;
		if (id != r.id) {
			put_back(p, &r, insert, &row);
			arena_reset(&row);
			r = (struct rewound){ .id = id, .was = record_new(p->e, &row) };
		}
		if (!r.settled)
			take_change(p, &r, stmt_value(changes, 1).s.p[0],
				    arena_str(&row, stmt_value(changes, 2).s), &row);
	}
	put_back(p, &r, insert, &row);
	stmt_close(changes);
	stmt_close(insert);
	sql_free(&q);
	arena_free(&row);
}

/* -- the others -- */

/* Columns by name: one that came later stands behind the others in the real table. */
static void add_columns(const struct entity *e, struct sql *q)
{
	for (size_t i = 0; i < e->nfields; i++) {
		sql_column(q, &e->fields[i]);
		sql_add(q, ", ");
		if (e->fields[i].flags & F_MATCH) {
			sql_key_column(q, &e->fields[i]);
			sql_add(q, ", ");
		}
	}
	sql_add(q, "search");
}

static void select_others(struct past *p, struct sql *q)
{
	sql_add(q, "select ");
	add_columns(p->e, q);
	sql_add(q, " from ");
	sql_stored(q, p->e);
	sql_add(q, " where id not in ");
	add_temporary(p, q, "changed");
}

static void copy_others(struct past *p)
{
	struct sql q = { .arena = &p->arena };
	sql_add(&q, "insert into ");
	sql_table(&q, p->e);
	sql_add(&q, " (");
	add_columns(p->e, &q);
	sql_add(&q, ") ");
	select_others(p, &q);
	db_run(p->s->db, &q);
	sql_free(&q);
}

static void rename_table(struct past *p, const char *what)
{
	struct sql q = { .arena = &p->arena };
	sql_add(&q, "alter table temp.");
	sql_table(&q, p->e);
	sql_add_literal(&q, arena_printf(&p->arena, " rename to \"%s %s\"", p->e->name, what).p);
	db_run(p->s->db, &q);
	sql_free(&q);
}

static void view_others(struct past *p)
{
	struct sql q = { .arena = &p->arena };
	rename_table(p, "was");
	sql_add(&q, "create temporary view ");
	if (p->narrow)
		sql_add_literal(&q, arena_printf(&p->arena, "\"%s as of\"", p->e->name).p);
	else
		sql_table(&q, p->e);
	sql_add(&q, " as ");
	select_others(p, &q);
	sql_add(&q, " union all select ");
	add_columns(p->e, &q);
	sql_add(&q, " from ");
	add_temporary(p, &q, "was");
	db_run(p->s->db, &q);
	sql_free(&q);
}

/*
 * Whether records of other types name its records.  Those are joined to for their names,
 * which the engine does well to a table only; the others, by far the most, need not be
 * copied.  What is about other records, activities above all, is hardly ever joined to.
 */
static bool is_named(const struct store *s, const struct entity *e)
{
	if (e->about)
		return false;
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *from = s->schema.entities[i];
		for (size_t k = 0; from != e && k < from->nfields; k++)
			if (from->fields[k].type == &type_ref &&
			    !strcmp(from->fields[k].ref, e->name))
				return true;
	}
	return false;
}

static void make_past(struct store *s, const struct entity *e, int64_t first, bool narrow)
{
	struct past p = { s, e, first, narrow, { 0 } };
	ddl_table(s, e, true);
	list_changed(&p);
	rewind_records(&p);
	if (!is_named(s, e)) {
		view_others(&p);
	} else {
		copy_others(&p);
		if (narrow)
			rename_table(&p, "as of");
	}
	arena_free(&p.arena);
}

void store_as_of(struct store *s, int64_t instant)
{
	struct arena a = { 0 };
	bool narrow = s->access.shadowed;
	bool *changed = arena_new(&a, bool, s->schema.nentities);
	if (narrow)
		scope_unshadow(s);
	s->past = true;
	s->instant = instant;
	db_mark(s->db); /* what has not changed since is read as it is now, all in one snapshot */
	int64_t first = first_later(s, instant, &a);
	if (first)
		find_changed(s, first, changed, &a);
	db_temporary(s->db, true);
	for (size_t i = 0; i < s->schema.nentities; i++)
		if (changed[i])
			make_past(s, s->schema.entities[i], first, narrow);
	for (size_t i = 0; !narrow && i < s->schema.nentities; i++)
		ddl_view(s, s->schema.entities[i],
			 true); /* the real ones look at the real tables */
	db_temporary(s->db, false);
	if (narrow)
		scope_shadow(s, changed);
	arena_free(&a);
}
