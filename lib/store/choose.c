/* Records that were named, many at once: a temporary table of their ids. */
#include "store/store.h"

int64_t store_choose(struct store *s, const int64_t *ids, size_t n)
{
	struct arena a = { 0 };
	struct sql last = { .arena = &a }, q = { .arena = &a };
	db_temporary(s->db, true);
	db_exec(s->db, "create temporary table if not exists chosen (list integer not null,"
		       " id integer not null, primary key (list, id))");
	sql_add(&last, "select max(list) from chosen");
	struct value list = value_int(db_int(s->db, &last, 0) + 1);
	sql_add(&q, "insert into chosen (list, id) values ($1, $2) on conflict do nothing");
	struct stmt *insert = db_prepare(s->db, &q);
	stmt_bind(insert, 1, &list);
	for (size_t i = 0; i < n; i++) {
		stmt_bind(insert, 2, &(struct value){ .kind = V_INT, .i = ids[i] });
		while (stmt_step(insert))
			;
		stmt_reset(insert);
	}
	stmt_close(insert);
	db_temporary(s->db, false);
	sql_free(&last);
	sql_free(&q);
	arena_free(&a);
	return list.i;
}
