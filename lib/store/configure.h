/*
 * Writing the configuration: settings, picklists, pipelines, and the records that a
 * renamed value rewrites.  For lib/config, which checks; all within a writing
 * transaction, but for what only reads.
 */
#ifndef CRM_STORE_CONFIGURE_H
#define CRM_STORE_CONFIGURE_H

#include "store/store.h"

/* A setting as it is stored, in `a`; NULL: not set. */
const char *store_setting(struct store *s, const char *key, struct arena *a);

/* Names of all picklists that have values, the shipped ones first, in their order. */
const char **store_picklists(struct store *s, size_t *n, struct arena *a);

/* Makes or changes one value of a list; `pos` orders it among the others. */
void store_put_pick(struct store *s, const char *list, size_t pos, const struct pick *p);
/* The key alone; of no record.  NULL: removes it. */
void store_rename_pick(struct store *s, const char *list, const char *was, const char *now);

/* Makes or changes a pipeline without its stages. */
void store_put_pipeline(struct store *s, size_t pos, const struct pipeline *p);
/* The key, also in its stages.  NULL: removes it and them. */
void store_rename_pipeline(struct store *s, const char *was, const char *now);

void store_put_stage(struct store *s, const char *pipeline, size_t pos, const struct stage *t,
		     bool retired);
void store_rename_stage(struct store *s, const char *pipeline, const char *was, const char *now);

/* "field = value", for all that one names. */
struct store_match {
	const struct field *field;
	struct value value;
};

int64_t store_count_matching(struct store *s, const struct entity *e, const struct store_match *m,
			     size_t n);

/*
 * Writes `now` into the first field of m in every record that matches, with one
 * statement and with history, without the record's checks: what a key or a default of
 * the configuration becomes is no change of what the record says.  How many there were.
 */
int64_t store_rewrite(struct store *s, const struct entity *e, struct value now,
		      const struct store_match *m, size_t n);

/* Makes the companion keys and the search text of every record of e anew. */
void store_rekey_all(struct store *s, const struct entity *e);

/* Reads anew what was cached of the configuration: after writes, or once the lock is held. */
void store_reconfigure(struct store *s);

/*
 * Notes in the change set that the configuration was changed: one row of the entity
 * "config", record 0, with {"yaml": before} as what was there.  Once a change set.
 */
void history_config(struct store *s, struct str before);

#endif
