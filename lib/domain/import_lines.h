/* Lines of a row's notes that are fields: "Zalo: 0912345678".  Private to import*.c. */
#ifndef CRM_DOMAIN_IMPORT_LINES_H
#define CRM_DOMAIN_IMPORT_LINES_H

#include "domain/import_map.h"
#include "schema/bind.h"

/*
 * Takes from the cell of m->rest, where there is one among the n cells, each line that m->lines
 * knows, whose field is not filled and takes the value.  There is room for m->nlines more cells;
 * how many there are then.
 */
size_t import_lines_take(const struct import_map *m, struct bind_cell *cells, size_t n,
			 struct codec *c);

#endif
