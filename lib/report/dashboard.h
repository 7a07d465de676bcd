/*
 * The dashboard: reports side by side, which see one state of the database.
 *
 * A panel is a row: a report with its arguments (config/panels.h), shipped here or configured.
 * Panels that ask the same are answered once.  Each says the command line that gives its figures.
 */
#ifndef CRM_REPORT_DASHBOARD_H
#define CRM_REPORT_DASHBOARD_H

#include "config/panels.h"
#include "report/picture.h"

extern const struct panel dashboard_panels[]; /* the shipped ones */
extern const size_t ndashboard_panels;

/*
 * Whether there is such a report, and it can answer what is asked of it.  False with diag; *at:
 * the attribute or option that is wrong, or NULL.
 */
bool dashboard_check(struct store *s, const struct panel *p, const char **at, struct diag *d);

/* As the command line has it; NULL: not given. */
struct dashboard_asked {
	const char *owner, *team; /* what they are responsible for alone */
	const char *from, *to;
	const char *period; /* what is shown is the one that runs, so far; NULL: month */
	const char *program;
	int64_t now;
};

/* One question and its answer. */
struct answered {
	struct str command;	   /* as a shell reads it */
	const struct panel *panel; /* the first that asks it */
	const struct question *question;
	struct parts *parts; /* until it is answered */
	struct kept kept;
	struct report_facts facts;
	size_t place; /* among those that have an answer */
	bool done;
	struct str why; /* it cannot be narrowed to an owner or a team: no answer; else empty */
	struct answered *next;
};

struct shown {
	const struct panel *panel;
	const struct report *report;
	struct str heading;
	const struct answered *now, *before; /* before: of a key figure that has such a time */
	struct picture picture;
	struct report_facts facts;
	const char *period; /* that it goes by; or NULL */
};

struct dashboard {
	struct report_facts facts;
	struct str as_of;	     /* UTC */
	struct str from, to, before; /* days, [from, to); before: "from – to" */
	struct shown *panels;
	size_t n;
	struct answered *answers;
	struct arena *arena;
	struct codec codec; /* for people */
};

/* In the arena.  Reads all of it in one transaction, which it begins.  False with diag. */
bool dashboard_make(struct dashboard *d, struct store *s, const struct query_context *q,
		    const struct dashboard_asked *asked, struct arena *a, struct diag *diag);
void dashboard_free(struct dashboard *d);

/* Column of a key figure in its answer. */
size_t dashboard_column(const struct shown *p);

/* Whether the row has a key figure: a sum, where the answer has sums. */
bool dashboard_figure(const struct answered *x, size_t row);

/*
 * A key figure, how it moved, for one of its rows; in the arena.  card: it has no room for many
 * digits.
 */
struct page_kpi dashboard_kpi(const struct dashboard *d, const struct shown *p,
			      const struct kept_row *row, bool card);

/* {as_of, zone, panels: [{name, command, columns, rows}]}; figures of the period before too. */
void dashboard_json(const struct dashboard *d, struct buf *out);
void dashboard_page(const struct dashboard *d, struct str command, struct buf *out);
void dashboard_text(const struct dashboard *d, size_t width, bool colour, struct buf *out);

#endif
