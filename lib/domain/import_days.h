/* Dates in figures as files have them.  Private to import_mend.c. */
#ifndef CRM_DOMAIN_IMPORT_DAYS_H
#define CRM_DOMAIN_IMPORT_DAYS_H

#include "domain/import_mend.h"

/*
 * Mends the cell of a date or an instant, for field_parse; where its order is not known
 * *v becomes its text, to wait for import_mend_settle.
 */
void import_mend_date(struct import_mend *m, const struct field *f, struct cell *cell,
		      struct value *v, const struct codec *c, bool ordered);

#endif
