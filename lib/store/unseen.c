/* Keys that no record has. */
#include "store/unseen.h"

#include <stdlib.h>

#include "core/map.h"
#include "store/counter.h"
#include "store/internal.h"

/* Of as many keys as were promised three probes find one in 260 that was never written. */
enum { BITS = 16 /* a row */, PROBES = 3, MOST = 1 << 26 /* bits */ };

struct unseen {
	struct unseen *next;
	const struct field *field;
	uint64_t last; /* bit; there are a power of two */
	uint64_t words[];
};

/* Kirsch and Mitzenmacher, Less hashing, same performance (2006): two hashes make them all. */
static uint64_t probe(const struct unseen *u, uint64_t hash, uint64_t i)
{
	return (hash + i * (hash >> 32 | 1)) & u->last;
}

static struct unseen *of_field(const struct writer_entity *w, const struct field *f)
{
	struct unseen *u = w->unseen;
	while (u && u->field != f)
		u = u->next;
	return u;
}

void unseen_begin(struct store *s, const struct entity *e, const struct field *f, int64_t rows)
{
	struct writer_entity *w = store_writer_of(s, e);
	if (store_next_id(s, e) > 1 || of_field(w, f))
		return;
	uint64_t bits = 64;
	while (bits < MOST && bits / BITS < (uint64_t)rows)
		bits *= 2;
	struct unseen *u = xcalloc(1, sizeof *u + bits / 8);
	*u = (struct unseen){ w->unseen, f, bits - 1 };
	w->unseen = u;
}

bool unseen(struct store *s, const struct entity *e, const struct field *f, struct str key)
{
	const struct unseen *u = s->writer ? of_field(store_writer_of(s, e), f) : NULL;
	uint64_t hash = u ? str_hash(key) : 0;
	for (uint64_t i = 0; u && i < PROBES; i++) {
		uint64_t bit = probe(u, hash, i);
		if (!(u->words[bit / 64] >> bit % 64 & 1))
			return true;
	}
	return false;
}

void unseen_seen(const struct writer_entity *w, const struct entity *e, const struct value *keys)
{
	for (struct unseen *u = w->unseen; u; u = u->next) {
		const struct value *key = &keys[field_index(e, u->field)];
		uint64_t hash = key->kind == V_TEXT ? str_hash(key->s) : 0;
		for (uint64_t i = 0; key->kind == V_TEXT && i < PROBES; i++) {
			uint64_t bit = probe(u, hash, i);
			u->words[bit / 64] |= (uint64_t)1 << bit % 64;
		}
	}
}

void unseen_end(struct writer_entity *w)
{
	while (w->unseen) {
		struct unseen *next = w->unseen->next;
		free(w->unseen);
		w->unseen = next;
	}
}
