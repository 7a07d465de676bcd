/*
 * Records as a text that people edit: one YAML document each, one line a field.
 *
 *   id: lead-42
 *   name: Trần Thị Minh
 *   status: new  # target new contacted …
 *   company:
 *   notes: |-
 *     first line
 *     second line
 *   # created_at: 2026-11-21T02:30:00Z
 *
 * An emptied line clears the field, a deleted one leaves it alone; so does one that
 * says what it said before.  What the program sets is there as a comment.
 */
#ifndef CRM_CLI_EDIT_TEXT_H
#define CRM_CLI_EDIT_TEXT_H

#include "config/yaml.h"
#include "core/buf.h"
#include "schema/schema.h"

enum { EDIT_SIZE = 1 << 30 }; /* bytes of such a text */

/* A record as it was when its text was written; cells: one a field, as machines see them. */
struct edit_record {
	const struct entity *entity;
	int64_t id, rev;
	const struct cell *cells;
};

/* The text of all of them. */
void edit_put(struct buf *b, const struct edit_record *r, size_t n, const struct codec *c);

/* A text and where each of its lines begins. */
struct edit_lines {
	struct str text;
	const size_t *starts;
	size_t n;
};
struct edit_lines edit_lines(struct str text, struct arena *a);

/* A document of the text and the record that it is about. */
struct edit_doc {
	const struct edit_record *record;
	const struct yaml *yaml; /* a map, or a null */
	const struct yaml *was;	 /* as it was written */
};

/*
 * Finds the record of each document of `docs`, where `was` (n documents) are the
 * written ones of r, in their order.  False with diag, which points there: no id, one
 * that was not opened, one that is there twice, no map.
 */
bool edit_match(const struct edit_record *r, size_t n, const struct yaml *was,
		const struct yaml *docs, size_t ndocs, struct edit_doc *out, const struct codec *c,
		struct diag *d);

/*
 * What was changed in the document, into r; *changed: whether anything was.  lines:
 * those of the whole file.  False with diag, which points at the value: `complain` is
 * called with it for each, so that all are seen at once.
 */
bool edit_read(const struct edit_doc *doc, const struct edit_lines *lines, struct record *r,
	       bool *changed, const struct codec *c, struct diag *d,
	       void (*complain)(void *ctx, struct diag *d), void *ctx);

/* Points d at the value of the field that it names, else at the document. */
void edit_point(const struct edit_doc *doc, struct diag *d);

#endif
