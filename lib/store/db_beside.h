/* Two connections that go through one query.  Private to lib/store/db*.c. */
#ifndef CRM_STORE_DB_BESIDE_H
#define CRM_STORE_DB_BESIDE_H

#include "store/db.h"

/*
 * A query in pieces, one after the other by the key that its plan goes along: piece i has the
 * keys from bounds[i] on, up to bounds[i + 1].
 */
struct pieces {
	struct sql one;	 /* one piece: its last two parameters are the bounds */
	struct sql none; /* what has no key; without text: all have one */
	struct value *bounds;
	size_t n;
};

/* False: it cannot be cut so that each piece is found by the same way.  Texts: in the arena. */
bool pieces_of(struct db *db, const struct sql *q, struct pieces *out, struct arena *a);
void pieces_free(struct pieces *p);

struct beside;
/* As db_each, by two; false: nothing was done, for one is to do it. */
bool beside_each(struct db *db, const struct sql *q, row_taker *take, void *of);
void beside_end(struct db *db);

#endif
