/*
 * Configuration as YAML text, line by line: what yaml_parse reads back as it was,
 * and what other YAML readers take for text where it is text.
 */
#ifndef CRM_CONFIG_EMIT_H
#define CRM_CONFIG_EMIT_H

#include "core/buf.h"

/* { 0 } is a good empty one; emit_free gives it back. */
struct emit {
	struct buf text;
	size_t attrs; /* of the item at hand */
};

/* Depth counts steps of two blanks. */
void emit_comment(struct emit *e, int depth, const char *text); /* "# text" */
void emit_map(struct emit *e, int depth, struct str key);	/* "key:", its pairs follow */
void emit_pair(struct emit *e, int depth, struct str key, struct str text); /* "key: text" */

void emit_word_pair(struct emit *e, int depth, const char *key, const char *word);

/*
 * "- key", "- key: text" or "- key: {name: value, …}": emit_item, then what there is to
 * say of it, then emit_end.
 */
void emit_item(struct emit *e, int depth, struct str key);
void emit_item_pair(struct emit *e, int depth, struct str key, struct str text); /* whole */
void emit_attr(struct emit *e, const char *name, struct str text);
void emit_word(struct emit *e, const char *name, const char *word); /* true, 10, 14d */
void emit_int(struct emit *e, const char *name, int64_t n);
void emit_words(struct emit *e, const char *name, const char *blank_separated); /* [a, b] */
void emit_end(struct emit *e);

/* "key: [a, b]" and "- key: [a, b]", whole */
void emit_words_pair(struct emit *e, int depth, struct str key, const char *blank_separated);
void emit_item_words(struct emit *e, int depth, struct str key, const char *blank_separated);

void emit_free(struct emit *e);

#endif
