/*
 * By which fields the records are looked for that a row may have made.  Private to
 * import_same.c and import_crowd.c.
 */
#ifndef CRM_DOMAIN_IMPORT_NARROW_H
#define CRM_DOMAIN_IMPORT_NARROW_H

#include "domain/import.h"
#include "schema/mask.h"

/*
 * What is asked for: by field of im->entity what is compared by an index (as field_key has
 * it) and the texts besides, each only where its mask says so.  Both hold for the group
 * `lead` of the first: what it has there, or (V_NULL) that it lacks it.
 */
struct import_said {
	const struct value *keys, *texts;
	struct field_mask keyed, texted;
	size_t lead;
};

struct import_narrow {
	/* Fields that a row may go by: of which an index knows, or which are but compared. */
	unsigned char keys[FIELDS_MAX], texts[FIELDS_MAX];
	size_t nkeys, ntexts;
	signed char rank[FIELDS_MAX]; /* how few records share a value; -1: no index leads there */
	struct narrow_stmt {	      /* for rows that say the same fields */
		struct field_mask keyed;
		size_t lead;
		bool lacked;
		struct stmt *stmt;
	} kept[8];
	size_t next; /* of kept, to be replaced */
};

void import_narrow_open(struct import_narrow *n, const struct entity *e);

/* The field of the mask by whose index the records are found; SIZE_MAX: there is none. */
size_t import_narrow_lead(const struct import_narrow *n, const struct field_mask *m);

/*
 * The ids from before this input of those that fit said->keys, in their order.  $2 is the id
 * behind which to begin, from $3 on are the keys in the order of the fields.
 */
struct stmt *import_narrow_stmt(struct import_narrow *n, const struct import *im,
				const struct import_said *said, struct arena *a);

void import_narrow_free(struct import_narrow *n);

#endif
