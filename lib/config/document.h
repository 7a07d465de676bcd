/*
 * Sections that are kept as people wrote them, but for comments and the width of lines: rules,
 * templates and the like, which no column of a table could hold.
 *
 * Such a section is one row,
 *
 *	const struct config_section section_rules = {
 *		"rules", help, false, document_show, document_plan, rules_read,
 *	};
 *
 * whose reader (struct config_section) makes of it what the program works with, when it is
 * applied and each time it is used.
 */
#ifndef CRM_CONFIG_DOCUMENT_H
#define CRM_CONFIG_DOCUMENT_H

#include "config/config.h"

/* For struct config_section; of nothing, `rules: []`. */
void document_show(const struct config_section *section, struct store *s, struct emit *e,
		   struct arena *a);
void document_plan(struct config *c, const struct yaml *y);

/*
 * What the section's reader makes of what is stored, in `a`.  NULL with an empty d: nothing is
 * configured; NULL with diag: what it says is right no longer, as where a value of a picklist
 * went meanwhile.
 */
void *document_stored(const struct config_section *section, struct store *s, struct arena *a,
		      struct diag *d);

/* An item that is right no longer. */
struct document_wrong {
	struct str name;
	struct str what; /* the first mistake, with its place: "rules.cool: rating: …" */
};

/*
 * The same of a section that is a list whose items stand for themselves: those that are right
 * no longer are left out, so that they do not stop the others, and told in *wrong, up to the
 * first without name.  NULL: nothing is configured, or nothing of it is right.
 */
void *document_usable(const struct config_section *section, struct store *s, struct arena *a,
		      struct document_wrong **wrong);

/*
 * Warns of what such sections say that is right no longer, as where they name a value that has
 * another name now: what uses them would refuse to run, or leave them out.
 */
void documents_warn(struct config *c);

#endif
