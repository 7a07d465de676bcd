/* Indexes: of single fields or their keys, and of several columns. */
#include "store/internal.h"
#include "store/search.h"

static bool has_index(const struct field *f)
{
	return (f->flags & (F_MATCH | F_INDEX | F_UNIQUE)) != 0;
}

/* An index of several columns begins with it, and so stands for one of its own. */
static bool begins_index(const struct entity *e, const struct field *f)
{
	struct str rest = str_of(e->indexes), columns, first;
	while (str_cut(&rest, '|', &columns)) {
		bool all = !columns.n || columns.p[columns.n - 1] != '?';
		str_cut(&columns, ' ', &first);
		if (all && f->flags & F_INDEX && str_is(first, f->name))
			return true;
	}
	return false;
}

/*
 * "lead.phone_key"; "lead.custom.floor", for an admin may call a field as an index of
 * several columns is called.
 */
static const char *name_of_one(const struct entity *e, const struct field *f, struct arena *a)
{
	return arena_printf(a, "\"%s.%s%s%s\"", e->name, f->flags & F_CUSTOM ? "custom." : "",
			    f->name, f->flags & F_MATCH ? "_key" : "")
	    .p;
}

/* Empty values are not in it: most columns of most records are empty. */
static void index_of_one(struct sql *q, const struct entity *e, const struct field *f)
{
	sql_add(q, "create index if not exists main.");
	sql_add_literal(q, name_of_one(e, f, q->arena));
	sql_add(q, " on ");
	sql_table(q, e);
	sql_add(q, " (");
	sql_match_column(q, f);
	sql_add(q, ") where ");
	sql_match_column(q, f);
	sql_add(q, " is not null");
}

static bool is_among(const struct field *f, const struct field *const *all, size_t n)
{
	while (n-- > 0)
		if (all[n] == f)
			return true;
	return false;
}

/* "at?": those without it are not in the index. */
static bool cut_mark(struct str *columns)
{
	bool mark = columns->n && columns->p[columns->n - 1] == '?';
	columns->n -= mark;
	return mark;
}

/* "deal at" → deal.deal_at: the dot keeps it apart from every table. */
static struct str index_name(const struct entity *e, struct str columns, struct arena *a)
{
	cut_mark(&columns);
	struct str name = arena_printf(a, "\"%s.%.*s\"", e->name, (int)columns.n, columns.p);
	for (char *p = memcpy(arena_alloc(a, name.n + 1), name.p, name.n), *start = p;; p++) {
		if (!*p)
			return (struct str){ start, name.n };
		if (*p == ' ')
			*p = '_';
	}
}

/* "kind=call at": only those are in the index; NULL: all are. */
static const struct field *cut_only(const struct entity *e, struct str *columns, struct str *value)
{
	struct str rest = *columns, name;
	str_cut(&rest, ' ', value);
	if (str_find(*value, '=') < 0)
		return NULL;
	*columns = rest;
	str_cut(value, '=', &name);
	return entity_field(e, name);
}

static void index_of_several(struct sql *q, const struct entity *e, struct str columns,
			     void (*column)(struct sql *, const struct field *))
{
	struct str name, value;
	bool filled = cut_mark(&columns);
	sql_add(q, "create index if not exists main.");
	sql_add_literal(q, index_name(e, columns, q->arena).p);
	sql_add(q, " on ");
	sql_table(q, e);
	const struct field *only = cut_only(e, &columns, &value);
	for (const char *before = " ("; str_cut(&columns, ' ', &name); before = ", ") {
		sql_add_literal(q, before);
		column(q, entity_field(e, name));
	}
	sql_add(q, ")");
	if (filled) {
		sql_add(q, " where ");
		column(q, entity_field(e, name));
		sql_add(q, " is not null");
	}
	if (only) {
		sql_add(q, " where ");
		column(q, only);
		sql_add_literal(q, arena_printf(q->arena, " = '%.*s'", (int)value.n, value.p).p);
	}
}

/* Sets of columns that no two records share; each by its key where it has one. */
static void index_of_set(struct sql *q, const struct entity *e, struct str columns)
{
	struct str name;
	index_of_several(q, e, columns, sql_match_column);
	for (const char *before = " where "; str_cut(&columns, ' ', &name); before = " and ") {
		sql_add_literal(q, before);
		sql_match_column(q, entity_field(e, name));
		sql_add(q, " is not null");
	}
}

/* Few records share an indexed value: the rest of the set is looked at among them. */
static bool needs_index(const struct entity *e, struct str columns)
{
	struct str name;
	while (str_cut(&columns, ' ', &name))
		if (has_index(entity_field(e, name)))
			return false;
	return true;
}

static void make_one(struct store *s, const struct entity *e, const struct field *f,
		     struct arena *a)
{
	struct sql q = { .arena = a };
	index_of_one(&q, e, f);
	db_run(s->db, &q);
	sql_free(&q);
}

static void drop_index(struct store *s, const char *name, struct arena *a)
{
	struct sql q = { .arena = a };
	row_readers_rest(s);
	sql_add(&q, "drop index if exists ");
	sql_add_literal(&q, name);
	db_run(s->db, &q);
	sql_free(&q);
}

void ddl_index_drop(struct store *s, const struct entity *e, const struct field *f)
{
	struct arena a = { 0 };
	drop_index(s, name_of_one(e, f, &a), &a);
	arena_free(&a);
}

void store_indexes_drop(struct store *s, const struct entity *e, const struct field *const *keep,
			size_t nkeep, int64_t records)
{
	struct arena a = { 0 };
	struct str rest = str_of(e->indexes), columns;
	search_ahead_finish(s);
	search_drop(s, e);
	while (str_cut(&rest, '|', &columns)) {
		struct str after = columns, first;
		str_cut(&after, ' ', &first);
		const struct field *f = entity_field(e, first);
		bool kept = is_among(f, keep, nkeep);
		if (kept && !begins_index(e, f))
			continue;
		if (kept) /* smaller, and so sooner written to */
			make_one(s, e, f, &a);
		drop_index(s, index_name(e, columns, &a).p, &a);
	}
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (!has_index(f) || (f->flags & F_UNIQUE) || is_among(f, keep, nkeep))
			continue;
		drop_index(s, name_of_one(e, f, &a), &a);
	}
	search_ahead_begin(s, e, records);
	db_post(s->db, records >= SEARCH_ROWS);
	arena_free(&a);
}

void store_indexes_make(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct str rest = str_of(e->indexes), columns;
	search_ahead_close(s);
	db_post(s->db, false);
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (begins_index(e, f))
			drop_index(s, name_of_one(e, f, &a), &a);
		else if (has_index(f))
			make_one(s, e, f, &a);
	}
	while (str_cut(&rest, '|', &columns)) {
		struct sql q = { .arena = &a };
		index_of_several(&q, e, columns, sql_column);
		db_run(s->db, &q);
		sql_free(&q);
	}
	rest = str_of(e->unique);
	while (str_cut(&rest, '|', &columns)) {
		if (!needs_index(e, columns))
			continue;
		struct sql q = { .arena = &a };
		index_of_set(&q, e, columns);
		db_run(s->db, &q);
		sql_free(&q);
	}
	arena_free(&a);
}
