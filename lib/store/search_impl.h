/* What the files of the search index share.  Private to search_*.c. */
#ifndef CRM_STORE_SEARCH_IMPL_H
#define CRM_STORE_SEARCH_IMPL_H

#include "store/internal.h"
#include "store/search.h"

/* "lead_search", which is also what the engine calls the text as a whole. */
void search_table(struct sql *q, const struct entity *e);

/* Whether records of this type have a search text, and an index of it. */
bool search_has_text(const struct entity *e);
bool search_has_index(struct store *s, const struct entity *e);

/* An empty index in that database, which need not have the table. */
void search_create(struct db *db, const struct entity *e);

/* What is to be said to it before it is filled, to be quick: whether that went well. */
bool search_prepare(struct db *db, const struct entity *e);

/* The engine's word for what it does to the index ("optimize"), to be stepped. */
struct stmt *search_command(struct db *db, const struct entity *e, const char *name, int64_t rank);

/* Puts a text ($2) of a record ($1) in, or takes out what was put in. */
struct stmt *search_statement(struct db *db, const struct entity *e, bool out);

/* One text that waits for that; it follows. */
struct search_entry {
	int64_t id;
	size_t n, entity;
	bool out;
};

/* search_ahead.c: whether new records of this type go into an index that is made beside them. */
bool search_is_ahead(const struct store *s, const struct entity *e);

/* Such an entry with its text, in the order in which they were made. */
void search_ahead_put(struct store *s, struct str entry);

/* It says no longer what the records say, and will not be taken over. */
void search_ahead_spoil(struct store *s);

/*
 * Fills the empty index of the database with it; false: there is none, or it is spoilt, or
 * could not be made: whatever is in the index now is to be made anew.
 */
bool search_ahead_take_over(struct store *s, const struct entity *e);

#endif
