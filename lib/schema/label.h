/*
 * What people see in place of names and keys, in their language.
 *
 * Machine formats know nothing of this: they carry names and keys, whatever the
 * language.  A label that is missing in one language is taken from the other.
 */
#ifndef CRM_SCHEMA_LABEL_H
#define CRM_SCHEMA_LABEL_H

#include "schema/schema.h"

/* "vi", "en", and as locales write them: "vi_VN.UTF-8".  False: neither of them. */
bool language_parse(struct str text, enum language *out);

/* "en", "vi" */
const char *language_name(enum language l);

/* The one that is there: in that language, else in the other; NULL where both are. */
const char *label(enum language l, const char *en, const char *vi);

/* "created_at" → "Created at": the English label of a name that has none of its own. */
struct str label_of_name(struct str name, struct arena *a);

struct str field_label(const struct field *f, enum language l, struct arena *a);
struct str entity_label(const struct entity *e, enum language l, struct arena *a);

/* Its label, or its key where it has none. */
const char *pick_label(const struct pick *p, enum language l);
const char *stage_label(const struct stage *s, enum language l);
const char *pipeline_label(const struct pipeline *p, enum language l);

/* "open" "won" "lost" */
const char *stage_kind_label(enum stage_kind k, enum language l);

/* "yes" "no" */
const char *truth_label(bool truth, enum language l);

/* Of a key of that list; the key itself where the list has it no more. */
struct str key_label(const struct picklist *list, struct str key, enum language l);

#endif
