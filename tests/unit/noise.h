/* Bytes at random, in a block of their exact size: so that nothing is read outside unseen. */
#ifndef CRM_TESTS_NOISE_H
#define CRM_TESTS_NOISE_H

#include <stdlib.h>

#include "core/base.h"

/*
 * Up to `most` - 1 bytes, free()d by the caller through .p: of `some` (its NUL
 * too), and one in `rarity` any byte at all.
 */
static inline struct str noise_new(const char *some, size_t most, int rarity)
{
	size_t n = (size_t)rand() % most, nsome = strlen(some) + 1;
	char *bytes = malloc(n ? n : 1);
	for (size_t j = 0; bytes && j < n; j++)
		bytes[j] = (char)(rand() % rarity ? some[(size_t)rand() % nsome] : rand() % 256);
	return (struct str){ bytes, n };
}

static inline void noise_free(struct str s)
{
	free((void *)(uintptr_t)s.p);
}

#endif
