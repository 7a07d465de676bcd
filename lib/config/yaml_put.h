/* Text as a YAML scalar that yaml_parse reads back byte for byte, also inside {…} and […]. */
#ifndef CRM_CONFIG_YAML_PUT_H
#define CRM_CONFIG_YAML_PUT_H

#include "config/yaml.h"
#include "core/buf.h"

/*
 * Appends text (valid UTF-8; bytes that are none become U+FFFD) on the line at hand:
 * bare where yaml_parse cannot take it for anything else, else in double quotes with
 * all that a terminal or a parser might act upon escaped.  Empty text is `""`.
 */
void yaml_put(struct buf *b, struct str text);

/* The same, and in quotes also what other YAML readers take for a number, a day or a truth. */
void yaml_put_text(struct buf *b, struct str text);

/*
 * Text of several lines as a block, `|-` and the lines below it, each behind two
 * blanks; one that no block can hold as it is, or of one line, as yaml_put does.
 */
void yaml_put_block(struct buf *b, struct str text);

/*
 * A tree as yaml_parse reads it back, but for places: on one line, "[a, {b: c}]"; or as the
 * section `name`, each of its items or pairs on a line of its own, or on several where one is
 * too long or has text of several lines.  Of nothing: "name: []".
 */
void yaml_put_flow(struct buf *b, const struct yaml *y);
void yaml_put_section(struct buf *b, const char *name, const struct yaml *y);

#endif
