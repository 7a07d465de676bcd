/* Following the history. */
#include "store/followed.h"

#include "core/date.h"
#include "store/internal.h"
#include "stream/json.h"

static int64_t instant_of(struct value v)
{
	int64_t at = 0;
	return v.kind == V_TEXT && instant_scan(v.s, &at) ? at : 0;
}

bool followed_get(struct store *s, const char *name, struct followed *out, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select change, at from main.followed where name = ");
	sql_text(&q, str_of(name));
	struct stmt *row = db_query(s->db, &q);
	bool found = stmt_step(row);
	if (found)
		*out = (struct followed){ stmt_value(row, 0).i, instant_of(stmt_value(row, 1)) };
	stmt_close(row);
	sql_free(&q);
	return found;
}

void followed_set(struct store *s, const char *name, const struct followed *f)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into main.followed (name, change, at) values (");
	sql_text(&q, str_of(name));
	sql_add(&q, ", ");
	sql_int(&q, f->change);
	sql_add(&q, ", ");
	sql_text(&q, instant_print(f->at, &a));
	sql_add(&q,
		") on conflict (name) do update set change = excluded.change, at = excluded.at");
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

void followed_keep(struct store *s, const char *const *names)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "delete from main.followed where name not in (''");
	for (; *names; names++) {
		sql_add(&q, ", ");
		sql_text(&q, str_of(*names));
	}
	sql_add(&q, ")");
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

int64_t followed_newest(struct store *s)
{
	struct sql q = { 0 };
	struct arena a = { 0 };
	if (s->writer)
		history_flush(s);
	q.arena = &a;
	sql_add(&q, "select max(id) from main.change");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return id;
}

int64_t followed_before(struct store *s, int64_t at)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select max(id) from main.change where change_set = (select max(id) from "
		    "main.change_set where at < ");
	sql_text(&q, instant_print(at, &a));
	sql_add(&q, ")");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return id;
}

size_t followed_changes(struct store *s, int64_t after, int64_t until, const char *program,
			struct followed_change *out, size_t n, struct arena *a)
{
	struct sql q = { .arena = a };
	size_t found = 0;
	sql_add(&q, "select c.id, t.at, c.entity, c.record, c.op, c.before, t.program"
		    " from main.change c join main.change_set t on t.id = c.change_set"
		    " where t.undone_by is null and t.undoes is null and c.id > ");
	sql_int(&q, after);
	sql_add(&q, " and c.id <= ");
	sql_int(&q, until);
	sql_add(&q, " order by c.id limit ");
	sql_int(&q, (int64_t)n);
	struct stmt *rows = db_query(s->db, &q);
	while (found < n && stmt_step(rows)) {
		struct followed_change *c = &out[found++];
		struct value before = stmt_value(rows, 5);
		*c = (struct followed_change){ .id = stmt_value(rows, 0).i,
					       .at = instant_of(stmt_value(rows, 1)) };
		c->entity = schema_entity(&s->schema, stmt_value(rows, 2).s);
		c->record = stmt_value(rows, 3).i;
		c->op = stmt_value(rows, 4).s.p[0];
		c->own = str_is(stmt_value(rows, 6).s, program);
		if (c->entity && c->op == 'u' && before.kind == V_TEXT)
			c->before = history_values(c->entity, c->record, arena_str(a, before.s), a);
	}
	stmt_close(rows);
	sql_free(&q);
	return found;
}

struct value followed_value(struct store *s, const struct followed_change *c, const struct field *f,
			    struct arena *a)
{
	struct value v = { 0 };
	struct record now;
	struct sql q = { .arena = a };
	size_t at = field_index(c->entity, f);
	sql_add(&q, "select before from main.change where entity = ");
	sql_text(&q, str_of(c->entity->name));
	sql_add(&q, " and record = ");
	sql_int(&q, c->record);
	sql_add(&q, " and op <> 'i' and id > ");
	sql_int(&q, c->id);
	sql_add(&q, " order by id");
	struct stmt *rows = db_query(s->db, &q);
	while (v.kind == V_NONE && stmt_step(rows)) {
		struct str before = arena_str(a, stmt_value(rows, 0).s);
		v = history_values(c->entity, c->record, before, a).values[at];
	}
	stmt_close(rows);
	sql_free(&q);
	if (v.kind == V_NONE && record_read(s, c->entity, c->record, &now, a))
		v = now.values[at];
	return v.kind == V_NONE ? value_null() : v;
}

int64_t followed_by_others(struct store *s, const struct entity *e, int64_t id, const char *program,
			   struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select t.at from main.change c join main.change_set t on t.id = c.change_set"
		    " where c.entity = ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, " and c.record = ");
	sql_int(&q, id);
	sql_add(&q, " and t.program <> ");
	sql_text(&q, str_of(program));
	sql_add(&q, " order by c.id desc limit 1");
	struct value at = store_one(s, &q);
	sql_free(&q);
	return at.kind == V_TEXT ? instant_of(at) : INT64_MIN;
}

void followed_config(struct store *s,
		     bool (*seen)(void *ctx, int64_t change, int64_t at, struct str yaml),
		     void *ctx)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	bool go_on = true;
	sql_add(&q, "select c.id, t.at, c.before from main.change c join main.change_set t"
		    " on t.id = c.change_set where c.entity = 'config' and c.record = 0"
		    " order by c.id desc");
	struct stmt *rows = db_query(s->db, &q);
	while (go_on && stmt_step(rows)) {
		struct json_layout layout = { 0 };
		struct diag d = { 0 };
		struct row row;
		int64_t id = stmt_value(rows, 0).i, at = instant_of(stmt_value(rows, 1));
		bool ok = json_record(arena_str(&a, stmt_value(rows, 2).s), &row, &layout, &a, &d);
		go_on = seen(ctx, id, at, ok && row.n ? row.cells[0].text : (struct str){ 0 });
		diag_free(&d);
		arena_free(&layout.arena);
	}
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
}
