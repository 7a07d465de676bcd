/*
 * Following the history: what was changed since somebody looked, and how far they have come.
 *
 * How far is no record: undo leaves it where it is, so that what was taken back is not done
 * again by the next run.
 */
#ifndef CRM_STORE_FOLLOWED_H
#define CRM_STORE_FOLLOWED_H

#include "store/store.h"

struct followed {
	int64_t change; /* the last change that was looked at */
	int64_t at;	/* the instant up to which dates were looked at */
};

/* False: nobody of that name has looked yet. */
bool followed_get(struct store *s, const char *name, struct followed *out, struct arena *a);
/* Within a writing transaction. */
void followed_set(struct store *s, const char *name, const struct followed *f);

/* Forgets all but these (NULL-terminated): what comes again under its name begins anew. */
void followed_keep(struct store *s, const char *const *names);

/* The number of the newest change; 0: none. */
int64_t followed_newest(struct store *s);
/* The last change before that instant; 0: none. */
int64_t followed_before(struct store *s, int64_t at);

/* One change that stands: neither taken back nor made by taking something back. */
struct followed_change {
	int64_t id;
	int64_t at;
	const struct entity *entity;
	int64_t record;
	char op;	      /* 'i' created, 'u' updated, 'd' deleted */
	bool own;	      /* the acting program made it */
	struct record before; /* of 'u': V_NONE where a field was not touched */
};

/*
 * The changes behind `after` up to `until`, at most n of them, in order; how many.  Those of
 * types that are unknown here, and of the configuration, have no entity.
 */
size_t followed_changes(struct store *s, int64_t after, int64_t until, const char *program,
			struct followed_change *out, size_t n, struct arena *a);

/* What the field held right after that change; V_NULL where the record is gone since. */
struct value followed_value(struct store *s, const struct followed_change *c, const struct field *f,
			    struct arena *a);

/* When somebody else than the program changed the record last; INT64_MIN: never. */
int64_t followed_by_others(struct store *s, const struct entity *e, int64_t id, const char *program,
			   struct arena *a);

/*
 * What the configuration was before each change of it, the newest first, until `seen` returns
 * false.
 */
void followed_config(struct store *s,
		     bool (*seen)(void *ctx, int64_t change, int64_t at, struct str yaml),
		     void *ctx);

#endif
