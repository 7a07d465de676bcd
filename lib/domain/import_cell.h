/* What a map does to the cells of a row.  Private to import_map.c. */
#ifndef CRM_DOMAIN_IMPORT_CELL_H
#define CRM_DOMAIN_IMPORT_CELL_H

#include "domain/import_map.h"

/* A field and the columns that fill it. */
struct import_feed {
	const struct field *field;
	const struct import_rule *rule; /* NULL: the cell as it stands */
	const size_t *columns;		/* n of them; SIZE_MAX: the stream has it not */
	size_t n;
};

/* The cell for the feed's field; false with diag. */
bool import_cell(const struct import_feed *f, const struct row *row,
		 const struct settings *settings, struct cell *out, struct arena *a,
		 struct diag *d);

#endif
