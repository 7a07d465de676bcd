/*
 * A user's own report: a YAML file with a title, typed parameters, one reading statement,
 * and what its columns are called and mean.
 *
 *	title: {en: Orders by city, vi: Đơn hàng theo thành phố}	(or a text)
 *	parameters:
 *	  from: {type: date, default: soy}	(text, int, date or instant)
 *	sql: |
 *	  select shipping_city as city, sum(total) as revenue from v_order
 *	  where ordered_on >= $from group by 1 order by 2 desc
 *	columns:
 *	  city: {en: City, vi: Thành phố}
 *	  revenue: {en: Revenue, vi: Doanh thu, unit: money}
 *	chart: {kind: bars, category: city, values: revenue}
 *
 * Parameters are bound, never pasted.  The statement reads, by the engine's word.
 */
#ifndef CRM_REPORT_OWN_H
#define CRM_REPORT_OWN_H

#include "report/report.h"

enum { OWN_PARAMETERS_MAX = 20 };

struct own_report {
	const char *path, *title, *title_vi;
	struct own_parameter {
		const char *name;
		const struct own_type *type;
		const char *given; /* as a person writes it: the default, or what was given */
		struct value value;
	} parameters[OWN_PARAMETERS_MAX];
	size_t nparameters;
	const struct yaml *sql;		    /* as written */
	struct str text;		    /* with $1, $2 … for $name */
	const struct yaml *columns, *drawn; /* as written; drawn: the chart */
	struct picture chart;
};

/* Everything is the arena's.  False with diag, which says the line and the column. */
bool own_read(struct own_report *r, const char *path, struct arena *a, struct diag *d);

/* NAME=VALUE; each once.  False with diag. */
bool own_set(struct own_report *r, const char *operand, struct diag *d);

/*
 * What the parameters are, defaults among them; false with diag: one is missing, or not of
 * its type.  Before own_run and own_facts.
 */
bool own_bind(struct own_report *r, const struct calendar *c, struct arena *a, struct diag *d);

bool own_run(const struct own_report *r, struct store *s, struct answer *out, struct diag *d);
struct report_facts own_facts(const struct own_report *r, enum language l, int64_t now,
			      struct arena *a);

#endif
