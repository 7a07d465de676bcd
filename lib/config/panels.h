/*
 * The panels of the dashboard as they are configured: which report, how it is asked, how it is
 * shown.  Whether a report can answer that is known further up (report/dashboard.h).
 *
 *	dashboard:
 *	  - revenue: {report: sales, kpi: revenue}
 *	  - stages: {report: pipeline, en: Open deals, vi: Cơ hội đang mở, time: always}
 *	  - months: {report: sales, options: {period: month, compare: year}, time: year, wide: true}
 */
#ifndef CRM_CONFIG_PANELS_H
#define CRM_CONFIG_PANELS_H

#include "config/emit.h"
#include "config/yaml.h"
#include "store/store.h"

enum { PANEL_OPTIONS = 8 };

/* Which --from and --to it is given, unless its options have them. */
enum panel_time {
	TIME_PERIOD, /* the dashboard's */
	TIME_YEAR,   /* the twelve months that end with it */
	TIME_ALWAYS, /* none */
};

struct panel {
	const char *name;
	const char *report, *part; /* part: or NULL */
	const char *en, *vi;	   /* heading; NULL: the report's, of a key figure the column's */
	const char *kpi;	   /* one figure, of that column; NULL: a picture and a table */
	const char *chart;	   /* "bars", "none" …; NULL: the report's own picture */
	const char *columns;	   /* figures of its table, separated by blanks; NULL: all */
	enum panel_time time;
	bool bad;  /* more of a key figure is worse */
	bool wide; /* beside no other */
	/* As the command line has them, up to the first without name. */
	struct panel_option {
		const char *name;
		const char *value; /* NULL: a flag */
	} options[PANEL_OPTIONS + 1];
};

/* One item of the list, all but its name, which is its key; false with diag and its place. */
bool panel_read(const struct yaml *map, struct panel *p, struct arena *a, struct diag *d);

/* The value of an option; NULL: it is not there. */
const struct panel_option *panel_option(const struct panel *p, const char *name);

/* The section; all of none: "[]". */
void panels_emit(struct emit *e, const struct panel *all, size_t n);

/* Those of the database, in the arena; none: the shipped ones are shown. */
struct panel *panels_stored(struct store *s, size_t *n, struct arena *a);

#endif
