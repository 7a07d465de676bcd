/*
 * Custom fields: what an admin adds to a record type.
 *
 * A custom field is a column like any other: it is made here once, and everything
 * that asks schema_entity(&store->schema, …) has it, behind the shipped fields.
 */
#ifndef CRM_STORE_CUSTOM_H
#define CRM_STORE_CUSTOM_H

#include "store/store.h"

/* As it is configured.  Texts: NULL or empty where there is none. */
struct custom_field {
	const char *entity;   /* "lead" */
	const char *name;     /* [a-z][a-z0-9_]*, of up to CUSTOM_NAME_MAX letters */
	const char *type;     /* name of a custom_types[] row */
	const char *def;      /* of new records, as a user would type it */
	const char *picklist; /* type picklist; none: "lead.floor", after the field */
	const char *ref;      /* type reference: which record type */
	const char *en, *vi;  /* headings */
	const char *help;     /* none: the English heading */
	bool required;
	bool indexed; /* is asked for often, and texts: records are matched by it */
	bool retired; /* not offered, shown or taken any more; what there is stays */
};

enum { CUSTOM_NAME_MAX = 40 };

struct custom_type {
	const char *name; /* as it is configured: "long_text" */
	const struct type *type;
	unsigned flags;	  /* of every field of the type */
	unsigned indexed; /* besides, where it is indexed; 0: it cannot be, or always is */
};

extern const struct custom_type custom_types[];
extern const size_t ncustom_types;

/* All of a record type in the order in which they were made, retired ones too. */
struct custom_field *custom_fields(struct store *s, const struct entity *e, size_t *n,
				   struct arena *a);

/*
 * Makes the field, or changes what differs from it: labels, help, default, required,
 * indexed, retired; never its type, picklist or record type.  Within a writing
 * transaction, which the caller rolls back when this refuses (WROTE_NOTHING, diag;
 * d->field names the member that is wrong, as crm-config writes it: "default",
 * "required" …).  A field that becomes required where records lack it is refused
 * unless it has a default, which then fills them.  Its picklist must be there.
 *
 * Record types are new copies afterwards: ask schema_entity again.
 */
enum wrote custom_put(struct store *s, const struct custom_field *f, struct diag *d);

#endif
