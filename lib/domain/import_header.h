/* The headers that a map names, and the columns of a stream.  Private to import*.c. */
#ifndef CRM_DOMAIN_IMPORT_HEADER_H
#define CRM_DOMAIN_IMPORT_HEADER_H

#include "core/arena.h"
#include "core/base.h"

/* Whether the pattern has a * that stands for a number, or [Home|Work] for one of these words. */
bool header_numbered(struct str pattern);

/*
 * What patterns about the same thing share: what stands up to and with the *, or that they
 * choose between as many words (their first words belong together, and so on).
 */
struct str header_family(struct str pattern);

/*
 * Whether the header is the one that the pattern names, without case, accents and
 * punctuation; *number: what stands for the *, or which of the words, from 1; 0 without.
 */
bool header_fits(struct str pattern, struct str header, int64_t *number, struct arena *scratch);

/* The pattern with that number or word in place. */
struct str header_with(struct str pattern, int64_t number, struct arena *a);

/* The column of that name (no pattern); SIZE_MAX: none.  One that is the same to the letter
 * comes first. */
size_t header_column(const struct str *names, size_t n, struct str header, struct arena *scratch);

#endif
