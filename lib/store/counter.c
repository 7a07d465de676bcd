/* The next id of each record type. */
#include "store/counter.h"

#include "store/internal.h"

int64_t counter_next(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select next from counter where entity = ");
	sql_text(&q, str_of(e->name));
	int64_t next = db_int(s->db, &q, 1);
	sql_free(&q);
	arena_free(&a);
	return next;
}

void counter_raise(struct store *s, const struct entity *e, int64_t next)
{
	struct writer_entity *w = store_writer_of(s, e);
	if (!w->next)
		w->next = counter_next(s, e);
	if (next > w->next) {
		w->next = next;
		w->moved = true;
	}
}

int64_t counter_largest(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select max(id) from ");
	sql_stored(&q, e);
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return id;
}

/* The ids handed out: one row a record type, however many records. */
void counters_save(struct store *s)
{
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct writer_entity *w = &s->writer->entity[i];
		if (!w->moved)
			continue;
		struct sql q = { .arena = &s->writer->arena };
		sql_add(&q, "update counter set next = ");
		sql_int(&q, w->next);
		sql_add(&q, " where entity = ");
		sql_text(&q, str_of(s->schema.entities[i]->name));
		db_run(s->db, &q);
		sql_free(&q);
	}
}
