/* A set of record numbers. */
#include "core/idset.h"

#include <stdlib.h>

enum { PAGE_SHIFT = 12 }; /* 64 × 64 numbers a page */

static struct str page_name(const int64_t *page)
{
	return (struct str){ (const char *)page, sizeof *page };
}

bool idset_has(const struct idset *s, int64_t id)
{
	int64_t page = id >> PAGE_SHIFT;
	const int64_t *at = map_find(&s->pages, page_name(&page));
	return at && s->bits[*at - 1][id >> 6 & 63] >> (id & 63) & 1;
}

void idset_add(struct idset *s, int64_t id)
{
	int64_t page = id >> PAGE_SHIFT, *at = map_at(&s->pages, page_name(&page));
	if (!*at) {
		if (!(s->n & (s->n - 1))) /* room up to the next power of two */
			s->bits = xrealloc(s->bits, (s->n ? 2 * s->n : 1) * sizeof *s->bits);
		memset(s->bits[s->n], 0, sizeof *s->bits);
		*at = (int64_t)++s->n;
	}
	s->bits[*at - 1][id >> 6 & 63] |= (uint64_t)1 << (id & 63);
}

void idset_free(struct idset *s)
{
	map_free(&s->pages);
	free(s->bits);
	*s = (struct idset){ 0 };
}
