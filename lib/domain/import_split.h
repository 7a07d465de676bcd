/* Titles before names.  Private to import*.c. */
#ifndef CRM_DOMAIN_IMPORT_SPLIT_H
#define CRM_DOMAIN_IMPORT_SPLIT_H

#include "domain/import_map.h"
#include "schema/bind.h"

/*
 * Where the n cells say no salutation, a title before the family or the given name ("Chị Trần
 * Thị") becomes it, if it is one here.  There is room for one more cell; how many there are then.
 */
size_t import_title_take(const struct import_map *m, struct bind_cell *cells, size_t n,
			 struct arena *a);

#endif
