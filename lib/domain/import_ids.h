/* A set of record numbers: a bit each, in pages, so that a million are little. */
#ifndef CRM_DOMAIN_IMPORT_IDS_H
#define CRM_DOMAIN_IMPORT_IDS_H

#include "core/map.h"

struct import_ids {
	struct map pages; /* number of a page → its place in `bits`, from 1 */
	uint64_t (*bits)[64];
	size_t n;
};

bool import_ids_has(const struct import_ids *s, int64_t id);
void import_ids_add(struct import_ids *s, int64_t id);
void import_ids_free(struct import_ids *s);

#endif
