/* An order of the record types in which references mostly point back. */
#include "schema/order.h"

static bool is_among(const struct entity *const *all, size_t n, const char *name)
{
	while (n-- > 0)
		if (!strcmp(all[n]->name, name))
			return true;
	return false;
}

/* Fields of e that name a type which is not placed yet; its own records come in any order. */
static size_t ahead(const struct entity *e, const struct entity *const *placed, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		count +=
		    f->type == &type_ref && strcmp(f->ref, e->name) && !is_among(placed, n, f->ref);
	}
	return count;
}

const struct entity **schema_order(const struct schema *s, struct arena *a)
{
	const struct entity **placed = arena_new(a, const struct entity *, s->nentities);
	for (size_t n = 0; n < s->nentities; n++) {
		size_t best = SIZE_MAX;
		for (size_t i = 0; i < s->nentities; i++) {
			const struct entity *e = s->entities[i];
			size_t count = ahead(e, placed, n);
			if (is_among(placed, n, e->name) || count >= best)
				continue;
			best = count;
			placed[n] = e;
		}
	}
	return placed;
}
