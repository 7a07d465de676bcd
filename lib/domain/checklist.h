/*
 * Before people work with it: what the installation and the company need.  What the
 * program can see it checks; the rest it asks.
 */
#ifndef CRM_DOMAIN_CHECKLIST_H
#define CRM_DOMAIN_CHECKLIST_H

#include "store/store.h"

enum todo { TODO_DONE, TODO_MISSING, TODO_ASK };
extern const char *const todo_names[]; /* "done", "missing", "ask" */

struct todo_item {
	const char *name, *area;	     /* area: technical, data, people */
	const char *en, *vi;		     /* what has to be so, or the question */
	const char *how;		     /* the command that helps; or NULL */
	const char *sql;		     /* true where it is so; NULL: asked */
	bool (*test)(const struct store *s); /* or this */
};

extern const struct todo_item checklist[];
extern const size_t nchecklist;

enum todo checklist_judge(struct store *s, const struct todo_item *item);

#endif
