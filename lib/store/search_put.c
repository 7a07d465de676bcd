/* The search index, record by record: what is to be put in and taken out. */
#include "store/search_impl.h"

/*
 * What is to be put in and taken out waits in a queue: at every savepoint (and before a
 * statement that reads and writes) the engine writes the index out as far as it got, and
 * an import sets one for each row.  An index that is made beside the records has more use
 * of many small lots than of a few large ones.
 */
enum { QUEUE_MAX = 4 << 20, QUEUE_AHEAD = 1 << 18 };

/* Whether there is an index to keep; store_as_of fills tables that have none, as no writer. */
static bool is_kept(struct store *s, const struct entity *e)
{
	if (!s->writer)
		return false;
	struct writer_entity *w = store_writer_of(s, e);
	if (w->indexed == INDEXED_UNKNOWN)
		w->indexed = search_has_index(s, e) ? INDEXED : INDEXED_NOT;
	return w->indexed == INDEXED;
}

struct stmt *search_statement(struct db *db, const struct entity *e, bool out)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into ");
	search_table(&q, e);
	sql_add(&q, " (rowid, search");
	if (out) {
		sql_add(&q, ", ");
		search_table(&q, e);
	}
	sql_add_literal(&q, out ? ") values ($1, $2, 'delete')" : ") values ($1, $2)");
	struct stmt *stmt = db_prepare(db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

static void run(struct stmt *stmt, int64_t id, struct str text)
{
	const struct value values[] = { value_int(id), value_text(text) };
	for (size_t i = 0; i < countof(values); i++)
		stmt_bind(stmt, i + 1, &values[i]);
	while (stmt_step(stmt))
		;
	stmt_reset(stmt);
}

static void run_entry(struct store *s, const struct entity *e, const struct search_entry *entry,
		      struct str text)
{
	struct writer_entity *w = store_writer_of(s, e);
	struct stmt **stmt = entry->out ? &w->search_remove : &w->search_put;
	if (!*stmt)
		*stmt = search_statement(s->db, e, entry->out);
	run(*stmt, entry->id, text);
}

void search_flush(struct store *s)
{
	struct str rest = buf_str(&s->writer->queue);
	while (rest.n) {
		struct search_entry entry;
		memcpy(&entry, rest.p, sizeof entry);
		const struct entity *e = s->schema.entities[entry.entity];
		size_t end = sizeof entry + entry.n;
		if (search_is_ahead(s, e))
			search_ahead_put(s, str_sub(rest, 0, end));
		else
			run_entry(s, e, &entry, str_sub(rest, sizeof entry, entry.n));
		rest = str_sub(rest, end, rest.n);
	}
	s->writer->queue.n = 0;
}

void search_relieve(struct store *s)
{
	if (s->writer->queue.n > (s->writer->ahead ? QUEUE_AHEAD : QUEUE_MAX) &&
	    !s->writer->marking)
		search_flush(s);
}

static void enqueue(struct store *s, const struct entity *e, int64_t id, bool out, struct str text)
{
	struct buf *queue = &s->writer->queue;
	const struct search_entry entry = { id, text.n, entity_index(s, e), out };
	buf_put(queue, (struct str){ (const char *)&entry, sizeof entry });
	buf_put(queue, text);
	search_relieve(s);
}

void search_put(struct store *s, const struct entity *e, int64_t id, struct str text)
{
	if (search_is_ahead(s, e) || is_kept(s, e))
		enqueue(s, e, id, false, text);
}

void search_remove(struct store *s, const struct entity *e, int64_t id)
{
	search_ahead_finish(s);
	if (search_is_ahead(s, e))
		search_ahead_spoil(s);
	if (!is_kept(s, e))
		return;
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select search from ");
	sql_stored(&q, e);
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	struct value text = store_one(s, &q);
	if (text.kind == V_TEXT)
		enqueue(s, e, id, true, text.s);
	sql_free(&q);
	arena_free(&a);
}
