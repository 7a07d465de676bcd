/*
 * Configuration as data: all of it as YAML text, and such a text made the
 * configuration.
 *
 * One row a section (sections.c).  What a text leaves out as a whole section stays as
 * it is; what a section that is there leaves out is retired (see each section).  A
 * text is planned first, section by section: every mistake is reported where it
 * stands, every difference becomes a line and something to do.  Only a text without a
 * mistake is carried out, in the caller's transaction.
 */
#ifndef CRM_CONFIG_CONFIG_H
#define CRM_CONFIG_CONFIG_H

#include "config/emit.h"
#include "config/yaml.h"
#include "core/delay.h"
#include "store/store.h"

struct config;
struct panel;

/* ---- for programs ---- */

struct config_report {
	/* A mistake, with source, line, column and path ("picklists.lead.source.zalo"). */
	void (*mistake)(void *ctx, struct diag *d);
	/* One difference, a line without newline: "+ picklists lead.source: tiktok".  Or NULL. */
	void (*difference)(void *ctx, struct str line);
	void *ctx;
	/*
	 * Whether the panel's report can answer it; false with diag, *at: the attribute or
	 * option that is wrong, or NULL.  NULL: not asked (reports are far above).
	 */
	bool (*panel)(struct store *s, const struct panel *p, const char **at, struct diag *d);
};

enum config_flags {
	CONFIG_PLAN = 1, /* mistakes and differences alone: needs no transaction */
	/*
	 * What the text leaves out is removed, not retired, where no record holds it: for
	 * a database that is just being made, and to take a change set back.
	 */
	CONFIG_EXACT = 2,
	/*
	 * To take a change set back (take_back.h): a section of the text is all that there
	 * was (a list or record type that it does not name had nothing), and records do not
	 * follow a stage's probability, for the undo knows what they held.  Alone: before
	 * the records' values come back, what the text leaves out stays as it is for them,
	 * but for fields, which retire.  With CONFIG_EXACT: once they have, it goes.
	 */
	CONFIG_BACK = 4,
};

struct config_result {
	bool ok; /* false: mistakes were reported; roll the transaction back */
	size_t differences;
	int64_t rewritten; /* records whose value was renamed */
};

/* All sections as YAML, in `a`. */
struct str config_text(struct store *s, struct arena *a);

/* Those named; false with diag where there is no such section ("did you mean"). */
bool config_show(struct store *s, const char *const *names, size_t n, struct buf *out,
		 struct diag *d);

/*
 * What `change.before` keeps of a configuration: all but the sections whose records
 * (users, teams) have a history of their own.
 */
struct str config_history_text(struct store *s, struct arena *a);

/*
 * Makes the text the configuration.  `name` names it in messages.  Within a writing
 * transaction (but for CONFIG_PLAN), which the caller commits or rolls back; the change
 * set keeps what was there before (history_config).  Whether the acting user may is
 * asked by the caller: config_allowed.
 */
struct config_result config_apply_text(struct store *s, struct str text, const char *name,
				       unsigned flags, const struct config_report *report);

/* Only an admin may; false with diag. */
bool config_allowed(struct store *s, struct diag *d);

/* ---- for completion and help ---- */

/* Names of the sections, NULL behind the last. */
const char *const *config_names(void);

/* ---- for sections: lib/config/section_*.c ---- */

struct config_section {
	const char *name;
	const char *help; /* the comment above it; lines separated by '\n' */
	bool records;	  /* what it writes are records, which have a history of their own */
	/* Prints the section, its name included; nothing where there is nothing to say. */
	void (*show)(const struct config_section *, struct store *, struct emit *, struct arena *);
	/* y: what stands behind its name. */
	void (*plan)(struct config *, const struct yaml *y);
	/*
	 * Of a document (document.h): what y, a list or map of something, comes to, in c->arena;
	 * NULL after mistakes, which it reports.
	 */
	void *(*read)(struct config *c, const struct yaml *y);
};

extern const struct config_section *const config_sections[];
extern const size_t nconfig_sections;

/* One run over a text. */
struct config {
	struct store *store;
	struct arena *arena;
	const struct yaml *root;
	unsigned flags;
	const struct config_report *report;
	const struct config_section *section; /* the one at hand */
	struct str source;
	struct diag *diag; /* for mistakes */
	long mistakes;
	size_t differences;
	int64_t rewritten;
	struct config_step *steps, **last;   /* to do, in order */
	struct config_step *later, **latest; /* after all sections' steps */
	bool noted;			     /* history_config was called */
	bool deferred; /* config_unknown let something of the section pass for now */
};

/* Reports a mistake at y; false, so that `return config_mistake(…)` reads well. */
bool config_mistake(struct config *c, const struct yaml *y, const char *path, const char *fmt, ...)
    printf_like(4, 5);

