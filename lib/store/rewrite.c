/* A renamed value in all records that hold it: with history, but not one by one. */
#include "store/configure.h"
#include "store/internal.h"
#include "stream/writer.h"

static void add_matches(struct sql *q, const struct store_match *m, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			sql_add(q, " and ");
		else
			sql_add(q, " where ");
		sql_column(q, m[i].field);
		sql_add(q, " = ");
		sql_param(q, m[i].value);
	}
}

int64_t store_count_matching(struct store *s, const struct entity *e, const struct store_match *m,
			     size_t n)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from ");
	sql_stored(&q, e);
	add_matches(&q, m, n);
	int64_t count = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return count;
}

/* The column as JSON in SQL: a number, or a text that needs no escapes (an instant). */
static void add_json(struct sql *q, const struct entity *e, const char *name, const char *before,
		     const char *after)
{
	const struct field *f = entity_field(e, str_of(name));
	sql_add(q, " || ");
	sql_text(q, str_of(before));
	sql_add(q, " || coalesce(");
	sql_text(q, str_of(after));
	sql_add(q, " || cast(");
	sql_column(q, f);
	sql_add(q, " as text) || ");
	sql_text(q, str_of(after));
	sql_add(q, ", 'null')");
}

/* What history_update would write of each record. */
static void remember(struct store *s, const struct entity *e, const struct store_match *m, size_t n,
		     struct arena *a)
{
	struct sql q = { .arena = a };
	history_flush(s);
	sql_add(&q, "insert into main.change (change_set, entity, record, op, before) select ");
	sql_int(&q, history_change_set(s));
	sql_add(&q, ", ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, ", id, 'u', ");
	sql_text(&q, arena_printf(a, "{\"%s\":", m[0].field->name));
	sql_add(&q, " || ");
	if (m[0].value.kind == V_INT) {
		sql_text(&q, arena_printf(a, "%lld", (long long)m[0].value.i));
	} else {
		struct buf b = { 0 };
		json_put_string(&b, m[0].value.s);
		sql_text(&q, buf_copy(&b, a));
		buf_free(&b);
	}
	add_json(&q, e, "updated_at", ",\"updated_at\":", "\"");
	add_json(&q, e, "updated_by", ",\"updated_by\":", "");
	add_json(&q, e, "rev", ",\"rev\":", "");
	sql_add(&q, " || '}' from ");
	sql_stored(&q, e);
	add_matches(&q, m, n);
	sql_add(&q, " order by id");
	db_run(s->db, &q);
	sql_free(&q);
}

int64_t store_rewrite(struct store *s, const struct entity *e, struct value now,
		      const struct store_match *m, size_t n)
{
	struct arena a = { 0 };
	int64_t count = store_count_matching(s, e, m, n);
	if (count) {
		struct sql q = { .arena = &a };
		remember(s, e, m, n, &a);
		sql_add(&q, "update ");
		sql_stored(&q, e);
		sql_add(&q, " set ");
		sql_column(&q, m[0].field);
		sql_add(&q, " = ");
		sql_param(&q, now);
		sql_add(&q, ", rev = rev + 1, updated_at = ");
		sql_text(&q, instant_print(s->settings.calendar.now, &a));
		sql_add(&q, ", updated_by = ");
		sql_param(&q, s->settings.user ? value_int(s->settings.user) : value_null());
		add_matches(&q, m, n);
		db_run(s->db, &q);
		sql_free(&q);
	}
	if (count && m[0].field->flags & (F_SEARCH | F_MATCH))
		store_rekey_all(s, e);
	arena_free(&a);
	return count;
}

void store_rekey_all(struct store *s, const struct entity *e)
{
	struct arena a = { 0 }, row = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select id from ");
	sql_stored(&q, e);
	sql_add(&q, " order by id");
	size_t n;
	int64_t *ids = db_ids(s->db, &q, &n, &a);
	sql_free(&q);
	for (size_t i = 0; i < n; i++) {
		keys_refresh(s, e, ids[i], &row);
		arena_reset(&row);
	}
	arena_free(&row);
	arena_free(&a);
}
