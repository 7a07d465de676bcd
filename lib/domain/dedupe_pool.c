/* Texts that are kept once each. */
#include <stdlib.h>

#include "domain/dedupe_impl.h"
#include "domain/dedupe_text.h"

struct str pool_text(const struct pool *p, uint32_t i)
{
	if (!i)
		return (struct str){ 0 };
	return (struct str){ p->bytes + p->start[i], p->start[i + 1] - p->start[i] };
}

static uint32_t *slot(const struct pool *p, struct str s)
{
	uint64_t at = hash_mix(hash_bytes(HASH_START, s.p, s.n));
	for (;; at++) {
		uint32_t *here = &p->slots[at & (p->nslots - 1)];
		if (!*here || str_eq(pool_text(p, *here), s))
			return here;
	}
}

static void rehash(struct pool *p)
{
	p->nslots = p->nslots ? p->nslots * 2 : 256;
	free(p->slots);
	p->slots = xcalloc(p->nslots, sizeof *p->slots);
	for (uint32_t i = 1; i < p->n; i++)
		*slot(p, pool_text(p, i)) = i;
}

/* Room for one more text of n bytes. */
static void grow(struct pool *p, size_t n)
{
	if (p->n + 2 > p->nroom) {
		p->nroom = p->nroom ? p->nroom * 2 : 128;
		p->start = xrealloc(p->start, p->nroom * sizeof *p->start);
		p->count = xrealloc(p->count, p->nroom * sizeof *p->count);
	}
	if (p->nbytes + n > p->room) {
		p->room = p->room + p->room / 2 + n + 1024;
		p->bytes = xrealloc(p->bytes, p->room);
	}
	if (p->nbytes + n > UINT32_MAX)
		die(STATUS_ENV, "more than 4 GB of text to compare");
	if (!p->n) {
		p->start[0] = p->start[1] = p->count[0] = 0;
		p->n = 1;
	}
	if ((p->n + 1) * 2 > p->nslots)
		rehash(p);
}

uint32_t pool_add(struct pool *p, struct str s)
{
	if (!s.n)
		return 0;
	grow(p, s.n);
	uint32_t *at = slot(p, s);
	if (!*at) {
		memcpy(p->bytes + p->nbytes, s.p, s.n);
		p->nbytes += s.n;
		p->count[p->n] = 0;
		*at = p->n++;
		p->start[p->n] = (uint32_t)p->nbytes;
	}
	return *at;
}

void pool_free(struct pool *p)
{
	free(p->bytes);
	free(p->start);
	free(p->count);
	free(p->slots);
	*p = (struct pool){ 0 };
}
