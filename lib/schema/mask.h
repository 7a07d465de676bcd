/* Sets of a record type's fields. */
#ifndef CRM_SCHEMA_MASK_H
#define CRM_SCHEMA_MASK_H

#include <string.h>

#include "schema/schema.h"

/* A set of a record type's fields, by their number. */
struct field_mask {
	uint64_t bits[FIELDS_MAX / 64];
};

static inline struct field_mask mask_full(void)
{
	struct field_mask m;
	memset(&m, 0xff, sizeof m);
	return m;
}

static inline bool mask_has(const struct field_mask *m, size_t i)
{
	return m->bits[i / 64] >> (i % 64) & 1;
}

static inline void mask_add(struct field_mask *m, size_t i)
{
	m->bits[i / 64] |= (uint64_t)1 << (i % 64);
}

/* The first of them from there on; FIELDS_MAX: there is none. */
static inline size_t mask_next(const struct field_mask *m, size_t from)
{
	uint64_t bits = from < FIELDS_MAX ? m->bits[from / 64] >> (from % 64) : 0;
	while (!bits && (from = (from / 64 + 1) * 64) < FIELDS_MAX)
		bits = m->bits[from / 64];
	return bits ? from + (size_t)__builtin_ctzll(bits) : FIELDS_MAX;
}

#endif
