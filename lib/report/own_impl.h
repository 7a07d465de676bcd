/* What the files of a user's own report share.  Private to lib/report. */
#ifndef CRM_REPORT_OWN_IMPL_H
#define CRM_REPORT_OWN_IMPL_H

#include "config/yaml.h"
#include "report/own.h"

/* A parameter's type: what a person writes, as SQL gets it.  False with diag. */
struct own_type {
	const char *name;
	bool (*parse)(struct str text, const struct calendar *c, struct value *v, struct arena *a,
		      struct diag *d);
};

/* r->text: the statement with $1 for the first parameter's $name …; each must be in it. */
bool own_number(struct own_report *r, struct arena *a, struct diag *d);

/* What the file says of columns: labels and units that there are. */
bool own_check_columns(const struct own_report *r, struct diag *d);

#endif
