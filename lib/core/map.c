/* Open addressing, at most half full. */
#include "core/map.h"

#include <stdlib.h>

static size_t hash(struct str s)
{
	uint64_t h = 0xcbf29ce484222325ull;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3ull;
	return (size_t)(h ^ h >> 32);
}

static struct map_slot *slot(const struct map *m, struct str key)
{
	size_t i = hash(key) & (m->size - 1);
	while (m->slots[i].key.p && !str_eq(m->slots[i].key, key))
		i = (i + 1) & (m->size - 1);
	return &m->slots[i];
}

static void grow(struct map *m)
{
	struct map old = *m;
	m->size = old.size ? old.size * 2 : 64;
	m->slots = xcalloc(m->size, sizeof *m->slots);
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].key.p)
			*slot(m, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

int64_t *map_find(const struct map *m, struct str key)
{
	struct map_slot *at = m->size ? slot(m, key) : NULL;
	return at && at->key.p ? &at->value : NULL;
}

int64_t *map_at(struct map *m, struct str key)
{
	if (m->n * 2 >= m->size)
		grow(m);
	struct map_slot *at = slot(m, key);
	if (!at->key.p) {
		at->key = arena_str(&m->arena, key);
		m->n++;
	}
	return &at->value;
}

void map_free(struct map *m)
{
	free(m->slots);
	arena_free(&m->arena);
	*m = (struct map){ 0 };
}
