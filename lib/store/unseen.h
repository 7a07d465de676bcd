/*
 * Keys that no record has, told without asking the database: for an import into a record type
 * that never had a record, which looks for each row's key before it makes the row's record.
 * A Bloom filter (B. H. Bloom, Space/time trade-offs in hash coding with allowable errors,
 * CACM 13(7), 1970) of the keys that the transaction has written.
 */
#ifndef CRM_STORE_UNSEEN_H
#define CRM_STORE_UNSEEN_H

#include "store/store.h"

struct writer_entity;

/*
 * From here on till the end of the transaction keys of the field (F_MATCH) are remembered, two
 * bytes for each of so many rows, 8 MB at most.  Does nothing where there was a record before.
 */
void unseen_begin(struct store *s, const struct entity *e, const struct field *f, int64_t rows);

/* True: no record has that key in the field.  False: one may have it. */
bool unseen(struct store *s, const struct entity *e, const struct field *f, struct str key);

/* Keys are written, one for each field, and others than V_TEXT are none. */
void unseen_seen(const struct writer_entity *w, const struct entity *e, const struct value *keys);

void unseen_end(struct writer_entity *w);

#endif
