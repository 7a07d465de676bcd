/* Configurations to begin with: shipped ones, and the user's own under $XDG_CONFIG_HOME. */
#ifndef CRM_CONFIG_PRESET_H
#define CRM_CONFIG_PRESET_H

#include "core/arena.h"
#include "core/diag.h"

struct preset {
	const char *name; /* "vi" */
	const char *help; /* its first line, a comment */
	const char *path; /* of the user's own; NULL: shipped */
};

/* All there are, the user's own first (they hide shipped ones of the same name); in `a`. */
struct preset *presets(size_t *n, struct arena *a);

/*
 * The text of a preset by its name, or of any file by its path; *source names it in
 * messages.  False with diag.
 */
bool preset_text(const char *name, struct arena *a, struct str *text, const char **source,
		 struct diag *d);

#endif
