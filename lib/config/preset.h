/*
 * Presets by name: configurations to begin with, and maps of other systems' files for
 * crm-import.  Shipped ones, and the user's own in $XDG_CONFIG_HOME/crm/presets; a map is
 * told by its line "record: …" there.
 */
#ifndef CRM_CONFIG_PRESET_H
#define CRM_CONFIG_PRESET_H

#include "core/arena.h"
#include "core/diag.h"

enum preset_kind { PRESET_CONFIG, PRESET_IMPORT };

struct preset {
	const char *name; /* "vi" */
	const char *help; /* its first line, a comment; "": it has none */
	const char *path; /* of the user's own; NULL: shipped */
};

/* All there are, the user's own first (they hide shipped ones of the same name); in `a`. */
struct preset *presets(enum preset_kind kind, size_t *n, struct arena *a);

/*
 * The text of a preset by its name, or of any file by its path; *source names it in
 * messages.  False with diag.
 */
bool preset_text(enum preset_kind kind, const char *name, struct arena *a, struct str *text,
		 const char **source, struct diag *d);

#endif
