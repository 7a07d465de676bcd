/* Whether what the store keeps beside the fields still follows from them. */
#ifndef CRM_STORE_AUDIT_H
#define CRM_STORE_AUDIT_H

#include "store/store.h"

/* What can be wrong with a record. */
enum audit {
	AUDIT_KEYS,   /* the search text, or a key that it is matched by */
	AUDIT_VALUES, /* a date or an instant that is none, such as 30 February */
	AUDIT_LINES,  /* of types with lines: an amount that its quantity and price do not make */
};

/* Reads every record of the type for this; `wrong` is told of those that are, in order. */
void store_audit(struct store *s, const struct entity *e, enum audit about,
		 void (*wrong)(void *ctx, int64_t id), void *ctx);

/* Within a writing transaction: makes one record's keys and search text anew. */
void store_rekey(struct store *s, const struct entity *e, int64_t id);

#endif
