/* An order of the record types in which references mostly point back. */
#ifndef CRM_SCHEMA_ORDER_H
#define CRM_SCHEMA_ORDER_H

#include "schema/schema.h"

/*
 * All of s->entities, s->nentities of them: each time the one whose fields name the
 * fewest types that are still to come; the first among equals.
 */
const struct entity **schema_order(const struct schema *s, struct arena *a);

#endif
