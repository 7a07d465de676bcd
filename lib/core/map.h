/* A hash from text to a number: caches, uniqueness, groups. { 0 } is a good empty one. */
#ifndef CRM_CORE_MAP_H
#define CRM_CORE_MAP_H

#include "core/arena.h"
#include "core/base.h"

struct map {
	struct map_slot {
		struct str key; /* p NULL: free */
		uint64_t hash;	/* of the key: others are told apart without reading theirs */
		int64_t value;
	} * slots;
	size_t n, size; /* size: a power of two */
	struct arena arena;
};

/* Of its bytes; the same within one run, nothing to be stored. */
uint64_t str_hash(struct str s);

/* Where the value of key is; it is made (0) where it is missing. Stays good until the next call. */
int64_t *map_at(struct map *m, struct str key);

/* As above, but NULL where it is missing. */
int64_t *map_find(const struct map *m, struct str key);

void map_free(struct map *m);

#endif
