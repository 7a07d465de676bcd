/* Columns that become properties of a card, as lines of the rest.  Private to import*.c. */
#ifndef CRM_DOMAIN_IMPORT_CARD_H
#define CRM_DOMAIN_IMPORT_CARD_H

#include "domain/import_map.h"

/* One property as the columns of a stream have it. */
struct import_card {
	const struct import_rule *rule;
	const size_t *columns; /* n of them, by component; SIZE_MAX: the stream has it not */
	size_t n;
	size_t label; /* the column of what it is; SIZE_MAX: none */
};

/* Whether a property of the map is read from the header. */
bool import_card_names(const struct import_map *m, struct str header, struct arena *scratch);

/* Lays the map's properties on the row's columns: p->cards, in p->arena. */
void import_card_lay(struct import_plan *p, const struct row *row, struct arena *scratch);

/* Whether the column goes into a property. */
bool import_card_has(const struct import_plan *p, size_t column);

/*
 * Appends "NAME;TYPE=kind:value" for each property that says more than the fields, an LF
 * before each but the first, and marks its columns in p->rest->said.  One that says nothing
 * else than the fields is marked alone.
 */
void import_card_say(const struct import_plan *p, const struct row *row, struct buf *out);

#endif
