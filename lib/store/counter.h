/* The counters that ids come from: one a record type, the next id; ids never return. */
#ifndef CRM_STORE_COUNTER_H
#define CRM_STORE_COUNTER_H

#include "store/store.h"

int64_t counter_next(struct store *s, const struct entity *e);

/* Within a writing transaction, at no cost: the id that the next record will have. */
int64_t store_next_id(struct store *s, const struct entity *e);

/* Within a writing transaction: the next id is at least that. */
void counter_raise(struct store *s, const struct entity *e, int64_t next);

/* The largest id there is, 0 where there is no record. */
int64_t counter_largest(struct store *s, const struct entity *e);

/*
 * Numbers of documents come from counters beside these, one a series and year: "SO-2026-"
 * and the next number behind it.
 */
struct number_counter {
	struct str prefix;
	int64_t next;
};

/* All that were ever needed, by their prefixes; *n of them in `a`. */
struct number_counter *numbers_list(struct store *s, size_t *n, struct arena *a);

/* Whether a series' numbers begin so. */
bool number_is_prefix(struct str prefix);

/* Whether a record that is written with the field empty gets a number there. */
bool number_fills(const struct entity *e, const struct field *f);

/* Within a writing transaction: the next number behind the prefix is at least that. */
void numbers_raise(struct store *s, struct str prefix, int64_t next);

#endif
