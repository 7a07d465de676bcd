/*
 * Memory that is given back all at once.
 *
 * The arena argument of a function is its ownership rule: what it returns lives
 * until that arena is reset or freed.  A scratch arena is reset per record, so a
 * stream of any length runs in constant memory.  Under AddressSanitizer a reset
 * arena is poisoned: a pointer kept too long is found by the tests.
 */
#ifndef CRM_CORE_ARENA_H
#define CRM_CORE_ARENA_H

#include "core/base.h"

struct arena_chunk;

/* { 0 } is a good empty arena. */
struct arena {
	struct arena_chunk *chunk; /* the one in use; older ones hang behind it */
	size_t used;		   /* of that chunk */
};

/* Zeroed memory, aligned for anything. */
void *arena_alloc(struct arena *a, size_t n);

/* Likewise, but what is in it is anybody's guess. */
void *arena_take(struct arena *a, size_t n);

/* Zeroed array of n objects of `type`. */
#define arena_new(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))
void *arena_array(struct arena *a, size_t n, size_t size);

/* As xgrow of base.h, for a list in the arena: what is behind the items is zeroed. */
void *arena_grow(struct arena *a, void *list, size_t n, size_t *room, size_t size);

/* A copy of the bytes, with a NUL behind it. */
struct str arena_str(struct arena *a, struct str s);

struct str arena_printf(struct arena *a, const char *fmt, ...) printf_like(2, 3);

/* Forgets all that was handed out, keeping the largest chunk for the next round. */
void arena_reset(struct arena *a);

void arena_free(struct arena *a);

#endif
