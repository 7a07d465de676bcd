/* What the custom_*.c files share. */
#ifndef CRM_STORE_CUSTOM_IMPL_H
#define CRM_STORE_CUSTOM_IMPL_H

#include "store/custom.h"

const struct custom_type *custom_type(const char *name); /* NULL: none */
bool custom_name_ok(const char *name);

/* custom_check.c: whether `f` can be as it is wished; `was` NULL: it is new.  False with diag. */
bool custom_check(struct store *s, const struct entity *e, const struct custom_field *f,
		  const struct custom_field *was, struct diag *d);

/* Keys and search texts of the records that have a value in the field. */
void custom_refresh(struct store *s, const struct entity *e, const struct field *f);

#endif
