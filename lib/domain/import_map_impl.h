/* What the two files that read a map share.  Private to them. */
#ifndef CRM_DOMAIN_IMPORT_MAP_IMPL_H
#define CRM_DOMAIN_IMPORT_MAP_IMPL_H

#include "domain/import_map.h"

struct reading {
	struct import_map *map;
	struct diag *diag;
	const struct yaml *into; /* of split: its fields; or NULL */
	bool ignored;
};

/* All give false with diag where y is something else. */
bool map_text(const struct yaml *y, struct str *out, struct diag *d);
bool map_truth(const struct yaml *y, bool *out, struct diag *d);
bool map_texts(const struct yaml *y, const struct str **out, size_t *n, struct arena *a,
	       struct diag *d); /* a text, or a list of texts */
bool map_field(struct reading *r, const struct yaml *y, const struct field **f);

/* "no key "feild" here; did you mean field?"; false. */
bool map_no_key(const struct yaml *key, const char *const *names, size_t n, struct diag *d);

/* Where a key may stand. */
enum { IN_COLUMNS = 1, IN_JOIN = 2, IN_SEVERAL = 4, IN_CARD = 8 };

/* A rule that stands there, with nothing said of it yet. */
struct import_rule map_rule(const struct reading *r, const struct yaml *at);

/* Adds the rule; false with diag where the field has one already. */
bool map_add_rule(struct reading *r, const struct import_rule *rule, const struct yaml *y);

/* The keys that only a further record has: when, difference, on_match. */
bool map_part_keys(struct reading *r, struct import_part *part, const struct yaml *y);

/* One more of the map's parts. */
struct import_part *map_add_part(struct import_map *m, const struct entity *e, struct str name);

/* several: adds for each its rule, and the further record that the other values make. */
bool map_several(struct reading *r, const struct yaml *y);

/* card: adds its rules. */
bool map_card(struct reading *r, const struct yaml *y);

/* Reads what is said of a field, {values: …, default: …}, into the rule. */
bool map_keys(struct reading *r, struct import_rule *rule, const struct yaml *y, unsigned where);

#endif
