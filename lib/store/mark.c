/* Points within a transaction to which a record that is refused half-way goes back. */
#include "store/internal.h"
#include "store/search.h"

void store_mark(struct store *s)
{
	search_relieve(s);
	search_ahead_finish(s);
	for (size_t i = 0; i < s->schema.nentities; i++) {
		struct writer_entity *w = &s->writer->entity[i];
		w->marked_next = w->next;
		w->marked_moved = w->moved;
	}
	settle_facts(s);
	numbers_mark(s);
	s->writer->marked = s->writer->change_set;
	s->writer->marked_runs = s->writer->runs;
	s->writer->marked_queue = s->writer->queue.n;
	s->writer->ntouched_were = 0;
	s->writer->marking = true;
	s->writer->marked_writes = db_writes(s->db);
	db_mark(s->db);
}

void store_keep(struct store *s)
{
	s->writer->marking = false;
	db_keep(s->db);
}

/*
 * Nobody has seen the ids that were handed out; the change set may have to be made anew.  Most of
 * what is refused was not even begun to be written: to roll that back would have the engine read
 * the schema again each time, where an import has dropped indexes.
 */
void store_undo(struct store *s)
{
	bool wrote = s->writer->fields_moved || db_writes(s->db) != s->writer->marked_writes;
	for (size_t i = 0; i < s->schema.nentities; i++) {
		struct writer_entity *w = &s->writer->entity[i];
		w->next = w->marked_next;
		w->moved = w->marked_moved;
	}
	numbers_undo(s);
	s->writer->change_set = s->writer->marked;
	s->writer->runs = s->writer->marked_runs;
	s->writer->queue.n = s->writer->marked_queue;
	s->writer->marking = false;
	s->writer->last.record.id = 0;
	settle_undo(s);
	if (!wrote) {
		db_keep(s->db);
		return;
	}
	found_forget(s);
	row_readers_rest(s);
	db_undo(s->db);
	if (s->writer->fields_moved)
		fields_read_again(s);
}
