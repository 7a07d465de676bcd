/*
 * The search index of a table that is being filled, made beside it: a second thread puts the
 * texts into an index in a database of its own, whose tables are then copied into ours.
 */
#include <stdlib.h>

#include "core/worker.h"
#include "store/search_impl.h"

/* All texts wait: while rows come two threads are busy, while indexes are made only one is. */
enum { BLOCK = 1 << 18, ROOM = 8 };

struct search_ahead {
	const struct entity *entity;
	struct db *db; /* it and its statements are the worker's until that ends */
	struct stmt *put, *optimize, *commit;
	struct worker *worker; /* NULL: it has ended */
	struct buf block;
	int64_t last; /* id */
	bool closed, spoilt, made;
};

static bool run(struct stmt *stmt)
{
	bool done = stmt_try(stmt) == STEP_END;
	stmt_reset(stmt);
	return done;
}

/* In the worker's thread. */
static bool take(void *ctx, struct str block)
{
	struct search_ahead *h = ctx;
	struct search_entry entry;
	if (!block.n)
		return run(h->optimize) && run(h->commit);
	for (; block.n; block = str_sub(block, sizeof entry + entry.n, block.n)) {
		memcpy(&entry, block.p, sizeof entry);
		const struct value id = value_int(entry.id),
				   text = value_text(str_sub(block, sizeof entry, entry.n));
		stmt_bind(h->put, 1, &id);
		stmt_bind(h->put, 2, &text);
		if (!run(h->put))
			return false;
	}
	return true;
}

static void join(struct search_ahead *h, bool wanted)
{
	if (h->worker)
		h->made = worker_end(h->worker, wanted);
	h->worker = NULL;
}

void search_ahead_end(struct store *s)
{
	struct search_ahead *h = s->writer->ahead;
	if (!h)
		return;
	join(h, false);
	stmt_close(h->put);
	stmt_close(h->optimize);
	stmt_close(h->commit);
	db_close(h->db);
	buf_free(&h->block);
	free(h);
	s->writer->ahead = NULL;
}

static struct stmt *commit_statement(struct db *db)
{
	struct sql q = { 0 };
	sql_add(&q, "commit");
	struct stmt *stmt = db_prepare(db, &q);
	sql_free(&q);
	return stmt;
}

/* A counter that has not moved: there never was a record. */
void search_ahead_begin(struct store *s, const struct entity *e, int64_t records)
{
	if (records < SEARCH_ROWS || !search_has_text(e) || store_next_id(s, e) > 1 ||
	    s->writer->ahead || processors() < 2)
		return;
	struct search_ahead *h = s->writer->ahead = xcalloc(1, sizeof *h);
	h->entity = e;
	h->db = db_scratch();
	search_create(h->db, e);
	h->spoilt = !search_prepare(h->db, e);
	h->put = search_statement(h->db, e, false);
	h->optimize = search_command(h->db, e, "optimize", 0);
	h->commit = commit_statement(h->db);
	h->worker = worker_start(&(struct worker_options){ take, h, ROOM, true });
	if (!h->worker)
		search_ahead_end(s);
}

bool search_is_ahead(const struct store *s, const struct entity *e)
{
	return s->writer && s->writer->ahead && s->writer->ahead->entity == e;
}

/* Out of turn they would be put in one by one; late ones would be missing. */
void search_ahead_put(struct store *s, struct str piece)
{
	struct search_ahead *h = s->writer->ahead;
	struct search_entry entry;
	memcpy(&entry, piece.p, sizeof entry);
	h->spoilt |= h->closed || entry.id <= h->last;
	h->last = entry.id;
	if (h->spoilt)
		return;
	buf_put(&h->block, piece);
	if (h->block.n > BLOCK)
		worker_give(h->worker, &h->block);
}

void search_ahead_spoil(struct store *s)
{
	s->writer->ahead->spoilt = true;
}

void search_ahead_close(struct store *s)
{
	struct search_ahead *h = s->writer ? s->writer->ahead : NULL;
	if (!h || h->closed)
		return;
	search_flush(s);
	if (h->block.n)
		worker_give(h->worker, &h->block);
	worker_close(h->worker);
	h->closed = true;
}

void search_ahead_finish(struct store *s)
{
	const struct search_ahead *h = s->writer ? s->writer->ahead : NULL;
	if (!h || !h->closed)
		return;
	search_grow(s, h->entity, store_next_id(s, h->entity));
	search_ahead_end(s);
}

/* Bytes are told from text: the engine compares them. */
static const struct shadow {
	const char *name, *columns, *values;
} shadows[] = {
	{ "data", "id, block", "$1, cast($2 as blob)" },
	{ "idx", "segid, term, pgno", "$1, cast($2 as blob), $3" },
	{ "config", "k, v", "$1, $2" },
};

static bool copy(struct db *from, struct db *to, const struct entity *e, const struct shadow *table)
{
	struct arena a = { 0 };
	const char *name = arena_printf(&a, "\"%s_search_%s\"", e->name, table->name).p;
	struct sql clear = { .arena = &a }, read = { .arena = &a }, write = { .arena = &a };
	sql_add(&clear, "delete from ");
	sql_add_literal(&clear, name);
	db_run(to, &clear);
	sql_add(&read, "select ");
	sql_add_literal(&read, table->columns);
	sql_add(&read, " from ");
	sql_add_literal(&read, name);
	sql_add(&write, "insert into ");
	sql_add_literal(&write, name);
	sql_add(&write, " (");
	sql_add_literal(&write, table->columns);
	sql_add(&write, ") values (");
	sql_add_literal(&write, table->values);
	sql_add(&write, ")");
	struct stmt *rows = db_query(from, &read), *put = db_prepare(to, &write);
	enum stepped got;
	while ((got = stmt_try(rows)) == STEP_ROW) {
		for (size_t i = 0; i < stmt_columns(rows); i++) {
			struct value v = stmt_value(rows, i);
			stmt_bind(put, i + 1, &v);
		}
		stmt_step(put);
		stmt_reset(put);
	}
	stmt_close(rows);
	stmt_close(put);
	sql_free(&clear);
	sql_free(&read);
	sql_free(&write);
	arena_free(&a);
	return got == STEP_END;
}

bool search_ahead_take_over(struct store *s, const struct entity *e)
{
	if (!search_is_ahead(s, e))
		return false;
	struct search_ahead *h = s->writer->ahead;
	search_ahead_close(s);
	join(h, !h->spoilt);
	bool good = h->made && !h->spoilt;
	for (size_t i = 0; good && i < countof(shadows); i++)
		good = copy(h->db, s->db, e, &shadows[i]);
	search_ahead_end(s);
	return good;
}
