/* Which fields of a record type are of one kind: most of a record is none of it. */
#ifndef CRM_SCHEMA_PLACES_H
#define CRM_SCHEMA_PLACES_H

#include "schema/schema.h"

enum places_of {
	REF_PLACES,
	MONEY_PLACES,
	PHONE_PLACES,
	SHARES_PLACES,
	REQUIRED_PLACES,
	UNIQUE_PLACES,
	MATCH_PLACES,
	SEARCH_PLACES,
	PART_PLACES,
	TIME_PLACES,	/* dates and instants */
	DEFAULT_PLACES, /* those with a default */
	PLACES
};

/* Indexes of fields, in their order. */
struct places {
	const unsigned char *at;
	size_t n;
};

/* Found once; good until places_forget.  For the main thread alone. */
struct places entity_places(const struct entity *e, enum places_of of);

/* Record types were made anew, or changed. */
void places_forget(void);

#endif
