/*
 * Configuration as people write it: a YAML document as a small read-only tree.
 *
 * What is refused, with line and column: aliases and anchors (they explode),
 * nesting deeper than YAML_DEPTH, a key that stands twice, keys that are no plain
 * text, explicit tags, several documents, text that is no UTF-8, more than
 * YAML_SIZE bytes.  Nothing is guessed from a scalar's looks: whoever asks for
 * a value says what it must be.
 */
#ifndef CRM_CONFIG_YAML_H
#define CRM_CONFIG_YAML_H

#include "core/arena.h"
#include "core/diag.h"

enum { YAML_DEPTH = 32, YAML_SIZE = 1 << 20 };

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	bool quoted;	   /* a scalar in quotes, or a block: never null */
	struct str text;   /* of a scalar */
	size_t n;	   /* items of a list or map */
	struct yaml *keys; /* of a map: n scalars; NULL for a list */
	struct yaml *items;
	long line, column; /* where it starts, from 1 */
};

/*
 * The document in text; an empty one is a map of nothing.  source names it in
 * messages.  All memory is the arena's.  NULL with diag.
 */
const struct yaml *yaml_parse(struct str text, const char *source, struct arena *a, struct diag *d);

/*
 * The same for several documents, of `most` bytes in all; *n: how many.  A document
 * of nothing is a null.
 */
const struct yaml *yaml_parse_all(struct str text, const char *source, size_t most, size_t *n,
				  struct arena *a, struct diag *d);

/*
 * The whole of a file ("-": stdin), or of as much as is more than YAML_SIZE.  False with
 * diag where it cannot be read (d->line is 0 then).
 */
bool yaml_text(const char *path, struct arena *a, struct str *text, struct diag *d);

/* The same from a file; NULL with diag also where it cannot be read (d->line is 0 then). */
const struct yaml *yaml_read(const char *path, struct arena *a, struct diag *d);

const struct yaml *yaml_get(const struct yaml *map, const char *key); /* NULL: none */

/* Nothing, ~ or null, without quotes. */
bool yaml_is_null(const struct yaml *y);

/* false with diag at y, so `return yaml_error(...)` reads well. */
bool yaml_error(const struct yaml *y, struct diag *d, const char *fmt, ...) printf_like(3, 4);

/* "a text", "a list", "a map": what y is, for messages. */
const char *yaml_what(const struct yaml *y);

#endif
