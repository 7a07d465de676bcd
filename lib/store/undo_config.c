/* What a change set did to the configuration, and what others have done to it since. */
#include "store/configure.h"
#include "store/undo_impl.h"
#include "stream/json.h"

/* The text in a `before`; p NULL: it was not kept. */
static struct str text_in(struct str before, struct arena *a)
{
	struct json_layout layout = { 0 };
	struct diag d = { 0 };
	struct row row;
	const struct cell *yaml =
	    json_record(before, &row, &layout, a, &d) ? row_cell(&row, "yaml") : NULL;
	struct str text =
	    yaml && yaml->kind == CELL_TEXT ? arena_str(a, yaml->text) : (struct str){ 0 };
	diag_free(&d);
	arena_free(&layout.arena);
	return text;
}

/* Changes of the configuration from the set on; which of them stand, as undo_part.c has it. */
static void from_rows(struct sql *q, int64_t set)
{
	sql_add(q, " from main.change c join change_set s on s.id = c.change_set"
		   " where c.entity = 'config' and c.record = 0 and c.change_set >= ");
	sql_int(q, set);
}

static size_t count_rows(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select count(*)");
	from_rows(&q, u->job->set);
	size_t n = (size_t)db_int(u->s->db, &q, 0);
	sql_free(&q);
	return n;
}

static struct stmt *query_rows(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select c.change_set, c.before, case when s.undone_by is null"
		    " and coalesce(s.undoes, 0) < ");
	sql_int(&q, u->job->set);
	sql_add(&q, " then 1 else 0 end");
	from_rows(&q, u->job->set);
	sql_add(&q, " order by c.id");
	struct stmt *rows = db_query(u->s->db, &q);
	sql_free(&q);
	return rows;
}

struct undo_config *undo_config_read(struct undo *u)
{
	size_t n = 0, room = count_rows(u);
	struct undo_config *c = arena_new(&u->arena, struct undo_config, 1);
	struct undo_config_change *all = arena_new(&u->arena, struct undo_config_change, room + 1);
	struct undo_config_change *last = NULL;
	struct stmt *rows = query_rows(u);
	while (n < room && stmt_step(rows)) {
		int64_t set = stmt_value(rows, 0).i;
		struct str before = text_in(stmt_value(rows, 1).s, &u->arena);
		if (last) /* what was there before this one is what that one left */
			last->after = before;
		last = NULL;
		if (set == u->job->set || stmt_value(rows, 2).i) {
			last = &all[n++];
			*last = (struct undo_config_change){ .set = set, .before = before };
		}
	}
	stmt_close(rows);
	if (!n || all[0].set != u->job->set)
		return NULL;
	*c = (struct undo_config){ all[0], all + 1, n - 1 };
	store_reconfigure(u->s); /* others may have written since it was read */
	return c;
}
