/* Segments whose conditions name a value of a picklist. */
#ifndef CRM_CONFIG_SEGMENTS_H
#define CRM_CONFIG_SEGMENTS_H

#include "config/config.h"

/*
 * Warns, at the text's line of `at`, of dynamic segments whose condition names `key` of the
 * list ("deal.stage" too): renamed or removed, it means nothing there any more.
 */
void segments_warn(struct config *c, const struct yaml *at, const char *path, const char *list,
		   const char *key);

#endif
