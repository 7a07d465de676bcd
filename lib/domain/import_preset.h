/*
 * Presets of crm-import: maps of other systems' files (see import_map.h) that say
 * besides what they are:
 *
 *   label: HubSpot contacts
 *   label_vi: Người liên hệ của HubSpot
 *   record: [contact, lead]        # what its rows can become, the first unless told
 *   recognise:                     # by headers, in any order and case
 *     all: [Record ID, [First Name, Last Name]]  # a list in it: one of these
 *     any: [Lifecycle Stage, Contact owner]
 *     none: [Deal Name]
 *     given: {attributes.type: Contact} # by what a column holds; where it is there, by that alone
 */
#ifndef CRM_DOMAIN_IMPORT_PRESET_H
#define CRM_DOMAIN_IMPORT_PRESET_H

#include "domain/import_map.h"

enum { PRESET_TYPES = 4 };

struct import_preset {
	const char *name, *source; /* source: for messages */
	struct str label, label_vi;
	const struct entity *types[PRESET_TYPES];
	size_t ntypes;
	const struct yaml *map;
};

/* All of them in `a`; NULL with diag where one is wrong. */
struct import_preset *import_presets(const struct schema *s, size_t *n, struct arena *a,
				     struct diag *d);

/* The one of that name, or in that file; false with diag. */
bool import_preset_find(const char *name, const struct schema *s, struct import_preset *p,
			struct arena *a, struct diag *d);

/* Whether its rows can be of that type (NULL: any). */
bool import_preset_serves(const struct import_preset *p, const struct entity *type);

/* Whether the name is one of the family "hubspot": hubspot-deals; of "" all are. */
bool import_preset_is_of(const char *name, const char *family);

/*
 * Of those of the family that serve the type (NULL: any) and whose headers are there, the one
 * that understands most of the row's columns; its cells are NULL where only the header is known.
 * `blank` is a map without rules for its arena and settings.  False with diag: none, which names
 * the nearest and what it lacks; or several.
 */
bool import_preset_choose(const struct import_map *blank, const char *family,
			  const struct entity *type, const struct row *row, struct import_preset *p,
			  struct diag *d);

/* How many of the n columns the presets tell their files by; 0 with diag where one is wrong. */
size_t import_presets_name(const struct schema *s, const struct str *names, size_t n,
			   struct arena *a, struct diag *d);

/* "Record ID, Email; one of Lifecycle Stage, Contact owner; not Deal Name". */
struct str import_preset_headers(const struct import_preset *p, struct arena *a);

#endif