/*
 * What there is to do for a difference.  False with diag: reported as a mistake at the
 * node that the step was planned for, and nothing is written at all.
 */
typedef bool config_act(struct config *c, void *what, struct diag *d);

/* A difference, as a line that begins with +, ~ or -. */
void config_difference(struct config *c, const char *fmt, ...) printf_like(2, 3);
/* A thing to do once the whole text is known to be right; *what lives in c->arena. */
void config_do(struct config *c, const struct yaml *y, const char *path, config_act *act,
	       void *what);
/* The same, after everything else: what needs other sections' records. */
void config_do_later(struct config *c, const struct yaml *y, const char *path, config_act *act,
		     void *what);

/*
 * Whether the text has `key` in a section, as `- key`, `- key: …` or `key: …`, or (sub
 * not NULL) in its part `sub`: what is not in the database yet may come with it.
 */
bool config_mentions(const struct config *c, const char *section, const char *sub, struct str key);

/*
 * A field, value, person … that is not there: a mistake, unless the text brings such things.
 * Then true, and a document (document.h) is read again once all of the text is carried out,
 * when it is one.
 */
bool config_unknown(struct config *c, const struct yaml *y, const char *path, const char *fmt, ...)
    printf_like(4, 5);

/* Whether what the text leaves out stays for now: CONFIG_BACK, the first time. */
bool config_waits(const struct config *c);

/* ---- reading nodes (read.c); each reports what is wrong and returns false ---- */

/* One `- key`, `- key: label` or `- key: {name: value, …}`. */
struct config_item {
	const struct yaml *at;	/* the key */
	const char *key;	/* NFC */
	const struct yaml *map; /* its attributes; NULL: none */
	const char *label;	/* of the short form; NULL: none */
	const char *path;	/* the list's path, a dot, the key */
};

/*
 * A list of items, each key once: *items in c->arena.  Keys are what config_key takes,
 * or (names) any text.  After a mistake the items are those that can be read.
 */
bool config_items(struct config *c, const struct yaml *y, const char *path, bool names,
		  struct config_item **items, size_t *n);

/* Every key of the map is one of names (NULL-terminated). */
bool config_known(struct config *c, const struct yaml *map, const char *path,
		  const char *const *names);

bool config_is_map(struct config *c, const struct yaml *y, const char *path);

/* Whether a key may be one: no blanks, quotes or marks that the command line needs. */
bool config_key(struct config *c, const struct yaml *y, const char *path, const char *what);

/* The scalar's text: trimmed, NFC, without control characters; *out NULL: null. */
bool config_scalar(struct config *c, const struct yaml *y, const char *path, const char **out);

/*
 * The attribute of that name.  Where the map has none *out stays as it is; null makes
 * it NULL (a number: mistake).
 */
bool config_text_attr(struct config *c, const struct config_item *item, const char *name,
		      const char **out);
bool config_bool_attr(struct config *c, const struct config_item *item, const char *name,
		      bool *out);
bool config_int_attr(struct config *c, const struct config_item *item, const char *name,
		     int64_t least, int64_t most, int64_t *out);
/* [a, b], or one alone, as "a b"; each checked by config_key. */
bool config_words_attr(struct config *c, const struct config_item *item, const char *name,
		       const char **out);
/* One of n words: its place; null is no word. */
bool config_word_attr(struct config *c, const struct config_item *item, const char *name,
		      const char *const *words, size_t n, size_t *out);
/* 14d, 2w or a plain number of days, from 0 to ten years. */
bool config_days_attr(struct config *c, const struct config_item *item, const char *name,
		      int64_t *days);
/* A day (its start) or instant as people write it, such as 2025-01-01 or -1y: an instant. */
bool config_when_attr(struct config *c, const struct config_item *item, const char *name,
		      int64_t *at);
/* 10min, 2h, 3d or 1w, more than none; of an attribute, null is none, as `recall: null`. */
bool config_delay(struct config *c, const struct yaml *y, const char *path, struct delay *out);
bool config_delay_attr(struct config *c, const struct config_item *item, const char *name,
		       struct delay *out);
/* The attribute's node, or NULL. */
const struct yaml *config_attr(const struct config_item *item, const char *name);
/* The attribute's node for messages, or the item's key. */
const struct yaml *config_at(const struct config_item *item, const char *name);

/* "; did you mean x?", or "" */
const char *config_meant(struct config *c, struct str text, const char *const *names, size_t n);

/* `en "A" → "B"` where they differ: a difference of path. */
void config_differs(struct config *c, const char *what, const char *name, const char *was,
		    const char *now);

#endif
