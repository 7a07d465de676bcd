/* Who holds the values of a picklist: records, and the code itself. */
#ifndef CRM_CONFIG_USES_H
#define CRM_CONFIG_USES_H

#include "config/config.h"

/* Keys of a shipped list that the code knows, "*" for all; NULL: none.  See struct picklist. */
const char *picklist_fixed(const char *list);

/* Why a value must stay in use under its key, whatever the text at hand says; NULL: it need not. */
const char *value_needed(const struct config *c, const char *list, const char *key);

/* Whether any field begins with it, a retired one too. */
bool uses_default(struct store *s, const char *list, const char *key);

/* Whether any field of any record type takes its values from the list. */
bool uses_list(struct store *s, const char *list);

/* Whether the text at hand makes a custom field that does. */
bool config_brings_list(const struct config *c, const char *list);

/* Whether the list has the value: as the text at hand has the list, where it has it; else as it is.
 */
bool config_has_pick(const struct config *c, const char *list, struct str key);

/* Values of records that are this one. */
int64_t uses_count(struct store *s, const char *list, const char *key);

/* Rewrites them, with history; how many. */
int64_t uses_rename(struct store *s, const char *list, const char *was, const char *now);

#endif
