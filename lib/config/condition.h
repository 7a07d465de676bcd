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
 * What is not there may come with the text at hand, which has fields, picklists, pipelines, users
 * or teams: true, and the section at hand, a document, is read again once all of it is there.
 * False: it is a mistake.
 */
bool config_again(struct config *c);

/*
 * The condition that stands at y.  False after a mistake; *out is NULL, and true is returned,
 * where config_again is to tell.
 */
bool config_condition(struct config *c, const struct yaml *y, const char *path,
		      const struct entity *e, const char *text, const struct node **out);

/* The same for a path, such as account.industry; out->field is NULL in place of *out. */
bool config_path(struct config *c, const struct yaml *y, const char *path, const struct entity *e,
		 const char *text, struct path *out);

#endif
