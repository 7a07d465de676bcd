/* The numbering of each region: what phone.c reads numbers by. */
#ifndef CRM_CORE_PHONE_REGIONS_H
#define CRM_CORE_PHONE_REGIONS_H

#include "core/base.h"

struct region {
	char iso[3], code[4];
	const char *trunk; /* what is dialled before national numbers, set apart by blanks */
	unsigned char shortest, longest; /* national number without trunk prefix */
};

/* By its ISO 3166 code, or NULL. */
const struct region *region_find(struct str iso);

/* The first region, or the next `after` one, whose calling code begins `digits`; else NULL. */
const struct region *region_dialled(struct str digits, const struct region *after);

/* Cuts an old prefix off *national and returns what stands in its place now, or "". */
const char *region_migrate(const struct region *r, struct str *national);

/* Whether a national number of today (no trunk prefix) can be one of the region. */
bool region_fits(const struct region *r, struct str national);

#endif
