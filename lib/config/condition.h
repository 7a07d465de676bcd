/* Where expressions in the configuration: see query.h. */
#ifndef CRM_CONFIG_CONDITION_H
#define CRM_CONFIG_CONDITION_H

#include "config/config.h"
#include "query/query.h"

/*
 * The condition on e that stands at y: *text as it was written and, unless `out` is NULL, *out what
 * it means, in c->arena.  What names something that the text brings is taken, *out being NULL then:
 * see config_unknown.
 */
bool config_condition(struct config *c, const struct yaml *y, const char *path,
		      const struct entity *e, const char **text, const struct node **out);
/* That of an attribute; where there is none both stay as they are. */
bool config_condition_attr(struct config *c, const struct config_item *item, const char *name,
			   const struct entity *e, const char **text, const struct node **out);

/* The same for a path, such as account.industry; out->field is NULL in place of *out. */
bool config_path(struct config *c, const struct yaml *y, const char *path, const struct entity *e,
		 const char *text, struct path *out);

#endif
