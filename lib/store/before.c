/*
 * Records as they were before the transaction, on a connection of their own: nobody else can
 * have written since, and what the transaction itself has written is known.
 */
#include <stdlib.h>

#include "store/internal.h"

struct before {
	struct store view; /* the store, but for its connection */
	struct as_it_was {
		struct row_reader read;
		struct stmt *exists;
		int64_t last; /* id; -1: not asked yet */
	} of[];
};

static struct before *begin(struct store *s)
{
	struct db *db = db_before(s->db);
	if (!db)
		return NULL;
	struct before *b = xcalloc(1, sizeof *b + s->schema.nentities * sizeof(struct as_it_was));
	b->view = (struct store){ .db = db, .schema = s->schema, .settings = s->settings };
	for (size_t i = 0; i < s->schema.nentities; i++)
		b->of[i].last = -1;
	return b;
}

void before_end(struct store *s)
{
	struct before *b = s->writer ? s->writer->before : NULL;
	if (!b)
		return;
	for (size_t i = 0; i < b->view.schema.nentities; i++) {
		row_reader_close(&b->of[i].read);
		stmt_close(b->of[i].exists);
	}
	db_close(b->view.db);
	free(b);
	s->writer->before = NULL;
}

/* The largest id: what was made since is not looked for. */
static int64_t last_of(struct before *b, struct as_it_was *w, const struct entity *e)
{
	if (w->last >= 0)
		return w->last;
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select max(id) from ");
	sql_stored(&q, e);
	w->last = db_int(b->view.db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return w->last;
}

/* NULL: the transaction is to be asked for the record. */
static struct as_it_was *unwritten(struct store *s, const struct entity *e, int64_t id)
{
	struct store_writer *w = s->writer;
	if (!w || !db_posts(s->db) || w->configured || w->fields_moved)
		return NULL;
	if (!w->before && !w->no_before) {
		w->before = begin(s);
		w->no_before = !w->before;
	}
	if (!w->before || idset_has(&store_writer_of(s, e)->written, id))
		return NULL;
	struct as_it_was *was = &w->before->of[entity_index(s, e)];
	return id <= last_of(w->before, was, e) ? was : NULL;
}

bool before_has(struct store *s, const struct entity *e, int64_t id)
{
	struct as_it_was *was = unwritten(s, e, id);
	if (!was)
		return false;
	if (!was->exists) {
		struct arena a = { 0 };
		struct sql q = { .arena = &a };
		sql_add(&q, "select 1 from ");
		sql_stored(&q, e);
		sql_add(&q, " where id = $1");
		was->exists = db_prepare(s->writer->before->view.db, &q);
		sql_free(&q);
		arena_free(&a);
	}
	stmt_bind(was->exists, 1, &(struct value){ .kind = V_INT, .i = id });
	bool found = stmt_step(was->exists);
	stmt_reset(was->exists);
	return found;
}

bool before_read(struct store *s, const struct entity *e, int64_t id, struct record *out,
		 struct arena *a)
{
	struct as_it_was *was = unwritten(s, e, id);
	return was &&
	       row_read(&s->writer->before->view, &was->read, e, id, ROW_STORED, out, NULL, a);
}
