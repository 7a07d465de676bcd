/* Open addressing, at most half full. */
#include "core/map.h"

#include <stdlib.h>

/* Eight bytes at a time; the high bits of a product depend on all of them, so they go down. */
static uint64_t mixed(uint64_t h, const char *p, size_t n)
{
	uint64_t word = 0;
	if (n)
		memcpy(&word, p, n);
	h = (h ^ word) * 0x9e3779b97f4a7c15ull;
	return h ^ h >> 29;
}

uint64_t str_hash(struct str s)
{
	uint64_t h = s.n;
	for (; s.n > 8; s.p += 8, s.n -= 8)
		h = mixed(h, s.p, 8);
	h = mixed(h, s.p, s.n);
	return h ^ h >> 32;
}

/* Nothing is lost of eight bytes: of two keys as short as that the hashes tell as much. */
static bool is_key(const struct map_slot *s, struct str key, uint64_t hash)
{
	if (s->hash != hash || s->key.n != key.n)
		return false;
	return key.n <= 8 || !memcmp(s->key.p, key.p, key.n);
}

static struct map_slot *slot(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = hash & (m->size - 1);
	while (m->slots[i].key.p && !is_key(&m->slots[i], key, hash))
		i = (i + 1) & (m->size - 1);
	return &m->slots[i];
}

/* For a key that is not there: those that are need not be looked at. */
static struct map_slot *free_slot(const struct map *m, uint64_t hash)
{
	size_t i = hash & (m->size - 1);
	while (m->slots[i].key.p)
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
			*free_slot(m, old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

int64_t *map_find(const struct map *m, struct str key)
{
	struct map_slot *at = m->size ? slot(m, key, str_hash(key)) : NULL;
	return at && at->key.p ? &at->value : NULL;
}

int64_t *map_at(struct map *m, struct str key)
{
	if (m->n * 2 >= m->size)
		grow(m);
	uint64_t h = str_hash(key);
	struct map_slot *at = slot(m, key, h);
	if (!at->key.p) {
		at->hash = h;
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
