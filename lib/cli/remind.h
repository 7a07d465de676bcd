/* crm-remind: work-lists as a table, a stream or a calendar. */
#ifndef CRM_CLI_REMIND_H
#define CRM_CLI_REMIND_H

#include "cli/operands.h"
#include "domain/remind.h"

/* Of lists within some days, of those that say since when, and of those without either. */
extern const struct option_def remind_window_options[], remind_since_options[], remind_options[];

/* Every verb: its name is the list's. */
int remind_run(struct crm *crm, int argc, char **argv);

/* A source, and the condition that the command line has for its records (NULL: none). */
struct remind_asked {
	const struct remind_source *source;
	struct query_context context;
	struct node *where;
};

/*
 * remind_reorder.c: customers, of those that are asked for, whose own rhythm says that they
 * buy again before w->to.
 */
void remind_reorders(struct crm *crm, const struct remind_asked *asked, size_t n,
		     const struct remind_window *w, struct remind_items *out);

/* remind_calendar.c: all items as one calendar, what repeats once with its rule. */
void remind_calendar(struct crm *crm, const struct remind_items *items,
		     const struct remind_window *w, int64_t alarm_s);

/* query_context for remind_open. */
struct query_context remind_context(void *crm, const struct entity *e);

#endif
