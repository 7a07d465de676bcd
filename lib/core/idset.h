/* A set of record numbers: a bit each, in pages, so that a million are little. */
#ifndef CRM_CORE_IDSET_H
#define CRM_CORE_IDSET_H

#include "core/map.h"

struct idset {
	struct map pages; /* number of a page → its place in `bits`, from 1 */
	uint64_t (*bits)[64];
	size_t n;
};

bool idset_has(const struct idset *s, int64_t id);
void idset_add(struct idset *s, int64_t id);
void idset_free(struct idset *s);

#endif
