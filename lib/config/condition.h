/* Where expressions in the configuration: see query.h. */
#ifndef CRM_CONFIG_CONDITION_H
#define CRM_CONFIG_CONDITION_H

#include "config/config.h"
#include "query/query.h"

/*
 * For parsing conditions and paths on e, in c->arena; references are looked up in the database.
 * Close it with condition_done.
 */
struct query_context condition_context(struct config *c, const struct entity *e);
void condition_done(struct query_context *q);

/*
 * The condition that stands at y; NULL after a mistake.  Where the text at hand brings what a
 * condition may name (fields, picklists, pipelines, users, teams), one that means nothing yet is
 * asked again once all of it is there; true is returned, and *out is NULL.
 */
bool config_condition(struct config *c, const struct yaml *y, const char *path,
		      const struct entity *e, const char *text, const struct node **out);

#endif
