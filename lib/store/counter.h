/* The counters that ids come from: one a record type, the next id; ids never return. */
#ifndef CRM_STORE_COUNTER_H
#define CRM_STORE_COUNTER_H

#include "store/store.h"

int64_t counter_next(struct store *s, const struct entity *e);

/* Within a writing transaction: the next id is at least that. */
void counter_raise(struct store *s, const struct entity *e, int64_t next);

/* The largest id there is, 0 where there is no record. */
int64_t counter_largest(struct store *s, const struct entity *e);

#endif
