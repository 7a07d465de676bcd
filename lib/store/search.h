/*
 * The index behind bare words.
 *
 * It says which records may have a word in their search text; whoever asks it still
 * compares that text, so that the index never changes an answer, only the time it
 * takes.  Tables that are read through in no time have none: it is made when a table
 * has grown (or beside the rows that make it grow, see store_indexes_drop), and row.c
 * keeps it from then on.
 */
#ifndef CRM_STORE_SEARCH_H
#define CRM_STORE_SEARCH_H

#include "core/buf.h"
#include "store/store.h"

/* From how many records on a table has an index. */
enum { SEARCH_ROWS = 10000 };

/* What the index is asked: which of these words, and how they hang together. */
struct search_words {
	struct buf text; /* in the engine's own language; freed by the caller */
	size_t n;	 /* words so far */
};

/*
 * Appends the condition that records contain this folded text.  False, and nothing
 * appended, where the index cannot say: too short a word, or too many of them.
 */
bool search_word(struct search_words *w, struct str folded);

/* Whether records of this type can be looked up now (not in what store_as_of shows). */
bool search_ready(struct store *s, const struct entity *e);

/* Whether so few records come into question that looking at each of them costs nothing. */
bool search_is_rare(struct store *s, const struct entity *e, struct str words);

/*
 * The pieces of a statement that looks up t0: its `from`, which gives the records in
 * the order of their ids, its condition, and that order.
 */
void search_from(struct sql *q, const struct entity *e);
void search_where(struct sql *q, const struct entity *e, struct str words);
void search_order(struct sql *q);

/*
 * Makes the index, or makes it anew from the records (or takes over the one that was made
 * beside them); drops it.  Within a transaction that writes.  Record types without F_SEARCH
 * fields never have one.
 */
void search_make(struct store *s, const struct entity *e);
void search_drop(struct store *s, const struct entity *e);

/*
 * Whether the index says what the records say (true where there is none); it reads
 * both through.  Within a transaction that writes.  search_make repairs it.
 */
bool search_check(struct store *s, const struct entity *e);

#endif
