/* What the files of a merge share.  Private to lib/domain/merge*.c. */
#ifndef CRM_DOMAIN_MERGE_IMPL_H
#define CRM_DOMAIN_MERGE_IMPL_H

#include "domain/merge.h"

/* Whether record `id` of that type is one of the cluster's. */
bool merge_has(const struct merge *m, const struct entity *e, int64_t id);

static inline int64_t merge_survivor(const struct merge *m)
{
	return m->members[0].record.id;
}

/* Whether member k says something in field i: more than the default does. */
bool merge_says(const struct merger *g, const struct merge *m, size_t k, size_t i);

/* merge_fields.c: what the survivor will be: now, origins, conflicts.  False with diag. */
bool merge_fields(const struct merger *g, struct merge *m, struct arena *a, struct diag *d);

/* merge_value.c: values that are neither kept nor taken, but follow from all members'. */
bool merge_value(const struct merger *g, struct merge *m, size_t i, struct arena *a);

/* merge_links.c: whatever refers to the others refers to the survivor.  False with diag. */
bool merge_links(const struct merger *g, struct merge *m, struct arena *a, struct diag *d);

/* Two records that say the same become one: `gone` is removed, what it adds goes into `stays`. */
bool merge_join(struct store *s, const struct record *gone, int64_t stays, struct arena *a,
		struct diag *d);

/* merge_identity.c: by what the survivor is known, as it will be. */
struct merge_known {
	struct map keys; /* "phone:+84…" */
};
void merge_known_read(const struct merger *g, const struct merge *m, struct merge_known *k,
		      struct arena *a);
/* Whether the identity says nothing that is not known; else it is known from now on. */
bool merge_known_already(const struct merger *g, struct merge_known *k,
			 const struct record *identity, struct arena *a);
/* The others' own numbers, addresses and ids.  False with diag. */
bool merge_identities(const struct merger *g, struct merge *m, struct merge_known *k,
		      struct arena *a, struct diag *d);
/* Whether the field is one that becomes an identity of the survivor: a deal has none. */
bool merge_is_identity(const struct merger *g, const struct merge *m, const struct field *f);

#endif
