/*
 * Before people work with it: what the installation and the company need.  What the
 * program can see it checks; the rest it asks.
 */
#ifndef CRM_DOMAIN_CHECKLIST_H
#define CRM_DOMAIN_CHECKLIST_H

#include "schema/label.h"
#include "store/store.h"

enum checked { ITEM_DONE, ITEM_MISSING, ITEM_ASK };
/* "done", "missing", "ask"; or in Vietnamese. */
const char *checked_label(enum checked state, enum language l);

struct checklist_item {
	const char *name, *area;	     /* area: technical, data, people */
	const char *en, *vi;		     /* what has to be so, or the question */
	const char *how;		     /* the command that helps; or NULL */
	const char *sql;		     /* true where it is so; NULL: asked */
	bool (*test)(const struct store *s); /* or this */
};

extern const struct checklist_item checklist[];
extern const size_t nchecklist;

enum checked checklist_judge(struct store *s, const struct checklist_item *item);

#endif
